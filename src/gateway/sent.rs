//! The request has gone out; the head of the reply decides how it is read.

use std::time::Duration;

use super::originals::Originals;
use super::streaming::Streaming;
use super::whole::{Whole, Words};
use super::{State, header_value};
use crate::dialect::Reported;
use crate::dialect::neutral::Error;
use crate::host::{Headers, Host, Message};
use crate::note::{self, Report};
use crate::policy::{Policy, Timeouts};
use crate::runtime::Runtime;
use crate::stage::fit::Fit;
use crate::stage::record::Record;
use crate::stage::review::Reviews;
use crate::stage::route::Chain;
use crate::step::{Edits, Head, LocalReply};
use crate::units::beginning;

/// A request that is with its providers.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) record: Box<Record>,
    pub(super) chain: Chain,
    /// The values to put back into the reply.
    pub(super) originals: Originals,
    /// What the reply is held to.
    pub(super) fit: Option<Fit>,
    /// The client did not ask for the usage chunk.
    pub(super) strip_usage: bool,
}

/// Where Gemini says which tier served a request (ai.google.dev/gemini-api/docs/priority-inference).
const SERVED: &str = "x-gemini-service-tier";

/// Headers of a provider's reply that are about the provider's account, not about the reply.
const PRIVATE: [&str; 4] = [
    "set-cookie",
    "openai-organization",
    "openai-project",
    "anthropic-organization-id",
];

impl Sent {
    pub(super) fn on_reply_head(
        mut self,
        runtime: &Runtime,
        host: &dyn Host,
        end: bool,
    ) -> (State, Head) {
        self.read_report(&runtime.policy, host);
        let headers = host.headers(Message::Reply);
        let status = headers
            .text(":status")
            .and_then(|status| status.parse().ok());
        let status: u16 = status.unwrap_or_default();
        self.record.status = Some(status);
        if let Some(tier) = headers.text(SERVED) {
            let told = Reported::default().served(Some(tier));
            self.record.report(told);
        }
        let mut edits = self.edits(runtime, &headers);
        let content = headers.text("content-type").unwrap_or_default();
        let json = content.starts_with("application/json");
        let (failed, stream) = (status >= 400, content.starts_with("text/event-stream"));
        let idle = self.chain.timeouts.idle.unwrap_or(Timeouts::IDLE);
        if failed && let Some(code) = own_reply(host) {
            return self.unreachable(&code, status, edits, idle, end);
        }
        if end {
            self.record.complete = true;
            if failed {
                // The head is written anew: what it says of limits stays.
                let own = self.record.limited.told.is_empty();
                let said = headers.iter().filter(|(name, _)| is_of_limits(name));
                for (name, value) in said.filter(|(name, _)| own || *name == "retry-after") {
                    edits.set(name.to_owned(), value);
                }
                let message = format!("The provider answered with status {status} and no text.");
                return self.answer(&message, "provider_error", status, &edits);
            }
            return (State::Ended(self.record), Head::Continue(edits));
        }
        if stream && !failed {
            edits.remove("content-length");
            let told = (self.originals, Reviews::of(&runtime.policy));
            let streaming = Streaming::new(self.record, told, self.fit, self.strip_usage, idle);
            return (State::Streaming(Box::new(streaming)), Head::Continue(edits));
        }
        let looked_at = Reviews::of(&runtime.policy) == Reviews::Holds;
        if !json && !failed && !looked_at {
            return (State::Relaying(self.record), Head::Continue(edits));
        }
        let words = match json || !failed {
            true => Words::Json,
            false => Words::Text,
        };
        self.whole(words, edits, idle)
    }

    /// The client has left, or the request was cut off, before any reply.
    pub(super) fn cut(mut self, runtime: &Runtime, host: &dyn Host) -> Box<Record> {
        self.read_report(&runtime.policy, host);
        self.record
    }

    /// Which attempt it was; without one, the target that it would have gone to.
    fn read_report(&mut self, policy: &Policy, host: &dyn Host) {
        let bytes = host.property(&[note::REPORT]);
        let report = bytes.and_then(|bytes| Report::decode(&bytes));
        self.record.attempts = report.map_or(0, |report| report.attempt);
        let target = match report {
            Some(report) => self.chain.targets.get(report.hop),
            None => self.chain.target(0),
        };
        self.record.target = target.and_then(|target| {
            let provider = policy.providers.get(target.provider)?;
            let model = beginning(&target.model, 200).to_owned();
            Some((model, provider.name.clone()))
        });
    }

    /// What every reply says of its request.
    fn edits(&self, runtime: &Runtime, headers: &Headers) -> Edits {
        let mut edits = Edits::default();
        for name in headers.names() {
            if PRIVATE.contains(&name) || name.starts_with("x-tollgate-") {
                edits.remove(name.to_owned());
            }
        }
        let told = &self.record.limited.told;
        if !told.is_empty() {
            // The provider's are about the whole account, and would be taken for the client's own.
            let others = headers.names().filter(|name| is_of_limits(name));
            for name in others.filter(|name| *name != "retry-after") {
                edits.remove(name.to_owned());
            }
            for (name, value) in told {
                edits.set(name.clone(), value.as_str());
            }
        }
        if let Some((model, provider)) = &self.record.target {
            edits.set("x-tollgate-model", header_value(model));
            edits.set("x-tollgate-provider", provider.as_str());
        }
        edits.set("x-tollgate-attempts", self.record.attempts.to_string());
        if let Some(counted) = self.record.counted {
            edits.set("x-tollgate-input-tokens", counted.tokens.to_string());
        }
        if let Some(attack) = self.record.attack.filter(|attack| attack.tagged) {
            edits.set("x-tollgate-injection", attack.word());
        }
        if runtime.policy.observe.decision_header {
            edits.set("x-tollgate-decision", header_value(&self.record.decision()));
        }
        edits
    }

    fn whole(self, words: Words, edits: Edits, idle: Duration) -> (State, Head) {
        let (step, held) = Head::hold_after(edits);
        let whole = Whole {
            held,
            record: self.record,
            originals: self.originals,
            fit: self.fit,
            words,
            idle,
        };
        (State::Whole(Box::new(whole)), step)
    }

    /// No provider answered: Envoy says why, in words of its own.
    fn unreachable(
        self,
        details: &str,
        status: u16,
        edits: Edits,
        idle: Duration,
        end: bool,
    ) -> (State, Head) {
        let (code, what) = match details {
            text if text.starts_with("upstream_per_try_timeout") => (
                "provider_timeout",
                "sent no token in time (timeouts.first_token)",
            ),
            text if text.starts_with("response_timeout") => (
                "provider_timeout",
                "did not answer in time (timeouts.total)",
            ),
            text if text.starts_with("tollgate_idle_timeout") => (
                "provider_timeout",
                "stopped in the middle of its reply (timeouts.idle)",
            ),
            text if text.starts_with("cluster_not_found") => (
                "provider_unreachable",
                "has no cluster in Envoy's configuration",
            ),
            text if text.starts_with("no_healthy_upstream") => {
                ("provider_unreachable", "has no address that can be reached")
            }
            text if text.starts_with("upstream_reset_before_response_started") => {
                ("provider_unreachable", "refused or closed the connection")
            }
            _ => ("provider_unreachable", "could not be asked"),
        };
        let name = self.record.target.as_ref();
        let name = name.map_or("", |(_, provider)| provider.as_str());
        let (attempt, planned) = (self.record.attempts.max(1), self.chain.plan.len());
        let message = format!("The provider {name} {what} (attempt {attempt} of {planned}).");
        if end {
            return self.answer(&message, code, status, &edits);
        }
        self.whole(Words::Envoy { message, code }, edits, idle)
    }

    /// A reply without a body gets one.
    fn answer(
        mut self,
        message: &str,
        code: &'static str,
        status: u16,
        edits: &Edits,
    ) -> (State, Head) {
        self.record.complete = true;
        let mut headers = vec![("content-type".into(), b"application/json".to_vec())];
        headers.extend(edits.headers.iter().filter_map(|edit| match edit {
            crate::step::HeaderEdit::Set(name, value) => Some((name.clone(), value.clone())),
            crate::step::HeaderEdit::Remove(_) => None,
        }));
        let reply = LocalReply {
            status,
            headers,
            body: self
                .record
                .dialect
                .write_error(&Error::new(status, message, code)),
            states: Vec::new(),
        };
        (State::Ended(self.record), Head::Answer(reply))
    }
}

fn is_of_limits(name: &str) -> bool {
    name == "retry-after"
        || name.starts_with("x-ratelimit-")
        || name.starts_with("anthropic-ratelimit-")
}

/// Why Envoy answered in the provider's place; `None` for a provider's own reply.
fn own_reply(host: &dyn Host) -> Option<String> {
    let details = host.property(&["response", "code_details"])?;
    let details = String::from_utf8_lossy(&details).into_owned();
    (details != "via_upstream" && !details.is_empty()).then_some(details)
}
