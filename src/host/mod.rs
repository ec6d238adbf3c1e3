//! What the core may ask of the proxy that it runs in: passed to each callback, never stored.
//!
//! What the core wants *done* is returned instead (see `step`).

mod call;
mod headers;

pub use call::{Answer, Ask, CallOut};
pub use headers::Headers;

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
    /// Sets a filter state for the other role while a body goes by; beside heads, the step says it.
    fn tell(&self, name: &'static str, value: &[u8]);
    /// The metric of this name, made if it is new.
    fn define(&self, kind: MetricKind, name: &str) -> Metric;
    /// Adds to a counter.
    fn count(&self, metric: Metric, by: u64);
    /// Adds a value to a histogram.
    fn record(&self, metric: Metric, value: u64);
    /// What all workers of the process share under a name, and its version; `None` when nothing was put there.
    fn shared(&self, name: &str) -> Option<(Vec<u8>, u32)>;
    /// Puts a value there, if its version is still `version` (0: whatever is there).
    ///
    /// # Errors
    ///
    /// Another worker was faster.
    fn set_shared(&self, name: &str, value: &[u8], version: u32) -> Result<(), Changed>;
}

/// A shared value has another version than the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed;

/// Which half of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// What the client sent.
    Request,
    /// What comes back.
    Reply,
}
