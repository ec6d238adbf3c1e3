//! How the input of a model is counted, by its name: a model is the same whoever serves it.

use super::media::ImageRule;
use crate::tokens::{Encoding, encoding_of};

/// The rules of one family of models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// What text is encoded with.
    pub encoding: Encoding,
    /// The encoding is the model's own; else it stands in for one that is not public.
    pub exact: bool,
    /// What a token of the encoding comes to in the model's own, in thousandths.
    pub scale: u64,
    /// How images count.
    pub images: ImageRule,
}

/// Families without a public tokenizer, or whose own is not built in: how the name begins, and the
/// scale of `o200k_base` in thousandths. The longest beginning decides.
///
/// Claude to 4.6, Llama, Qwen and DeepSeek: medians of recorded replies (`cargo run --example
/// calibrate`). Claude from Opus 4.7 on: 30 % more than before (Anthropic, "Token counting").
/// Gemini: four characters a token (Google, "Understand and count tokens"), which is what
/// `o200k_base` comes to in English.
const SCALES: [(&str, u64); 11] = [
    ("claude-", 1180),
    ("claude-opus-4-7", 1530),
    ("claude-opus-4-8", 1530),
    ("claude-opus-5", 1530),
    ("claude-sonnet-5", 1530),
    ("claude-haiku-5", 1530),
    ("gemini-", 1000),
    ("deepseek-", 1020),
    ("llama-", 1010),
    ("meta-llama-", 1010),
    ("qwen", 1030),
];

impl Family {
    /// The family of a model, with or without the vendor that some providers put before its name.
    pub fn of(model: &str) -> Self {
        let name = model.rsplit('/').next().unwrap_or(model);
        let images = match name {
            name if name.starts_with("claude-") => ImageRule::Area,
            name if name.starts_with("gemini-") => ImageRule::Fixed,
            name => ImageRule::of_openai(name),
        };
        if let Some(encoding) = encoding_of(name) {
            return Self {
                encoding,
                exact: true,
                scale: 1000,
                images,
            };
        }
        let known = SCALES.iter().filter(|(start, _)| name.starts_with(start));
        let scale = known.max_by_key(|(start, _)| start.len());
        Self {
            encoding: Encoding::O200kBase,
            exact: false,
            scale: scale.map_or(1000, |(_, scale)| *scale),
            images,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_family() {
        let rows = [
            ("gpt-4o-2024-08-06", Encoding::O200kBase, true, 1000),
            ("openai/gpt-4", Encoding::Cl100kBase, true, 1000),
            ("claude-sonnet-4-5", Encoding::O200kBase, false, 1180),
            (
                "anthropic/claude-opus-4-7",
                Encoding::O200kBase,
                false,
                1530,
            ),
            ("qwen/qwen3-32b", Encoding::O200kBase, false, 1030),
            ("unheard-of", Encoding::O200kBase, false, 1000),
        ];
        for (model, encoding, exact, scale) in rows {
            let family = Family::of(model);
            assert_eq!(
                (family.encoding, family.exact, family.scale),
                (encoding, exact, scale),
                "{model}"
            );
        }
    }
}
