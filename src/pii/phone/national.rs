//! Numbers without a calling code.
//!
//! North American ones (NANP: three digits of area, three of exchange, four of line; area and
//! exchange begin with 2–9 and do not end in 11) stand for themselves when written in their groups;
//! area 555, which is assigned to nobody and in every example, with any exchange. Everything else
//! needs a word.

use std::ops::Range;

use super::super::digits::{Gap, Group, Groups};
use super::super::text::Text;
use super::plan::Plan;
use super::{dialled, opened, words};

/// The digits of a national number with its trunk prefix.
const FEWEST_DIGITS: usize = 6;
const MOST_DIGITS: usize = 13;

/// The fewest digits of an unbroken run.
const FEWEST_BARE: usize = 7;

/// The fewest digits right behind a word that means nothing but a telephone: islands have such numbers.
const FEWEST_TOLD: usize = 5;

/// The fewest digits that stand for themselves in a configured region.
const FEWEST_REGIONAL: usize = 8;

/// The number that begins with the first group.
pub(in crate::pii) fn national(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let first = groups.as_slice().first()?;
    if is_continued(text, first.start) {
        return None;
    }
    dialled(text, groups)
        .or_else(|| american(text, groups))
        .or_else(|| announced(text, groups))
}

/// Whether the digit at `start` continues an amount, a decimal or a dashed code.
fn is_continued(text: &Text<'_>, start: usize) -> bool {
    let earlier = text.before(start.saturating_sub(1));
    match text.before(start) {
        b'-' | b'.' | b',' | b'/' | b':' => earlier.is_ascii_digit(),
        b'=' => earlier == b'=',
        b'$' | b'#' | b'%' | b'^' | b'\\' | b'~' | b'+' => true,
        _ => matches!(text.char_before(start), Some('€' | '£' | '¥' | '₹')),
    }
}

/// `(415) 555-2671`, `415-555-2671`, `1 415 555 2671` and the like.
fn american(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let (country, used) = match list {
        [one, rest @ ..] if one.len() == 1 && groups.digits(1) == [1] => (Some(one), rest),
        all => (None, all),
    };
    let (area, last, rest) = match used {
        [a, b, c, rest @ ..] if (a.len(), b.len(), c.len()) == (3, 3, 4) && agree(b.gap, c.gap) => {
            (a, c, rest)
        }
        [a, b, rest @ ..] if (a.len(), b.len(), b.gap) == (3, 7, Gap::Paren) => (a, b, rest),
        _ => return None,
    };
    let start = country.unwrap_or(area).start;
    let number = groups
        .digits(last.upto)
        .get(usize::from(country.is_some())..)?;
    let spaced = last.gap == Gap::Space && digit_and_space_before(text, start);
    if spaced || goes_on(text, last, rest.first()) || !is_american(number) {
        return None;
    }
    if area.gap != Gap::Paren && text.before(area.start) != b'(' && words::deny(text, start) {
        return None;
    }
    Some(opened(text, start, last.end)..words::extended(text, last.end))
}

/// Whether the separators of exchange and line are of one hand.
fn agree(exchange: Gap, line: Gap) -> bool {
    match exchange {
        Gap::Paren | Gap::Slash => matches!(line, Gap::Dash | Gap::Space | Gap::Dot),
        Gap::Space => matches!(line, Gap::Dash | Gap::Space),
        Gap::Dash | Gap::Dot => exchange == line,
        Gap::First | Gap::Loose | Gap::Low => false,
    }
}

fn is_american(number: &[u8]) -> bool {
    let [a, b, c, d, e, f, ..] = number else {
        return false;
    };
    let office = |digits: (&u8, &u8, &u8)| *digits.0 >= 2 && (digits.1, digits.2) != (&1, &1);
    office((a, b, c)) && (office((d, e, f)) || (a, b, c) == (&5, &5, &5))
}

/// Any national number that a word announces.
fn announced(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let (first, used) = (list.first()?, numbers(list));
    let last = used.last()?;
    let rest = list.get(used.len());
    let bare = used.len() == 1;
    let fewest = match bare {
        _ if words::told(text, first.start) => FEWEST_TOLD,
        true => FEWEST_BARE,
        false => FEWEST_DIGITS,
    };
    let own = first.len() >= FEWEST_BARE || matches!(groups.digits(2), [0, 1..=9]);
    let begins = own || !digit_and_space_before(text, first.start);
    let fits = begins && (fewest..=MOST_DIGITS).contains(&last.upto);
    let coded = text.before(first.start) == b'-' && text.word_before(first.start.saturating_sub(1));
    if coded
        || !fits
        || goes_on(text, last, rest)
        || is_something_else(used, groups.digits(last.upto))
    {
        return None;
    }
    let word = words::announce(text, first.start) || words::follow(text, last.end);
    let start = opened(text, first.start, last.end);
    let end = words::extended(text, last.end);
    (word && super::is_closed(text, start, last.end)).then_some(start..end)
}

/// A number of the configured region, without a word: in groups, or with the trunk prefix before it.
pub(in crate::pii) fn regional(
    text: &Text<'_>,
    groups: &Groups,
    plan: Plan,
) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let (first, used) = (list.first()?, numbers(list));
    if is_continued(text, first.start)
        || digit_and_space_before(text, first.start)
        || words::deny(text, first.start)
    {
        return None;
    }
    let last = used.iter().rev().find(|last| {
        let rest = list.iter().find(|group| group.start > last.start);
        let digits = groups.digits(last.upto);
        let own = used
            .iter()
            .filter(|group| group.start <= last.start)
            .count();
        let used = used.get(..own).unwrap_or(&[]);
        let trunk: Vec<u8> = plan.trunk.bytes().map(|b| b.wrapping_sub(b'0')).collect();
        let dialled = digits
            .strip_prefix(trunk.as_slice())
            .filter(|_| !trunk.is_empty());
        let valid = dialled.is_some_and(|rest| plan.fits(rest)) || own > 1 && plan.fits(digits);
        valid
            && digits.len() >= FEWEST_REGIONAL
            && !goes_on(text, last, rest)
            && !is_something_else(used, digits)
    })?;
    let start = opened(text, first.start, last.end);
    let whole = super::is_closed(text, start, last.end);
    whole.then(|| start..words::extended(text, last.end))
}

/// The groups up to where a second number may begin.
fn numbers(list: &[Group]) -> &[Group] {
    let end = list.iter().enumerate().position(|(index, group)| {
        let before = index
            .checked_sub(1)
            .and_then(|index| list.get(index))
            .map_or(0, |group| group.upto);
        let whole = before >= FEWEST_BARE;
        whole
            && (group.gap == Gap::Loose
                || before >= 9 && group.gap != Gap::Dash && group.len() >= FEWEST_BARE)
    });
    list.get(..end.unwrap_or(list.len())).unwrap_or(list)
}

/// Whether digits or letters follow that belong to the same number or code.
fn goes_on(text: &Text<'_>, last: &Group, next: Option<&Group>) -> bool {
    let later = text.at(last.end.saturating_add(1));
    let unit = matches!(text.char_at(last.end), Some('%' | '€' | '$' | '£' | '°'));
    let joined = match text.at(last.end) {
        b',' | b':' | b'.' | b'-' => later.is_ascii_digit(),
        _ => false,
    };
    let same = next.is_some_and(|next| next.gap == last.gap && next.gap != Gap::Loose);
    joined || same || unit || text.word_at(last.end)
}

pub(super) fn digit_and_space_before(text: &Text<'_>, start: usize) -> bool {
    text.before(start) == b' ' && text.before(start.saturating_sub(1)).is_ascii_digit()
}

/// Dates, years, amounts, decimals, clocks and codes that a word such as *call* may precede.
fn is_something_else(used: &[Group], digits: &[u8]) -> bool {
    let lengths: Vec<usize> = used.iter().map(Group::len).collect();
    let gap = used.get(1).map_or(Gap::First, |group| group.gap);
    let date = matches!(
        lengths.as_slice(),
        [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [1..=2, 1..=2, 2]
    );
    let year = |from: usize| {
        matches!(
            digits.get(from..from.saturating_add(2)),
            Some([1, 9] | [2, 0])
        )
    };
    let month = matches!(lengths.as_slice(), [4, 2]) && year(0);
    let years = lengths == [4, 4] && year(0) && year(4);
    let decimal = gap == Gap::Dot && lengths.len() == 2;
    let table = gap == Gap::Dot && lengths == [4, 4, 4];
    let quad = gap == Gap::Dot && lengths.len() == 4 && is_quad(used, digits);
    let zeros = digits.iter().rev().take_while(|digit| **digit == 0).count();
    let amount = lengths.len() > 1
        && lengths.iter().skip(1).all(|len| *len == 3)
        && zeros >= 3
        && digits.first() != Some(&0);
    let security = lengths == [3, 2, 4] && gap == Gap::Dash;
    // Seconds and milliseconds of the years 2014 to 2033.
    let clock =
        lengths.len() == 1 && matches!((digits, lengths.first()), ([1, 4..=9, ..], Some(10 | 13)));
    let single = used.iter().skip(1).filter(|group| group.len() == 1).count() > 2;
    date || month || years || decimal || quad || table || amount || security || clock || single
}

/// Whether four numbers could be those of an IPv4 address.
fn is_quad(used: &[Group], digits: &[u8]) -> bool {
    used.iter().all(|group| {
        let own = digits.get(group.upto.saturating_sub(group.len())..group.upto);
        let number = own.unwrap_or(&[]).iter();
        group.len() <= 3
            && number.fold(0u16, |n, d| {
                n.saturating_mul(10).saturating_add((*d).into())
            }) <= 255
    })
}
