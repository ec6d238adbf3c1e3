//! Counting a text while it comes.

use super::{
    bpe::{Held, with_model},
    encoding::{Counter, Encoding},
};

/// The tokens of a text that comes in parts, cut anywhere between characters; the parts of one text go to
/// one stream, any number of streams share a counter.
///
/// Only the unfinished last piece of the text is held, a few bytes as a rule. A piece of more than 256 bytes
/// is looked at again when it has grown by an eighth, so that time stays linear whatever the parts; until
/// then what follows it is held with it. Of a piece of more than 16 KB the first tokens are counted and let
/// go, so that megabytes of one piece fit into some 40 KB. What cannot be let go is text whose piece is not
/// decided: blanks behind the last line break of a piece, and under o200k the capitals behind its last
/// letter without case, are held until something else follows.
#[derive(Clone, Debug)]
pub struct Stream {
    encoding: Encoding,
    held: Held,
    tokens: usize,
}

impl Stream {
    /// A stream that nothing has come of.
    pub fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            held: Held::default(),
            tokens: 0,
        }
    }

    /// Takes the next part; the number of tokens so far, without the unfinished piece.
    pub fn push(&mut self, counter: &mut Counter, part: &str) -> usize {
        let more = with_model!(self.encoding, M => self.held.push::<M>(part, counter.memory()));
        self.tokens = self.tokens.saturating_add(more);
        self.tokens
    }

    /// Bytes of text that are held back now.
    pub fn held_back(&self) -> usize {
        self.held.len()
    }

    /// The number of tokens of the whole text: that of [`Counter::count`] for all parts together. The stream
    /// is as new after it.
    pub fn finish(&mut self, counter: &mut Counter) -> usize {
        let more = with_model!(self.encoding, M => self.held.finish::<M>(counter.memory()));
        std::mem::take(&mut self.tokens).saturating_add(more)
    }
}
