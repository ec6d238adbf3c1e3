//! Where the tokens of a text go: into a number, a number with a limit, or a list of ids.

use super::OverLimit;

/// Takes the tokens of a text in order.
pub(in crate::tokens) trait Sink {
    /// Whether the ids are wanted, not only their number.
    const IDS: bool;

    /// Takes `tokens` more tokens; called only when the ids are not wanted.
    fn add(&mut self, tokens: usize);

    /// Takes the next token's id; called only when the ids are wanted.
    fn push(&mut self, id: u32);

    /// Whether nothing that follows matters any more.
    fn is_full(&self) -> bool {
        false
    }
}

/// Counts.
#[derive(Default)]
pub(in crate::tokens) struct Count {
    /// Tokens so far.
    pub(in crate::tokens) tokens: usize,
}

impl Sink for Count {
    const IDS: bool = false;

    #[inline(always)]
    fn add(&mut self, tokens: usize) {
        self.tokens = self.tokens.saturating_add(tokens);
    }

    fn push(&mut self, _: u32) {}
}

/// Counts up to a limit.
pub(in crate::tokens) struct UpTo {
    tokens: usize,
    limit: usize,
}

impl UpTo {
    /// Nothing counted yet.
    pub(in crate::tokens) fn new(limit: usize) -> Self {
        Self { tokens: 0, limit }
    }

    /// The number of tokens, unless it is over the limit.
    pub(in crate::tokens) fn total(self) -> Result<usize, OverLimit> {
        if self.is_full() {
            Err(OverLimit)
        } else {
            Ok(self.tokens)
        }
    }
}

impl Sink for UpTo {
    const IDS: bool = false;

    #[inline(always)]
    fn add(&mut self, tokens: usize) {
        self.tokens = self.tokens.saturating_add(tokens);
    }

    fn push(&mut self, _: u32) {}

    #[inline(always)]
    fn is_full(&self) -> bool {
        self.tokens > self.limit
    }
}

/// Collects ids.
pub(in crate::tokens) struct Ids<'a>(pub(in crate::tokens) &'a mut Vec<u32>);

impl Sink for Ids<'_> {
    const IDS: bool = true;

    fn add(&mut self, _: usize) {}

    fn push(&mut self, id: u32) {
        self.0.push(id);
    }
}
