//! Numbers with check digits.

use super::{Seed, alike};

/// A number whose last digit is the check digit by Luhn (ISO/IEC 7812-1, annex B), with the first `kept` digits and
/// the separators of the value.
pub fn luhn(value: &str, kept: usize, seed: &mut Seed) -> String {
    let drawn = alike(value, kept, seed);
    let digits: Vec<u32> = drawn.chars().filter_map(|char| char.to_digit(10)).collect();
    let body = digits.iter().rev().skip(1);
    let sum: u32 = body
        .enumerate()
        .map(|(nth, digit)| match nth % 2 {
            0 if *digit > 4 => digit.saturating_mul(2).saturating_sub(9),
            0 => digit.saturating_mul(2),
            _ => *digit,
        })
        .sum();
    let check = char::from_digit(10_u32.saturating_sub(sum % 10) % 10, 10).unwrap_or('0');
    let last = drawn.rfind(|char: char| char.is_ascii_digit());
    let Some((before, after)) = last.and_then(|at| drawn.split_at_checked(at)) else {
        return drawn;
    };
    let after: String = after.chars().skip(1).collect();
    format!("{before}{check}{after}")
}

/// An account number of the same country and length with the right check digits (ISO 13616: two letters, two
/// check digits by ISO/IEC 7064's mod 97-10, the rest).
pub fn mod97(value: &str, seed: &mut Seed) -> String {
    let drawn = alike(value, 4, seed);
    let said: Vec<char> = drawn.chars().filter(char::is_ascii_alphanumeric).collect();
    let (country, rest) = said.split_at_checked(4).unwrap_or_default();
    let country = country.iter().take(2);
    let mut remainder = 0_u32;
    for char in rest.iter().chain(country).chain(&['0', '0']) {
        let number = char.to_digit(36).unwrap_or_default();
        let shift = if number > 9 { 100 } else { 10 };
        remainder = remainder
            .saturating_mul(shift)
            .saturating_add(number)
            .checked_rem(97)
            .unwrap_or_default();
    }
    let check = format!("{:02}", 98_u32.saturating_sub(remainder));
    let mut check = check.chars();
    let mut told = 0_usize;
    let place = |char: char| {
        told = told.saturating_add(usize::from(char.is_ascii_alphanumeric()));
        match told {
            3 | 4 if char.is_ascii_alphanumeric() => check.next().unwrap_or(char),
            _ => char,
        }
    };
    drawn.chars().map(place).collect()
}

/// A number of the North American plan that is given to nobody: 555-0100 to 555-0199 are kept for such uses. The
/// area code is the value's own. `None`: the value is none of that plan.
pub fn north_american(value: &str, seed: &mut Seed) -> Option<String> {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let country = match digits {
        10 => 0_usize,
        11 if value.trim_start_matches(['+', '(', ' ']).starts_with('1') => 1,
        _ => return None,
    };
    let drawn = [seed.digit(), seed.digit()];
    let mut line = ['5', '5', '5', '0', '1'].into_iter().chain(drawn);
    let mut told = 0_usize;
    let place = |char: char| {
        if !char.is_ascii_digit() {
            return char;
        }
        told = told.saturating_add(1);
        match told > country.saturating_add(3) {
            true => line.next().unwrap_or(char),
            false => char,
        }
    };
    Some(value.chars().map(place).collect())
}
