//! Features of what words stand for, which are the same in all languages: each concept, and each with those of the two
//! such words before.

use super::concept::Concepts;
use super::sink::{Feature, Sink, scatter};

/// Beyond this many places (two each word), words that stand for something have nothing to do with each other.
const FAR: u32 = 20;

/// What the hashes of concepts begin with, which are no words.
const CONCEPT: u32 = 0x5EED_0000;
const CONCEPTS: u32 = 0x5EED_4000;
const FIRST: u32 = 0x5EED_8000;
const QUOTED: u32 = 0x5EED_9000;
const QUOTED_PAIR: u32 = 0x5EED_C000;

/// Where a word stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Each word has two places.
    pub(super) nth: u32,
    /// It begins a sentence, but for a word such as "please".
    pub(super) first: bool,
    /// It is quoted.
    pub(super) quoted: bool,
}

/// The two words before that stand for something, with their places.
#[derive(Debug, Default)]
pub(super) struct Meaning([(Concepts, u32); 2]);

impl Meaning {
    /// The word at `place` stands for these. What is quoted is told twice, so that it can be worth less.
    pub(super) fn add(&mut self, concepts: Concepts, place: Place, sink: &mut impl Sink) {
        for one in bits(concepts) {
            sink.feature(Feature::Concepts, scatter(one.wrapping_add(CONCEPT)));
            if place.first {
                let hash = scatter(one.wrapping_add(FIRST));
                sink.feature(Feature::Concepts, hash);
            }
            if place.quoted {
                let hash = scatter(one.wrapping_add(QUOTED));
                sink.feature(Feature::Concepts, hash);
            }
            for (before, own) in self.0 {
                if own.saturating_add(FAR) < place.nth {
                    continue;
                }
                for other in bits(before) {
                    let pair = other.wrapping_mul(64).wrapping_add(one);
                    let hash = scatter(pair.wrapping_add(CONCEPTS));
                    sink.feature(Feature::Concepts, hash);
                    if place.quoted {
                        let hash = scatter(pair.wrapping_add(QUOTED_PAIR));
                        sink.feature(Feature::Concepts, hash);
                    }
                }
            }
        }
        let [_, last] = self.0;
        self.0 = [last, (concepts, place.nth)];
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
