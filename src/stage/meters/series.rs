//! Metrics that are kept for every model and provider: their names, and their identities once they
//! are known, so that a request looks up one row and not a dozen names.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::host::{Host, Metric, MetricKind};
use crate::policy::Policy;
use crate::stage::record::Record;

/// Metrics that are found by their whole name.
#[derive(Debug, Default)]
pub(super) struct Set {
    known: RefCell<HashMap<String, Metric>>,
}

impl Set {
    pub(super) fn count(&self, host: &dyn Host, name: &str, by: u64) {
        let known = self.known.borrow().get(name).copied();
        let metric = known.unwrap_or_else(|| {
            let metric = host.define(MetricKind::Counter, name);
            self.known.borrow_mut().insert(name.to_owned(), metric);
            metric
        });
        host.count(metric, by);
    }
}

/// By model, then by provider.
type Rows = HashMap<String, HashMap<String, Rc<Series>>>;

/// Every row that was needed so far.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: RefCell<Rows>,
}

impl Table {
    /// The row of a request's model and provider.
    pub(super) fn of(&self, policy: &Policy, record: &Record) -> Rc<Series> {
        let model = record.label.as_deref().unwrap_or("other");
        let provider = record.target.as_ref().map_or("none", |(_, name)| name);
        let shown = |label, shown: bool| if shown { label } else { "" };
        let model = shown(model, policy.observe.label_model);
        let provider = shown(provider, policy.observe.label_provider);
        let known = |rows: &Rows| rows.get(model)?.get(provider).map(Rc::clone);
        if let Some(row) = known(&self.rows.borrow()) {
            return row;
        }
        let row = Rc::new(Series::new(model, provider));
        let mut rows = self.rows.borrow_mut();
        let of_model = rows.entry(model.to_owned()).or_default();
        of_model.insert(provider.to_owned(), Rc::clone(&row));
        row
    }
}

/// One metric of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(usize);

/// (the name, its last label).
const NAMES: [(&str, &str); 19] = [
    ("tollgate.requests", ";status=0xx"),
    ("tollgate.requests", ";status=1xx"),
    ("tollgate.requests", ";status=2xx"),
    ("tollgate.requests", ";status=3xx"),
    ("tollgate.requests", ";status=4xx"),
    ("tollgate.requests", ";status=5xx"),
    ("tollgate.attempts", ""),
    ("tollgate.tokens", ";type=input"),
    ("tollgate.tokens", ";type=output"),
    ("tollgate.tokens", ";type=cached_input"),
    ("tollgate.tokens", ";type=reasoning"),
    ("gen_ai.client.token.usage", ";type=input"),
    ("gen_ai.client.token.usage", ";type=output"),
    ("tollgate.cost.nano_usd", ""),
    ("tollgate.cost.unknown", ""),
    ("gen_ai.server.request.duration", ""),
    ("gen_ai.server.time_to_first_token", ""),
    ("gen_ai.server.time_per_output_token", ""),
    ("tollgate.cost.saved_nano_usd", ""),
];

/// The metrics of one model at one provider.
#[derive(Debug)]
pub(super) struct Series {
    labels: String,
    known: [Cell<Option<Metric>>; NAMES.len()],
    /// It was said that a price is not known.
    warned: Cell<bool>,
}

impl Series {
    pub(super) const ATTEMPTS: Name = Name(6);
    pub(super) const INPUT: Name = Name(7);
    pub(super) const OUTPUT: Name = Name(8);
    pub(super) const CACHED: Name = Name(9);
    pub(super) const REASONING: Name = Name(10);
    pub(super) const INPUT_SIZE: Name = Name(11);
    pub(super) const OUTPUT_SIZE: Name = Name(12);
    pub(super) const COST: Name = Name(13);
    pub(super) const COST_UNKNOWN: Name = Name(14);
    pub(super) const DURATION: Name = Name(15);
    pub(super) const FIRST_TOKEN: Name = Name(16);
    pub(super) const EACH_TOKEN: Name = Name(17);
    pub(super) const SAVED: Name = Name(18);

    /// Requests that ended with a status like this one.
    pub(super) fn requests(status: Option<u16>) -> Name {
        Name(usize::from(
            status.map_or(0, |status| (status / 100).min(5)),
        ))
    }

    fn new(model: &str, provider: &str) -> Self {
        let label = |name: &str, value: &str| match value {
            "" => String::new(),
            value => format!(";{name}={}", value.replace(';', "_")),
        };
        Self {
            labels: label("model", model) + &label("provider", provider),
            known: [const { Cell::new(None) }; NAMES.len()],
            warned: Cell::new(false),
        }
    }

    /// Says once that a price is not known.
    pub(super) fn warn_of_price(&self, record: &Record) {
        if let (false, Some((model, provider))) = (self.warned.replace(true), &record.target) {
            log::warn!(
                "no price is known for {model:?} at {provider} as it was served: cost_usd is null and \
                 tollgate.cost.unknown counts it; `prices` can say it"
            );
        }
    }

    pub(super) fn count(&self, host: &dyn Host, name: Name, by: u64) {
        host.count(self.metric(host, MetricKind::Counter, name), by);
    }

    /// Counts it for the team, under the name that the metric has with the team's label.
    pub(super) fn count_of(
        &self,
        named: &Set,
        host: &dyn Host,
        (name, team): (Name, &str),
        by: u64,
    ) {
        let (name, last) = NAMES.get(name.0).copied().unwrap_or_default();
        let team = team.replace(';', "_");
        let name = format!("{name}{};team={team}{last}", self.labels);
        named.count(host, &name, by);
    }

    pub(super) fn record(&self, host: &dyn Host, name: Name, value: u64) {
        host.record(self.metric(host, MetricKind::Histogram, name), value);
    }

    fn metric(&self, host: &dyn Host, kind: MetricKind, Name(place): Name) -> Metric {
        let cell = self.known.get(place);
        if let Some(metric) = cell.and_then(Cell::get) {
            return metric;
        }
        let (name, last) = NAMES.get(place).copied().unwrap_or_default();
        let metric = host.define(kind, &format!("{name}{}{last}", self.labels));
        if let Some(cell) = cell {
            cell.set(Some(metric));
        }
        metric
    }
}
