//! How long things may take.

use std::time::Duration;

/// Times that were set somewhere; what is not set here is looked for in the next wider place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timeouts {
    /// From an attempt's start to its first token, or to the end of a reply that is not streamed;
    /// then the next target is tried. Where nothing is set there is no such limit: a model may think
    /// for minutes.
    pub first_token: Option<Duration>,
    /// Silence within a reply; then the reply is cut.
    pub idle: Option<Duration>,
    /// The whole request, all attempts included.
    pub total: Option<Duration>,
}

impl Timeouts {
    /// `idle` where nothing is set.
    pub const IDLE: Duration = Duration::from_secs(60);
    /// `total` where nothing is set.
    pub const TOTAL: Duration = Duration::from_secs(600);

    /// These times, and `wider`'s for those that are not set.
    pub fn or(self, wider: Self) -> Self {
        Self {
            first_token: self.first_token.or(wider.first_token),
            idle: self.idle.or(wider.idle),
            total: self.total.or(wider.total),
        }
    }

    /// The longer of each; for a request that may go to several providers.
    pub fn longest(self, other: Self) -> Self {
        Self {
            first_token: self.first_token.max(other.first_token),
            idle: self.idle.max(other.idle),
            total: self.total.max(other.total),
        }
    }
}
