//! What a request used, in one form for all providers.

use serde_json::Value;

use crate::json::Tree;
use crate::units::PicoUsd;

/// What is charged. `cached`, `cache_write`, audio and images in are parts of `input`; `reasoning`, audio and
/// images out are parts of `output`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Input tokens, those read from and written to the provider's cache included.
    pub input: u64,
    /// Input tokens read from the provider's cache.
    pub cached: u64,
    /// Input tokens written to the provider's cache.
    pub cache_write: u64,
    /// Of `cache_write`, what is kept for an hour.
    pub cache_write_1h: u64,
    /// Output tokens, those of reasoning included.
    pub output: u64,
    /// Output tokens spent on reasoning.
    pub reasoning: u64,
    /// Input tokens of audio.
    pub audio_input: u64,
    /// Of `cached`, those of audio.
    pub audio_cached: u64,
    /// Output tokens of audio.
    pub audio_output: u64,
    /// Input tokens of images, where they have a price of their own.
    pub image_input: u64,
    /// Output tokens of images.
    pub image_output: u64,
    /// Searches of the web that the provider made.
    pub searches: u64,
    /// The tier that served the request.
    pub tier: Tier,
    /// What the provider says that it charges.
    pub charged: Option<PicoUsd>,
}

/// A provider's service tier, as far as prices know it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tier {
    /// At the usual price.
    #[default]
    Standard,
    /// Later, for less.
    Batch,
    /// When there is room, for less.
    Flex,
    /// Before others, for more.
    Priority,
    /// One that is paid in another way (capacity that is bought ahead).
    Other,
}

impl Tier {
    /// The tiers as numbers, for the roles' note.
    pub const ALL: [Self; 5] = [
        Self::Standard,
        Self::Batch,
        Self::Flex,
        Self::Priority,
        Self::Other,
    ];

    /// A provider's word for the tier that served a request: `service_tier` of OpenAI, Anthropic and Groq,
    /// `serviceTier.type` of Bedrock, `trafficType` of Vertex AI.
    pub fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" | "default" | "standard" | "auto" | "on_demand" | "traffic_type_unspecified" => {
                Self::Standard
            }
            "batch" => Self::Batch,
            "flex" | "on_demand_flex" => Self::Flex,
            "priority" | "on_demand_priority" | "service_tier_priority" => Self::Priority,
            _ => Self::Other,
        }
    }
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
    /// As [`Usage::audio_cached`].
    pub audio_cached: u64,
    /// As [`Usage::image_input`].
    pub image_input: u64,
    /// As [`Usage::image_output`].
    pub image_output: u64,
    /// As [`Usage::searches`].
    pub searches: u64,
    /// As [`Usage::tier`].
    pub tier: Tier,
    /// As [`Usage::charged`].
    pub charged: Option<PicoUsd>,
}

impl Reported {
    /// No request has so many tokens, in or out: a figure above is a mistake, and counts as left out.
    pub const MOST: u64 = 1_000_000_000;

    /// A provider's count of tokens; some write it as `7.0`.
    pub fn figure(value: &Value) -> Option<u64> {
        Self::count(value, "")
    }

    /// The count of tokens at a path.
    pub fn count(tree: &dyn Tree, path: &str) -> Option<u64> {
        whole(tree, path).filter(|whole| *whole <= Self::MOST)
    }

    /// What was used, once it is known how much went in and came out.
    pub fn completed(self, input: u64, output: u64) -> Usage {
        Usage {
            input,
            cached: self.cached,
            cache_write: self.cache_write,
            cache_write_1h: self.cache_write_1h,
            output,
            reasoning: self.reasoning,
            audio_input: self.audio_input,
            audio_cached: self.audio_cached,
            audio_output: self.audio_output,
            image_input: self.image_input,
            image_output: self.image_output,
            searches: self.searches,
            tier: self.tier,
            charged: self.charged,
        }
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
            audio_cached: self.audio_cached.max(other.audio_cached),
            image_input: self.image_input.max(other.image_input),
            image_output: self.image_output.max(other.image_output),
            searches: self.searches.max(other.searches),
            tier: match other.tier {
                Tier::Standard => self.tier,
                tier => tier,
            },
            charged: self.charged.max(other.charged),
        }
    }

    /// The same, with the provider's word for the tier that served the request.
    pub fn served(self, tier: Option<&str>) -> Self {
        let tier = tier.map_or(self.tier, Tier::of);
        Self { tier, ..self }
    }

    /// A charge in USD, as a provider writes it: `0.000123`, `1.2e-05`. Digits behind the twelfth decimal go.
    pub fn charge(tree: &dyn Tree, path: &str) -> Option<PicoUsd> {
        PicoUsd::decimal(tree.number(path)?)
    }
}

/// The whole number at a path, also one that is written as `7.0`.
pub fn whole(tree: &dyn Tree, path: &str) -> Option<u64> {
    let number = tree.number(path)?;
    let near = || format!("{:.0}", number.parse::<f64>().ok()?).parse().ok();
    number.parse().ok().or_else(near)
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
