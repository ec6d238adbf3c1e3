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

use std::cmp::Reverse;
use std::ops::Range;

use super::kind::{Kind, Kinds};
use super::text::Text;
use check::Check;
pub(super) use check::mod_97;
use code::{Code, MOST};
use front::Fronts;
use near::{Rows, Words};
use shape::{Dress, Places, Shape};

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
    /// Never, and of words only its own count: its check is one that many numbers of its length pass.
    Named,
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
const FIRST_KIND: usize = 304;

/// Shapes that have their digits and letters in the same places.
#[derive(Debug, Clone)]
struct Alike {
    places: Places,
    /// Each with its row and the row's number.
    shapes: Vec<(usize, &'static Row, Shape)>,
}

/// The rows of the kinds that are wanted, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// By the number of letters and digits.
    lengths: Vec<Vec<Alike>>,
    words: Words,
    fronts: Fronts,
}

impl Table {
    /// The rows of the kinds in `wanted`.
    pub(super) fn new(wanted: Kinds) -> Table {
        let mut lengths: Vec<Vec<Alike>> = vec![Vec::new(); MOST.saturating_add(1)];
        let rows = || {
            rows::all()
                .enumerate()
                .filter(|(_, row)| wanted.has(row.kind))
        };
        for (nth, row) in rows() {
            for form in row.forms.split('|') {
                let shape = Shape::new(form);
                let Some(list) = lengths.get_mut(shape.len()) else {
                    continue;
                };
                let places = shape.places();
                match list.iter_mut().find(|alike| alike.places == places) {
                    Some(alike) => alike.shapes.push((nth, row, shape)),
                    None => list.push(Alike {
                        places,
                        shapes: vec![(nth, row, shape)],
                    }),
                }
            }
        }
        let own = rows().map(|(nth, row)| (nth, row.words));
        let kinds = KINDS.iter().map(|kind| (row_of(*kind), rows::words(*kind)));
        let words = Words::new(own.chain(kinds));
        let fronts = Fronts::new(lengths.iter().flatten().map(|alike| alike.places));
        Table {
            lengths,
            words,
            fronts,
        }
    }

    /// Whether one of the rows may begin at `start`, by a look at a few signs.
    pub(super) fn may_begin(&self, text: &Text<'_>, start: usize) -> bool {
        !is_continued(text, start) && self.fronts.has(text, start)
    }

    /// The number that begins at `start`, the longest if there are several.
    pub(super) fn at(&self, text: &Text<'_>, start: usize) -> Option<(Kind, Range<usize>)> {
        if !self.may_begin(text, start) {
            return None;
        }
        let code = Code::read(text, start);
        let mut before = None;
        code.lengths().find_map(|len| {
            let kind = self.of_length(text, start, &code, len, &mut before)?;
            Some((kind, start..code.end(len)))
        })
    }

    /// The kind of the first `len` signs of the code at `start`. What stands `before` is looked at once.
    fn of_length(
        &self,
        text: &Text<'_>,
        start: usize,
        code: &Code,
        len: usize,
        before: &mut Option<(Rows, bool)>,
    ) -> Option<Kind> {
        let alike = self.lengths.get(len)?.iter();
        let mut alike = alike
            .filter(|alike| alike.places.fit(code.digits()))
            .peekable();
        alike.peek()?;
        let end = code.end(len);
        if goes_on(text, end, code, len) || is_tail(text, start, code, len) {
            return None;
        }
        let (mut near, mut best, mut most) = (None, None, (0u8, Reverse(0)));
        let clock = is_clock(code.values(len));
        let small = code.is_small(len);
        let hex = small && code.values(len).iter().all(|value| *value < 16);
        for (nth, row, shape) in alike.flat_map(|alike| &alike.shapes) {
            if !shape.fits(code) {
                continue;
            }
            let dress = shape.dress(code);
            let checked = row.checks.iter().any(Check::has_digit);
            // Where no digit is checked, at least the form must be right.
            if dress == Dress::Other && !checked {
                continue;
            }
            // Few write small letters, but for hexadecimal.
            let unsure = small && (hex || !checked) || dress == Dress::Bare && clock;
            let alone = !unsure && row.stands_alone(dress);
            let near = || *near.get_or_insert_with(|| self.words.around(text, start, end, before));
            // What is cheaper, and seldom so, is asked first.
            if alone && !row.passes(code.values(len)) {
                continue;
            }
            let sure = (row.sureness(*nth, alone, near), Reverse(*nth));
            if sure > most && sure.0 > 0 && (alone || row.passes(code.values(len))) {
                (best, most) = (Some(row.kind), sure);
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

    fn stands_alone(&self, dress: Dress) -> bool {
        match self.alone {
            Alone::Always => dress != Dress::Other,
            Alone::Dressed => dress == Dress::National,
            Alone::Never | Alone::Named => false,
        }
    }

    /// How sure it is where its checks pass: 0 for not enough.
    fn sureness(&self, nth: usize, alone: bool, near: impl FnOnce() -> Rows) -> u8 {
        let near = near();
        match (near.has(nth), alone) {
            (true, true) => 4,
            (true, false) => 3,
            (false, true) => 2,
            // A word of the kind makes up for a check that others share, not for none.
            (false, false) => {
                let enough = !self.checks.is_empty() && self.alone != Alone::Named;
                u8::from(enough && near.has(row_of(self.kind)))
            }
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

/// The longest group of a number or of a table of codes.
const GROUP: usize = 5;

/// Whether a number in groups is but the end of a longer one, or of a table of codes.
fn is_tail(text: &Text<'_>, start: usize, code: &Code, len: usize) -> bool {
    let gap = text.before(start);
    if !matches!(gap, b' ' | b'.') || !code.gaps(len).any(|own| own == gap) {
        return false;
    }
    let end = start.saturating_sub(1);
    let word = text.run_back(end, GROUP.saturating_add(1), |b| b.is_ascii_alphanumeric());
    let group = text.slice(word, end);
    gap == b'.' || group.len() <= GROUP && group.bytes().any(|b| b.is_ascii_digit())
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
    let near = digit.saturating_sub(word) < MOST && !text.word_before(word);
    let word = near.then_some(word);
    let second = word.and_then(|start| capitals_before(text, start));
    let first = second.and_then(|start| capitals_before(text, start));
    [first, second, word].into_iter().flatten()
}

/// Where a word of one to six capitals begins that ends one separator before `start`.
fn capitals_before(text: &Text<'_>, start: usize) -> Option<usize> {
    if !matches!(text.before(start), b' ' | b'-' | b'.') {
        return None;
    }
    let end = start.saturating_sub(1);
    let begin = text.run_back(end, 7, |b| b.is_ascii_uppercase());
    let width = end.saturating_sub(begin);
    ((1..=6).contains(&width) && !text.word_before(begin)).then_some(begin)
}
