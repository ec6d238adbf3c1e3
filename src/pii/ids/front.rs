//! How the numbers of the table begin: which of their first signs are digits and which letters. Most of what stands in
//! a text begins like none of them.

use super::super::class;
use super::super::text::Text;
use super::shape::Places;

/// The signs that are looked at.
const SIGNS: usize = 8;

/// The beginnings of all shapes.
#[derive(Debug, Clone)]
pub(super) struct Fronts {
    /// A bit for each beginning, which is read as a number: a one for a digit, the first sign lowest.
    known: [u64; (1 << SIGNS) / 64],
    /// The fewest signs of a shape.
    shortest: usize,
}

impl Fronts {
    pub(super) fn new(shapes: impl Iterator<Item = Places>) -> Fronts {
        let mut fronts = Fronts {
            known: [0; (1 << SIGNS) / 64],
            shortest: usize::MAX,
        };
        for places in shapes {
            fronts.shortest = fronts.shortest.min(places.len());
            for front in 0..1u32 << SIGNS {
                if places.may_begin(front, SIGNS)
                    && let Some(bits) = fronts.known.get_mut(word(front))
                {
                    *bits |= bit(front);
                }
            }
        }
        fronts
    }

    /// Whether a shape may stand at `start`.
    pub(super) fn has(&self, text: &Text<'_>, start: usize) -> bool {
        let (mut front, mut signs, mut gap) = (0u32, 0u32, 0usize);
        text.run(start, |byte| {
            if class::is(byte, class::ALNUM) {
                if class::is(byte, class::DIGIT) {
                    front |= 1u32.checked_shl(signs).unwrap_or(0);
                }
                (signs, gap) = (signs.saturating_add(1), 0);
                return usize::try_from(signs).is_ok_and(|signs| signs < SIGNS);
            }
            gap = gap.saturating_add(1);
            class::is(byte, class::GAP) && gap <= WIDEST
        });
        let enough = usize::try_from(signs).is_ok_and(|signs| signs >= self.shortest.min(SIGNS));
        let known = self.known.get(word(front)).copied().unwrap_or(0);
        enough && known & bit(front) != 0
    }
}

/// The most bytes of a separator.
const WIDEST: usize = 3;

fn word(front: u32) -> usize {
    usize::try_from(front / 64).unwrap_or(0)
}

fn bit(front: u32) -> u64 {
    1u64.checked_shl(front % 64).unwrap_or(0)
}
