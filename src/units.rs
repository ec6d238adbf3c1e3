//! Amounts: money without floats, moments in nanoseconds, so much of a text.

use std::fmt;

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

/// A moment in seconds since 1970 as RFC 3339 writes it, in UTC.
pub fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // The civil calendar from days, by eras of 400 years that begin on the first of March (H. Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms").
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let leaps = (day / 1460).saturating_add(day / 146_096);
    let year_of_era = (day.saturating_add(day / 36_524).saturating_sub(leaps)) / 365;
    let before = year_of_era
        .saturating_mul(365)
        .saturating_add(year_of_era / 4)
        .saturating_sub(year_of_era / 100);
    let day_of_year = day.saturating_sub(before);
    let nth_month = (day_of_year.saturating_mul(5).saturating_add(2)) / 153;
    let first = (nth_month.saturating_mul(153).saturating_add(2)) / 5;
    let day = day_of_year.saturating_sub(first).saturating_add(1);
    let (month, late) = match nth_month {
        0..=9 => (nth_month.saturating_add(3), 0),
        _ => (nth_month.saturating_sub(9), 1),
    };
    let year = era
        .saturating_mul(400)
        .saturating_add(year_of_era)
        .saturating_add(late);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
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

    #[test]
    fn moments_are_written_by_the_calendar() {
        let rows = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (seconds, text) in rows {
            assert_eq!(rfc3339(seconds), text);
        }
    }
}
