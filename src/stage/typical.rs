//! How long a model's answers are, learnt from those it gave: what is held for a request that sets no length itself.
//!
//! Each worker learns for itself, while it lives; what it keeps is bounded.

use std::cell::RefCell;
use std::collections::HashMap;

/// Models that are kept, at the most: clients may name any.
const MOST: usize = 256;

/// What is expected of a model that has not answered yet, in tokens.
const UNKNOWN: u64 = 1024;

/// What is expected stays between these, in tokens.
const BOUNDS: (u64, u64) = (64, 8192);

/// The lengths that were learnt, by target.
#[derive(Debug, Default)]
pub struct Typical {
    lengths: RefCell<HashMap<(String, String), u64>>,
}

impl Typical {
    /// The tokens that an answer of a model at a provider is expected to have.
    pub fn expected(&self, model: &str, provider: &str) -> u64 {
        let lengths = self.lengths.borrow();
        let known = lengths.get(&(model.to_owned(), provider.to_owned()));
        known.map_or(UNKNOWN, |length| (*length).clamp(BOUNDS.0, BOUNDS.1))
    }

    /// An answer had so many tokens: a longer one than expected moves the expectation by a quarter of the difference,
    /// a shorter one by a sixteenth, so that it lies above most.
    pub fn learn(&self, target: &(String, String), tokens: u64) {
        let tokens = tokens.min(BOUNDS.1);
        let mut lengths = self.lengths.borrow_mut();
        if let Some(length) = lengths.get_mut(target) {
            let share = if tokens > *length { 4 } else { 16 };
            let step = tokens.abs_diff(*length).div_ceil(share);
            *length = match tokens > *length {
                true => length.saturating_add(step),
                false => length.saturating_sub(step),
            };
        } else if lengths.len() < MOST {
            lengths.insert(target.clone(), tokens);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_the_longer_answers_within_bounds() {
        let typical = Typical::default();
        let target = ("m".to_owned(), "p".to_owned());
        assert_eq!(typical.expected("m", "p"), UNKNOWN);
        typical.learn(&target, 200);
        assert_eq!(typical.expected("m", "p"), 200);
        for nth in 0..100 {
            typical.learn(&target, if nth % 4 == 0 { 400 } else { 100 });
        }
        let between = typical.expected("m", "p");
        assert!((160..=360).contains(&between), "{between}");
        for _ in 0..200 {
            typical.learn(&target, 1);
        }
        assert_eq!(typical.expected("m", "p"), BOUNDS.0);
        for _ in 0..200 {
            typical.learn(&target, 1_000_000);
        }
        assert_eq!(typical.expected("m", "p"), BOUNDS.1);
        for nth in 0..1000 {
            typical.learn(&(nth.to_string(), "p".to_owned()), 100);
        }
        assert!(typical.lengths.borrow().len() <= MOST);
    }
}
