//! Personal data and credentials in plain text: where they are, and of which kind.
//!
//! *Never* knows of requests, JSON, configuration or what is done with a finding.
//!
//! One pass hunts *trigger* bytes (`@`, digits, `:`, `+`, and the tell-tale byte of each credential
//! prefix) and looks around each with bounded, hand-written code, so that text without findings
//! costs one table look-up a byte and no input costs more than a constant a byte.
//!
//! | file | owns |
//! | --- | --- |
//! | `kind` | the words: kinds, findings |
//! | `trigger` | which byte wakes which detector |
//! | `scan` | the pass |
//! | `text`, `digits`, `context` | looking around: bytes, digit groups, nearby words |
//! | `base64` | runs in which nothing may start |
//! | `overlap` | who wins where two findings share bytes |
//! | `email` … `secret` | one detector each, with the rule it follows |

mod base64;
mod card;
mod context;
mod digits;
mod email;
mod iban;
mod ip;
mod kind;
mod overlap;
mod people;
mod phone;
mod scan;
mod secret;
mod ssn;
mod text;
mod trigger;

#[cfg(test)]
mod tests;

use regex::Regex;

pub use kind::{Finding, Kind};

use scan::Pass;
use text::Text;
use trigger::Triggers;

/// Finds the kinds it was made for. Made once, used for every text; holds no state between texts.
#[derive(Debug, Clone)]
pub struct Detector {
    triggers: Triggers,
    custom: Vec<Regex>,
}

impl Detector {
    /// A detector of the given built-in kinds and of `custom` patterns.
    ///
    /// A match of `custom[i]` is reported as [`Kind::Custom`]`(i)`; `Kind::Custom` among `kinds`
    /// has no meaning and is ignored, as are patterns past the 65,536th.
    #[must_use]
    pub fn new(kinds: &[Kind], custom: Vec<Regex>) -> Detector {
        Detector {
            triggers: Triggers::new(kinds),
            custom,
        }
    }

    /// The same, but telephone numbers as they are written within `region` (ISO 3166-1, two capitals) are found
    /// without a word before them; none for a region that has no numbering plan.
    #[must_use]
    pub fn with_region(mut self, region: &str) -> Option<Detector> {
        self.triggers.region = Some(phone::Plan::of_region(region)?);
        Some(self)
    }

    /// Appends the findings in `text`, sorted by start, none overlapping another.
    ///
    /// Where two candidates share bytes, a kind with a check or an unmistakable structure wins over
    /// one without (see [`Kind`]), then the longer, then the one that starts earlier. Nothing is
    /// found that starts inside base64 data. Linear in the length of `text`, plus the cost of the
    /// custom patterns.
    pub fn scan(&self, text: &str, found: &mut Vec<Finding>) {
        if self.triggers.none() && self.custom.is_empty() {
            return;
        }
        self.pass(&Text::new(text), found);
    }

    fn pass(&self, text: &Text<'_>, found: &mut Vec<Finding>) {
        let mut pass = Pass::new(text, &self.triggers);
        pass.run();
        let (mut candidates, skipped) = pass.finish();
        if self.triggers.has(Kind::Secret) {
            secret::hunt(text, &mut |found| {
                if !base64::hides(&skipped, text, found.range.start) {
                    candidates.push(Finding {
                        kind: Kind::Secret,
                        rule: found.rule,
                        start: found.range.start,
                        end: found.range.end,
                    });
                }
            });
        }
        for (index, pattern) in (0..=u16::MAX).zip(&self.custom) {
            let matches = pattern.find_iter(text.as_str()).filter(|m| !m.is_empty());
            let outside = matches.filter(|m| !base64::covers(&skipped, m.start()));
            candidates.extend(outside.map(|m| Finding {
                kind: Kind::Custom(index),
                rule: Kind::Custom(index).name(),
                start: m.start(),
                end: m.end(),
            }));
        }
        overlap::resolve(&mut candidates);
        found.append(&mut candidates);
    }
}
