//! Counting a text that comes in parts: what is held back, and how a piece of any length fits into little memory.
//!
//! A piece is counted once the text goes on behind what decides where it ends. Until then it is held. The
//! first tokens of a long piece are final whatever follows ([`super::long`]); they are counted and let go,
//! and a few characters stand in for them: any that make the splitter see the rest of the piece as it did.

use super::{Memory, Model, bounds, count_piece, long, sink::Count, text::Text, tokens};

/// Bytes of an unfinished piece from which on its first tokens are let go.
const LONG: usize = 1 << 14;
/// Bytes of an unfinished piece from which on not every part that comes is reason to look at it again.
const SHORT: usize = 1 << 8;
/// What may follow: every class of characters, and where one decides only together with another, both.
const FUTURES: [&str; 9] = ["", "a", "Aa", "!a", "/!", " a", "\na", "1", "'sa"];
/// What may stand for the beginning of a piece.
const STANDINS: [&str; 8] = ["文", "a", "A", "!!", "!!\n", "\n", " ", "1"];

/// The unfinished piece at the end of the parts that came.
#[derive(Clone, Debug, Default)]
pub(in crate::tokens) struct Held {
    /// A stand-in, perhaps, and the text from there on.
    bytes: Vec<u8>,
    /// Bytes of the stand-in, and of a character after it that belong to tokens already counted.
    counted: usize,
    /// Below this length another look is not worth its time.
    look_at: usize,
}

impl Held {
    /// Takes a part of the text; the number of tokens that are certain now and were not before.
    pub(in crate::tokens) fn push<M: Model>(&mut self, part: &str, memory: &mut Memory) -> usize {
        self.bytes.extend_from_slice(part.as_bytes());
        if self.bytes.len() < self.look_at {
            return 0;
        }
        memory.cache.prepare();
        let mut count = Count::default();
        let mut text = Text::new(&self.bytes);
        let mut at = 0;
        loop {
            let (end, words) = bounds::<M>(&mut text, &self.bytes, at);
            if text.saw_end || at >= self.bytes.len() {
                break;
            }
            if self.counted > 0 {
                let rest = self.bytes.get(self.counted..end).unwrap_or_default();
                tokens::<M, _>(rest, &mut memory.scratch, &mut count);
                self.counted = 0;
            } else {
                count_piece::<M, _>(
                    self.bytes.get(at..end).unwrap_or_default(),
                    words,
                    memory,
                    &mut count,
                );
            }
            at = end;
        }
        self.bytes.drain(..at);
        if self.bytes.len() > LONG {
            self.let_go::<M>(memory, &mut count);
        }
        let length = self.bytes.len();
        self.look_at = if length > SHORT {
            length.saturating_add(length >> 3)
        } else {
            0
        };
        count.tokens
    }

    /// Bytes held.
    pub(in crate::tokens) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The tokens of what is held, if nothing follows.
    pub(in crate::tokens) fn finish<M: Model>(&mut self, memory: &mut Memory) -> usize {
        let mut count = Count::default();
        let mut text = Text::new(&self.bytes);
        let mut at = 0;
        while at < self.bytes.len() {
            let (end, _) = bounds::<M>(&mut text, &self.bytes, at);
            let from = at.max(self.counted);
            tokens::<M, _>(
                self.bytes.get(from..end).unwrap_or_default(),
                &mut memory.scratch,
                &mut count,
            );
            at = end;
        }
        *self = Self::default();
        count.tokens
    }

    /// Counts the tokens of the piece that are final whatever follows, and lets their text go.
    fn let_go<M: Model>(&mut self, memory: &mut Memory, count: &mut Count) {
        let ends = FUTURES.map(|future| end_with::<M>(&self.bytes, future));
        let shortest = ends.into_iter().min().unwrap_or(0);
        let certain = self.bytes.get(self.counted..shortest).unwrap_or_default();
        if certain.len() < LONG >> 1 {
            return;
        }
        let mut first = Count::default();
        let done = self.counted.saturating_add(long::advance::<M, _>(
            certain,
            &mut memory.scratch,
            &mut first,
        ));
        let is_within = |&byte: &u8| byte & 0xc0 == 0x80;
        let mut start = done;
        while self.bytes.get(start).is_some_and(is_within) {
            start = start.saturating_sub(1);
        }
        let rest = self.bytes.get(start..).unwrap_or_default();
        let standin = STANDINS.into_iter().find_map(|standin| {
            let bytes = [standin.as_bytes(), rest].concat();
            let gone = |end: usize| end.saturating_sub(start).saturating_add(standin.len());
            let alike = FUTURES
                .iter()
                .zip(ends)
                .all(|(future, end)| end_with::<M>(&bytes, future) == gone(end));
            alike.then_some((standin.len(), bytes))
        });
        if let Some((length, bytes)) = standin
            && done > self.counted
        {
            count.tokens = count.tokens.saturating_add(first.tokens);
            self.counted = length.saturating_add(done.saturating_sub(start));
            self.bytes = bytes;
        }
    }
}

/// Where the piece that begins `bytes` would end if `future` came next and nothing more.
fn end_with<M: Model>(bytes: &[u8], future: &str) -> usize {
    let whole = [bytes, future.as_bytes()].concat();
    M::piece_end(&mut Text::new(&whole), 0).min(bytes.len())
}
