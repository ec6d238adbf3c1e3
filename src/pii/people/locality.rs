//! What follows a street in an address: unit, postcode, town, state.

use super::super::text::Text;
use super::streets::STATES;
use super::word::Word;

/// How far the rest of an address may reach behind the street, in bytes.
const REST: usize = 120;

/// Where unit, town, state and postcode behind a street end; the street's own end if none follows.
pub(super) fn rest(text: &Text<'_>, street: usize) -> usize {
    let limit = street.saturating_add(REST);
    let (mut i, mut end) = (street, street);
    // Parts with commas or line ends between; the address ends with the last one that has a number in it, or that
    // is a town behind a comma.
    for _ in 0..5 {
        let gap = text.run_to(i, 4, |b| matches!(b, b',' | b' ' | b'\n' | b'\r'));
        if gap == i || gap >= limit {
            break;
        }
        let comma = text.slice(i, gap).contains([',', '\n']);
        let Some(part) = part(text, gap, limit, comma) else {
            break;
        };
        (i, end) = (part, part);
    }
    end
}

/// Where the part of an address that begins at `i` ends.
fn part(text: &Text<'_>, i: usize, limit: usize, comma: bool) -> Option<usize> {
    for word in [
        "Apt",
        "Apartment",
        "Suite",
        "Ste",
        "Unit",
        "Flat",
        "Floor",
        "#",
        "P.O. Box",
        "PO Box",
    ] {
        if text.has(i, word) {
            let number = text.run_to(i.saturating_add(word.len()), 3, |b| {
                matches!(b, b' ' | b'.' | b'#')
            });
            let end = text.run_to(number, 6, |b| b.is_ascii_alphanumeric());
            return (end > number).then_some(end);
        }
    }
    if let Some(code) = postcode(text, i) {
        let town = towns(text, text.run_to(code, 2, |b| b == b' '), limit, 3);
        return Some(town.unwrap_or(code));
    }
    let town = towns(text, i, limit, 3).filter(|_| comma)?;
    // A state, and its postcode.
    let next = text.run_to(town, 2, |b| matches!(b, b',' | b' '));
    let after = postcode(text, next).or_else(|| state(text, next));
    Some(after.unwrap_or(town))
}

/// Where one to `most` names that begin at `i` end.
fn towns(text: &Text<'_>, i: usize, limit: usize, most: usize) -> Option<usize> {
    let (mut i, mut end) = (i, None);
    for _ in 0..most {
        let Some(word) = Word::at(text, i).filter(|word| {
            word.end < limit && word.is_name() && !word.text.bytes().any(|b| b.is_ascii_digit())
        }) else {
            break;
        };
        if STATES
            .split_ascii_whitespace()
            .any(|state| state == word.text)
            && end.is_some()
        {
            break;
        }
        end = Some(word.end);
        i = word.end.saturating_add(1);
        if text.at(word.end) != b' ' {
            break;
        }
    }
    end
}

/// `CA 94105`, `NSW 2000`, `ON M5V 2T6`, `CA`.
fn state(text: &Text<'_>, i: usize) -> Option<usize> {
    let end = text.run_to(i, 3, |b| b.is_ascii_uppercase());
    let word = text.slice(i, end);
    if word.len() < 2
        || !STATES.split_ascii_whitespace().any(|state| state == word)
        || text.word_at(end)
    {
        return None;
    }
    let code = text.run_to(end, 2, |b| matches!(b, b' ' | b','));
    Some(postcode(text, code).unwrap_or(end))
}

/// The postcode at `i`, in the forms of most countries.
fn postcode(text: &Text<'_>, i: usize) -> Option<usize> {
    let i = [
        "D-", "A-", "CH-", "F-", "I-", "B-", "L-", "PL-", "〒", "CEP ",
    ]
    .iter()
    .find(|mark| text.has(i, mark))
    .map_or(i, |mark| i.saturating_add(mark.len()));
    let run = |from: usize, most: usize| text.run_to(from, most, |b| b.is_ascii_alphanumeric());
    let first = run(i, 9);
    let one = text.slice(i, first);
    let second_start = text.run_to(first, 1, |b| matches!(b, b' ' | b'-'));
    let second = run(second_start, 5);
    let two = text.slice(second_start, second);
    let shape = |s: &str| -> String {
        s.bytes()
            .map(|b| {
                if b.is_ascii_digit() {
                    '9'
                } else if b.is_ascii_uppercase() {
                    'A'
                } else {
                    'a'
                }
            })
            .collect()
    };
    let end = match (shape(one).as_str(), shape(two).as_str()) {
        // Britain; Canada.
        ("A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A", "9AA") | ("A9A", "9A9") => second,
        // The United States with its four more digits, Portugal, Poland, Brazil, Japan, the Netherlands, Sweden.
        ("99999", "9999")
        | ("9999", "999")
        | ("99", "999")
        | ("99999", "999")
        | ("999", "9999" | "99")
        | ("9999", "AA") => second,
        ("99999" | "9999" | "999999", _) => first,
        _ => return None,
    };
    (!text.word_at(end)).then_some(end)
}
