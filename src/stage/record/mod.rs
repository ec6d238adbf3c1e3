//! What is known about one request: what the access log, the stats and the reply's headers say.
//! Never prompt text.

mod line;

use super::admit::Caller;
use super::count::Counted;
use super::injection::Attack;
use super::limit::Limited;
use super::redact::Findings;
use crate::dialect::{Dialect, Reported, Usage};
use crate::digest::Digest;
use crate::host::Host;
use crate::note;
use crate::policy::Policy;
use crate::units::{Moment, PicoUsd, beginning};

/// How many dropped fields are named; of more, the number is told.
const MOST_DROPPED: usize = 8;

/// Where the figures of a request's usage come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsageSource {
    /// The provider reported it.
    Provider,
    /// The provider reported nothing; this is Tollgate's count.
    Counted,
    /// The reply was cut short; this is what is known up to there.
    Partial,
}

/// One request, from its head to its end.
#[derive(Debug, Default)]
pub struct Record {
    /// When the head came.
    pub started: Moment,
    /// What the client speaks.
    pub dialect: Dialect,
    /// When the first bytes of the reply's body came.
    pub first_byte: Option<Moment>,
    /// The model that the client asked for.
    pub model: Option<String>,
    /// Its configured name, for stats.
    pub label: Option<String>,
    /// The target's model and provider.
    pub target: Option<(String, String)>,
    /// Attempts so far.
    pub attempts: u64,
    /// The request asks for a stream.
    pub stream: bool,
    /// The input before it left.
    pub counted: Option<Counted>,
    /// What the provider reported.
    pub reported: Option<Reported>,
    /// Output tokens that Tollgate counted.
    pub heard: u64,
    /// The reply is complete.
    pub complete: bool,
    /// Why the (first) choice ended.
    pub finish_reason: Option<String>,
    /// What the redactors found.
    pub findings: Findings,
    /// The text that is most of a prompt attack.
    pub attack: Option<Attack>,
    /// The targets that could not carry the request, and the path of what they could not.
    pub skipped: Vec<(String, String)>,
    /// Paths of fields that were not sent on.
    pub dropped: Vec<String>,
    /// Keywords of the request's schema that its reply is not held to.
    pub unchecked: Vec<String>,
    /// The code of a refusal.
    pub refusal: Option<&'static str>,
    /// It is the provider's reply that was refused.
    pub stopped: bool,
    /// Who calls.
    pub caller: Caller,
    /// The keyed digest of the request's body, for the audit.
    pub prompt: Option<Digest>,
    /// What the limits have to do with it.
    pub limited: Limited,
    /// The reply's status.
    pub status: Option<u16>,
}

impl Record {
    /// The name that the client asked for, where the target has another: the reply says the client's.
    pub fn alias(&self) -> Option<&str> {
        let (own, _) = self.target.as_ref()?;
        self.model.as_deref().filter(|asked| asked != own)
    }

    /// The provider's reply is refused: what was used is used.
    pub fn stop(&mut self, code: &'static str) {
        self.refusal = Some(code);
        self.stopped = true;
    }

    /// The request went out to its providers.
    pub fn went_out(&self) -> bool {
        (self.refusal.is_none() || self.stopped) && self.counted.is_some()
    }

    /// What was used, and how that is known; `None` when no provider gave an answer.
    pub fn usage(&self) -> Option<(Usage, UsageSource)> {
        let counted = self
            .counted
            .filter(|_| self.went_out() && self.attempts > 0)?;
        let failed = self.status.is_some_and(|status| status >= 400) && !self.stopped;
        let reported = self.reported.unwrap_or_default();
        let source = match (reported.output, self.complete) {
            (None, _) if failed => return None,
            (_, false) => UsageSource::Partial,
            (Some(_), true) => UsageSource::Provider,
            (None, true) => UsageSource::Counted,
        };
        let output = match (reported.output, source) {
            // The figure that a stream begins with says little of what was heard before it broke off.
            (Some(told), UsageSource::Partial) => told.max(self.heard),
            (told, _) => told.unwrap_or(self.heard),
        };
        let usage = reported.completed(reported.input.unwrap_or(counted.tokens), output);
        Some((usage, source))
    }

    /// Takes in what a provider reports.
    pub fn report(&mut self, report: Reported) {
        self.reported = Some(match self.reported {
            Some(known) => known.or_more(report),
            None => report,
        });
    }

    /// Takes in what the attempt knows of a provider that speaks another dialect than the client: it stands in
    /// place of what the client's dialect has words for.
    pub fn learn(&mut self, policy: &Policy, host: &dyn Host) {
        let Some((model, provider)) = &self.target else {
            return;
        };
        let row = policy.provider(provider).map(|provider| provider.row);
        let spoken = row.and_then(|row| row.dialect(self.dialect, model));
        if spoken == Some(self.dialect) {
            return;
        }
        let told = host.property(&[note::USAGE]);
        if let Some(usage) = told.and_then(|bytes| note::decode_usage(&bytes)) {
            // The tier may stand in the head.
            let tier = self.reported.unwrap_or_default().tier;
            let head = Reported {
                tier,
                ..Reported::default()
            };
            self.reported = Some(usage.or_more(head));
        }
    }

    /// What the usage costs; `None` when that or the price is not known.
    pub fn cost(&self, policy: &Policy) -> Option<PicoUsd> {
        let (usage, _) = self.usage()?;
        let (model, provider) = self.target.as_ref()?;
        policy.cost((model, provider), &usage, self.started)
    }

    /// What the first target that is listed for the model would have cost more, for as many tokens; `None` when
    /// it answered itself, a price is not known, or there was no saving.
    pub fn saved(&self, policy: &Policy) -> Option<PicoUsd> {
        let (usage, _) = self.usage()?;
        let (first, _) = policy
            .models
            .exact(self.label.as_deref()?)?
            .targets
            .first()?;
        let provider = policy.providers.get(first.provider)?;
        let (model, own) = self.target.as_ref()?;
        if first.model.contains('*') || (&first.model, &provider.name) == (model, own) {
            return None;
        }
        let usage = Usage {
            charged: None,
            ..usage
        };
        let there = policy
            .prices
            .cost(&first.model, provider, &usage, self.started)?;
        let saved = there.0.checked_sub(self.cost(policy)?.0)?;
        (saved > 0).then_some(PicoUsd(saved))
    }

    /// What was decided, in one line: `x-tollgate-decision`.
    pub fn decision(&self) -> String {
        let mut line = String::with_capacity(128);
        let mut word = |parts: &[&str]| {
            if !line.is_empty() {
                line.push_str("; ");
            }
            for part in parts {
                line.push_str(part);
            }
        };
        if let Some(code) = self.refusal {
            word(&["refusal=", code]);
        }
        if let Some(limit) = &self.limited.refused {
            word(&["limit=", limit]);
        }
        for limit in &self.limited.would_refuse {
            word(&["would_refuse=", limit]);
        }
        for limit in &self.limited.warned {
            word(&["warned=", limit]);
        }
        if let Some((model, provider)) = &self.target {
            word(&["target=", model, "/", provider]);
        }
        match self.counted {
            Some(counted) if counted.estimated => word(&["count=estimated"]),
            Some(_) => word(&["count=exact"]),
            None => {}
        }
        for (target, path) in &self.skipped {
            word(&["skipped=", target, "(", path, ")"]);
        }
        if !self.dropped.is_empty() {
            let (first, more) = self
                .dropped
                .split_at_checked(MOST_DROPPED)
                .unwrap_or((&self.dropped, &[]));
            let more = match more.len() {
                0 => String::new(),
                count => format!(",+{count}"),
            };
            word(&["dropped=", &first.join(","), &more]);
        }
        if let Some(attack) = &self.attack {
            word(&["injection=", &attack.word()]);
        }
        if !self.unchecked.is_empty() {
            let named = self.unchecked.iter().take(MOST_DROPPED);
            let named: Vec<&str> = named.map(|name| beginning(name, 40)).collect();
            word(&["unchecked=", &named.join(",")]);
        }
        for ((kind, done), count) in &self.findings.0 {
            word(&[kind, "=", done, ":", &count.to_string()]);
        }
        for (rule, count) in &self.findings.1 {
            word(&["credential=", rule, ":", &count.to_string()]);
        }
        line
    }
}
