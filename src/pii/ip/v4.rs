//! IPv4 addresses: four decimal octets, RFC 3986 `dec-octet` (no leading zeros).
//!
//! Four-part versions are told apart by what stands around them: a letter, `-` or an operator
//! before (`v1.2.3.4`, `lib-1.2.3.4`, `==1.2.3.4`), a fifth part or `-rc1` after, `Name/1.2.0.0`, or
//! a word such as *version* or *section* right before. A bare section number is taken for an address;
//! the X.500 and internet arcs of object identifiers (`2.5.4.3`, `2.5.29.17`, `1.3.6.1`) are not.

use std::ops::Range;

use super::super::context::{self, Say};
use super::super::text::Text;
use super::with_prefix_length;

/// Words after which four numbers are no address.
const NUMBERED: &[&str] = &[
    "appendix",
    "article",
    "build",
    "chapter",
    "clause",
    "driver",
    "fig",
    "figure",
    "firmware",
    "item",
    "kapitel",
    "oid",
    "para",
    "paragraph",
    "release",
    "rev",
    "revision",
    "rule",
    "sec",
    "section",
    "sections",
    "step",
    "table",
    "ver",
    "version",
    "versions",
];

/// How far before the address such a word may begin, in characters.
const REACH: usize = 13;

/// The address that begins with the digit at `start`, which no letter or digit precedes.
pub(in crate::pii) fn at(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    let (octets, end) = octets(text, start)?;
    let [first, second, third, fourth] = octets;
    // Whether those that name no machine are looked for is asked later.
    let reserved =
        matches!(first, 0 | 255) && !matches!(octets, [0, 0, 0, 0] | [255, 255, 255, 255]);
    let object = matches!((first, second, third), (2, 5, 4 | 29) | (1, 3, 6));
    let product = (third, fourth) == (0, 0) && first > 0 && is_product(text, start);
    if reserved || object || product || !is_free(text, start, end) || is_numbered(text, start) {
        return None;
    }
    Some(start..with_prefix_length(text, end, 32))
}

/// The four octets that begin at `start`, and where they end.
pub(super) fn octets(text: &Text<'_>, start: usize) -> Option<([u8; 4], usize)> {
    let mut octets = [0u8; 4];
    let mut i = start;
    for (index, octet) in octets.iter_mut().enumerate() {
        if index > 0 {
            if text.at(i) != b'.' {
                return None;
            }
            i = i.saturating_add(1);
        }
        let end = text.run_to(i, 4, |b| b.is_ascii_digit());
        let part = text.slice(i, end);
        if part.len() > 1 && part.starts_with('0') {
            return None;
        }
        *octet = part.parse().ok()?;
        i = end;
    }
    Some((octets, i))
}

/// Whether nothing on either side makes the four numbers part of something else.
fn is_free(text: &Text<'_>, start: usize, end: usize) -> bool {
    let earlier = text.before(start.saturating_sub(1));
    let free_before = match text.before(start) {
        b'.' => !earlier.is_ascii_digit(),
        b'-' => !earlier.is_ascii_alphanumeric() || earlier.is_ascii_digit(),
        b'=' => !matches!(earlier, b'=' | b'>' | b'<' | b'~' | b'!'),
        b'^' | b'~' => false,
        _ => true,
    };
    let later = text.at(end.saturating_add(1));
    let free_after = match text.at(end) {
        b'.' => !later.is_ascii_digit(),
        b'-' | b'+' => !later.is_ascii_alphabetic(),
        _ => !text.word_at(end),
    };
    free_before && free_after
}

/// `Name/1.2.0.0`, as in a user agent.
fn is_product(text: &Text<'_>, start: usize) -> bool {
    let slash = start.saturating_sub(1);
    text.before(start) == b'/' && text.before(slash).is_ascii_alphabetic()
}

fn is_numbered(text: &Text<'_>, start: usize) -> bool {
    let beside = text.before(start.saturating_sub(1));
    if beside == b'\xa7' || text.before(start) == b'\xa7' {
        return true;
    }
    context::says(text, start, REACH, |word| {
        if context::among(NUMBERED, word) {
            Say::Yes
        } else {
            Say::No
        }
    })
}
