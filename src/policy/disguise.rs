//! Words in disguise: what a reader takes a text for, with the way back to the places in the text as it was.
//!
//! Characters that nobody sees are left out; letters and digits in other widths and shapes, raised, circled or
//! mathematical, are those of ASCII; Greek and Cyrillic letters become the Latin ones that they look like in words that
//! mix the scripts, and in words that are nothing but such letters where the text has no others of its script. Accents
//! stay, and so do other languages.

use crate::injection::{self, fold, unmixed};
use crate::pii::{Folded, Reading};

/// The text as it is read; `None` where that is the text itself.
pub(super) fn read(text: &str) -> Option<Folded> {
    if text.is_ascii() || !may_be_disguised(text) {
        return None;
    }
    let mut words = Words {
        text,
        native: text.chars().any(is_native),
        latin: false,
        end: 0,
        meant: false,
    };
    let mut odd = false;
    let folded = Folded::by(text, &mut |at, char| {
        let reading = words.reading(at, char);
        odd |= reading != Reading::Same;
        reading
    });
    odd.then_some(folded)
}

/// Where the first word in disguise begins in the last `most` bytes of the text.
pub(super) fn begun(text: &str, most: usize) -> Option<usize> {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from = from.saturating_add(1);
    }
    let tail = text.get(from..).unwrap_or_default();
    let folded = read(tail)?;
    let same =
        |((at, char), (own, plain)): &((usize, char), (usize, char))| at == own && char == plain;
    let alike = tail.char_indices().zip(folded.text.char_indices());
    let first = alike.take_while(same).last();
    let first = first.map_or(0, |((at, char), _)| at.saturating_add(char.len_utf8()));
    let word = tail.get(..first).unwrap_or_default();
    let gap = word
        .char_indices()
        .rev()
        .find(|(_, char)| char.is_whitespace());
    let start = gap.map_or(0, |(at, gap)| at.saturating_add(gap.len_utf8()));
    Some(from.saturating_add(start))
}

/// A quick look, which few texts pass: has it a character that may disguise a word, or scripts side by side, or letters of
/// a foreign one that all look like Latin ones?
fn may_be_disguised(text: &str) -> bool {
    let (mut latin, mut foreign, mut any) = (false, false, false);
    for char in text.chars() {
        let (own, other) = (char.is_ascii_alphabetic(), is_foreign(char));
        if may_hide(char) || own && foreign || other && latin {
            return true;
        }
        (latin, foreign, any) = (own, other, any || other);
    }
    any && !text.chars().any(is_native)
}

/// The blocks in which there are characters that may disguise a word.
fn may_hide(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{250}'..='\u{36f}' | '\u{61c}' | '\u{640}'..='\u{652}' | '\u{115f}' | '\u{1160}'
        | '\u{180b}'..='\u{180e}' | '\u{1d00}'..='\u{1dbf}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{209c}' | '\u{20d0}'..='\u{214f}' | '\u{2460}'..='\u{24ff}' | '\u{3164}'
        | '\u{a720}'..='\u{a7ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f110}'..='\u{1f189}'
        | '\u{e0000}'..='\u{e01ef}')
}

/// Greek and Cyrillic.
fn is_foreign(char: char) -> bool {
    matches!(char, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}')
}

/// A letter of these scripts that looks like no Latin one.
fn is_native(char: char) -> bool {
    is_foreign(char) && char.is_alphabetic() && latin(char).is_none()
}

/// The Latin letter that a Greek or Cyrillic one looks like.
fn latin(char: char) -> Option<char> {
    let lower = char.to_lowercase().next().unwrap_or(char);
    unmixed(lower)
}

/// The letter that is raised in one of the block of phonetic extensions (Unicode, U+1D2C to U+1D42).
fn raised(char: char) -> Option<char> {
    let plain = match char {
        'ᴬ' => 'a',
        'ᴮ' => 'b',
        'ᴰ' => 'd',
        'ᴱ' => 'e',
        'ᴳ' => 'g',
        'ᴴ' => 'h',
        'ᴵ' => 'i',
        'ᴶ' => 'j',
        'ᴷ' => 'k',
        'ᴸ' => 'l',
        'ᴹ' => 'm',
        'ᴺ' => 'n',
        'ᴼ' => 'o',
        'ᴾ' => 'p',
        'ᴿ' => 'r',
        'ᵀ' => 't',
        'ᵁ' => 'u',
        'ᵂ' => 'w',
        _ => return None,
    };
    Some(plain)
}

/// The words of a text, one after another.
struct Words<'t> {
    text: &'t str,
    /// The text has letters of Greek or Cyrillic that look like none of Latin.
    native: bool,
    /// The word has a Latin letter.
    latin: bool,
    /// Where the word ends of whose foreign letters is known whether they are meant as Latin ones.
    end: usize,
    meant: bool,
}

impl Words<'_> {
    fn reading(&mut self, at: usize, char: char) -> Reading {
        if char.is_ascii() {
            self.latin = char.is_ascii_alphanumeric() && (self.latin || char.is_ascii_alphabetic());
            return Reading::Same;
        }
        let reading = match self.shape(at, char) {
            // In the order of ASCII, punctuation included.
            Reading::Same if ('\u{ff01}'..='\u{ff5e}').contains(&char) => {
                let plain = u32::from(char).checked_sub(0xfee0).and_then(char::from_u32);
                plain.map_or(Reading::Same, Reading::As)
            }
            own => own,
        };
        self.latin = match reading {
            Reading::Nothing => self.latin,
            Reading::As(plain) => self.latin || plain.is_ascii_alphabetic(),
            Reading::Same => self.latin && char.is_alphanumeric(),
        };
        reading
    }

    fn shape(&mut self, at: usize, char: char) -> Reading {
        if is_foreign(char) {
            return match latin(char).filter(|_| self.is_meant(at)) {
                Some(plain) => Reading::As(plain),
                None => Reading::Same,
            };
        }
        match (char, fold(char)) {
            // Tags that stand for no letter, and the end of some.
            ('\u{e0000}'..='\u{e001f}' | '\u{e007f}', _) => Reading::Nothing,
            ('\u{1d2c}'..='\u{1d42}', _) => raised(char).map_or(Reading::Same, Reading::As),
            (_, injection::Folded::Unseen) => Reading::Nothing,
            (_, injection::Folded::Tag(plain)) => Reading::As(plain),
            // Accents say which word it is.
            ('\u{c0}'..='\u{17f}' | '\u{1e00}'..='\u{1eff}', _) => Reading::Same,
            (_, injection::Folded::Letter(plain)) if plain.is_ascii() => Reading::As(plain),
            _ => Reading::Same,
        }
    }

    /// Whether the foreign letters of the word at `at` are meant as Latin ones. Each word is looked at once.
    fn is_meant(&mut self, at: usize) -> bool {
        if at < self.end {
            return self.meant;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let unseen = |char: char| !char.is_ascii() && fold(char) == injection::Folded::Unseen;
        let word = rest.find(|char: char| !char.is_alphanumeric() && !unseen(char));
        let word = rest.get(..word.unwrap_or(rest.len())).unwrap_or(rest);
        let alike = !word.chars().any(is_native);
        let mixed = self.latin || word.chars().any(|char| char.is_ascii_alphabetic());
        self.end = at.saturating_add(word.len());
        self.meant = alike && (mixed || !self.native);
        self.meant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_they_look() {
        let cases = [
            ("a\u{200b}c\u{ad}me", "acme"),
            ("ａｃｍｅ　Ｃ＋＋", "acme\u{3000}c++"),
            ("𝐚𝓬𝖒𝚎 ⓐⓒⓜⓔ ᵃᶜᵐᵉ", "acme acme acme"),
            ("ᴬcᴹᴱ a\u{e0001}cm\u{e007f}e", "acme acme"),
            ("аcmе", "acme"),
            ("асе", "ace"),
            ("\u{430}\u{200b}cme", "acme"),
            ("a\u{336}c\u{336}m\u{336}e", "acme"),
            ("über аcme", "über acme"),
            ("это аcme, как вот", "это acme, как вот"),
        ];
        for (text, want) in cases {
            assert_eq!(
                read(text).map(|folded| folded.text).as_deref(),
                Some(want),
                "{text}"
            );
        }
        for text in [
            "acme",
            "über",
            "как это вот",
            "это кот",
            "禁止。",
            "日本、東京",
            "ελληνικά",
            "naïve “quotes” — …",
            "пAвел",
        ] {
            assert_eq!(read(text).map(|folded| folded.text), None, "{text}");
        }
    }

    #[test]
    fn places_are_found_again() {
        let text = "my ａ\u{200b}ｃme is";
        let folded = read(text).unwrap();
        let at = folded.text.find("acme").unwrap();
        let (start, end) = (folded.start(at), folded.end(text, at + 4));
        assert_eq!(&text[start..end], "ａ\u{200b}ｃme");
    }

    #[test]
    fn a_word_in_disguise_is_begun() {
        let cases = [
            ("say a\u{200b}c", 16, Some(4)),
            ("say ac", 16, None),
            ("a\u{200b}c and much more", 8, None),
        ];
        for (text, most, want) in cases {
            assert_eq!(begun(text, most), want, "{text}");
        }
    }
}
