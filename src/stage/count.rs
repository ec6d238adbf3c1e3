//! How many tokens the input of a request has, before it leaves.

use std::borrow::Cow;

use crate::dialect::Family;
use crate::dialect::splice::{Passage, Request};
use crate::policy::{Guard, Mode};
use crate::refusal::Refusal;
use crate::seen::{Name, Seen};
use crate::tokens::{Counter, Encoding, OverLimit};

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
    seen: &Seen,
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
        limit: guard
            .max_input_tokens
            .filter(|limit| limit.mode == Mode::Enforce)
            .map(|limit| limit.most),
    };
    sum.add(request.overhead)?;
    let mut words = Words {
        counter,
        seen,
        encoding: family.encoding,
    };
    for line in &request.lines {
        let passage = line.passage.and_then(|nth| request.passages.get(nth));
        let tokens = words.count(&line.head, passage, sum.room());
        sum.add(u64::try_from(tokens).unwrap_or(u64::MAX))?;
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

    /// The most tokens of the encoding that a text may have, as far as they can be said.
    fn room(&self) -> usize {
        let Some(limit) = self.limit else {
            return usize::MAX;
        };
        let room = limit.saturating_sub(self.total()).saturating_mul(1000);
        let room = room.checked_div(self.scale).unwrap_or(room);
        usize::try_from(room).unwrap_or(usize::MAX)
    }
}

/// What counts, and what was counted before.
struct Words<'c> {
    counter: &'c mut Counter,
    seen: &'c Seen,
    encoding: Encoding,
}

impl Words<'_> {
    /// The tokens of some words and the passage behind them; one more than `most` for any more than that.
    fn count(&mut self, head: &str, passage: Option<&Passage<'_>>, most: usize) -> usize {
        let name = passage.and_then(|passage| self.name(head, passage));
        let known = name.and_then(|name| self.seen.tokens(name, self.encoding));
        let counted = known.map_or_else(|| self.count_anew(head, passage, name, most), Ok);
        let over = most.saturating_add(1);
        counted.map_or(over, |tokens| tokens.min(over))
    }

    fn count_anew(
        &mut self,
        head: &str,
        passage: Option<&Passage<'_>>,
        name: Option<Name>,
        most: usize,
    ) -> Result<usize, OverLimit> {
        let text = match (head, passage.map_or("", Passage::text)) {
            ("", passage) => Cow::Borrowed(passage),
            (head, "") => Cow::Borrowed(head),
            (head, passage) => Cow::Owned([head, passage].concat()),
        };
        let tokens = self.counter.count_up_to(self.encoding, &text, most)?;
        if let Some(name) = name {
            self.seen.keep_tokens(name, self.encoding, tokens);
        }
        Ok(tokens)
    }

    /// The name of a passage together with the words before it.
    fn name(&self, head: &str, passage: &Passage<'_>) -> Option<Name> {
        // No UTF-8 has the bytes fe and ff, so that what is said by one of these is said by no other.
        if passage.is_masked() {
            let both = [b"\xfe", head.as_bytes(), b"\xff", passage.text().as_bytes()].concat();
            return self.seen.name(&both);
        }
        let own = passage.name(self.seen)?;
        if head.is_empty() {
            return Some(own);
        }
        let both = [head.as_bytes(), b"\xff", passage.raw().as_bytes()].concat();
        self.seen.name(&both)
    }
}
