//! How many tokens the input of a request has, before it leaves.

use std::borrow::Cow;

use crate::dialect::media::ImageRule;
use crate::dialect::openai_chat::Request;
use crate::dialect::{Images, Tokenizer};
use crate::policy::{Provider, Target};
use crate::tokens::{Encoding, count, encoding_of};

/// A count of input tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The chat format and tool definitions included.
    pub tokens: u64,
    /// The model has no public tokenizer.
    pub estimated: bool,
}

/// Counts the input of `request` for a target.
pub fn input(request: &Request<'_>, target: &Target, provider: &Provider) -> Counted {
    let (encoding, known) = encoding(&target.model);
    let text = |nth: Option<usize>| {
        let passage = nth.and_then(|nth| request.passages.get(nth));
        passage.map_or("", |passage| passage.text.as_ref())
    };
    let words: u64 = request
        .lines
        .iter()
        .map(|line| {
            let whole = match (line.head.as_ref(), text(line.passage)) {
                ("", passage) => Cow::Borrowed(passage),
                (head, "") => Cow::Borrowed(head),
                (head, passage) => Cow::Owned([head, passage].concat()),
            };
            count(encoding, &whole)
        })
        .fold(request.overhead, u64::saturating_add);
    let rule = match provider.row.images {
        Images::ByName => ImageRule::of_openai(bare(&target.model)),
        Images::By(rule) => rule,
    };
    let media = request.media.iter().map(|media| media.tokens(rule));
    let media = media.fold(0, u64::saturating_add);
    let assumed = request.media.iter().any(|media| media.is_estimate());
    let (words, scaled) = match provider.row.tokenizer {
        Tokenizer::ByName => (words, false),
        Tokenizer::Scaled(hundredths) => (words.saturating_mul(hundredths).div_ceil(100), true),
    };
    Counted {
        tokens: words.saturating_add(media),
        estimated: scaled || assumed || !known,
    }
}

/// The encoding of a model, and whether it is that model's own.
pub fn encoding(model: &str) -> (Encoding, bool) {
    match encoding_of(bare(model)) {
        Some(encoding) => (encoding, true),
        None => (Encoding::O200kBase, false),
    }
}

/// A model's name without the vendor that some providers put before it.
fn bare(model: &str) -> &str {
    model.rsplit('/').next().unwrap_or(model)
}
