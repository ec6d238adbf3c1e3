//! How many tokens the input of a request has, before it leaves.

use std::borrow::Cow;

use crate::dialect::media::ImageRule;
use crate::dialect::openai_chat::Request;
use crate::dialect::{Images, Tokenizer};
use crate::policy::{Guard, Provider, Target};
use crate::refusal::Refusal;
use crate::tokens::{Counter, Encoding, encoding_of};

/// A count of input tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The chat format and tool definitions included.
    pub tokens: u64,
    /// The model has no public tokenizer, or something has no public rule.
    pub estimated: bool,
}

/// Counts the input of `request` for a target.
///
/// # Errors
///
/// A refusal as soon as the count passes the guard's limit; the rest is not counted then.
pub fn input(
    counter: &mut Counter,
    guard: &Guard,
    request: &Request<'_>,
    target: &Target,
    provider: &Provider,
) -> Result<Counted, Refusal> {
    let (encoding, known) = encoding(&target.model);
    let hundredths = match provider.row.tokenizer {
        Tokenizer::ByName => 100,
        Tokenizer::Scaled(hundredths) => hundredths,
    };
    let mut sum = Sum {
        total: media(request, target, provider),
        hundredths,
        limit: guard.max_input_tokens,
    };
    sum.add(request.overhead)?;
    for line in &request.lines {
        let passage = line.passage.and_then(|nth| request.passages.get(nth));
        let text = passage.map_or("", |passage| passage.text.as_ref());
        let whole = match (line.head.as_ref(), text) {
            ("", passage) => Cow::Borrowed(passage),
            (head, "") => Cow::Borrowed(head),
            (head, passage) => Cow::Owned([head, passage].concat()),
        };
        sum.count(counter, encoding, &whole)?;
    }
    let assumed = request.media.iter().any(|media| media.is_estimate());
    Ok(Counted {
        tokens: sum.total,
        estimated: hundredths != 100 || assumed || !known,
    })
}

/// The encoding of a model, and whether it is that model's own.
pub fn encoding(model: &str) -> (Encoding, bool) {
    match encoding_of(bare(model)) {
        Some(encoding) => (encoding, true),
        None => (Encoding::O200kBase, false),
    }
}

/// A sum that stops at a limit.
struct Sum {
    total: u64,
    hundredths: u64,
    limit: Option<u64>,
}

impl Sum {
    /// Adds tokens of the encoding, scaled to the model's.
    fn add(&mut self, tokens: u64) -> Result<(), Refusal> {
        let scaled = tokens.saturating_mul(self.hundredths).div_ceil(100);
        self.total = self.total.saturating_add(scaled);
        match self.limit {
            Some(limit) if self.total > limit => Err(Refusal::TooManyTokens {
                counted: self.total,
                limit,
            }),
            _ => Ok(()),
        }
    }

    fn count(
        &mut self,
        counter: &mut Counter,
        encoding: Encoding,
        text: &str,
    ) -> Result<(), Refusal> {
        let Some(limit) = self.limit else {
            let tokens = counter.count(encoding, text);
            return self.add(u64::try_from(tokens).unwrap_or(u64::MAX));
        };
        let room = limit.saturating_sub(self.total).saturating_mul(100);
        let room = room.checked_div(self.hundredths).unwrap_or(room);
        let most = usize::try_from(room).unwrap_or(usize::MAX);
        let tokens = counter
            .count_up_to(encoding, text, most)
            .unwrap_or(most.saturating_add(1));
        self.add(u64::try_from(tokens).unwrap_or(u64::MAX))
    }
}

fn media(request: &Request<'_>, target: &Target, provider: &Provider) -> u64 {
    let rule = match provider.row.images {
        Images::ByName => ImageRule::of_openai(bare(&target.model)),
        Images::By(rule) => rule,
    };
    let media = request.media.iter().map(|media| media.tokens(rule));
    media.fold(0, u64::saturating_add)
}

/// A model's name without the vendor that some providers put before it.
fn bare(model: &str) -> &str {
    model.rsplit('/').next().unwrap_or(model)
}
