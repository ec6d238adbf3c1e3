//! What a number looks like: the classes of its places and the separators it is written with.

use super::code::{Code, MOST, bit};

/// How a candidate is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    /// With nothing between.
    Bare,
    /// With the separators of its country.
    National,
    /// With other separators.
    Other,
}

/// The places of a shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Places {
    len: usize,
    /// Where only a digit may stand, and where none may, a bit each.
    digits: u32,
    letters: u32,
}

impl Places {
    /// How many there are.
    pub(super) fn len(self) -> usize {
        self.len
    }

    /// Whether a code may stand there that has digits in the places of `digits`.
    #[inline]
    pub(super) fn fit(self, digits: u32) -> bool {
        self.digits & !digits == 0 && self.letters & digits == 0
    }

    /// Whether a code may begin so that has digits in the places of `digits` among its first `count`.
    pub(super) fn may_begin(self, digits: u32, count: usize) -> bool {
        let known = bit(self.len.min(count)).saturating_sub(1);
        (self.digits & !digits | self.letters & digits) & known == 0
    }
}

/// One shape. In its pattern `d` is a digit, `l` a letter, `a` either, `[…]` one of those within; capitals
/// and digits stand for themselves, and so do separators, which may be left out.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    places: Places,
    /// What may stand at each place, a bit for each value.
    classes: Vec<u64>,
    gaps: [u8; MOST],
}

const DIGITS: u64 = 0x3ff;
const LETTERS: u64 = 0x0f_ffff_fc00;

impl Shape {
    /// The shape of a pattern.
    pub(super) fn new(pattern: &str) -> Shape {
        let mut shape = Shape {
            places: Places::default(),
            classes: Vec::new(),
            gaps: [0; MOST],
        };
        let mut signs = pattern.chars();
        let mut gap = 0;
        while let Some(sign) = signs.next() {
            let class = match sign {
                ' ' | '-' | '.' | '/' => {
                    gap = u8::try_from(sign).unwrap_or(0);
                    continue;
                }
                'd' => DIGITS,
                'l' => LETTERS,
                'a' => DIGITS | LETTERS,
                '[' => {
                    let set = signs.by_ref().take_while(|sign| *sign != ']');
                    set.fold(0, |set, sign| set | value_bit(sign))
                }
                own => value_bit(own),
            };
            shape.push(class, gap);
            gap = 0;
        }
        shape
    }

    fn push(&mut self, class: u64, gap: u8) {
        let place = self.places.len;
        if let Some(slot) = self.gaps.get_mut(place) {
            *slot = gap;
        }
        if class & LETTERS == 0 {
            self.places.digits |= bit(place);
        }
        if class & DIGITS == 0 {
            self.places.letters |= bit(place);
        }
        self.classes.push(class);
        self.places.len = place.saturating_add(1);
    }

    /// How many letters and digits it has.
    pub(super) fn len(&self) -> usize {
        self.places.len
    }

    /// Where they are.
    pub(super) fn places(&self) -> Places {
        self.places
    }

    /// Whether the code, whose digits fit in the places, begins so.
    #[inline]
    pub(super) fn fits(&self, code: &Code) -> bool {
        let values = code.values(self.len()).iter();
        self.classes.iter().zip(values).all(|(class, value)| {
            let bit = 1u64.checked_shl(u32::from(*value)).unwrap_or(0);
            class & bit != 0
        })
    }

    /// How the code is written.
    pub(super) fn dress(&self, code: &Code) -> Dress {
        if code.gaps(self.len()).all(|gap| gap == 0) {
            return Dress::Bare;
        }
        let own = self.gaps.iter().copied().take(self.len());
        if code.gaps(self.len()).eq(own) {
            Dress::National
        } else {
            Dress::Other
        }
    }
}

fn value_bit(sign: char) -> u64 {
    let value = sign.to_digit(36);
    value.and_then(|value| 1u64.checked_shl(value)).unwrap_or(0)
}
