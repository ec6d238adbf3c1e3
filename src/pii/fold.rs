//! Texts in disguise: digits and letters in other widths and scripts, and characters that nobody sees, folded to
//! what they are read as, with the way back to the places in the text as it was.
//!
//! The pass wakes at the first byte of such a character. Only a text that has one is folded, once.

use super::text::Text;

/// The bytes that begin a character that may be folded.
pub(super) const LEADS: &[u8] = &[0xc2, 0xd9, 0xdb, 0xe0, 0xe1, 0xe2, 0xef, 0xf0];

/// What a character is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Itself.
    Same,
    /// Nothing: it is not seen.
    Nothing,
    /// Another character.
    As(char),
}

fn reading(c: char) -> Reading {
    let number = u32::from(c);
    let digit = |zero: u32| {
        let value = number.checked_sub(zero).filter(|value| *value < 10);
        value.and_then(|value| char::from_digit(value, 10))
    };
    match c {
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            Reading::Nothing
        }
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = number.checked_sub(0xfee0).and_then(char::from_u32);
            plain.map_or(Reading::Same, Reading::As)
        }
        // Digits: Arabic, Persian, Devanagari, Bengali, mathematical.
        '\u{660}'..='\u{669}' => digit(0x660).map_or(Reading::Same, Reading::As),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0).map_or(Reading::Same, Reading::As),
        '\u{966}'..='\u{96f}' => digit(0x966).map_or(Reading::Same, Reading::As),
        '\u{9e6}'..='\u{9ef}' => digit(0x9e6).map_or(Reading::Same, Reading::As),
        '\u{1d7ce}'..='\u{1d7ff}' => {
            let value = number.checked_sub(0x1d7ce).map(|place| place % 10);
            let digit = value.and_then(|value| char::from_digit(value, 10));
            digit.map_or(Reading::Same, Reading::As)
        }
        _ => Reading::Same,
    }
}

/// Whether the character at `i` may hide a finding: it is not seen, or a digit, letter or `@` in disguise.
/// Full-width punctuation of Chinese and Japanese hides nothing.
pub(super) fn is_disguise(text: &Text<'_>, i: usize) -> bool {
    match text.char_at(i).map(reading) {
        Some(Reading::Nothing) => true,
        Some(Reading::As(c)) => c.is_ascii_alphanumeric() || c == '@',
        _ => false,
    }
}

/// A folded text.
#[derive(Debug)]
pub struct Folded {
    /// What is read.
    pub text: String,
    /// Where the offsets of the two texts part: an offset in the folded text, and the one in the other.
    parts: Vec<(usize, usize)>,
}

impl Folded {
    /// The text without what disguises digits, letters and `@`.
    pub(super) fn new(text: &str) -> Folded {
        Folded::by(text, &mut |_, c| reading(c))
    }

    /// The text as `read` reads each character, whose offset it is given.
    pub fn by(text: &str, read: &mut dyn FnMut(usize, char) -> Reading) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(text.len()),
            parts: Vec::new(),
        };
        for (i, c) in text.char_indices() {
            match read(i, c) {
                Reading::Same => {
                    folded.meet(i);
                    folded.text.push(c);
                }
                Reading::Nothing => {}
                Reading::As(plain) => {
                    folded.meet(i);
                    folded.text.push(plain);
                }
            }
        }
        folded
    }

    /// Notes that the next folded character stands at `i` in the other text, if that does not follow.
    fn meet(&mut self, i: usize) {
        let here = self.text.len();
        let expected = self.parts.last().map_or(here, |(from, to)| {
            to.saturating_add(here.saturating_sub(*from))
        });
        if expected != i {
            self.parts.push((here, i));
        }
    }

    /// The offset in the other text of the character at `i`.
    pub fn start(&self, i: usize) -> usize {
        let after = self.parts.partition_point(|(from, _)| *from <= i);
        let part = after.checked_sub(1).and_then(|last| self.parts.get(last));
        part.map_or(i, |(from, to)| to.saturating_add(i.saturating_sub(*from)))
    }

    /// The offset in `text`, the other text, after the character that ends at `end`.
    pub fn end(&self, text: &str, end: usize) -> usize {
        let last = self
            .text
            .get(..end)
            .and_then(|before| before.char_indices().next_back());
        let start = last.map_or(0, |(start, _)| self.start(start));
        let width = text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        start.saturating_add(width)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::expect;
    use super::*;
    use crate::pii::Kind;

    #[test]
    fn places_are_found_again() {
        let text = "a\u{200b}\u{200b}b４5é漢\u{ad}x";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "ab45é漢x");
        let seen: Vec<&str> = folded
            .text
            .char_indices()
            .map(|(i, c)| &text[folded.start(i)..folded.end(text, i + c.len_utf8())])
            .collect();
        assert_eq!(seen, ["a", "b", "４", "5", "é", "漢", "x"]);
    }

    #[test]
    fn disguises_hide_nothing() {
        expect(
            &[
                Kind::CreditCard,
                Kind::Email,
                Kind::Iban,
                Kind::Phone,
                Kind::NationalId,
            ],
            &[
                "«4111\u{200b}1111\u{200b}1111\u{200b}1111»!",
                "«４１１１ １１１１ １１１１ １１１１»",
                "«4111\u{3000}1111\u{3000}1111\u{3000}1111»",
                "«alice\u{200b}@exam\u{ad}ple.com»",
                "«ａｌｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ»",
                "البطاقة «٤١١١ ١١١١ ١١١١ ١١١١»",
                "«DE89\u{2060}370400440532013000»",
                "👨\u{200d}👩 «+1 415 555\u{200d} 2671»",
                "全角：«１２３４５６７８Z»，",
            ],
            &[
                "４１１１ １１１１ １１１１ １１１２",
                "👨\u{200d}👩\u{200d}👧",
                "你好，世界！（1）：２",
            ],
        );
    }
}
