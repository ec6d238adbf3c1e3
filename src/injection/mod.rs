//! Texts that are meant to turn a reader who follows instructions against who instructs it.
//!
//! A text is read once, as words that are folded to what they are meant as ([`fold`]); hidden texts in it are read
//! too ([`disguise`]). A linear model over hashed words, pairs and triples of words, groups of letters and what words
//! stand for ([`meaning`]), and rules over concepts that stand near each other ([`rules`]), score windows of 32 to 512
//! words ([`model`]); the strongest window is the text's score. `CARD.md` says what the weights were made from, and what they miss.
//!
//! *Never* keeps a text.

mod concept;
mod disguise;
mod features;
mod figures;
mod fold;
mod lexicon;
mod markers;
mod meaning;
mod model;
mod quotes;
mod rules;
mod signs;
mod sink;
mod words;

pub use features::{Part, features};
pub use fold::{Folded, fold, unmixed};
pub use rules::Rule;

use lexicon::Lexicon;
use model::{Best, Logit, Windows};

/// Whose words a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// Somebody who may give instructions.
    User,
    /// What a tool gave back.
    Tool,
    /// A document.
    Document,
}

/// What a text scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// In thousandths: how sure it is that the text is an attack.
    pub score: u16,
    /// What spoke most for it.
    pub rule: Rule,
}

/// The detector: its words, ready to be found.
#[derive(Debug)]
pub struct Detector {
    lexicon: Lexicon,
}

/// Fewer letters in tag characters are a flag.
const FLAG: usize = 8;
/// What it adds that a text was hidden.
const HIDDEN: Logit = 256;
/// A text that hides in tag characters is one, whatever it says.
const TAGGED: Logit = 2 * 256;
/// Fewer common words of ROT13 are chance.
const ROT13: u32 = 3;
/// Of a text in ROT13, how much is read again, in bytes.
const LONGEST_ROT13: usize = 16 << 10;

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// A detector.
    pub fn new() -> Self {
        Self {
            lexicon: Lexicon::new(),
        }
    }

    /// What `text` scores. Takes time in proportion to its length, and memory only for what is hidden in it.
    pub fn score(&self, text: &str, source: Source) -> Verdict {
        let speech = match source {
            Source::User => &model::OWN,
            Source::Tool | Source::Document => &model::OTHERS,
        };
        let mut best = Best {
            logit: Logit::MIN,
            rule: Rule::Wording,
        };
        let mut take = |found: Option<Best>, add: Logit, floor: Logit, odd: bool| {
            let Some(found) = found else { return };
            let logit = found.logit.saturating_add(add).max(floor);
            if logit > best.logit {
                let rule = if odd { Rule::Disguise } else { found.rule };
                best = Best { logit, rule };
            }
        };
        let read = |text: &str| {
            let mut windows = Windows::new(speech);
            let found = words::read(&self.lexicon, text, &mut windows);
            (windows.finish(source == Source::User), found)
        };
        // What was hidden may be in ROT13 besides, or hide more.
        let mut look = |text: &str, add: Logit, floor: Logit, odd: bool| {
            let (found, more) = read(text);
            take(found, add, floor, odd);
            if more.rot13 >= ROT13 {
                let text = crate::units::beginning(text, LONGEST_ROT13);
                take(read(&disguise::rot13(text)).0, HIDDEN, Logit::MIN, true);
            }
            more.tags
        };
        let tags = look(text, 0, Logit::MIN, false);
        let mut hidden = disguise::hidden(text);
        if tags.len() >= FLAG {
            look(&tags, HIDDEN, TAGGED, true);
            hidden.append(&mut disguise::hidden(&tags));
        }
        for hidden in hidden {
            let add = if hidden.odd { HIDDEN } else { 0 };
            look(&hidden.text, add, Logit::MIN, hidden.odd);
        }
        Verdict {
            score: model::thousandths(best.logit),
            rule: best.rule,
        }
    }
}

#[cfg(test)]
mod tests;
