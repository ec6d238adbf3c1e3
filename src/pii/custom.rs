//! Patterns of the operator's own, with what must hold for a match besides: a word before it, a check.

use regex::Regex;

use super::card;
use super::context::{self, Say};
use super::ids;
use super::text::Text;

/// How far before a match one of its words may stand, in characters.
const REACH: usize = 50;

/// The check of a custom pattern's match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Check {
    /// None: every match counts.
    #[default]
    None,
    /// The digits of the match, whatever stands between, pass the check of ISO/IEC 7812-1, annex B.
    Luhn,
    /// The letters and digits of the match, letters as 10 to 35, leave 1 by 97: ISO/IEC 7064, MOD 97-10.
    Mod97,
}

/// A pattern, and what must hold for its matches.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What matches.
    pub regex: Regex,
    /// Words in lower case, one of which must stand in the 50 characters before a match; none where every match
    /// counts.
    pub words: Vec<String>,
    /// The check of the match.
    pub check: Check,
}

impl From<Regex> for Pattern {
    /// A pattern all of whose matches count.
    fn from(regex: Regex) -> Pattern {
        Pattern {
            regex,
            words: Vec::new(),
            check: Check::None,
        }
    }
}

impl Pattern {
    /// Whether the match `start..end` counts.
    pub(super) fn counts(&self, text: &Text<'_>, start: usize, end: usize) -> bool {
        let written = text.slice(start, end);
        let values = written.chars().filter_map(|sign| sign.to_digit(36));
        let values: Vec<u8> = values
            .filter_map(|value| u8::try_from(value).ok())
            .collect();
        let checked = match self.check {
            Check::None => true,
            Check::Luhn => {
                let digits: Vec<u8> = values.into_iter().filter(|value| *value < 10).collect();
                digits.len() > 1 && card::luhn(&digits)
            }
            Check::Mod97 => ids::mod_97(&values),
        };
        checked && (self.words.is_empty() || self.is_announced(text, start))
    }

    fn is_announced(&self, text: &Text<'_>, start: usize) -> bool {
        context::says(text, start, REACH, |word| {
            if self.words.iter().any(|own| own == word) {
                Say::Yes
            } else {
                Say::Nothing
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::pii::Detector;

    #[test]
    fn matches_count_by_words_and_checks() {
        let pattern = |regex: &str, words: &[&str], check| Pattern {
            regex: Regex::new(regex).unwrap(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            check,
        };
        let cases = [
            (
                pattern(r"\d{6}", &["badge"], Check::None),
                "badge no. 123456; and much later, in a sentence of its own, 654321",
                1,
            ),
            (
                pattern(r"\d{6}", &["badge"], Check::None),
                "Order 123456",
                0,
            ),
            (
                pattern(r"C-[\d ]+\d", &[], Check::Luhn),
                "C-7992 7398 713 and C-7992 7398 714",
                1,
            ),
            (
                pattern(r"[A-Z]{2}\d+", &[], Check::Mod97),
                "AB21 or AB22",
                0,
            ),
            (pattern(r"\d{5}", &[], Check::Mod97), "79444 or 79445", 1),
        ];
        for (pattern, text, want) in cases {
            let detector = Detector::new(&[], Vec::new()).with_patterns(vec![pattern]);
            let mut found = Vec::new();
            detector.scan(text, &mut found);
            assert_eq!(found.len(), want, "{text}");
        }
    }
}
