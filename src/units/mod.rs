//! Amounts: money without floats, moments in nanoseconds, so much of a text.

mod calendar;

use std::fmt;

pub use calendar::rfc3339;

/// An amount of money in pico-dollars (10⁻¹² USD): a price per million tokens with six decimals
/// becomes a whole number of them per token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PicoUsd(pub u64);

impl PicoUsd {
    /// The price of one token from a price in USD per million tokens, as a decimal number; `None` unless it is
    /// from 0 to `most` with six decimals at most.
    pub fn per_token(usd_per_million: &str, most: u64) -> Option<Self> {
        const MILLION: u64 = 1_000_000;
        let million = Self::decimal(usd_per_million)?.0;
        let most = most.checked_mul(MILLION)?;
        let each = million / MILLION;
        (million % MILLION == 0 && each <= most).then_some(Self(each))
    }

    /// This amount for each of `tokens`.
    pub fn times(self, tokens: u64) -> Self {
        Self(self.0.saturating_mul(tokens))
    }

    /// Both amounts together.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This amount times `thousandths` / 1000.
    pub fn thousandths(self, thousandths: u64) -> Self {
        let amount = u128::from(self.0).saturating_mul(u128::from(thousandths)) / 1000;
        Self(u64::try_from(amount).unwrap_or(u64::MAX))
    }

    /// The nearest whole number of nano-dollars: what is summed is rounded once, where it is told.
    pub fn rounded(self) -> Self {
        Self(self.nano().saturating_mul(1000))
    }

    /// An amount in USD from a decimal number, with or without an exponent; digits behind the twelfth decimal
    /// go. `None` when it is none, is below 0, or is more than ten million.
    pub fn decimal(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let decimals = i64::try_from(part.len()).ok()?;
        // All digits as one number, times ten to the power of `shift`, in pico-dollars.
        let shift = exponent.checked_sub(decimals)?.checked_add(12)?;
        let mut amount: u128 = 0;
        for byte in whole.bytes().chain(part.bytes()) {
            let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
            amount = amount.checked_mul(10)?.checked_add(u128::from(digit))?;
        }
        let scale = 10_u128.checked_pow(u32::try_from(shift.unsigned_abs()).ok()?);
        amount = match (shift >= 0, scale) {
            (_, _) if amount == 0 => 0,
            (true, scale) => amount.checked_mul(scale?)?,
            (false, scale) => scale.map_or(0, |scale| amount.checked_div(scale).unwrap_or(0)),
        };
        let most = 10_000_000_000_000_000_000;
        (amount <= most).then(|| u64::try_from(amount).ok().map(Self))?
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
        let (whole, mut part) = (self.nano() / NANO, self.nano() % NANO);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let mut digits = 9_usize;
        while part % 10 == 0 {
            part /= 10;
            digits = digits.saturating_sub(1);
        }
        write!(f, "{whole}.{part:0digits$}")
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
            ("2.5", 1, "0.0000025"),
            ("2.5", 400_000, "1"),
            ("0.075", 3, "0.000000225"),
            ("10.0", 0, "0"),
            ("0.000001", 1, "0"),
            ("15.0", 1_000_000, "15"),
        ];
        for (price, tokens, shown) in rows {
            let cost = PicoUsd::per_token(price, 100).unwrap().times(tokens);
            assert_eq!(cost.to_string(), shown);
        }
        for none in ["-1", "", "NaN", "0.0000001", "100.000001"] {
            assert_eq!(PicoUsd::per_token(none, 100), None, "{none}");
        }
    }

    #[test]
    fn amounts_are_read_with_and_without_exponents() {
        let rows = [
            ("0", Some(0)),
            ("0.000123", Some(123_000_000)),
            ("1.2e-05", Some(12_000_000)),
            ("1E3", Some(1_000_000_000_000_000)),
            ("7e-13", Some(0)),
            ("0e999", Some(0)),
            ("1e-999", Some(0)),
            ("10000001", None),
            ("1e999", None),
            ("-1", None),
            ("1.2.3", None),
            (".", None),
            ("1e", None),
        ];
        for (text, amount) in rows {
            assert_eq!(PicoUsd::decimal(text), amount.map(PicoUsd), "{text}");
        }
        assert_eq!(PicoUsd(1_499).rounded(), PicoUsd(1_000));
        assert_eq!(PicoUsd(1_500).rounded(), PicoUsd(2_000));
        assert_eq!(PicoUsd(3_000_000).thousandths(1_100), PicoUsd(3_300_000));
    }
}
