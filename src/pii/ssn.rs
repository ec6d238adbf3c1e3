//! United States social security numbers: area, group, serial, as the Social Security
//! Administration assigns them (no area 000, 666 or 900–999, no group 00, no serial 0000).

use std::ops::Range;

use super::context::{self, Say};
use super::digits::{Gap, Group, Groups};
use super::phone;
use super::text::Text;

/// Numbers that were printed in public and withdrawn.
const WITHDRAWN: [[u8; 9]; 2] = [[0, 7, 8, 0, 5, 1, 1, 2, 0], [2, 1, 9, 0, 9, 9, 9, 9, 9]];

/// How far before a number without dashes one of the words must stand, in characters.
const REACH: usize = 30;

/// The number that begins with the first group.
///
/// With dashes or spaces in 3-2-4 it stands for itself; other forms need a word before them.
pub(super) fn at(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let (used, rest) = match list {
        [a, b, c, rest @ ..] if (a.len(), b.len(), c.len()) == (3, 2, 4) => {
            ([a, b, c].as_slice().to_vec(), rest)
        }
        [a, rest @ ..] if a.len() == 9 => (vec![a], rest),
        [a, b, rest @ ..] if a.len().saturating_add(b.len()) == 9 => (vec![a, b], rest),
        _ => return None,
    };
    let (first, last) = (used.first()?, used.last()?);
    let gap = used.get(1).map_or(Gap::First, |group| group.gap);
    let consistent = used.iter().skip(1).all(|group| group.gap == gap);
    let alone = is_alone(text, first.start, last, rest.first(), gap);
    if !alone || !consistent || !is_assigned(groups.digits(9)) {
        return None;
    }
    let plain = used.len() == 3
        && match gap {
            Gap::Dash => true,
            // Some countries write telephone numbers so.
            Gap::Space => !phone::is_announced(text, first.start),
            _ => false,
        };
    (plain || has_word(text, first.start)).then_some(first.start..last.end)
}

/// Whether the number is no part of a longer dashed or spaced one.
fn is_alone(text: &Text<'_>, start: usize, last: &Group, next: Option<&Group>, gap: Gap) -> bool {
    let digit_before = text.before(start.saturating_sub(1)).is_ascii_digit();
    let joined = match text.before(start) {
        b'-' | b'.' | b'+' | b'$' => true,
        // In an address it stands for itself.
        b'/' => digit_before,
        b' ' => gap == Gap::Space && digit_before,
        _ => false,
    };
    let goes_on = next.is_some_and(|next| next.gap == gap || next.gap != Gap::Space);
    !joined && !goes_on && !text.word_at(last.end)
}

fn is_assigned(digits: &[u8]) -> bool {
    let [a, b, c, d, e, f, g, h, i] = digits else {
        return false;
    };
    let same = digits.iter().all(|digit| digit == a);
    let area_free = matches!((a, b, c), (0, 0, 0) | (6, 6, 6) | (9, _, _));
    let withdrawn = WITHDRAWN.iter().any(|number| number == digits);
    !(same || area_free || withdrawn || (d, e) == (&0, &0) || (f, g, h, i) == (&0, &0, &0, &0))
}

fn has_word(text: &Text<'_>, start: usize) -> bool {
    context::says(text, start, REACH, |word| match word {
        "ssn" | "ssns" | "social" | "socialsecurity" => Say::Yes,
        "order" | "invoice" | "phone" | "tel" | "ticket" | "account" => Say::No,
        _ => Say::Nothing,
    })
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn social_security_numbers() {
        expect(
            &[Kind::UsSsn],
            &[
                "SSN «123-45-6789»",
                "(«536-90-4399»)",
                "«536 90 4399»",
                "«536\u{2011}90\u{2011}4399»",
                "ssn: «536904399»",
                "Social Security number is «536904399».",
                "SSN «536.90.4399»",
                "ssn «536-904399»",
                "my «123-45-6789» 3 times",
                "https://x.test/a/«536-90-4399».png",
            ],
            &[
                "000-45-6789",
                "666-45-6789",
                "912-45-6789",
                "123-00-6789",
                "123-45-0000",
                "078-05-1120",
                "219-09-9999",
                "333-33-3333",
                "536904399",
                "order 536904399",
                "536.90.4399",
                "536-90 4399",
                "1536-90-4399",
                "536-90-43991",
                "536-90-4399-1",
                "1-536-90-4399",
                "1/536-90-4399",
                "536-90-4399a",
                "a536-90-4399",
                "12 536 90 4399",
                "call 536 90 4399",
                "2026-11-20",
            ],
        );
    }
}
