//! Numbers by which countries, tax offices, health services and banks know people and accounts: one table of
//! shapes, checks and words, and one way through it.
//!
//! A row stands for itself where its shape is strict enough to be hit by chance hardly ever: two check
//! digits, a check and a date, a check and letters, or a check and the separators of its country. Where it is
//! not, a word of the row, or one of its kind, must stand near.

mod check;
mod code;
mod front;
mod near;
mod rows;
mod shape;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::kind::{Kind, Kinds};
use super::text::Text;
use check::Check;
pub(super) use check::mod_97;
use code::{Code, MOST};
use front::Fronts;
use near::{Rows, Words};
use shape::{Dress, Shape};

/// The kinds of which the table has rows.
pub(super) const KINDS: &[Kind] = &[
    Kind::UsItin,
    Kind::NationalId,
    Kind::TaxId,
    Kind::MedicalId,
    Kind::BankAccount,
    Kind::Passport,
    Kind::DrivingLicence,
];

/// When a number stands for itself, without a word near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    /// Whether or not it is written with separators.
    Always,
    /// With the separators of its country.
    Dressed,
    /// Never.
    Never,
}

/// One number of one country.
#[derive(Debug)]
struct Row {
    kind: Kind,
    /// How it is written, see [`Shape`]; several ways with `|` between.
    forms: &'static str,
    checks: &'static [Check],
    alone: Alone,
    /// Words that announce it, lower case and without accents, spaces between; `word*` for a beginning.
    words: &'static str,
}

/// The number of the row by which the words of a kind are known: the first, one after another.
const FIRST_KIND: usize = 240;

/// The rows of the kinds that are wanted, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// By the number of letters and digits: each row with its number and one of its shapes.
    lengths: Vec<Vec<(usize, &'static Row, Shape)>>,
    words: Words,
    fronts: Fronts,
}

impl Table {
    /// The rows of the kinds in `wanted`.
    pub(super) fn new(wanted: Kinds) -> Table {
        let mut lengths = vec![Vec::new(); MOST.saturating_add(1)];
        let rows = || {
            rows::all()
                .enumerate()
                .filter(|(_, row)| wanted.has(row.kind))
        };
        for (nth, row) in rows() {
            for form in row.forms.split('|') {
                let shape = Shape::new(form);
                if let Some(list) = lengths.get_mut(shape.len()) {
                    list.push((nth, row, shape));
                }
            }
        }
        let own = rows().map(|(nth, row)| (nth, row.words));
        let kinds = KINDS.iter().map(|kind| (row_of(*kind), rows::words(*kind)));
        let words = Words::new(own.chain(kinds));
        let fronts = Fronts::new(lengths.iter().flatten().map(|(_, _, shape)| shape));
        Table {
            lengths,
            words,
            fronts,
        }
    }

    /// Whether one of the rows may begin at `start`, by a look at a few signs.
    pub(super) fn may_begin(&self, text: &Text<'_>, start: usize) -> bool {
        self.fronts.has(text, start)
    }

    /// The number that begins at `start`, the longest if there are several.
    pub(super) fn at(&self, text: &Text<'_>, start: usize) -> Option<(Kind, Range<usize>)> {
        if is_continued(text, start) {
            return None;
        }
        let code = Code::read(text, start);
        code.lengths().find_map(|len| {
            let kind = self.of_length(text, start, &code, len)?;
            Some((kind, start..code.end(len)))
        })
    }

    fn of_length(&self, text: &Text<'_>, start: usize, code: &Code, len: usize) -> Option<Kind> {
        let rows = self.lengths.get(len)?;
        let end = code.end(len);
        let (mut near, mut best, mut most) = (None, None, 0u8);
        for (nth, row, shape) in rows {
            if !shape.fits(code) || !row.passes(code.values(len)) {
                continue;
            }
            if goes_on(text, end, code, len) {
                return None;
            }
            let near = near.get_or_insert_with(|| self.words.around(text, start, end));
            let dress = shape.dress(code);
            let unsure = code.is_small(len) || dress == Dress::Bare && is_clock(code.values(len));
            let score = row.score(*nth, dress, unsure, near);
            if score > most {
                (best, most) = (Some(row.kind), score);
            }
        }
        best
    }
}

/// Whether the digits may be milliseconds of the years 2014 to 2033.
fn is_clock(values: &[u8]) -> bool {
    values.len() == 13 && matches!(values, [1, 4..=9, ..])
}

/// The number by which the words of a kind are known.
fn row_of(kind: Kind) -> usize {
    let place = KINDS.iter().position(|own| *own == kind);
    FIRST_KIND.saturating_add(place.unwrap_or(0))
}

impl Row {
    fn passes(&self, values: &[u8]) -> bool {
        let same = values.iter().all(|value| values.first() == Some(value));
        !same && self.checks.iter().all(|check| check.passes(values))
    }

    /// How sure it is: 0 for not enough.
    fn score(&self, nth: usize, dress: Dress, unsure: bool, near: &Rows) -> u8 {
        let alone = !unsure
            && match self.alone {
                Alone::Always => dress != Dress::Other,
                Alone::Dressed => dress == Dress::National,
                Alone::Never => false,
            };
        match (near.has(nth), alone) {
            (true, true) => 4,
            (true, false) => 3,
            (false, true) => 2,
            // A word of the kind makes up for a check that others share, not for none.
            (false, false) => u8::from(!self.checks.is_empty() && near.has(row_of(self.kind))),
        }
    }
}

/// Whether the sign at `start` continues a longer number, an amount or a code.
fn is_continued(text: &Text<'_>, start: usize) -> bool {
    let earlier = text.before(start.saturating_sub(1));
    match text.before(start) {
        b'-' => earlier.is_ascii_alphanumeric(),
        b'.' | b',' | b'/' | b':' => earlier.is_ascii_digit(),
        b'$' | b'#' | b'%' | b'^' | b'\\' | b'~' | b'+' | b'@' => true,
        b'=' => earlier == b'=',
        _ => matches!(text.char_before(start), Some('€' | '£' | '¥' | '₹')),
    }
}

/// Whether the number goes on after `end`, the end of its first `len` signs.
fn goes_on(text: &Text<'_>, end: usize, code: &Code, len: usize) -> bool {
    let later = text.at(end.saturating_add(1));
    let spaced = code.gaps(len).any(|gap| gap == b' ');
    match text.at(end) {
        b'-' | b'.' | b'/' => later.is_ascii_digit(),
        b',' | b':' => {
            later.is_ascii_digit() && text.at(end.saturating_add(2)).is_ascii_digit() && spaced
        }
        b' ' => spaced && later.is_ascii_digit(),
        b'@' => true,
        _ => text.word_at(end),
    }
}

/// The offsets at which a code may begin that has the digit at `digit` in it: the word of letters and digits from
/// `word` on, and up to two short words of capitals before it.
pub(super) fn starts(text: &Text<'_>, word: usize, digit: usize) -> impl Iterator<Item = usize> {
    let mut found = [None; 3];
    let near = digit.saturating_sub(word) < MOST && !text.word_before(word);
    let mut next = near.then_some(word);
    for slot in &mut found {
        *slot = next;
        next = next.and_then(|start| capitals_before(text, start));
    }
    found.into_iter().rev().flatten()
}

/// Where a word of one to four capitals begins that ends one separator before `start`.
fn capitals_before(text: &Text<'_>, start: usize) -> Option<usize> {
    if !matches!(text.before(start), b' ' | b'-' | b'.') {
        return None;
    }
    let end = start.saturating_sub(1);
    let begin = text.run_back(end, 5, |b| b.is_ascii_uppercase());
    let width = end.saturating_sub(begin);
    ((1..=4).contains(&width) && !text.word_before(begin)).then_some(begin)
}
