//! Dates of birth: a date in the forms of the world's languages, with a word such as *born*, *DOB* or
//! *Geburtsdatum* before it, or behind it in parentheses.

use std::ops::Range;

use super::super::context::{self, Say};
use super::super::digits::{Gap, Groups};
use super::super::text::Text;
use super::months;

/// How far before the date its word may stand, in characters.
const REACH: usize = 40;

/// The longest name of a month, in bytes.
const LONGEST: usize = 24;

/// Words that announce a date of birth, lower case, sorted.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "bday", "birth", "birthdate", "birthday", "birthdays", "born", "cumpleaños", "dob", "doğum", "doğumlu",
    "född", "födda", "födelsedag", "födelsedatum", "fødselsdag", "fødselsdato", "født", "geb", "geboortedatum",
    "geboren", "geburtsdatum", "geburtstag", "lahir", "nacida", "nacido", "nacimiento", "nacque", "naissance",
    "narozen", "narozena", "narození", "nasc", "nascida", "nascido", "nascimento", "nascita", "nata",
    "natalicio", "nato", "né", "née", "rođen", "sinh", "syntymäaika", "syntynyt", "született", "születési",
    "tanggallahir", "urodzenia", "urodzona", "urodzony", "γέννησης", "γεννήθηκε", "народження", "родилась",
    "родился", "рождения", "تولد", "ميلاد", "जन्म",
];

/// Words of scripts without spaces, found anywhere in a run of letters.
const WITHIN: &[&str] = &[
    "出生",
    "生年月日",
    "生日",
    "誕生日",
    "생년월일",
    "출생",
    "เกิด",
];

/// Words that say the date is another, lower case.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "due", "expires", "expiry", "issued", "ordered", "order", "invoice", "meeting", "died", "since", "until", "valid",
    "gestorben", "mort", "appointment", "updated", "created",
];

/// The date of birth that the first group belongs to.
pub(in crate::pii) fn at(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let found = numeric(text, groups)
        .or_else(|| with_month(text, groups))
        .or_else(|| in_signs(text, groups))?;
    let free = !text.word_before(found.start) && !text.word_at(found.end);
    let signs = text.char_before(found.end) > Some('\u{2fff}');
    let told = is_announced(text, found.start) || is_named_behind(text, found.end);
    ((free || signs) && told).then_some(found)
}

/// `12/03/1984`, `1984-03-12`, `12.3.84`, and `19840312` without separators.
fn numeric(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let list = groups.as_slice();
    let first = list.first()?;
    let number = |from: usize, to: usize| {
        let digits = groups.digits(to).get(from..).unwrap_or(&[]);
        digits.iter().fold(0u32, |n, d| {
            n.saturating_mul(10).saturating_add((*d).into())
        })
    };
    if first.len() == 8 && text.at(first.end) != b'-' {
        let (a, b, c, d) = (number(0, 4), number(4, 6), number(6, 8), number(2, 4));
        let fits = is_date(a, b, c)
            || is_date(number(4, 8), d, number(0, 2))
            || is_date(number(4, 8), number(0, 2), d);
        return fits.then_some(first.start..first.end);
    }
    let [a, b, c, ..] = list else { return None };
    let even = b.gap == c.gap && matches!(b.gap, Gap::Dot | Gap::Slash | Gap::Dash | Gap::Space);
    let (x, y, z) = (
        number(0, a.upto),
        number(a.upto, b.upto),
        number(b.upto, c.upto),
    );
    let fits = match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => is_date(x, y, z),
        (1..=2, 1..=2, 4) => is_date(z, y, x) || is_date(z, x, y),
        (1..=2, 1..=2, 2) if b.gap != Gap::Space => is_date(2000, y, x) || is_date(2000, x, y),
        _ => false,
    };
    (even && fits).then_some(a.start..c.end)
}

/// `12 March 1984`, `12. März 1984`, `12 de marzo de 1984`, `March 12th, 1984`, `1984 March 12`.
fn with_month(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let day = groups.as_slice().first()?;
    if !(1..=2).contains(&day.len()) || !(1..=31).contains(&value(groups.digits(day.upto))) {
        return None;
    }
    let mut i = day.end;
    if let Some(ordinal) = ["st", "nd", "rd", "th", "er", "º", "°", "."]
        .iter()
        .find(|o| text.has(i, o))
    {
        i = i.saturating_add(ordinal.len());
    }
    let i = spaces(text, i);
    if let Some(end) = year_end(text, i) {
        let (start, word) = word_before(text, day.start)?;
        return months::is_month(&word).then_some(start..end);
    }
    let month = joined(text, i);
    let after = text.run_to(month, LONGEST, |b| b.is_ascii_alphabetic() || b >= 0x80);
    let end = year_end(text, joined(text, spaces(text, after)))?;
    let word = text.slice(month, after).to_lowercase();
    (word.len() > 2 && months::is_month(&word)).then_some(day.start..end)
}

/// `1984年3月12日`, `1984년 3월 12일`.
fn in_signs(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let first = groups.as_slice().first().filter(|year| year.len() == 4)?;
    let mut i = first.end;
    for signs in [["年", "년"], ["月", "월"], ["日", "일"]] {
        let sign = signs.iter().find(|sign| text.has(i, sign))?;
        i = i.saturating_add(sign.len());
        if signs.contains(&"日") {
            return Some(first.start..i);
        }
        let number = text.run_to(i, 1, |b| b == b' ');
        i = text.run_to(number, 2, |b| b.is_ascii_digit());
        if i == number {
            return None;
        }
    }
    None
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    (1900..=2030).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn value(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |n, d| n.saturating_mul(10).saturating_add((*d).into()))
}

/// Behind the spaces and the comma at `i`.
fn spaces(text: &Text<'_>, i: usize) -> usize {
    text.run_to(i, 3, |b| matches!(b, b' ' | b',' | b'-' | b'/' | b'.'))
}

/// Behind `de`, `of` and the like at `i`.
fn joined(text: &Text<'_>, i: usize) -> usize {
    let word = ["de ", "of ", "del ", "d'", "do "]
        .iter()
        .find(|word| text.has(i, word));
    i.saturating_add(word.map_or(0, |word| word.len()))
}

/// Where the word that ends one space before `i` begins, and the word.
fn word_before(text: &Text<'_>, i: usize) -> Option<(usize, String)> {
    let end = text.run_back(i, 2, |b| matches!(b, b' ' | b'.'));
    let start = text.run_back(end, LONGEST, |b| b.is_ascii_alphabetic() || b >= 0x80);
    let word = text.slice(start, end).to_lowercase();
    (end < i && !word.is_empty()).then_some((start, word))
}

/// Where the year at `i` ends.
fn year_end(text: &Text<'_>, i: usize) -> Option<usize> {
    let end = text.run_to(i, 5, |b| b.is_ascii_digit());
    let year = text.slice(i, end);
    let fits = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    fits.then_some(end)
}

fn is_announced(text: &Text<'_>, start: usize) -> bool {
    context::says(text, start, REACH, |word| {
        if context::among(WORDS, word) || WITHIN.iter().any(|within| word.contains(within)) {
            Say::Yes
        } else if OTHER.contains(&word) {
            Say::No
        } else {
            Say::Nothing
        }
    })
}

/// Whether `(DOB)` or the like stands right behind `end`.
fn is_named_behind(text: &Text<'_>, end: usize) -> bool {
    let open = text.run_to(end, 1, |b| b == b' ');
    let start = open.saturating_add(1);
    let close = text.run_to(start, LONGEST, |b| b.is_ascii_alphabetic() || b >= 0x80);
    text.at(open) == b'(' && context::among(WORDS, &text.slice(start, close).to_lowercase())
}

#[cfg(test)]
pub(super) fn words() -> &'static [&'static str] {
    WORDS
}
