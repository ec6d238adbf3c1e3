//! Amounts: money without floats, moments in nanoseconds, so much of a text.

mod calendar;

use std::fmt;

pub use calendar::rfc3339;

/// An amount of money in pico-dollars (10⁻¹² USD): a price per million tokens with six decimals
/// becomes a whole number of them per token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PicoUsd(pub u64);

impl PicoUsd {
    /// The price of one token from a price per million tokens in USD; `None` unless it is a finite
    /// number from 0 to a million.
    pub fn per_token(usd_per_million: f64) -> Option<Self> {
        let pico = (usd_per_million * 1e6).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "in range"
        )]
        (0.0..=1e12).contains(&pico).then_some(Self(pico as u64))
    }

    /// This amount for each of `tokens`.
    pub fn times(self, tokens: u64) -> Self {
        Self(self.0.saturating_mul(tokens))
    }

    /// Both amounts together.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Whole nano-dollars (10⁻⁹ USD), rounded to the nearest.
    pub fn nano(self) -> u64 {
        self.0.saturating_add(500) / 1000
    }
}

/// USD as a decimal number with nine decimals at the most, trailing zeros left out.
impl fmt::Display for PicoUsd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NANO: u64 = 1_000_000_000;
        let (whole, part) = (self.nano() / NANO, self.nano() % NANO);
        let digits = format!("{part:09}");
        match digits.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            digits => write!(f, "{whole}.{digits}"),
        }
    }
}

/// A moment: nanoseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// Whole milliseconds from `earlier` until this moment.
    pub fn millis_since(self, earlier: Self) -> u64 {
        self.micros_since(earlier) / 1000
    }

    /// Reads a moment as RFC 3339 writes it, section 5.6: `2027-01-31T12:00:00.5+01:00`. From 1970 to 2261.
    pub fn read(text: &str) -> Option<Self> {
        calendar::read(text).map(Self)
    }

    /// Whole microseconds from `earlier` until this moment.
    pub fn micros_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0) / 1000
    }
}

/// The first `most` characters of a text.
pub fn beginning(text: &str, most: usize) -> &str {
    // No character takes less than a byte.
    if text.len() <= most {
        return text;
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        let rows = [
            ("", 2, ""),
            ("ab", 2, "ab"),
            ("äbc", 2, "äb"),
            ("ää", 2, "ää"),
        ];
        for (text, most, first) in rows {
            assert_eq!(beginning(text, most), first);
        }
    }

    #[test]
    fn money_is_exact() {
        let rows = [
            (2.5, 1, "0.0000025"),
            (2.5, 400_000, "1"),
            (0.075, 3, "0.000000225"),
            (10.0, 0, "0"),
            (0.000_001, 1, "0"),
            (15.0, 1_000_000, "15"),
        ];
        for (price, tokens, shown) in rows {
            let cost = PicoUsd::per_token(price).unwrap().times(tokens);
            assert_eq!(cost.to_string(), shown);
        }
        assert_eq!(PicoUsd::per_token(-1.0), None);
        assert_eq!(PicoUsd::per_token(f64::NAN), None);
    }
}
