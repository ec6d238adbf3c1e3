//! Telephone numbers: ITU-T E.164 with `+` or `00`, the North American plan in its written forms,
//! and national numbers of other countries where a word announces them.
//!
//! A configured region lets its national numbers stand alone, as far as the numbering plan knows them.
//!
//! A bare run of digits is otherwise never a telephone number by itself: it needs `+`, or a word such as
//! *tel* or *mobile* within some 30 characters before it (or in parentheses after it), nearer than
//! a word such as *order* or *invoice*.

mod national;
mod plan;
mod table;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::digits::{Gap, Group, Groups};
use super::text::Text;

pub(super) use national::{national, regional};
pub(super) use plan::Plan;

/// The most digits of an international number: E.164, 6.1.
const MOST_DIGITS: usize = 15;

/// The fewest: a shorter one is hardly a subscriber's.
const FEWEST_DIGITS: usize = 7;

/// The number that the `+` at `plus` begins.
pub(super) fn international(text: &Text<'_>, plus: usize) -> Option<Range<usize>> {
    if text.word_before(plus) || text.before(plus) == b'+' {
        return None;
    }
    let mut first = plus.saturating_add(1);
    if matches!(text.at(first), b' ' | b'(') {
        first = first.saturating_add(1);
    }
    if !text.at(first).is_ascii_digit() {
        return None;
    }
    let groups = Groups::parse(text, first);
    let last = longest(text, plus, &groups, 0)?;
    Some(opened(text, plus, last.end)..words::extended(text, last.end))
}

/// The number that the groups write with `00`, or America's `011`, for `+`. Unbroken digits and groups of four
/// need a word before them, because codes are padded with zeros.
fn dialled(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let first = list.first()?;
    let prefix = match groups.digits(4) {
        [0, 0, 1..=9, _] => 2,
        [0, 1, 1, 1..=9] => 3,
        _ => return None,
    };
    let last = longest(text, first.start, groups, prefix)?;
    let listed = national::digit_and_space_before(text, first.start);
    let used = list.iter().take_while(|group| group.start <= last.start);
    let even = used.clone().all(|group| group.len() == 4);
    let doubtful = last.start == first.start || even || prefix == 3 && first.len() != 3;
    if listed || doubtful && !words::announce(text, first.start) {
        return None;
    }
    Some(opened(text, first.start, last.end)..words::extended(text, last.end))
}

/// The last group of the longest valid number that is written from `from` on and has `prefix`
/// digits before its calling code.
fn longest<'g>(
    text: &Text<'_>,
    from: usize,
    groups: &'g Groups,
    prefix: usize,
) -> Option<&'g Group> {
    let list = groups.as_slice();
    list.iter().rev().find(|last| {
        let digits = groups.digits(last.upto).get(prefix..).unwrap_or(&[]);
        let closed = is_closed(text, opened(text, from, last.end), last.end);
        is_e164(digits) && closed && !text.word_at(last.end) && !is_spread(list, last)
    })
}

/// Whether the words before `start` speak of a telephone.
pub(super) fn is_announced(text: &Text<'_>, start: usize) -> bool {
    words::announce(text, start)
}

/// Whether `digits` are a calling code with as many digits behind it as that country has for what they begin with.
fn is_e164(digits: &[u8]) -> bool {
    let Some((width, plan)) = Plan::called(digits) else {
        return false;
    };
    let national = digits.get(width..).unwrap_or(&[]);
    // A trunk zero, as in +44 (0)20, is written but not part of the number; Italy's zero is.
    let trunk = match national {
        [0, rest @ ..] => plan.fits(rest),
        _ => false,
    };
    let total =
        (FEWEST_DIGITS..=MOST_DIGITS.saturating_add(usize::from(trunk))).contains(&digits.len());
    let america = digits.first() != Some(&1)
        || matches!(national, [2..=9, _, _, 2..=9, ..])
        || matches!(national, [5, 5, 5, ..]);
    (plan.fits(national) || trunk) && total && america
}

/// Whether the digits up to `last` stand so far apart that they are a list of numbers.
fn is_spread(list: &[Group], last: &Group) -> bool {
    let used = list.iter().filter(|group| group.start <= last.start);
    let single = used
        .clone()
        .skip(1)
        .filter(|group| group.len() == 1 && group.gap != Gap::Paren)
        .count();
    let loose = used.filter(|group| group.gap == Gap::Loose).count();
    single > 2 || loose > 1
}

/// Whether every parenthesis opened within the number is closed there.
fn is_closed(text: &Text<'_>, start: usize, end: usize) -> bool {
    let number = text.slice(start, end);
    number.matches('(').count() == number.matches(')').count()
}

/// `start`, or the parenthesis before it if that is closed before `end`.
fn opened(text: &Text<'_>, start: usize, end: usize) -> usize {
    let open = start.saturating_sub(1);
    if text.before(start) == b'(' && text.slice(start, end).contains(')') {
        open
    } else {
        start
    }
}
