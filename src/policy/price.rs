//! What tokens cost.

use std::collections::HashMap;

use crate::dialect::Usage;
use crate::units::PicoUsd;

/// The prices of one target, for one token each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// An input token.
    pub input: PicoUsd,
    /// An input token read from the provider's cache.
    pub cached_input: PicoUsd,
    /// An output token.
    pub output: PicoUsd,
}

impl Price {
    /// What this usage costs.
    pub fn of(&self, usage: Usage) -> PicoUsd {
        let cached = usage.cached.min(usage.input);
        let fresh = usage.input.saturating_sub(cached);
        self.input
            .times(fresh)
            .plus(self.cached_input.times(cached))
            .plus(self.output.times(usage.output))
    }
}

/// Prices by target (`gpt-4o/openai`), or by model for every provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prices(pub HashMap<String, Price>);

impl Prices {
    /// The price of a target; `None` when it is not known.
    pub fn find(&self, model: &str, provider: &str) -> Option<&Price> {
        if self.0.is_empty() {
            return None;
        }
        self.0
            .get(&format!("{model}/{provider}"))
            .or_else(|| self.0.get(model))
    }
}
