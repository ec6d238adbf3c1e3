//! The request's head is held until its body is complete; then the pipeline runs, and the request
//! is released once.

use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use super::answered::Answered;
use super::asking::{Answers, Asking, Question};
use super::caller::{self, Need};
use super::originals::Originals;
use super::release::{self, Asked};
use super::sent::Sent;
use super::{State, status};
use crate::dialect::endpoint::{Action, Call};
use crate::dialect::splice::Request;
use crate::digest::Digest;
use crate::host::{Answer, CallOut, Host, Message};
use crate::json::apply;
use crate::policy::{Policy, Store, Target};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::count::{self, Counted};
use crate::stage::fit::Fit;
use crate::stage::limit::{self, Planned};
use crate::stage::record::Record;
use crate::stage::redact::{self, Findings, Redacted};
use crate::stage::route::{self, Chain};
use crate::stage::{audit, carry, guard};
use crate::step::{Body, Head, Held, LocalReply};
use crate::units::beginning;

/// A request whose body is coming.
#[derive(Debug)]
pub(super) struct Gathering {
    pub(super) held: Held,
    /// What is asked.
    pub(super) call: Call,
    /// What the client calls the model, once its body is read.
    pub(super) name: String,
    pub(super) record: Box<Record>,
    /// The query of its path, with the `?`.
    pub(super) query: String,
    /// The client's key, if any provider may want it.
    pub(super) client_key: Option<String>,
    /// Headers that only its dialect has.
    pub(super) house: Vec<(String, String)>,
    /// The digest of a key that is not known yet.
    pub(super) unknown: Option<Digest>,
    /// Once its limits are held: the targets that have no room for it.
    pub(super) full: Option<Vec<(Target, String)>>,
    /// What services beside the providers have said of it.
    pub(super) answers: Answers,
}

/// Why the pipeline did not come to its end.
pub(super) enum Stop {
    /// The request is refused.
    Refuse(Refusal),
    /// A service is asked first.
    Ask(Question, CallOut),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

/// A request that has gone through every stage. It can only be made by [`Gathering::pipeline`].
pub(super) struct Ready<'a> {
    pub(super) request: Request<'a>,
    pub(super) chain: Chain,
    pub(super) redacted: Redacted,
    pub(super) counted: Counted,
    /// What the reply is held to.
    pub(super) fit: Option<Fit>,
}

impl Gathering {
    pub(super) fn on_body(
        self,
        runtime: &Runtime,
        host: &dyn Host,
        size: usize,
        end: bool,
    ) -> (State, Body) {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        if let Err(refusal) = guard::body(&runtime.policy.guard, size) {
            return Answered::body(runtime, self.record, self.held, &refusal);
        }
        if !end {
            return (State::Gathering(self), Body::Hold);
        }
        self.proceed(runtime, host)
    }

    /// The body is complete. With each answer of a service this is done again from its start: what has an
    /// effect is kept in `self`.
    pub(super) fn proceed(mut self, runtime: &Runtime, host: &dyn Host) -> (State, Body) {
        let body = host.body(Message::Request);
        if let Some(key) = &runtime.policy.audit {
            let prompt = || audit::prompt(key, &body);
            self.record.prompt.get_or_insert_with(prompt);
        }
        match self.pipeline(runtime, host, &body) {
            Ok(ready) if self.call.action == Action::CountTokens => self.told(ready),
            Ok(ready) => self.release(&runtime.policy, &body, ready),
            Err(Stop::Refuse(refusal)) => Answered::body(runtime, self.record, self.held, &refusal),
            Err(Stop::Ask(question, call)) => self.ask(question, call),
        }
    }

    fn ask(self, question: Question, call: CallOut) -> (State, Body) {
        let asking = Asking {
            gathering: self,
            question,
        };
        (State::Asking(Box::new(asking)), Body::Ask(call))
    }

    /// The way of a request through the stages.
    fn pipeline<'a>(
        &mut self,
        runtime: &Runtime,
        host: &dyn Host,
        body: &'a [u8],
    ) -> Result<Ready<'a>, Stop> {
        let policy = &runtime.policy;
        self.record.findings = Findings::default();
        self.admit(runtime, host)?;
        let mut request = Request::read(self.call.dialect, body)?;
        let chain = self.route(policy, host, &request)?;
        let (limited, fit) = self.guard(policy, &request, &chain)?;
        let mut redacted = self.redact(runtime, &chain, &mut request)?;
        redacted.edits.extend(limited);
        self.judge(runtime, &request, &redacted.vault)?;
        let chain = match self.call.action {
            Action::Answer => self.carry(policy, body, &redacted, chain)?,
            // No provider is asked.
            Action::CountTokens => chain,
        };
        let counted = self.count(runtime, &request, &chain)?;
        let chain = match self.call.action {
            Action::Answer => self.hold(runtime, host, (&request, &counted), chain)?,
            Action::CountTokens => chain,
        };
        Ok(Ready {
            request,
            chain,
            redacted,
            counted,
            fit,
        })
    }

    /// Who calls, where only a source knows the key.
    fn admit(&mut self, runtime: &Runtime, host: &dyn Host) -> Result<(), Stop> {
        let Some(digest) = self.unknown else {
            return Ok(());
        };
        let answer = self.answers.to(Question::Key);
        let (caller, name) = (&mut self.record.caller, self.call.name());
        match caller::settle(runtime, host, caller, (&digest, answer), name) {
            Ok(()) => {
                self.unknown = None;
                Ok(())
            }
            Err(Need::Refuse(refusal)) => Err(Stop::Refuse(refusal)),
            Err(Need::Ask(call)) => Err(Stop::Ask(Question::Key, call)),
        }
    }

    fn route(
        &mut self,
        policy: &Policy,
        host: &dyn Host,
        request: &Request<'_>,
    ) -> Result<Chain, Refusal> {
        self.name = match &self.call.model {
            Some(model) => model.clone(),
            None => request
                .model_name()
                .ok_or(Refusal::Missing("model"))?
                .into_owned(),
        };
        let name = &self.name;
        self.record.stream = self.call.stream.unwrap_or(request.stream);
        self.record.model = Some(beginning(name, 200).to_owned());
        let user = self
            .record
            .caller
            .user
            .as_deref()
            .or(request.user.as_deref());
        self.record.caller.may_ask(policy, name)?;
        let chain = route::chain(policy, name, user, host.random())?;
        self.record.label.clone_from(&chain.label);
        release::check_client_key(policy, &chain, self.client_key.as_deref())?;
        Ok(chain)
    }

    /// The targets that cannot carry the request, which leaves redacted, are left out.
    fn carry(
        &mut self,
        policy: &Policy,
        body: &[u8],
        redacted: &Redacted,
        chain: Chain,
    ) -> Result<Chain, Refusal> {
        let call = Call {
            model: Some(self.name.clone()),
            stream: Some(self.record.stream),
            ..self.call.clone()
        };
        let body = || {
            let body = apply(body, &mut redacted.edits.clone());
            String::from_utf8(body).unwrap_or_default()
        };
        let carried = carry::carry(policy, &call, chain, body)?;
        self.record.skipped = carried.skipped;
        self.record.dropped = carried.dropped;
        Ok(carried.chain)
    }

    fn redact(
        &mut self,
        runtime: &Runtime,
        chain: &Chain,
        request: &mut Request<'_>,
    ) -> Result<Redacted, Refusal> {
        let rules = runtime.policy.redact.as_ref();
        let redacted = redact::redact(rules, &runtime.seen, &chain.encodings(), request);
        match redacted {
            Ok(mut redacted) => {
                let findings = std::mem::take(&mut redacted.findings);
                self.record.findings.merge(findings);
                Ok(redacted)
            }
            Err((findings, refusal)) => {
                self.record.findings.merge(findings);
                Err(refusal)
            }
        }
    }

    fn count(
        &mut self,
        runtime: &Runtime,
        request: &Request<'_>,
        chain: &Chain,
    ) -> Result<Counted, Refusal> {
        let policy = &runtime.policy;
        let first = chain.target(0);
        let provider = first.and_then(|target| policy.providers.get(target.provider));
        let (Some(target), Some(provider)) = (first, provider) else {
            return Ok(Counted::default());
        };
        let scale = runtime.calibration.scale(&target.model, &provider.name);
        let (own, seen) = (&policy.guard, &runtime.seen);
        let counted = runtime
            .counting(|counter| count::input(counter, seen, own, request, &target.model, scale))?;
        guard::input(own, counted.tokens, &mut self.record.findings);
        Ok(counted)
    }

    /// What the request may come to is held, once; the targets that are at their limits are left out.
    fn hold(
        &mut self,
        runtime: &Runtime,
        host: &dyn Host,
        (request, counted): (&Request<'_>, &Counted),
        chain: Chain,
    ) -> Result<Chain, Stop> {
        let policy = &runtime.policy;
        let own = self.record.caller.limits();
        if policy.limits.list.is_empty() && own.is_empty() {
            return Ok(chain);
        }
        if self.full.is_none() {
            if policy.limits.of(own).any(|(_, limit)| limit.asks_for_ip()) {
                self.record.caller.ip = address(host);
            }
            let planned = Planned {
                caller: &self.record.caller,
                dialect: self.call.dialect,
                estimate: limit::estimate(runtime, request, counted, &chain),
                chain: &chain,
                now: host.now(),
            };
            let held = limit::hold(runtime, &host, &planned);
            let holding = held.map_err(|refused| {
                let (limited, refusal) = *refused;
                self.record.limited = limited;
                refusal
            })?;
            self.record.limited = holding.limited;
            self.full = Some(holding.full);
        }
        for (target, limit) in self.full.iter().flatten() {
            let name = target.name(&policy.providers);
            self.record.skipped.push((name, limit.clone()));
        }
        self.ask_fleet(runtime)?;
        match &self.full {
            Some(full) if !full.is_empty() => {
                let has_room = |target: &Target| !full.iter().any(|(own, _)| own == target);
                let room: Vec<bool> = chain.targets.iter().map(has_room).collect();
                Ok(chain.only(policy, |nth| room.get(nth) == Some(&true)))
            }
            _ => Ok(chain),
        }
    }

    /// The service that counts for the fleet is asked, until it has answered to all.
    fn ask_fleet(&mut self, runtime: &Runtime) -> Result<(), Stop> {
        let Store::Rls(fleet) = &runtime.policy.limits.store else {
            return Ok(());
        };
        let limited = &mut self.record.limited;
        let answers: Vec<&Answer> = self.answers.all(Question::Limits).collect();
        if limited.shares.is_empty() {
            return Ok(());
        }
        // A service that is away is not asked for the rest: the client would wait for each.
        let silent = answers.contains(&&Answer::Nothing);
        match limit::fleet::ask(fleet, &limited.shares, answers.len()) {
            Some(call) if !silent => Err(Stop::Ask(Question::Limits, call)),
            _ => Ok(limit::fleet::judge(
                fleet,
                &runtime.outbox,
                limited,
                &answers,
                (self.call.dialect, self.record.started.0 / 1_000_000_000),
            )?),
        }
    }

    fn release(mut self, policy: &Policy, body: &[u8], ready: Ready<'_>) -> (State, Body) {
        self.record.counted = Some(ready.counted);
        let asked = Asked {
            dialect: self.call.dialect,
            stream: self.record.stream,
            model: &self.name,
            query: &self.query,
            client_key: self.client_key.as_deref(),
            house: &self.house,
        };
        let outgoing = release::outgoing(policy, body, &ready, &asked);
        let restore = policy.redact.as_ref().is_some_and(|rules| rules.restore);
        let sent = Sent {
            record: self.record,
            chain: ready.chain,
            originals: Originals {
                vault: Rc::new(ready.redacted.vault),
                restore,
                json_answer: ready.request.json_answer,
            },
            fit: ready.fit,
            strip_usage: ready.request.stream && !ready.request.stream_options.asked,
        };
        let step = Body::Release(self.held, outgoing.edits, outgoing.body);
        (State::Sent(Box::new(sent)), step)
    }

    /// The client only wants to know how many tokens it would be.
    fn told(mut self, ready: Ready<'_>) -> (State, Body) {
        self.record.complete = true;
        let reply = LocalReply {
            status: 200,
            headers: vec![("content-type".into(), b"application/json".to_vec())],
            body: self.call.dialect.count_reply(ready.counted.tokens),
            states: Vec::new(),
        };
        (State::Ended(self.record), Body::Answer(self.held, reply))
    }

    /// Envoy answers before the request was released: its buffers are too small for the body.
    pub(super) fn on_reply_head(self, runtime: &Runtime, host: &dyn Host) -> (State, Head) {
        let refusal = match status(host) {
            413 => Refusal::BufferTooSmall,
            _ => Refusal::Interrupted,
        };
        Answered::head(runtime, *self.record, &refusal)
    }
}

/// Where the request comes from: as Envoy determines it, by the forwarded addresses of the hops that it trusts.
fn address(host: &dyn Host) -> Option<IpAddr> {
    let text = String::from_utf8(host.property(&["source", "address"])?).ok()?;
    let with_port = text.parse().map(|address: SocketAddr| address.ip());
    with_port.or_else(|_| text.parse()).ok()
}
