//! Features of what words stand for, which are the same in all languages: each concept, and each with those of the two
//! such words before.

use super::concept::Concepts;
use super::words::{Feature, Sink, scatter};

/// Beyond this many places (two each word), words that stand for something have nothing to do with each other.
const FAR: u32 = 20;

/// What the hashes of concepts begin with, which are no words.
const CONCEPT: u32 = 0x5EED_0000;
const CONCEPTS: u32 = 0x5EED_4000;

/// The two words before that stand for something, with their places.
#[derive(Debug, Default)]
pub(super) struct Meaning([(Concepts, u32); 2]);

impl Meaning {
    /// The word at `place` stands for these.
    pub(super) fn add(&mut self, concepts: Concepts, place: u32, sink: &mut impl Sink) {
        for one in bits(concepts) {
            sink.feature(Feature::Concepts, scatter(one.wrapping_add(CONCEPT)));
            for (before, own) in self.0 {
                if own.saturating_add(FAR) < place {
                    continue;
                }
                for other in bits(before) {
                    let pair = other.wrapping_mul(64).wrapping_add(one);
                    let hash = scatter(pair.wrapping_add(CONCEPTS));
                    sink.feature(Feature::Concepts, hash);
                }
            }
        }
        let [_, last] = self.0;
        self.0 = [last, (concepts, place)];
    }
}

/// The places of the bits of a set.
fn bits(set: Concepts) -> impl Iterator<Item = u32> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let one = (rest != 0).then_some(rest.trailing_zeros());
        rest &= rest.wrapping_sub(1);
        one
    })
}
