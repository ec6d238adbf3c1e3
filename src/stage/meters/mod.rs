//! The stats: when each one moves.
//!
//! A name carries its labels as `;label=value` pairs, which Envoy's `stats_tags` take out. Label
//! values come from closed sets: the configuration's names, the codes of refusals, and `other`.

mod series;

use crate::dialect::Usage;
use crate::host::{Host, Metric, MetricKind};
use crate::policy::Policy;
use crate::units::Moment;

use super::limit::Limited;
use super::record::{Record, UsageSource};
use series::{Series, Set};

/// A part of Tollgate's own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The gateway reads a request's head.
    RequestHead,
    /// The gateway reads a request's body and sends it on.
    RequestBody,
    /// The gateway reads a reply's head.
    ReplyHead,
    /// The gateway passes a part of a reply's body on.
    Chunk,
    /// The request is settled: stats and log.
    Settle,
    /// An attempt makes the request its provider's.
    AttemptRequest,
    /// An attempt reads a reply's head, or a part of its body.
    AttemptReply,
}

impl Phase {
    const NAMES: [&str; 7] = [
        "request_head",
        "request_body",
        "reply_head",
        "chunk",
        "settle",
        "attempt_request",
        "attempt_reply",
    ];
}

/// The metrics of one worker, each made when it first moves.
#[derive(Debug, Default)]
pub struct Meters {
    named: Set,
    series: series::Table,
    overhead: Option<[Metric; 7]>,
}

impl Meters {
    /// The metrics of a configuration.
    pub fn new(policy: &Policy, host: &dyn Host) -> Self {
        let overhead = policy.observe.overhead.then(|| {
            Phase::NAMES.map(|name| {
                let name = format!("tollgate.overhead;phase={name}");
                host.define(MetricKind::Histogram, &name)
            })
        });
        Self {
            overhead,
            ..Self::default()
        }
    }

    /// Whether the time of Tollgate's own work is taken.
    pub fn times_overhead(&self) -> bool {
        self.overhead.is_some()
    }

    /// A part of Tollgate's own work took from `start` until now.
    pub fn overhead(&self, host: &dyn Host, phase: Phase, start: Moment) {
        let place = phase as usize;
        if let Some(metric) = self.overhead.as_ref().and_then(|all| all.get(place)) {
            host.record(*metric, host.now().0.saturating_sub(start.0));
        }
    }

    /// A request that is none of ours went on.
    pub fn passed(&self, host: &dyn Host) {
        self.named.count(host, "tollgate.passed", 1);
    }

    /// An attempt failed. `cause` is a status, or what happened in its place.
    pub fn attempt_failed(&self, host: &dyn Host, provider: &str, cause: &str) {
        let name = format!("tollgate.attempts.failed;provider={provider};cause={cause}");
        self.named.count(host, &name, 1);
    }

    /// A request has ended.
    pub fn ended(&self, host: &dyn Host, policy: &Policy, record: &Record, now: Moment) {
        for ((kind, done), found) in &record.findings.0 {
            let name = format!("tollgate.findings;kind={kind};type={done}");
            self.named.count(host, &name, *found);
        }
        if let Some(code) = record.refusal {
            let name = format!("tollgate.refusals;reason={code}");
            self.named.count(host, &name, 1);
        }
        self.limited(host, &record.limited);
        if !record.went_out() {
            return;
        }
        let series = self.series.of(policy, record);
        series.count(host, Series::requests(record.status), 1);
        series.count(host, Series::ATTEMPTS, record.attempts);
        let duration = now.millis_since(record.started);
        series.record(host, Series::DURATION, duration);
        if let Some((usage, source)) = record.usage() {
            self.used(host, &series, usage, source);
            let team = team(policy, record);
            let count = |name, by| match team {
                Some(team) => series.count_of(&self.named, host, (name, team), by),
                None => series.count(host, name, by),
            };
            match record.cost(policy) {
                Some(cost) => count(Series::COST, cost.nano()),
                None => {
                    count(Series::COST_UNKNOWN, 1);
                    series.warn_of_price(record);
                }
            }
            if let Some(saved) = record.saved(policy) {
                count(Series::SAVED, saved.nano());
            }
            times(host, &series, record, usage.output, now);
        }
    }

    /// What the limits had to say: their names come from the configuration.
    fn limited(&self, host: &dyn Host, limited: &Limited) {
        let refused = limited.refused.iter().map(|limit| (limit, "refused"));
        let all = refused
            .chain(
                limited
                    .would_refuse
                    .iter()
                    .map(|limit| (limit, "would_refuse")),
            )
            .chain(limited.warned.iter().map(|limit| (limit, "warned")))
            .chain(limited.crowded.iter().map(|limit| (limit, "crowded")));
        for (limit, what) in all {
            let name = format!("tollgate.limits;limit={limit};type={what}");
            self.named.count(host, &name, 1);
        }
    }

    /// What a request used that a provider has answered.
    fn used(&self, host: &dyn Host, series: &Series, usage: Usage, source: UsageSource) {
        match source {
            UsageSource::Provider => {}
            UsageSource::Counted => {
                let name = "tollgate.usage.unreported;reason=counted";
                self.named.count(host, name, 1);
            }
            UsageSource::Partial => {
                let name = "tollgate.usage.unreported;reason=partial";
                self.named.count(host, name, 1);
            }
        }
        for (name, tokens) in [
            (Series::INPUT, usage.input),
            (Series::OUTPUT, usage.output),
            (Series::CACHED, usage.cached),
            (Series::REASONING, usage.reasoning),
        ] {
            if tokens > 0 {
                series.count(host, name, tokens);
            }
        }
        series.record(host, Series::INPUT_SIZE, usage.input);
        series.record(host, Series::OUTPUT_SIZE, usage.output);
    }
}

/// The team that pays, where stats have it: one that a listed key names, or `other`.
fn team<'p>(policy: &'p Policy, record: &Record) -> Option<&'p str> {
    if !policy.observe.label_team {
        return None;
    }
    let own = record.caller.team.as_deref();
    let known = own.and_then(|own| policy.keys.as_ref()?.team(own));
    Some(known.unwrap_or(if own.is_some() { "other" } else { "none" }))
}

fn times(host: &dyn Host, series: &Series, record: &Record, output: u64, now: Moment) {
    let Some(first) = record.first_byte.filter(|_| record.stream) else {
        return;
    };
    let ttft = first.millis_since(record.started);
    series.record(host, Series::FIRST_TOKEN, ttft);
    let later = output.saturating_sub(1);
    if let Some(each) = now.micros_since(first).checked_div(later) {
        series.record(host, Series::EACH_TOKEN, each);
    }
}
