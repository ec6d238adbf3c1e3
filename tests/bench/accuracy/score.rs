//! What was found against what was wanted.

use std::fmt;

use tollgate::pii::{Detector, Finding, IpRanges, Kind};

use super::rows::{Case, Wanted};

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

    pub fn f1(&self) -> f64 {
        let both = 2 * self.hits + self.misses();
        ratio(2 * self.hits, both)
    }
}

fn ratio(part: usize, of: usize) -> f64 {
    if of == 0 {
        f64::NAN
    } else {
        part as f64 / of as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = ratio(self.hits, self.hits + self.false_findings);
        let recall = ratio(self.hits, self.wanted());
        write!(f, "{precision:7.3} {recall:7.3} {:7.3}", self.f1())
    }
}

/// The detector under measurement: every kind is on.
pub struct Bench {
    detector: Detector,
}

impl Bench {
    pub fn new() -> Bench {
        let ranges = IpRanges {
            local: true,
            ..IpRanges::default()
        };
        let detector = Detector::new(&Kind::BUILT_IN, Vec::new()).with_ip(ranges);
        Bench { detector }
    }

    /// The same where numbers are written as within `region`; as it is for a region without a plan.
    pub fn within(region: &str) -> Bench {
        let Bench { detector } = Bench::new();
        let within = detector.clone().with_region(region);
        Bench {
            detector: within.unwrap_or(detector),
        }
    }

    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        self.detector.scan(text, &mut found);
        found
    }

    /// Adds to `score` how one of `kinds` was found in `text` behind the words `before`. A hit covers what was wanted
    /// and is not twice as long.
    pub fn judge(&self, kinds: &[Kind], before: &str, case: &Case, score: &mut Score) {
        let mut found = self.scan(&format!("{before}{}", case.text));
        found.retain(|finding| kinds.contains(&finding.kind) && finding.end > before.len());
        match &case.wanted {
            Wanted::Count(count) => {
                let hits = found.len().min(*count);
                score.hits += hits;
                score.missed += count - hits;
                score.false_findings += found.len() - hits;
            }
            Wanted::At(places) => {
                for want in places {
                    let (start, end) = (want.start + before.len(), want.end + before.len());
                    let hit = found.iter().position(|f| {
                        f.start <= start && f.end >= end && f.end - f.start <= 2 * want.len()
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
    }
}
