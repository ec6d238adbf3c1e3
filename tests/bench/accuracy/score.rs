//! What was found against what was wanted.

use std::fmt;
use std::ops::Range;

use tollgate::pii::{Detector, Finding, Kind};

/// Hits, false findings and misses.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    hits: usize,
    false_findings: usize,
    missed: usize,
}

impl Score {
    /// How many were to be found.
    pub fn wanted(&self) -> usize {
        self.hits + self.missed
    }

    /// False findings and misses together.
    pub fn misses(&self) -> usize {
        self.false_findings + self.missed
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |part: usize, of: usize| {
            if of == 0 {
                f64::NAN
            } else {
                part as f64 / of as f64
            }
        };
        let precision = ratio(self.hits, self.hits + self.false_findings);
        let recall = ratio(self.hits, self.wanted());
        let both = 2 * self.hits + self.false_findings + self.missed;
        write!(
            f,
            "{precision:7.3} {recall:7.3} {:7.3}",
            ratio(2 * self.hits, both)
        )
    }
}

/// The detector under measurement: every kind is on.
pub struct Bench {
    detector: Detector,
}

impl Bench {
    pub fn new() -> Bench {
        let detector = Detector::new(&Kind::BUILT_IN, Vec::new());
        Bench { detector }
    }

    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        self.detector.scan(text, &mut found);
        found
    }

    /// Adds to `score` how one of `kinds` was found in `text`. A hit covers what was wanted and is not twice as long.
    pub fn judge(&self, kinds: &[Kind], text: &str, wanted: &[Range<usize>], score: &mut Score) {
        let mut found = self.scan(text);
        found.retain(|finding| kinds.contains(&finding.kind));
        for want in wanted {
            let hit = found.iter().position(|f| {
                f.start <= want.start && f.end >= want.end && f.end - f.start <= 2 * want.len()
            });
            match hit {
                Some(index) => {
                    found.remove(index);
                    score.hits += 1;
                }
                None => score.missed += 1,
            }
        }
        score.false_findings += found.len();
    }
}
