//! Counting with tiktoken's encodings.

use std::collections::HashSet;

use tiktoken_rs::tokenizer::{Tokenizer, get_tokenizer};

/// A published vocabulary with its splitting pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// GPT-4o and later.
    O200kBase,
    /// GPT-4, GPT-3.5, the embedding models.
    Cl100kBase,
}

impl Encoding {
    /// The field's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::O200kBase => "o200k_base",
            Self::Cl100kBase => "cl100k_base",
        }
    }
}

/// The encoding of an OpenAI model, by tiktoken's table of names; `None` for any other model.
pub fn encoding_of(model: &str) -> Option<Encoding> {
    match get_tokenizer(model)? {
        Tokenizer::O200kBase | Tokenizer::O200kHarmony => Some(Encoding::O200kBase),
        _ => Some(Encoding::Cl100kBase),
    }
}

/// The longest text that is given to the encoder in one piece, in bytes: its pattern matcher
/// gives up on runs of white space of about a million characters.
const PIECE: usize = 64 << 10;

/// How many tokens `text` has. A text above 64 KiB is counted in parts, so that the sum may be a
/// token more for each part.
pub fn count(encoding: Encoding, text: &str) -> u64 {
    let encoder = match encoding {
        Encoding::O200kBase => tiktoken_rs::o200k_base_singleton(),
        Encoding::Cl100kBase => tiktoken_rs::cl100k_base_singleton(),
    };
    let special = HashSet::new();
    let mut total = 0_u64;
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, later) = rest
            .split_at_checked(rest.floor_char_boundary(PIECE))
            .unwrap_or((rest, ""));
        let count = encoder.count(piece, &special).unwrap_or(piece.len());
        total = total.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        rest = later;
    }
    total
}
