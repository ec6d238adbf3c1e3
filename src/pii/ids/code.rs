//! A code as people write it: letters and digits, in groups with single separators between.

use super::super::text::Text;

/// More letters and digits than any code that is looked for has.
pub(super) const MOST: usize = 24;

/// One letter or digit.
#[derive(Debug, Clone, Copy, Default)]
struct Sign {
    /// The separator before it: a space, hyphen, full stop or slash; 0 for none.
    gap: u8,
    /// Offset after it in the text.
    end: usize,
}

/// The letters and digits from some offset on.
pub(super) struct Code {
    /// 0 to 9, then A as 10.
    values: [u8; MOST],
    signs: [Sign; MOST],
    len: usize,
    /// A bit for each place with a digit.
    digits: u32,
    /// The first place with a lower-case letter; `MOST` without one.
    small: usize,
    /// Whether the last sign that was read ends a group.
    closed: bool,
}

impl Code {
    /// Reads from `start` on, as far as single separators and no other characters stand between.
    pub(super) fn read(text: &Text<'_>, start: usize) -> Code {
        let mut code = Code {
            values: [0; MOST],
            signs: [Sign::default(); MOST],
            len: 0,
            digits: 0,
            small: MOST,
            closed: true,
        };
        let (mut i, mut gap) = (start, 0);
        for place in 0..MOST {
            let mut byte = text.at(i);
            if !byte.is_ascii_alphanumeric() {
                let Some((kind, width)) = separator(text, i) else {
                    return code;
                };
                (gap, i) = (kind, i.saturating_add(width));
                byte = text.at(i);
                if place == 0 || !byte.is_ascii_alphanumeric() {
                    return code;
                }
            }
            i = i.saturating_add(1);
            code.push(place, byte, gap, i);
            gap = 0;
        }
        code.closed = !text.at(i).is_ascii_alphanumeric();
        code
    }

    fn push(&mut self, place: usize, byte: u8, gap: u8, end: usize) {
        let value = match byte {
            b'0'..=b'9' => byte.wrapping_sub(b'0'),
            _ => (byte | 0x20).wrapping_sub(b'a' - 10),
        };
        if let (Some(sign), Some(slot)) = (self.signs.get_mut(place), self.values.get_mut(place)) {
            *sign = Sign { gap, end };
            *slot = value;
        }
        if byte.is_ascii_digit() {
            self.digits |= bit(place);
        }
        if byte.is_ascii_lowercase() {
            self.small = self.small.min(place);
        }
        self.len = place.saturating_add(1);
    }

    /// The lengths at which a group ends, the longest first.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        let inner = (1..self.len).rev().filter(|&len| {
            let next = self.signs.get(len);
            next.is_some_and(|next| next.gap != 0)
        });
        let whole = (self.closed && self.len > 0).then_some(self.len);
        whole.into_iter().chain(inner)
    }

    /// Offset after the first `len` signs.
    pub(super) fn end(&self, len: usize) -> usize {
        let last = len.checked_sub(1).and_then(|last| self.signs.get(last));
        last.map_or(0, |last| last.end)
    }

    /// The values of the first `len` signs.
    pub(super) fn values(&self, len: usize) -> &[u8] {
        self.values.get(..len).unwrap_or(&[])
    }

    /// The separator before each of the first `len` signs.
    pub(super) fn gaps(&self, len: usize) -> impl Iterator<Item = u8> {
        self.signs.iter().take(len).map(|sign| sign.gap)
    }

    /// A bit for each place with a digit.
    pub(super) fn digits(&self) -> u32 {
        self.digits
    }

    /// Whether there is a lower-case letter among the first `len` signs.
    pub(super) fn is_small(&self, len: usize) -> bool {
        self.small < len
    }
}

/// The bit of a place.
pub(super) fn bit(place: usize) -> u32 {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    1u32.checked_shl(place).unwrap_or(0)
}

/// The separator at `i`, as its ASCII form, and its width in bytes.
fn separator(text: &Text<'_>, i: usize) -> Option<(u8, usize)> {
    match text.at(i) {
        // A hyphen with spaces around it is none of any country's own.
        b' ' if text.has(i, " - ") => Some((b'~', 3)),
        byte @ (b' ' | b'-' | b'.' | b'/') => Some((byte, 1)),
        b'+' => Some((b'-', 1)),
        0x80.. => match text.char_at(i)? {
            c @ ('\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{3000}') => {
                Some((b' ', c.len_utf8()))
            }
            c @ ('\u{2010}'..='\u{2014}' | '\u{2212}') => Some((b'-', c.len_utf8())),
            _ => None,
        },
        _ => None,
    }
}
