//! Runs of one character, or of a few over and over: which token such a run goes on with.
//!
//! A vocabulary has tokens of 64, 80, 96 and 112 hyphens, and all but the end of a longer run is tokens of
//! 64: the longest match is wrong at every step, and finding that out takes trying everything between.
//! Which token is tried first changes the time, never the result: there is one encoding.

use super::{
    tables::{Seam, Tables},
    trie::Node,
};

/// Bytes of a longest match from which on it may be part of a run.
pub(super) const LONG: usize = 8;
/// Bytes of the longest text that repeats.
const PERIODS: usize = 4;
/// Places for answers.
const PLACES: usize = 1 << 6;

/// The longest token each token begins with that may follow itself, of those asked for, where the hash says.
#[derive(Default)]
pub(super) struct Steady {
    known: Vec<(Node, (Node, usize))>,
    /// The vocabulary they are about, by its seed.
    vocabulary: u64,
}

impl Steady {
    /// The token to go on with if `text`, which begins with `longest`, goes on repeating for two of it.
    pub(super) fn token(
        &mut self,
        tables: &Tables,
        text: &[u8],
        longest: (Node, usize),
    ) -> Option<(Node, usize)> {
        let whole = text.get(..longest.1)?;
        let period = (1..=PERIODS).find(|&period| repeats(whole, period))?;
        let (token, length) = self.of(tables, whole, period, longest.0);
        let two = text.get(..length.checked_mul(2)?)?;
        (length > 0 && length < longest.1 && repeats(two, period)).then_some((token, length))
    }

    fn of(&mut self, tables: &Tables, text: &[u8], period: usize, longest: Node) -> (Node, usize) {
        let nothing = (Node::NONE, (Node::NONE, 0));
        if self.known.is_empty() || self.vocabulary != tables.seed {
            self.known.clear();
            self.known.resize(PLACES, nothing);
            self.vocabulary = tables.seed;
        }
        let place = longest.mix(longest) & PLACES.wrapping_sub(1);
        let (known, answer) = self.known.get(place).copied().unwrap_or(nothing);
        if known == longest {
            return answer;
        }
        let mut answer = (Node::NONE, 0);
        tables.prefixes(text, |token, length| {
            let one = text.get(..length).unwrap_or_default();
            let seam = Seam::of(&[one, one].concat(), length);
            if length.checked_rem(period) == Some(0) && tables.adjacent(token, token, seam) {
                answer = (token, length);
            }
        });
        if let Some(place) = self.known.get_mut(place) {
            *place = (longest, answer);
        }
        answer
    }
}

/// Whether each byte of `text` is the one `period` bytes before it.
fn repeats(text: &[u8], period: usize) -> bool {
    text.get(period..)
        .is_some_and(|behind| text.get(..behind.len()) == Some(behind))
}

/// A set of positions in a piece, one bit each; without memory while it is empty.
#[derive(Default)]
pub(super) struct Positions {
    words: Vec<u64>,
}

impl Positions {
    /// Forgets all.
    #[inline(always)]
    pub(super) fn clear(&mut self) {
        self.words.clear();
    }

    /// Whether position `at` is in the set.
    #[inline(always)]
    pub(super) fn contains(&self, at: usize) -> bool {
        self.words
            .get(at >> 6)
            .is_some_and(|word| (word >> (at & 63)) & 1 == 1)
    }

    /// Adds position `at` of a piece of `length` bytes.
    pub(super) fn insert(&mut self, at: usize, length: usize) {
        if self.words.is_empty() {
            self.words.resize((length >> 6).wrapping_add(1), 0);
        }
        if let Some(word) = self.words.get_mut(at >> 6) {
            *word |= 1 << (at & 63);
        }
    }

    /// Takes position `at` out; whether it was in.
    pub(super) fn remove(&mut self, at: usize) -> bool {
        let was = self.contains(at);
        if let Some(word) = self.words.get_mut(at >> 6) {
            *word &= !(1 << (at & 63));
        }
        was
    }
}
