//! From a model's name to its encoding.

use tiktoken_rs::tokenizer::{Tokenizer, get_tokenizer};

use super::Encoding;

/// The encoding of an OpenAI model, by tiktoken's table of names; `None` for any other model, and for the
/// retired ones whose vocabulary is not built in (feature `p50k`).
pub fn encoding_of(model: &str) -> Option<Encoding> {
    match get_tokenizer(model)? {
        Tokenizer::O200kBase => Some(Encoding::O200kBase),
        Tokenizer::O200kHarmony => Some(Encoding::O200kHarmony),
        Tokenizer::Cl100kBase => Some(Encoding::Cl100kBase),
        #[cfg(feature = "p50k")]
        Tokenizer::P50kBase | Tokenizer::P50kEdit => Some(Encoding::P50kBase),
        #[cfg(feature = "p50k")]
        Tokenizer::R50kBase | Tokenizer::Gpt2 => Some(Encoding::R50kBase),
        #[cfg(not(feature = "p50k"))]
        _ => None,
    }
}
