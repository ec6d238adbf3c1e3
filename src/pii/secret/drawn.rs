//! Whether a string was drawn by a machine or written by a person.
//!
//! Drawn strings change between digits and letters often and put letters side by side that no language does;
//! what is written (identifiers, paths, `your-key-here`) does neither.

/// Pairs of letters that words are made of, a row of 26 bits for each first letter: those that make up nine
/// tenths of English words and of names in code.
#[rustfmt::skip]
const PAIRS: [u32; 26] = [
    0x13eb94f, 0x0104911, 0x01a4d91, 0x0164919, 0x0afb97d, 0x0104931, 0x0162190, 0x0084111, 0x22ef87f, 0x0000000,
    0x0040110, 0x11c4919, 0x000d113, 0x01c617d, 0x07efd4e, 0x01ec911, 0x0100000, 0x11e795d, 0x01cc195, 0x11ec995,
    0x00eb917, 0x0000111, 0x0000111, 0x0080010, 0x0008000, 0x0000010,
];

/// What a string is made of, in characters.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Measure {
    pub(super) len: usize,
    pub(super) digits: usize,
    pub(super) upper: usize,
    pub(super) lower: usize,
    /// Neither letters nor digits.
    pub(super) marks: usize,
    /// Different ones.
    pub(super) distinct: usize,
    /// Changes from digit to letter and back.
    switches: usize,
    /// Changes from lower case to upper.
    humps: usize,
    /// Letters side by side.
    pairs: usize,
    /// Those of them that words are made of.
    common: usize,
    /// Nothing but hexadecimal, in one case.
    hex: bool,
}

impl Measure {
    pub(super) fn of(value: &[u8]) -> Measure {
        let mut m = Measure {
            len: value.len(),
            ..Measure::default()
        };
        let mut seen = 0u128;
        let mut last = 0u8;
        let mut beyond = false;
        for &byte in value {
            seen |= 1u128.checked_shl(u32::from(byte & 127)).unwrap_or(0);
            let count = match byte {
                b'0'..=b'9' => &mut m.digits,
                b'A'..=b'Z' => &mut m.upper,
                b'a'..=b'z' => &mut m.lower,
                _ => &mut m.marks,
            };
            *count = count.saturating_add(1);
            beyond |= !byte.is_ascii_hexdigit();
            let letters = last.is_ascii_alphabetic() && byte.is_ascii_alphabetic();
            let number = last.is_ascii_digit() != byte.is_ascii_digit()
                && last.is_ascii_alphanumeric()
                && byte.is_ascii_alphanumeric();
            let hump = last.is_ascii_lowercase() && byte.is_ascii_uppercase();
            m.switches = m.switches.saturating_add(usize::from(number));
            m.humps = m.humps.saturating_add(usize::from(hump));
            m.pairs = m.pairs.saturating_add(usize::from(letters));
            m.common = m
                .common
                .saturating_add(usize::from(letters && is_common(last, byte)));
            last = byte;
        }
        m.distinct = usize::try_from(seen.count_ones()).unwrap_or(0);
        m.hex = !beyond && (m.upper == 0 || m.lower == 0);
        m
    }

    pub(super) fn letters(&self) -> usize {
        self.upper.saturating_add(self.lower)
    }

    /// Words, joined or not.
    pub(super) fn is_written(&self) -> bool {
        let wordy = self.common.saturating_mul(100) >= self.pairs.saturating_mul(62);
        self.pairs >= 4
            && wordy
            && self.switches.saturating_add(self.humps).saturating_mul(5) < self.len
    }

    /// What may stand behind a prefix that already says what it is.
    pub(super) fn is_key(&self, hex: bool) -> bool {
        let fewest = if hex { 5 } else { 8 };
        self.distinct >= fewest.min(self.len.div_ceil(2)) && !self.is_written()
    }

    /// Letters only, in an order and in cases that no language has.
    pub(super) fn is_jumbled(&self) -> bool {
        let odd = self.common.saturating_mul(100) < self.pairs.saturating_mul(45);
        self.len >= 12
            && self.letters() == self.len
            && self.upper > 2
            && self.lower > 2
            && self.humps > 2
            && odd
    }

    /// A string that stands for itself: digits and letters without order, at least `len` of them.
    pub(super) fn is_drawn(&self, len: usize) -> bool {
        if self.len < len || self.distinct < 6 || self.letters() == 0 {
            return false;
        }
        if self.digits == 0 {
            let odd = self.common.saturating_mul(100) < self.pairs.saturating_mul(50);
            return self.len >= 20 && self.upper > 2 && self.lower > 2 && odd;
        }
        let changes = self.switches.saturating_mul(2).saturating_add(self.humps);
        let mixed = changes.saturating_mul(5) >= self.len.saturating_mul(2);
        let odd =
            self.pairs >= 3 && self.common.saturating_mul(100) < self.pairs.saturating_mul(60);
        changes >= 3 && (self.hex || mixed || odd)
    }
}

fn is_common(a: u8, b: u8) -> bool {
    let row = usize::from((a | 32).wrapping_sub(b'a'));
    let column = u32::from((b | 32).wrapping_sub(b'a'));
    let bits = PAIRS.get(row).copied().unwrap_or(0);
    bits.checked_shr(column).unwrap_or(0) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_and_written() {
        let drawn = [
            "q7Zk2Xc9Wv4Bn1Ma8Ls5",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "x8fj2kq0zp4mw7rt",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCY",
            "hJKqWzXvBnMtRgPlKdFsQwZx",
        ];
        let written = [
            "your-api-key-goes-here",
            "application/json",
            "my_database_password_1",
            "SomeLongCamelCaseIdentifier",
            "config.production.database",
            "getElementById2",
            "2026-11-20T12:30:45",
            "aaaaaaaa11111111",
        ];
        for value in drawn {
            assert!(Measure::of(value.as_bytes()).is_drawn(12), "{value}");
        }
        for value in written {
            assert!(!Measure::of(value.as_bytes()).is_drawn(12), "{value}");
        }
    }
}
