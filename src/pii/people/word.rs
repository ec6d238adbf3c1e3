//! Words of an address, with their places.

use super::super::text::Text;

/// A word with its place.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Word<'t> {
    pub(super) fn at(text: &Text<'t>, start: usize) -> Option<Word<'t>> {
        let end = text.run_to(start, 40, |b| {
            b.is_ascii_alphanumeric() || b >= 0x80 || matches!(b, b'-' | b'\'')
        });
        let own = text.slice(start, end);
        (!own.is_empty()).then_some(Word {
            text: own,
            start,
            end,
        })
    }

    pub(super) fn before(text: &Text<'t>, end: usize) -> Option<Word<'t>> {
        let start = text.run_back(end, 40, |b| {
            b.is_ascii_alphanumeric() || b >= 0x80 || matches!(b, b'-' | b'\'' | b'.' | b'/')
        });
        let own = text.slice(start, end);
        (!own.is_empty()).then_some(Word {
            text: own,
            start,
            end,
        })
    }

    /// Where the next word may begin.
    pub(super) fn next(&self, text: &Text<'_>) -> usize {
        text.run_to(self.end, 2, |b| matches!(b, b' ' | b'.'))
    }

    pub(super) fn is_name(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// `5th`, `42nd`.
    pub(super) fn is_ordinal(&self) -> bool {
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0
            && matches!(
                self.text.get(digits..),
                Some("st" | "nd" | "rd" | "th" | "er" | "e" | "ème")
            )
    }
}
