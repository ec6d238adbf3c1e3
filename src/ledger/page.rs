//! One page of counters, as the bytes that lie in the shared data.
//!
//! A byte that says how it is written, then the rows: each has its length (two bytes), the end and the start of its
//! window (four each, seconds), its rule (eight), the length of its name (two), the name, then what is used and what
//! is held of each measure in LEB128. Numbers are little endian.

use super::amounts::Amounts;
use super::{Name, Window};

const FORM: u8 = 1;

/// The name of a row that counts nothing: new counters of its rule are not made on this page. On a page of its own it
/// is the counter that they share.
pub(super) const CROWD: &[u8] = b"\xff";

/// Bytes of a row before its name.
const FRONT: usize = 20;

/// A page, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Page(Vec<u8>);

/// A row of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawRow<'a> {
    pub(super) rule: u64,
    pub(super) whose: &'a [u8],
    pub(super) window: Window,
    amounts: &'a [u8],
    whole: &'a [u8],
}

impl RawRow<'_> {
    fn is_of(&self, rule: u64, whose: &[u8]) -> bool {
        self.rule == rule && self.whose == whose
    }

    /// What is used and what is held.
    pub(super) fn amounts(&self) -> (Amounts, Amounts) {
        let (mut used, mut held) = (Amounts::default(), Amounts::default());
        let mut rest = self.amounts;
        for amount in used.0.iter_mut().chain(&mut held.0) {
            *amount = take_number(&mut rest).unwrap_or_default();
        }
        (used, held)
    }
}

impl Page {
    /// A page in another form, which another version wrote, is empty.
    pub(super) fn read(bytes: Vec<u8>) -> Self {
        match bytes.first() {
            Some(&FORM) => Self(bytes),
            _ => Self::default(),
        }
    }

    /// Every row whose window is not over.
    pub(super) fn rows(&self, now: u64) -> impl Iterator<Item = RawRow<'_>> {
        let mut rest = self.0.get(1..).unwrap_or_default();
        std::iter::from_fn(move || take_row(&mut rest)).filter(move |row| row.window.until > now)
    }

    /// What is used and held by a name, in all its windows that are not over; `None` when it has no row.
    pub(super) fn find(&self, rule: u64, whose: &[u8], now: u64) -> Option<(Amounts, Amounts)> {
        let mut own = self.rows(now).filter(|row| row.is_of(rule, whose));
        let first = own.next()?.amounts();
        Some(own.fold(first, |(used, held), row| {
            let more = row.amounts();
            (used.plus(more.0), held.plus(more.1))
        }))
    }

    /// Until when new counters of a rule are not made here.
    pub(super) fn crowded(&self, rule: u64, now: u64) -> Option<u64> {
        let marks = self.rows(now).filter(|row| row.is_of(rule, CROWD));
        marks.map(|row| row.window.until).max()
    }

    /// How many rows count.
    pub(super) fn len(&self, now: u64) -> usize {
        self.rows(now).filter(|row| row.whose != CROWD).count()
    }

    /// The page as it is when the row of a name and a window has been changed. `change` is given what is used and
    /// held, if there is such a row, and gives it anew; `None`: no row. Rows whose window is over are left out.
    pub(super) fn changed(
        &self,
        name: &Name,
        window: Window,
        now: u64,
        change: impl FnOnce(Option<(Amounts, Amounts)>) -> Option<(Amounts, Amounts)>,
    ) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len().saturating_add(128));
        out.push(FORM);
        let mut known = None;
        for row in self.rows(now) {
            match row.is_of(name.rule, &name.whose) && row.window.start == window.start {
                true => known = Some(row.amounts()),
                false => out.extend_from_slice(row.whole),
            }
        }
        if let Some((used, held)) = change(known) {
            put_row(&mut out, name, window, used, held);
        }
        out
    }
}

fn put_row(out: &mut Vec<u8>, name: &Name, window: Window, used: Amounts, held: Amounts) {
    let front = out.len();
    out.extend_from_slice(&[0; 2]);
    for end in [window.until, window.start] {
        out.extend_from_slice(&u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
    }
    out.extend_from_slice(&name.rule.to_le_bytes());
    let length = u16::try_from(name.whose.len()).unwrap_or(u16::MAX);
    out.extend_from_slice(&length.to_le_bytes());
    let whose = name.whose.get(..usize::from(length));
    out.extend_from_slice(whose.unwrap_or(&name.whose));
    for amount in used.0.iter().chain(&held.0) {
        put_number(out, *amount);
    }
    let length = out.len().saturating_sub(front).saturating_sub(2);
    let length = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    for (place, byte) in out.iter_mut().skip(front).zip(length) {
        *place = byte;
    }
}

fn take_row<'a>(rest: &mut &'a [u8]) -> Option<RawRow<'a>> {
    let whole = *rest;
    let (length, behind) = rest.split_first_chunk()?;
    let (row, behind) = behind.split_at_checked(u16::from_le_bytes(*length).into())?;
    *rest = behind;
    let (until, row) = row.split_first_chunk()?;
    let (start, row) = row.split_first_chunk()?;
    let (rule, row) = row.split_first_chunk()?;
    let (named, row) = row.split_first_chunk()?;
    let (whose, amounts) = row.split_at_checked(u16::from_le_bytes(*named).into())?;
    let taken = FRONT.checked_add(whose.len())?.checked_add(amounts.len())?;
    Some(RawRow {
        rule: u64::from_le_bytes(*rule),
        whose,
        window: Window {
            start: u32::from_le_bytes(*start).into(),
            until: u32::from_le_bytes(*until).into(),
        },
        amounts,
        whole: whole.get(..taken)?,
    })
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}

fn take_number(rest: &mut &[u8]) -> Option<u64> {
    if let Some((&byte @ 0..=0x7f, behind)) = rest.split_first() {
        *rest = behind;
        return Some(byte.into());
    }
    let mut number = 0_u64;
    for shift in (0_u32..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::MEASURES;

    fn name(whose: &str) -> Name {
        Name {
            rule: 7,
            whose: whose.into(),
            open: false,
        }
    }

    #[test]
    fn rows_are_changed_one_by_one_and_old_ones_go() {
        let window = |start, until| Window { start, until };
        let some = |amount| Amounts([amount; MEASURES]);
        let page = Page::default();
        let page = Page(page.changed(&name("a"), window(0, 10), 5, |_| {
            Some((some(1), some(u64::MAX)))
        }));
        let page = Page(page.changed(&name("b"), window(0, 20), 5, |known| {
            assert!(known.is_none());
            Some((some(300), some(0)))
        }));
        assert_eq!(page.find(7, b"a", 5), Some((some(1), some(u64::MAX))));
        assert_eq!((page.len(5), page.len(10), page.len(20)), (2, 1, 0));
        assert_eq!(page.find(7, b"a", 10), None);
        assert_eq!(page.find(8, b"b", 5), None);
        let page = Page(page.changed(&name("b"), window(10, 30), 12, |_| Some((some(1), some(2)))));
        assert_eq!(page.find(7, b"b", 12), Some((some(301), some(2))));
        let page = Page(page.changed(&name("b"), window(0, 20), 12, |_| None));
        assert_eq!(page.find(7, b"b", 12), Some((some(1), some(2))));
        assert_eq!(page.rows(0).count(), 1);
    }

    #[test]
    fn what_is_cut_or_of_another_form_has_no_rows() {
        let window = Window { start: 1, until: 9 };
        let amounts = Amounts([1 << 40; MEASURES]);
        let bytes = Page::default().changed(&name("abc"), window, 1, |_| Some((amounts, amounts)));
        for cut in 0..bytes.len() {
            assert_eq!(Page::read(bytes[..cut].to_vec()).rows(1).count(), 0);
        }
        let mut other = bytes.clone();
        other[0] = 0;
        assert_eq!(Page::read(other).rows(1).count(), 0);
        assert_eq!(Page::read(bytes).rows(1).count(), 1);
    }
}
