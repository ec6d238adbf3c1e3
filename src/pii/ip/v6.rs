//! IPv6 addresses: the text forms of RFC 4291, 2.2 (full, `::`, IPv4 tail), with a zone (RFC 4007).
//!
//! Colons are everywhere in code, so an address must also look like one in use: with `::`, its first
//! group has four digits (all assigned unicast and multicast space does), or it is `64:ff9b::…` or
//! ends in an IPv4 address, and it has a decimal digit; without, not all groups may have two digits
//! (a hardware address or fingerprint). So `a::b`, `std::f`, `x[1::2]` and `12:30:45` pass.

use std::ops::Range;

use super::super::text::{Text, is_word};
use super::{v4, with_prefix_length};

/// The longest text form: RFC 4291 with an IPv4 tail.
const LONGEST: usize = 45;

/// The longest zone looked for.
const LONGEST_ZONE: usize = 15;

/// What was read: groups of hexadecimal digits and where they were left out.
#[derive(Default)]
struct Shape {
    groups: usize,
    lengths: Vec<usize>,
    gap: bool,
    tail: bool,
}

/// The address that the colon at `colon` is the first of, or where to go on.
pub(in crate::pii) fn around(text: &Text<'_>, colon: usize) -> Result<Range<usize>, usize> {
    let start = text.run_back(colon, 5, |b| b.is_ascii_hexdigit());
    // Colons of a failed token are not tried one by one.
    let token = text.run_to(start, LONGEST, |b| b.is_ascii_hexdigit() || b == b':');
    let tried = text
        .run_back(token, LONGEST, |b| b != b':')
        .max(colon.saturating_add(1));
    find(text, start, colon).ok_or(tried)
}

fn find(text: &Text<'_>, start: usize, colon: usize) -> Option<Range<usize>> {
    let before = text.before(start);
    if text.word_before(start) || matches!(before, b':' | b'.') || colon.saturating_sub(start) > 4 {
        return None;
    }
    let (shape, end) = read(text, start)?;
    let whole = text.slice(start, end);
    let slice = before == b'[' && is_word(text.before(start.saturating_sub(1)));
    if !is_free(text, end)
        || !is_in_use(&shape, whole)
        || slice && !whole.contains(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    let end = with_zone(text, end);
    Some(start..with_prefix_length(text, end, 128))
}

/// Reads the groups from `start` on.
fn read(text: &Text<'_>, start: usize) -> Option<(Shape, usize)> {
    let mut shape = Shape::default();
    let mut i = start;
    if text.has(i, "::") {
        shape.gap = true;
        i = i.saturating_add(2);
    }
    while shape.groups < 8 {
        if let Some((_, end)) = v4::octets(text, i) {
            shape.groups = shape.groups.saturating_add(2);
            shape.tail = true;
            i = end;
            break;
        }
        let end = text.run_to(i, 5, |b| b.is_ascii_hexdigit());
        let length = end.saturating_sub(i);
        if length == 0 {
            break;
        }
        if length > 4 {
            return None;
        }
        shape.groups = shape.groups.saturating_add(1);
        shape.lengths.push(length);
        i = end;
        if text.has(i, "::") {
            if shape.gap {
                return None;
            }
            shape.gap = true;
            i = i.saturating_add(2);
        } else if text.at(i) == b':' && text.at(i.saturating_add(1)).is_ascii_hexdigit() {
            i = i.saturating_add(1);
        } else {
            break;
        }
    }
    let complete = if shape.gap {
        // `::` alone is a sign of many languages; before the length of a prefix it is an address.
        (1..=7).contains(&shape.groups)
            || text.at(i) == b'/' && text.at(i.saturating_add(1)).is_ascii_digit()
    } else {
        shape.groups == 8
    };
    complete.then_some((shape, i))
}

fn is_free(text: &Text<'_>, end: usize) -> bool {
    let later = text.at(end.saturating_add(1));
    match text.at(end) {
        b':' => !later.is_ascii_alphanumeric() && later != b':',
        b'.' => !later.is_ascii_digit(),
        _ => !text.word_at(end),
    }
}

/// Whether an address of this shape is seen outside of code and clocks, and names a machine.
fn is_in_use(shape: &Shape, whole: &str) -> bool {
    let first = shape.lengths.first().copied().unwrap_or(0);
    let begins_with_gap = whole.starts_with("::");
    let has_digit = whole.contains(|c: char| c.is_ascii_digit());
    let in_use = match (shape.gap, shape.tail) {
        (_, true) => true,
        (true, false) => {
            has_digit && !begins_with_gap && (first == 4 || whole.starts_with("64:ff9b:"))
        }
        (false, false) => shape.lengths.iter().any(|length| *length > 2),
    };
    let zeros = whole.bytes().all(|byte| matches!(byte, b'0' | b':' | b'1'))
        && whole.ends_with([':', '0', '1']);
    if matches!(whole, "::" | "::1" | "0:0:0:0:0:0:0:0" | "0:0:0:0:0:0:0:1") {
        // Whether these are looked for is asked later.
        return true;
    }
    let nowhere = zeros
        && whole.bytes().filter(|byte| *byte == b'1').count() <= usize::from(whole.ends_with('1'));
    in_use && !nowhere
}

/// Where the address that ends at `end` ends with its zone (`%eth0`).
fn with_zone(text: &Text<'_>, end: usize) -> usize {
    let zone = end.saturating_add(1);
    let after = text.run_to(zone, LONGEST_ZONE, |b| {
        b.is_ascii_alphanumeric() || b == b'_'
    });
    if text.at(end) == b'%' && after > zone {
        after
    } else {
        end
    }
}
