//! What a token of the encoding comes to at a model without a public tokenizer, learnt from what its
//! provider reports.
//!
//! Each worker learns for itself, while it lives; what it keeps is bounded.

use std::cell::RefCell;
use std::collections::HashMap;

use super::count::Counted;

/// Models that are kept, at the most: clients may name any.
const MOST: usize = 256;

/// Shorter inputs teach nothing: what the provider adds by itself would weigh too much.
const SHORTEST: u64 = 64;

/// A learnt scale stays between these, in thousandths.
const BOUNDS: (u64, u64) = (500, 3000);

/// The scales that were learnt, by target.
#[derive(Debug, Default)]
pub struct Calibration {
    scales: RefCell<HashMap<(String, String), u64>>,
}

impl Calibration {
    /// The scale of a model at a provider, in thousandths; `None` when nothing was learnt.
    pub fn scale(&self, model: &str, provider: &str) -> Option<u64> {
        let scales = self.scales.borrow();
        if scales.is_empty() {
            return None;
        }
        scales
            .get(&(model.to_owned(), provider.to_owned()))
            .copied()
    }

    /// The provider has reported `input` tokens for what was counted so. Each report moves the scale by
    /// an eighth of the difference.
    pub fn learn(&self, target: &(String, String), counted: Counted, input: u64) {
        if counted.exact_words || counted.words < SHORTEST || counted.media {
            return;
        }
        let seen = input.saturating_mul(1000).checked_div(counted.words);
        let Some(seen) = seen.filter(|seen| (BOUNDS.0..=BOUNDS.1).contains(seen)) else {
            return;
        };
        let mut scales = self.scales.borrow_mut();
        if let Some(scale) = scales.get_mut(target) {
            *scale = (scale.saturating_mul(7).saturating_add(seen)) / 8;
        } else if scales.len() < MOST {
            scales.insert(target.clone(), seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(words: u64) -> Counted {
        Counted {
            words,
            ..Counted::default()
        }
    }

    #[test]
    fn it_follows_what_is_reported_within_bounds() {
        let calibration = Calibration::default();
        let target = ("m".to_owned(), "p".to_owned());
        assert_eq!(calibration.scale("m", "p"), None);
        calibration.learn(&target, counted(1000), 1200);
        assert_eq!(calibration.scale("m", "p"), Some(1200));
        for _ in 0..50 {
            calibration.learn(&target, counted(1000), 1400);
        }
        assert!(calibration.scale("m", "p").unwrap() > 1380);
        calibration.learn(&target, counted(1000), 90_000);
        calibration.learn(&target, counted(10), 5);
        assert!(calibration.scale("m", "p").unwrap() > 1380);
        for nth in 0..1000 {
            calibration.learn(&(nth.to_string(), "p".to_owned()), counted(100), 100);
        }
        assert!(calibration.scales.borrow().len() <= MOST);
    }
}
