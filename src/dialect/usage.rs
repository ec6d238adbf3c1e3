//! What a request used, in one form for all providers.

/// Token counts. `cached` is a part of `input`, `reasoning` a part of `output`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Input tokens, those read from the provider's cache included.
    pub input: u64,
    /// Input tokens read from the provider's cache.
    pub cached: u64,
    /// Output tokens, those of reasoning included.
    pub output: u64,
    /// Output tokens spent on reasoning.
    pub reasoning: u64,
}

/// What a provider has reported so far; a figure that it left out is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reported {
    /// As [`Usage::input`].
    pub input: Option<u64>,
    /// As [`Usage::output`].
    pub output: Option<u64>,
    /// As [`Usage::cached`].
    pub cached: u64,
    /// As [`Usage::reasoning`].
    pub reasoning: u64,
}

impl Reported {
    /// No request has so many tokens, in or out: a figure above is a mistake, and counts as left out.
    pub const MOST: u64 = 1_000_000_000;

    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        self.input.is_none() && self.output.is_none()
    }

    /// Running totals only grow: of two reports the larger figures count.
    pub fn or_more(self, other: Self) -> Self {
        Self {
            input: self.input.max(other.input),
            output: self.output.max(other.output),
            cached: self.cached.max(other.cached),
            reasoning: self.reasoning.max(other.reasoning),
        }
    }
}
