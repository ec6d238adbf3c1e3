//! What is known about one request: what the access log, the stats and the reply's headers say.
//! Never prompt text.

use serde::Serialize;

use super::count::Counted;
use super::redact::Findings;
use crate::dialect::{Dialect, Reported, Usage};
use crate::policy::Policy;
use crate::units::{Moment, PicoUsd};

/// Where the figures of a request's usage come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageSource {
    /// The provider reported it.
    Provider,
    /// The provider reported nothing; this is Tollgate's count.
    Counted,
    /// The reply was cut short; this is what is known up to there.
    Partial,
}

/// One request, from its head to its end.
#[derive(Debug, Clone, Default)]
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
    /// The code of a refusal.
    pub refusal: Option<&'static str>,
    /// The user that the client names.
    pub user: Option<String>,
    /// The client's own tags.
    pub tags: std::collections::BTreeMap<String, String>,
    /// The reply's status.
    pub status: Option<u16>,
}

impl Record {
    /// The request went out to its providers.
    pub fn went_out(&self) -> bool {
        self.refusal.is_none() && self.counted.is_some()
    }

    /// What was used, and how that is known; `None` when no provider gave an answer.
    pub fn usage(&self) -> Option<(Usage, UsageSource)> {
        let counted = self
            .counted
            .filter(|_| self.went_out() && self.attempts > 0)?;
        let failed = self.status.is_some_and(|status| status >= 400);
        let reported = self.reported.unwrap_or_default();
        let source = match (reported.output, self.complete) {
            (None, _) if failed => return None,
            (_, false) => UsageSource::Partial,
            (Some(_), true) => UsageSource::Provider,
            (None, true) => UsageSource::Counted,
        };
        let usage = Usage {
            input: reported.input.unwrap_or(counted.tokens),
            cached: reported.cached,
            cache_write: reported.cache_write,
            output: reported.output.unwrap_or(self.heard),
            reasoning: reported.reasoning,
        };
        Some((usage, source))
    }

    /// Takes in what a provider reports.
    pub fn report(&mut self, report: Reported) {
        self.reported = Some(match self.reported {
            Some(known) => known.or_more(report),
            None => report,
        });
    }

    /// What the usage costs; `None` when that or the price is not known.
    pub fn cost(&self, policy: &Policy) -> Option<PicoUsd> {
        let (usage, _) = self.usage()?;
        let (model, provider) = self.target.as_ref()?;
        Some(policy.prices.find(model, provider)?.of(usage))
    }

    /// The access log's object, at the request's end.
    pub fn line(&self, policy: &Policy, now: Moment) -> Vec<u8> {
        let usage = self.usage();
        let cost = self.cost(policy);
        let amount = |of: fn(Usage) -> u64| usage.map(|(usage, _)| of(usage));
        let line = Line {
            model: self.model.as_deref(),
            provider: self.target.as_ref().map(|(_, provider)| provider.as_str()),
            target: self
                .target
                .as_ref()
                .map(|(model, at)| format!("{model}/{at}")),
            attempts: self.attempts,
            stream: self.stream,
            input_tokens: amount(|usage| usage.input).or(self.counted.map(|own| own.tokens)),
            counted_tokens: self.counted.map(|own| own.tokens),
            counted_estimated: self.counted.map(|own| own.estimated),
            output_tokens: amount(|usage| usage.output),
            cached_tokens: amount(|usage| usage.cached),
            reasoning_tokens: amount(|usage| usage.reasoning),
            usage_source: usage.map(|(_, source)| source),
            #[expect(clippy::cast_precision_loss, reason = "a log's figure")]
            cost_usd: cost.map(|cost| cost.nano() as f64 / 1e9),
            key: None,
            team: None,
            user: self.user.as_deref(),
            tags: &self.tags,
            ttft_ms: self
                .first_byte
                .map(|first| first.millis_since(self.started)),
            duration_ms: now.millis_since(self.started),
            finish_reason: self.finish_reason.as_deref(),
            findings: self.findings_by_kind(),
            cache: None,
            refusal: self.refusal,
            decision: self.decision(),
        };
        serde_json::to_vec(&line).unwrap_or_default()
    }

    /// What was decided, in one line: `x-tollgate-decision`.
    pub fn decision(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.refusal.map(|code| format!("refusal={code}")));
        if let Some((model, provider)) = &self.target {
            words.push(format!("target={model}/{provider}"));
        }
        if let Some(counted) = self.counted {
            let how = if counted.estimated {
                "estimated"
            } else {
                "exact"
            };
            words.push(format!("count={how}"));
        }
        for ((kind, done), count) in &self.findings.0 {
            words.push(format!("{kind}={done}:{count}"));
        }
        words.join("; ")
    }

    fn findings_by_kind(&self) -> std::collections::BTreeMap<&str, u64> {
        let mut kinds = std::collections::BTreeMap::new();
        for ((kind, _), count) in &self.findings.0 {
            let sum: &mut u64 = kinds.entry(kind.as_str()).or_default();
            *sum = sum.saturating_add(*count);
        }
        kinds
    }
}

#[derive(Serialize)]
struct Line<'a> {
    model: Option<&'a str>,
    provider: Option<&'a str>,
    target: Option<String>,
    attempts: u64,
    stream: bool,
    input_tokens: Option<u64>,
    counted_tokens: Option<u64>,
    counted_estimated: Option<bool>,
    output_tokens: Option<u64>,
    cached_tokens: Option<u64>,
    reasoning_tokens: Option<u64>,
    usage_source: Option<UsageSource>,
    cost_usd: Option<f64>,
    key: Option<&'a str>,
    team: Option<&'a str>,
    user: Option<&'a str>,
    tags: &'a std::collections::BTreeMap<String, String>,
    ttft_ms: Option<u64>,
    duration_ms: u64,
    finish_reason: Option<&'a str>,
    findings: std::collections::BTreeMap<&'a str, u64>,
    cache: Option<&'a str>,
    refusal: Option<&'a str>,
    decision: String,
}
