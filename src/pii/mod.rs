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
//! | `text`, `class`, `digits`, `context` | looking around: bytes, digit groups, nearby words |
//! | `base64` | runs in which nothing may start |
//! | `overlap` | who wins where two findings share bytes |
//! | `email` … `secret` | one detector each, with the rule it follows |

mod base64;
mod bic;
mod card;
mod class;
mod context;
mod coordinates;
mod crypto;
mod custom;
mod digits;
mod email;
mod fold;
mod iban;
mod ids;
mod ip;
mod kind;
mod mac;
mod overlap;
mod people;
mod phone;
mod scan;
mod secret;
mod ssn;
mod text;
mod trigger;
mod url;
mod vin;

#[cfg(test)]
mod tests;

use std::ops::Range;

use regex::Regex;

pub use custom::{Check, Pattern};
pub use fold::{Folded, Reading};
pub use ip::IpRanges;
pub use kind::{Finding, Kind};

use scan::Pass;
use text::Text;
use trigger::Triggers;

/// Finds the kinds it was made for. Made once, used for every text; holds no state between texts.
#[derive(Debug, Clone)]
pub struct Detector {
    triggers: Triggers,
    custom: Vec<Pattern>,
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
            custom: custom.into_iter().map(Pattern::from).collect(),
        }
    }

    /// The same, with these patterns behind the ones it has.
    #[must_use]
    pub fn with_patterns(mut self, patterns: Vec<Pattern>) -> Detector {
        self.custom.extend(patterns);
        self
    }

    /// The same, but of the IP addresses only these are found.
    #[must_use]
    pub fn with_ip(mut self, ranges: IpRanges) -> Detector {
        self.triggers.ip = ranges;
        self
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
        let mut candidates = match self.candidates(text, false) {
            Some(candidates) => candidates,
            None => self.fold(text),
        };
        overlap::resolve(&mut candidates);
        found.append(&mut candidates);
    }

    /// Looks at the text as it is read, and finds the places in it as it stands.
    fn fold(&self, text: &Text<'_>) -> Vec<Finding> {
        let folded = Folded::new(text.as_str());
        let read = self.candidates(&Text::new(&folded.text), true);
        let mut candidates = read.unwrap_or_default();
        for finding in &mut candidates {
            finding.start = folded.start(finding.start);
            finding.end = folded.end(text.as_str(), finding.end);
        }
        candidates
    }

    /// What is found, overlaps included; `None` where a text that is not folded has to be.
    fn candidates(&self, text: &Text<'_>, folded: bool) -> Option<Vec<Finding>> {
        let mut pass = Pass::new(text, &self.triggers);
        if pass.run(folded) {
            return None;
        }
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
        self.custom(text, &skipped, &mut candidates);
        Some(candidates)
    }

    fn custom(&self, text: &Text<'_>, skipped: &[Range<usize>], candidates: &mut Vec<Finding>) {
        for (index, pattern) in (0..=u16::MAX).zip(&self.custom) {
            let matches = pattern.regex.find_iter(text.as_str());
            let matches = matches.filter(|m| !m.is_empty());
            let outside = matches.filter(|m| !base64::covers(skipped, m.start()));
            let outside = outside.filter(|m| pattern.counts(text, m.start(), m.end()));
            candidates.extend(outside.map(|m| Finding {
                kind: Kind::Custom(index),
                rule: Kind::Custom(index).name(),
                start: m.start(),
                end: m.end(),
            }));
        }
    }
}
