//! The stats: their names, and when each one moves.
//!
//! A name carries its labels as `;label=value` pairs, which Envoy's `stats_tags` take out. Label
//! values come from closed sets: the configuration's names, the codes of refusals, and `other`.

use std::cell::RefCell;
use std::collections::HashMap;

use super::record::{Record, UsageSource};
use crate::dialect::Usage;
use crate::host::{Host, Metric, MetricKind};
use crate::policy::Policy;
use crate::units::Moment;

/// The metrics that were used so far, by name.
#[derive(Debug, Default)]
pub struct Meters {
    known: RefCell<HashMap<String, Metric>>,
}

impl Meters {
    /// Adds to a counter.
    pub fn count(&self, host: &dyn Host, name: &str, by: u64) {
        let metric = self.metric(host, MetricKind::Counter, name);
        host.count(metric, by);
    }

    fn record(&self, host: &dyn Host, name: &str, value: u64) {
        let metric = self.metric(host, MetricKind::Histogram, name);
        host.record(metric, value);
    }

    fn metric(&self, host: &dyn Host, kind: MetricKind, name: &str) -> Metric {
        if let Some(metric) = self.known.borrow().get(name) {
            return *metric;
        }
        let metric = host.define(kind, name);
        self.known.borrow_mut().insert(name.to_owned(), metric);
        metric
    }

    /// A request that is none of ours went on.
    pub fn passed(&self, host: &dyn Host) {
        self.count(host, "tollgate.passed", 1);
    }

    /// An attempt failed. `cause` is a status, or what happened in its place.
    pub fn attempt_failed(&self, host: &dyn Host, provider: &str, cause: &str) {
        let name = format!("tollgate.attempts.failed;provider={provider};cause={cause}");
        self.count(host, &name, 1);
    }

    /// A request has ended.
    pub fn ended(&self, host: &dyn Host, policy: &Policy, record: &Record, now: Moment) {
        for ((kind, done), found) in &record.findings.0 {
            let name = format!("tollgate.findings;kind={kind};type={done}");
            self.count(host, &name, *found);
        }
        if let Some(code) = record.refusal {
            self.count(host, &format!("tollgate.refusals;reason={code}"), 1);
        }
        if !record.went_out() {
            return;
        }
        let labels = labels(policy, record);
        let name = |name: &str| format!("{name}{labels}");
        let class = record.status.map_or(0, |status| status / 100);
        self.count(
            host,
            &format!("tollgate.requests{labels};status={class}xx"),
            1,
        );
        self.count(host, &name("tollgate.attempts"), record.attempts);
        let duration = now.millis_since(record.started);
        self.record(host, &name("gen_ai.server.request.duration"), duration);
        if let Some((usage, source)) = record.usage() {
            self.used(host, &labels, usage, source);
            match record.cost(policy) {
                Some(cost) => self.count(host, &name("tollgate.cost.nano_usd"), cost.nano()),
                None => self.count(host, &name("tollgate.cost.unknown"), 1),
            }
            self.times(host, record, usage.output, &labels, now);
        }
    }

    /// What a request used that a provider has answered.
    fn used(&self, host: &dyn Host, labels: &str, usage: Usage, source: UsageSource) {
        if source != UsageSource::Provider {
            let word = match source {
                UsageSource::Counted => "counted",
                _ => "partial",
            };
            self.count(host, &format!("tollgate.usage.unreported;reason={word}"), 1);
        }
        for (kind, tokens) in [
            ("input", usage.input),
            ("output", usage.output),
            ("cached_input", usage.cached),
            ("reasoning", usage.reasoning),
        ] {
            if tokens > 0 {
                self.count(
                    host,
                    &format!("tollgate.tokens{labels};type={kind}"),
                    tokens,
                );
            }
        }
        for (kind, tokens) in [("input", usage.input), ("output", usage.output)] {
            let name = format!("gen_ai.client.token.usage{labels};type={kind}");
            self.record(host, &name, tokens);
        }
    }

    fn times(&self, host: &dyn Host, record: &Record, output: u64, labels: &str, now: Moment) {
        let name = |name: &str| format!("{name}{labels}");
        let Some(first) = record.first_byte.filter(|_| record.stream) else {
            return;
        };
        let ttft = first.millis_since(record.started);
        self.record(host, &name("gen_ai.server.time_to_first_token"), ttft);
        let later = output.saturating_sub(1);
        if let Some(each) = now.micros_since(first).checked_div(later) {
            self.record(host, &name("gen_ai.server.time_per_output_token"), each);
        }
    }
}

fn labels(policy: &Policy, record: &Record) -> String {
    let mut labels = String::new();
    if policy.observe.label_model {
        labels.push_str(";model=");
        let model = record.label.as_deref().unwrap_or("other");
        labels.push_str(&model.replace(';', "_"));
    }
    if policy.observe.label_provider {
        labels.push_str(";provider=");
        let provider = record
            .target
            .as_ref()
            .map(|(_, provider)| provider.as_str());
        labels.push_str(provider.unwrap_or("none"));
    }
    labels
}
