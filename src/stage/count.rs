//! How many tokens the input of a request has, before it leaves.

use std::borrow::Cow;

use crate::dialect::Family;
use crate::dialect::openai_chat::Request;
use crate::policy::Guard;
use crate::refusal::Refusal;
use crate::tokens::{Counter, Encoding};

/// A count of input tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The chat format and tool definitions included.
    pub tokens: u64,
    /// The model has no public tokenizer, or something has no public rule.
    pub estimated: bool,
    /// The text in tokens of the encoding, before scaling.
    pub words: u64,
    /// The encoding is the model's own.
    pub exact_words: bool,
    /// Images, audio or files are a part of it.
    pub media: bool,
}

/// Counts the input of `request` for a model. `scale` is what was learnt of the model, if anything was.
///
/// # Errors
///
/// A refusal as soon as the count passes the guard's limit; the rest is not counted then.
pub fn input(
    counter: &mut Counter,
    guard: &Guard,
    request: &Request<'_>,
    model: &str,
    scale: Option<u64>,
) -> Result<Counted, Refusal> {
    let family = Family::of(model);
    let media = request
        .media
        .iter()
        .map(|media| media.tokens(family.images));
    let mut sum = Sum {
        media: media.fold(0, u64::saturating_add),
        words: 0,
        scale: scale.filter(|_| !family.exact).unwrap_or(family.scale),
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
        sum.count(counter, family.encoding, &whole)?;
    }
    let assumed = request.media.iter().any(|media| media.is_estimate());
    Ok(Counted {
        tokens: sum.total(),
        estimated: assumed || !family.exact,
        words: sum.words,
        exact_words: family.exact,
        media: !request.media.is_empty(),
    })
}

/// A sum that stops at a limit.
struct Sum {
    media: u64,
    words: u64,
    /// In thousandths.
    scale: u64,
    limit: Option<u64>,
}

impl Sum {
    /// In the model's own tokens.
    fn total(&self) -> u64 {
        let words = self.words.saturating_mul(self.scale).div_ceil(1000);
        self.media.saturating_add(words)
    }

    fn add(&mut self, tokens: u64) -> Result<(), Refusal> {
        self.words = self.words.saturating_add(tokens);
        let counted = self.total();
        match self.limit {
            Some(limit) if counted > limit => Err(Refusal::TooManyTokens { counted, limit }),
            _ => Ok(()),
        }
    }

    fn count(
        &mut self,
        counter: &mut Counter,
        encoding: Encoding,
        text: &str,
    ) -> Result<(), Refusal> {
        let tokens = match self.limit {
            None => counter.count(encoding, text),
            Some(limit) => {
                let room = limit.saturating_sub(self.total()).saturating_mul(1000);
                let room = room.checked_div(self.scale).unwrap_or(room);
                let most = usize::try_from(room).unwrap_or(usize::MAX);
                let counted = counter.count_up_to(encoding, text, most);
                counted.unwrap_or(most.saturating_add(1))
            }
        };
        self.add(u64::try_from(tokens).unwrap_or(u64::MAX))
    }
}
