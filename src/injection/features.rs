//! What the training script (`examples/train-injection`) learns from: the features of a text as the detector sees
//! them.

use super::Detector;
use super::sink::{Feature, Sink};
use super::words;

/// A stretch of a few words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The rules that hold in it, one bit each, in the order of [`super::Rule::ALL`].
    pub rules: u32,
    /// Those that hold within a quotation.
    pub quoted: u32,
    /// Hashes, whose upper bits say which weight.
    pub hashes: Vec<u32>,
}

/// A text's features, in stretches of as many words as the detector's windows are made of.
pub fn features(detector: &Detector, text: &str) -> Vec<Part> {
    let mut parts = Parts::default();
    words::read(&detector.lexicon, text, &mut parts);
    if parts.words > 0 || parts.part.rules | parts.part.quoted != 0 {
        parts.done.push(parts.part);
    }
    parts.done
}

#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    part: Part,
    words: u32,
}

impl Sink for Parts {
    fn feature(&mut self, _: Feature, hash: u32) {
        self.part.hashes.push(hash);
    }

    fn rules(&mut self, held: u32, quoted: u32) {
        self.part.rules |= held;
        self.part.quoted |= quoted;
    }

    fn word(&mut self) {
        self.words = self.words.saturating_add(1);
        if self.words >= super::model::BLOCK {
            self.words = 0;
            self.done.push(std::mem::take(&mut self.part));
        }
    }
}
