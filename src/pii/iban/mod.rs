//! International bank account numbers: ISO 13616-1 (country, check digits, national structure), with
//! the remainder check of ISO/IEC 7064, MOD 97-10. Bare or in groups of four, in either case.

mod countries;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::Text;

/// The longest number in the registry.
const LONGEST: usize = 34;

/// The number whose first check digit stands at `digit`.
pub(super) fn around(text: &Text<'_>, digit: usize) -> Option<Range<usize>> {
    let start = digit.checked_sub(2)?;
    if text.word_before(start) {
        return None;
    }
    let country = [
        text.at(start).to_ascii_uppercase(),
        text.before(digit).to_ascii_uppercase(),
    ];
    let structure = countries::structure(country)?;
    let length = countries::length(structure).saturating_add(4);
    let (number, end) = read(text, start, length)?;
    let bban = number.get(4..)?;
    (countries::fits(structure, bban) && remainder(&number) == 1).then_some(start..end)
}

/// The next `length` letters and digits from `start` on, upper-cased, and where they end. Between
/// groups of four one space or hyphen may stand, the same throughout.
fn read(text: &Text<'_>, start: usize, length: usize) -> Option<(Vec<u8>, usize)> {
    let mut number = Vec::with_capacity(LONGEST);
    let mut i = start;
    let mut gap = None;
    while number.len() < length {
        let (byte, width) = match text.char_at(i)? {
            '\u{a0}' | '\u{202f}' => (b' ', text.char_at(i)?.len_utf8()),
            _ => (text.at(i), 1),
        };
        if byte.is_ascii_alphanumeric() {
            number.push(byte.to_ascii_uppercase());
        } else {
            let grouped =
                !number.is_empty() && number.len() % 4 == 0 && matches!(byte, b' ' | b'-');
            let same = gap.is_none_or(|gap| gap == byte);
            if !grouped || !same || !text.at(i.saturating_add(width)).is_ascii_alphanumeric() {
                return None;
            }
            gap = Some(byte);
        }
        i = i.saturating_add(width);
    }
    let joined = text.word_at(i) || gap == Some(b'-') && text.at(i) == b'-';
    (!joined).then_some((number, i))
}

/// The remainder by 97 of the number with its first four characters at the end, letters as 10 to 35.
fn remainder(number: &[u8]) -> u32 {
    let (head, rest) = number.split_at_checked(4).unwrap_or((number, &[]));
    rest.iter().chain(head).fold(0, |sum, &byte| {
        let value = char::from(byte).to_digit(36).unwrap_or(0);
        let shifted = u32::saturating_mul(sum, if value > 9 { 100 } else { 10 });
        shifted.saturating_add(value) % 97
    })
}
