//! Values that look like others: of the same form, with digits and letters of their own. Each is drawn from a
//! seed, which is made of the value and the key: the same value, the same fake.
//!
//! *Never*: says whether a fake passes the check of its kind; who asked looks at it and draws again.

mod numbers;
mod people;

pub use numbers::{luhn, mod97, north_american};
pub use people::{email, host, person, street};

use super::key::Key;

/// Where the draws for one value come from: splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators") over the beginning of an HMAC-SHA-256.
#[derive(Debug, Clone)]
pub struct Seed(u64);

impl Seed {
    /// For a value of the kind that `label` names. What stands between letters and digits does not count: the
    /// same number with and without spaces gets the same digits.
    pub fn new(key: Key, label: &str, value: &str) -> Self {
        let letters: String = value
            .chars()
            .filter(|char| char.is_alphanumeric())
            .collect();
        Self(key.digest("fake", [label, &letters]).beginning())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        let drawn = self.next().checked_rem(end).unwrap_or_default();
        usize::try_from(drawn).unwrap_or_default()
    }

    fn digit(&mut self) -> char {
        self.of("0123456789")
    }

    /// One of these characters, which are ASCII.
    fn of(&mut self, chars: &str) -> char {
        let at = self.below(chars.len());
        chars.chars().nth(at).unwrap_or('0')
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_default()
    }
}

/// As the value, with other digits and letters in the places of its own but for the first `kept`: a digit for a
/// digit, a capital for a capital. Hexadecimal stays hexadecimal.
pub fn alike(value: &str, kept: usize, seed: &mut Seed) -> String {
    let letters = || value.chars().filter(|char| char.is_alphanumeric());
    let is_hex = letters().all(|char| char.is_ascii_hexdigit());
    let (small, large) = match is_hex {
        true => ("abcdef", "ABCDEF"),
        false => ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    };
    let other = |char: char| match char {
        _ if char.is_numeric() => seed.digit(),
        _ if char.is_uppercase() => seed.of(large),
        _ => seed.of(small),
    };
    changed(value, kept, other)
}

/// As the value, with other digits and its own letters.
pub fn digits(value: &str, seed: &mut Seed) -> String {
    let other = |char: char| match char.is_numeric() {
        true => seed.digit(),
        false => char,
    };
    changed(value, 0, other)
}

fn changed(value: &str, kept: usize, mut other: impl FnMut(char) -> char) -> String {
    let mut told = 0_usize;
    let change = |char: char| {
        if !char.is_alphanumeric() {
            return char;
        }
        told = told.saturating_add(1);
        match told <= kept {
            true => char,
            false => other(char),
        }
    };
    value.chars().map(change).collect()
}
