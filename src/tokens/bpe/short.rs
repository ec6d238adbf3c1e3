//! The common cases of a piece, in ASCII, found eight bytes at a time: a word with at most one character before
//! it, symbols, digits, white space.
//!
//! A mask has the highest bit of each byte that is in its class, as the bytes lie in a little-endian word.
//! Whatever needs more than sixteen bytes, or lies outside ASCII, is left to the splitters.

use super::{
    class::{DIGIT, END, LEAD, LETTER, NEWLINE, OTHER, WHITE},
    text::ascii_class,
};

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// The bytes of `word` from `first` to `last`.
#[inline(always)]
const fn between(word: u64, first: u8, last: u8) -> u64 {
    let low = word & !HIGH;
    let from_first = low.wrapping_add(ONES.wrapping_mul(0x80_u64.wrapping_sub(first as u64)));
    let behind_last = low.wrapping_add(ONES.wrapping_mul(0x7f_u64.wrapping_sub(last as u64)));
    from_first & !behind_last & !word & HIGH
}

/// The byte at bit `at`.
#[inline(always)]
const fn byte_at(word: u64, at: u32) -> u8 {
    (word >> (at & 56)) as u8
}

/// The bit of the first byte from bit `from` on that is not in `mask`; 64 if there is none.
#[inline(always)]
const fn end_of(mask: u64, from: u32) -> u32 {
    (!mask & HIGH & (u64::MAX << from)).trailing_zeros() & 0x78
}

/// Bits of the piece under the o200k pattern, or 0.
#[inline(always)]
pub(super) fn o200k(words: [u64; 2]) -> u32 {
    let [word, _] = words;
    let first = First::of(word);
    if first.is_word() {
        cased_letters(words, first.word_lead())
    } else {
        first.no_word(words)
    }
}

/// Bits of the piece under the cl100k pattern, or 0.
#[inline(always)]
pub(super) fn cl100k(words: [u64; 2]) -> u32 {
    let [word, _] = words;
    let first = First::of(word);
    if word as u8 == b'\'' {
        // It may be a contraction.
        0
    } else if first.is_word() {
        letters(words, first.word_lead())
    } else {
        first.no_word(words)
    }
}

/// The classes of the first two bytes.
struct First {
    first: u8,
    second: u8,
}

impl First {
    #[inline(always)]
    fn of(word: u64) -> Self {
        Self {
            first: ascii_class(word as u8),
            second: ascii_class(byte_at(word, 8)),
        }
    }

    /// Whether the piece is letters, with or without a lead.
    #[inline(always)]
    const fn is_word(&self) -> bool {
        (self.first & LETTER != 0) | ((self.first & LEAD != 0) & (self.second & LETTER != 0))
    }

    #[inline(always)]
    const fn word_lead(&self) -> u32 {
        ((self.first & LETTER == 0) as u32) << 3
    }

    /// Where one to three digits, or symbols with or without a space before them, end. Line breaks behind
    /// symbols and anything beyond ASCII are left to the splitters.
    #[inline(always)]
    fn no_word(&self, words: [u64; 2]) -> u32 {
        let [word, _] = words;
        let after_space = (word as u8 == b' ') & (self.second == OTHER);
        let digits = between(word, b'0', b'9');
        let mask = if self.first == DIGIT {
            digits & 0x80_8080
        } else if (self.first == OTHER) | after_space {
            let letters = between(word | (ONES << 5), b'a', b'z');
            let white = between(word, b'\t', b'\r') | between(word, b' ', b' ');
            !(letters | digits | white | word)
        } else {
            return if self.first & WHITE != 0 {
                white(words)
            } else {
                0
            };
        };
        let end = end_of(mask, (after_space as u32) << 3);
        let behind = ascii_class(byte_at(word, end));
        if (end == 64) | (behind == END) | (behind == NEWLINE) {
            0
        } else {
            end
        }
    }
}

/// Where the piece that white space begins ends, if anything in ASCII follows that: behind the last line
/// break, or else before the last character, unless that is the only one.
#[inline(always)]
fn white(words: [u64; 2]) -> u32 {
    let [low, high] = words;
    let spaces = |word: u64| between(word, b'\t', b'\r') | between(word, b' ', b' ');
    let breaks = |word: u64| between(word, b'\n', b'\n') | between(word, b'\r', b'\r');
    let last_of = |mask: u64| 64_u32.wrapping_sub(mask.leading_zeros());
    let end = end_of(spaces(low), 0);
    if end < 64 {
        let breaks = breaks(low) & !(u64::MAX << end);
        return match breaks {
            _ if byte_at(low, end) >= 0x80 => 0,
            0 => end.wrapping_sub(8).max(8),
            _ => last_of(breaks),
        };
    }
    let end = end_of(spaces(high), 0);
    if (end == 64) | (byte_at(high, end) >= 0x80) {
        return 0;
    }
    match (breaks(low), breaks(high) & !(u64::MAX << end)) {
        (0, 0) => end.wrapping_add(56),
        (breaks, 0) => last_of(breaks),
        (_, breaks) => last_of(breaks).wrapping_add(64),
    }
}

/// Where capitals and then small letters end, if no contraction and no letter beyond ASCII follows.
#[inline(always)]
fn cased_letters(words: [u64; 2], lead: u32) -> u32 {
    let [low, high] = words;
    let capitals_end = end_of(between(low, b'A', b'Z'), lead);
    let mut end = end_of(between(low, b'a', b'z'), capitals_end & 63);
    let mut behind = byte_at(low, end);
    if end == 64 {
        let more = end_of(between(high, b'a', b'z'), 0);
        behind = if more == 64 {
            0xff
        } else {
            byte_at(high, more)
        };
        end = more.wrapping_add(64);
    }
    if (capitals_end == 64) | (behind >= 0x80) | (behind == b'\'') {
        0
    } else {
        end
    }
}

/// Where letters end, if no letter beyond ASCII follows.
#[inline(always)]
fn letters(words: [u64; 2], lead: u32) -> u32 {
    let [low, high] = words;
    let letters = |word: u64| between(word | (ONES << 5), b'a', b'z') & !word;
    let mut end = end_of(letters(low), lead);
    let mut behind = byte_at(low, end);
    if end == 64 {
        let more = end_of(letters(high), 0);
        behind = if more == 64 {
            0xff
        } else {
            byte_at(high, more)
        };
        end = more.wrapping_add(64);
    }
    if behind >= 0x80 { 0 } else { end }
}
