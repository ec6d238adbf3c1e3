//! What the core may ask of the proxy that it runs in: passed to each callback, never stored.
//!
//! What the core wants *done* is returned instead (see `step`).

use crate::units::Moment;

/// A metric that was defined at configuration time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Metric(pub u32);

/// What a metric holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// A sum.
    Counter,
    /// A distribution of whole numbers.
    Histogram,
}

/// The proxy, as seen from one callback of one stream.
pub trait Host {
    /// The time now.
    fn now(&self) -> Moment;
    /// Sixty-four bits that differ from call to call; not for secrets.
    fn random(&self) -> u64;
    /// The header map of the request, or of the reply once its head is there.
    fn headers(&self, message: Message) -> Headers;
    /// One header's value; `None` when it is not there.
    fn header(&self, message: Message, name: &str) -> Option<Vec<u8>>;
    /// The body bytes that are buffered in this callback.
    fn body(&self, message: Message) -> Vec<u8>;
    /// An attribute of the stream (Envoy's attributes) or a filter state that a role has set.
    fn property(&self, path: &[&str]) -> Option<Vec<u8>>;
    /// The metric of this name, made if it is new.
    fn define(&self, kind: MetricKind, name: &str) -> Metric;
    /// Adds to a counter.
    fn count(&self, metric: Metric, by: u64);
    /// Adds a value to a histogram.
    fn record(&self, metric: Metric, value: u64);
}

/// Which half of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// What the client sent.
    Request,
    /// What comes back.
    Reply,
}

/// A header map as it was when it was read. Names are in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(String, Vec<u8>)>);

impl Headers {
    /// The first value of a header, when it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.bytes(name)
            .and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The first value of a header.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_slice())
    }

    /// Every header's name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
