//! What a request used, in one form for all providers.

use serde_json::Value;

/// Token counts. `cached` and `cache_write` are parts of `input`, `reasoning` is a part of `output`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Input tokens, those read from and written to the provider's cache included.
    pub input: u64,
    /// Input tokens read from the provider's cache.
    pub cached: u64,
    /// Input tokens written to the provider's cache.
    pub cache_write: u64,
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
    /// As [`Usage::cache_write`], both kinds.
    pub cache_write: u64,
    /// Of `cache_write`, what is kept for an hour (Anthropic's `ephemeral_1h_input_tokens`).
    pub cache_write_1h: u64,
    /// As [`Usage::reasoning`].
    pub reasoning: u64,
    /// Input tokens of audio, a part of `input`.
    pub audio_input: u64,
    /// Output tokens of audio, a part of `output`.
    pub audio_output: u64,
}

impl Reported {
    /// No request has so many tokens, in or out: a figure above is a mistake, and counts as left out.
    pub const MOST: u64 = 1_000_000_000;

    /// A provider's count of tokens; some write it as `7.0`.
    pub fn figure(value: &Value) -> Option<u64> {
        whole(value).filter(|whole| *whole <= Self::MOST)
    }

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
            cache_write: self.cache_write.max(other.cache_write),
            cache_write_1h: self.cache_write_1h.max(other.cache_write_1h),
            reasoning: self.reasoning.max(other.reasoning),
            audio_input: self.audio_input.max(other.audio_input),
            audio_output: self.audio_output.max(other.audio_output),
        }
    }
}

/// A whole number, also one that is written as `7.0`.
pub fn whole(value: &Value) -> Option<u64> {
    let near = || format!("{:.0}", value.as_f64()?).parse().ok();
    value.as_u64().or_else(near)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Reported;

    #[test]
    fn figures() {
        for (value, figure) in [
            (json!(7), Some(7)),
            (json!(7.0), Some(7)),
            (json!(1_000_000_000), Some(1_000_000_000)),
            (json!(1_000_000_001), None),
            (json!(1e300), None),
            (json!(-1), None),
            (json!("7"), None),
            (json!(null), None),
        ] {
            assert_eq!(Reported::figure(&value), figure, "{value}");
        }
    }
}
