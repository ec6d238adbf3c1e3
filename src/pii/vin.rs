//! Vehicle identification numbers: ISO 3779, seventeen letters and digits without I, O and Q, with the check
//! digit of 49 CFR 565 in the ninth place. Makers outside North America need not write the check digit: then a
//! word must stand before the number.

use std::ops::Range;

use super::context;
use super::text::Text;

/// How far before a number without its check a word may stand, in characters.
const REACH: usize = 40;

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Words that announce a number, sorted.
const WORDS: &[&str] = &[
    "bastidor",
    "chassi",
    "chassis",
    "châssis",
    "fahrgestell",
    "fahrgestellnummer",
    "fahrzeug",
    "fin",
    "identification",
    "telaio",
    "vehicle",
    "vin",
];

/// The number that the word is, if it is one.
pub(super) fn at(text: &Text<'_>, word: &Range<usize>) -> Option<Range<usize>> {
    let written = text.slice(word.start, word.end);
    let capital = |byte: u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'O' | b'Q')
    };
    if written.len() != 17 || !written.bytes().all(capital) {
        return None;
    }
    let letters = written.bytes().filter(u8::is_ascii_uppercase).count();
    let ends = written.bytes().skip(13).all(|byte| byte.is_ascii_digit());
    let sure = ends && letters >= 3 && is_checked(written);
    (sure || letters >= 1 && is_announced(text, word.start)).then(|| word.clone())
}

fn is_checked(written: &str) -> bool {
    let values = written.bytes().map(|byte| match byte {
        b'0'..=b'9' => byte.wrapping_sub(b'0'),
        b'A'..=b'H' => byte.wrapping_sub(b'A').wrapping_add(1),
        b'J'..=b'R' => byte.wrapping_sub(b'J').wrapping_add(1),
        _ => byte.wrapping_sub(b'S').wrapping_add(2),
    });
    let terms = values
        .zip(WEIGHTS)
        .map(|(value, weight)| u32::from(value).saturating_mul(weight));
    let rest = terms.fold(0, u32::saturating_add) % 11;
    let check = written.as_bytes().get(8).copied().map(char::from);
    match rest {
        10 => check == Some('X'),
        rest => check.and_then(|check| check.to_digit(10)) == Some(rest),
    }
}

fn is_announced(text: &Text<'_>, start: usize) -> bool {
    context::announces(text, start, REACH, WORDS)
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn numbers() {
        assert!(super::WORDS.is_sorted());
        expect(
            &[Kind::Vin],
            &[
                "«1HGCM82633A004352» and «1M8GDM9AXKP042788».",
                "Fahrgestellnummer «WVWZZZ1JZ3W386752»",
                "VIN: «WBA3A5C51CF256987»",
            ],
            &[
                "1HGCM82633A004353",
                "WVWZZZ1JZ3W386752",
                "1HGCM82633I004352",
                "12345678901234567",
                "1hgcm82633a004352",
            ],
        );
    }
}
