//! The words that stand for concepts, in a dozen languages: `lexicon.txt`, one concept a line; `*` ends a stem.

use super::concept::{Concepts, NAMES};
use super::fold::{Folded, fold};

/// Words with their concepts, found by their first letters.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Sorted by bucket.
    entries: Vec<Entry>,
    /// Where each bucket's entries begin; one more for the end.
    begins: Vec<u16>,
}

#[derive(Debug)]
struct Entry {
    bucket: u16,
    /// As it is folded.
    text: Box<str>,
    /// Words that begin with it are meant too.
    stem: bool,
    concepts: Concepts,
}

/// How many letters say which bucket a word is in.
pub(super) const KEY: usize = 3;

const BUCKETS: u16 = 1024;

/// The longest word that is looked for, in bytes.
pub(super) const LONGEST: usize = 48;

impl Lexicon {
    /// The built-in words.
    pub(super) fn new() -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for line in include_str!("lexicon.txt").lines() {
            let mut words = line.split(' ');
            let name = words.next().unwrap_or_default();
            let concepts = NAMES.iter().find(|(own, _)| *own == name);
            let concepts = concepts.map_or(0, |(_, concepts)| *concepts);
            entries.extend(words.map(|word| Entry::new(word, concepts)));
        }
        entries.sort_by_key(|entry| entry.bucket);
        let begin = |bucket: u16| entries.partition_point(|entry| entry.bucket < bucket);
        let begins = (0..=BUCKETS).map(|bucket| u16::try_from(begin(bucket)).unwrap_or(u16::MAX));
        let begins = begins.collect();
        Self { entries, begins }
    }

    /// What a word stands for. `key` is [`key`] of its first letters.
    pub(super) fn concepts(&self, key: u32, word: &str) -> Concepts {
        self.bucket(key)
            .iter()
            .filter(|entry| match entry.stem {
                true => word.starts_with(&*entry.text),
                false => *word == *entry.text,
            })
            .fold(0, |all, entry| all | entry.concepts)
    }

    /// The longest of the words that `text` begins with, though more follows: its concepts and its length in bytes.
    pub(super) fn beginning(&self, key: u32, text: &str) -> Option<(Concepts, usize)> {
        let found = self.bucket(key).iter();
        let found = found.filter(|entry| entry.text.len() > KEY && text.starts_with(&*entry.text));
        let longest = found.clone().map(|entry| entry.text.len()).max()?;
        let concepts = found.filter(|entry| entry.text.len() == longest);
        Some((concepts.fold(0, |all, entry| all | entry.concepts), longest))
    }

    fn bucket(&self, key: u32) -> &[Entry] {
        let bucket = usize::from(bucket(key));
        let begin = self.begins.get(bucket).copied().unwrap_or_default();
        let end = self.begins.get(bucket.saturating_add(1)).copied();
        let range = usize::from(begin)..usize::from(end.unwrap_or_default());
        self.entries.get(range).unwrap_or_default()
    }
}

impl Entry {
    fn new(word: &str, concepts: Concepts) -> Self {
        let stem = word.ends_with('*');
        let folded = word.chars().filter_map(|char| match fold(char) {
            Folded::Letter(char) | Folded::Unspaced(char) => Some(char),
            _ => None,
        });
        let text: String = folded.collect();
        Self {
            bucket: bucket(key(&text)),
            text: text.into(),
            stem,
            concepts,
        }
    }
}

/// What a word's first letters say.
pub(super) fn key(word: &str) -> u32 {
    let letters = word.chars().take(KEY);
    letters.fold(START, step)
}

/// With what a hash begins.
pub(super) const START: u32 = 0x811c_9dc5;

/// FNV-1a over characters in place of bytes.
pub(super) fn step(hash: u32, char: char) -> u32 {
    (hash ^ u32::from(char)).wrapping_mul(0x0100_0193)
}

fn bucket(key: u32) -> u16 {
    let high = key.wrapping_mul(0x9e37_79b1) >> 22;
    u16::try_from(high).unwrap_or_default() % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::super::concept;
    use super::{Lexicon, key};

    #[test]
    fn words_of_many_languages_stand_for_one_thing() {
        let lexicon = Lexicon::new();
        for word in [
            "ignore",
            "ignoring",
            "vergiss",
            "oubliez",
            "olvida",
            "esqueca",
            "dimentica",
            "забудь",
            "忽略",
            "無視",
            "무시",
            "unut",
            "zaboravi",
            "تجاهل",
        ] {
            let found = lexicon.concepts(key(word), word);
            assert_ne!(found & concept::IGNORE, 0, "{word}");
        }
        assert_eq!(lexicon.concepts(key("ignition"), "ignition"), 0);
        assert_eq!(lexicon.concepts(key("allow"), "allow"), 0);
        assert_eq!(lexicon.concepts(key(""), ""), 0);
    }

    #[test]
    fn every_line_is_of_a_concept() {
        for line in include_str!("lexicon.txt").lines() {
            let name = line.split(' ').next().unwrap();
            assert!(concept::NAMES.iter().any(|(own, _)| *own == name), "{name}");
        }
    }

    #[test]
    fn a_word_is_found_at_the_beginning_of_more() {
        let lexicon = Lexicon::new();
        let text = "previousinstructions";
        let (concepts, len) = lexicon.beginning(key(text), text).unwrap();
        assert_eq!((concepts & concept::PRIOR, len), (concept::PRIOR, 8));
    }
}
