//! A text as words: folded, unescaped, with letters that stand apart put together; and what of it is scored.

use super::concept::{ASK, Concepts, NEW, POLITE, QUESTION, QUOTE, ROT13};
use super::fold::{Folded, fold, unmixed};
use super::lexicon::{KEY, LONGEST, Lexicon, START, step};
use super::meaning::{Meaning, Place};
use super::quotes::Quotes;
use super::rules::Nearby;
use super::signs::{leet, mark_at, stands_for, unescape};
use super::sink::{Feature, Sink, scatter};

/// What is learnt beside the features: what tag characters say, and how many common words of ROT13 there were.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) tags: String,
    pub(super) rot13: u32,
}

/// Tag characters that are read, at the most.
const MOST_TAGS: usize = 4096;

/// Fewer letters that stand apart are an abbreviation or a list.
const SHORTEST_RUN: usize = 4;

/// What was said within so many words is not said again: lists of numbers of orders, tables, chants.
const AGAIN: usize = 16;

/// So many places are between two sentences or lines: what is said in one is seldom meant for the other.
const SENTENCE: u32 = 6;

/// What the first word of a sentence comes after.
const FIRST: u32 = 0x2545_f491;

/// Words this long may be several.
const SEVERAL: usize = 20;

/// Reads `text`.
pub(super) fn read(lexicon: &Lexicon, text: &str, sink: &mut impl Sink) -> Found {
    let mut words = Words {
        lexicon,
        sink,
        word: String::with_capacity(64),
        kinds: Kinds::default(),
        number: false,
        run: String::new(),
        gap: 0,
        unspaced: None,
        nearby: Nearby::new(),
        place: 0,
        before: [0; 2],
        pairs: [0; AGAIN],
        next: 0,
        meaning: Meaning::default(),
        quotes: Quotes::new(),
        first: true,
        found: Found::default(),
    };
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        let (char, skip) = unescape(char, rest.as_str());
        if skip > 0 {
            rest = rest.as_str().get(skip..).unwrap_or_default().chars();
        }
        words.char(char, rest.as_str());
    }
    words.end_word();
    words.end_run();
    words.found
}

/// Which kinds of characters a word has.
#[derive(Debug, Default, Clone, Copy)]
struct Kinds {
    latin: bool,
    digits: bool,
    other: bool,
}

struct Words<'l, S> {
    lexicon: &'l Lexicon,
    sink: &'l mut S,
    word: String,
    kinds: Kinds,
    /// The last word was a number.
    number: bool,
    /// Single letters that stand apart.
    run: String,
    /// Characters between the last word and here.
    gap: u32,
    /// The last character of a script without spaces.
    unspaced: Option<char>,
    nearby: Nearby,
    /// Words so far, each two; in scripts without spaces one for each character.
    place: u32,
    /// The two words before.
    before: [u32; 2],
    /// The last pairs of words; where the next goes.
    pairs: [u32; AGAIN],
    next: usize,
    meaning: Meaning,
    quotes: Quotes,
    /// The next word begins a sentence.
    first: bool,
    found: Found,
}

impl<S: Sink> Words<'_, S> {
    fn char(&mut self, char: char, rest: &str) {
        match fold(char) {
            Folded::Letter(letter) => self.letter(letter),
            Folded::Unspaced(char) => self.unspaced(char),
            Folded::Unseen => {}
            Folded::Tag(char) => {
                if self.found.tags.len() < MOST_TAGS {
                    self.found.tags.push(char);
                }
            }
            Folded::Gap => match stands_for(char, !self.word.is_empty(), rest) {
                Some(letter) => self.letter(letter),
                None => self.gap(char, rest),
            },
        }
    }

    fn letter(&mut self, letter: char) {
        self.unspaced = None;
        if letter.is_ascii_lowercase() {
            self.kinds.latin = true;
        } else if letter.is_ascii() {
            self.kinds.digits = true;
        } else {
            self.kinds.other = true;
        }
        self.word.push(letter);
        if self.word.len() >= LONGEST {
            self.end_word();
        }
    }

    fn gap(&mut self, char: char, rest: &str) {
        // "don't" is one word.
        if matches!(char, '\'' | '’')
            && !self.word.is_empty()
            && rest.starts_with(char::is_alphanumeric)
        {
            return;
        }
        let after_word = !self.word.is_empty() || self.unspaced.is_some();
        self.end_word();
        self.unspaced = None;
        self.gap = self.gap.saturating_add(1);
        let quoted = self.quotes.since();
        self.first |= self.quotes.sign(char, after_word, rest, self.place);
        self.first |= matches!(char, ':' | '：');
        if self.quotes.since() != quoted {
            self.means(QUOTE);
        }
        if matches!(char, '?' | '？' | '؟') && after_word {
            self.means(QUESTION);
        }
        let ends = match char {
            '.' | '!' | '?' => !rest.starts_with(char::is_alphanumeric),
            '\n' | '。' | '！' | '？' | '।' => true,
            _ => false,
        };
        if after_word && ends {
            self.place = self.place.saturating_add(SENTENCE);
        }
        self.first |= ends;
        if matches!(char, '<' | '[' | '#' | '=' | '-' | '!' | ':') {
            let mut start = [0; 4];
            let first = char.encode_utf8(&mut start).len();
            let concepts = mark_at(first, char, rest);
            if concepts != 0 {
                self.place = self.place.saturating_add(1);
                self.means(concepts);
                self.hold(concepts);
            }
        }
    }

    fn unspaced(&mut self, char: char) {
        self.end_word();
        self.end_run();
        self.number = false;
        if let Some(before) = self.unspaced.replace(char) {
            self.word.push(before);
            self.word.push(char);
            self.place = self.place.saturating_add(1);
            self.emit(false);
            self.word.clear();
        }
    }

    /// The word is complete, if there is one.
    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let kinds = std::mem::take(&mut self.kinds);
        if kinds.other && kinds.latin {
            self.unmix();
        }
        if kinds.digits {
            self.digits(kinds);
        }
        // Numbers in a row, such as a table's, say no more than one.
        let number = kinds.digits && !kinds.latin && !kinds.other;
        if std::mem::replace(&mut self.number, number) && number {
            self.word.clear();
            return;
        }
        let single = self.word.len() == 1 && kinds.latin;
        if self.gap > 1 || !single {
            self.end_run();
        }
        self.gap = 0;
        if single && self.run.len() < LONGEST {
            self.run.push_str(&self.word);
        } else {
            self.place = self.place.saturating_add(2);
            self.emit(true);
        }
        self.word.clear();
    }

    /// Letters that look Latin in a word with Latin letters are.
    fn unmix(&mut self) {
        let latin = |char: char| match char.is_ascii() {
            true => Some(char),
            false => unmixed(char),
        };
        if let Some(word) = self.word.chars().map(latin).collect() {
            self.word = word;
        }
    }

    /// Digits alone are all one; digits within a word are letters ("pr0mpt"), at its end ("utf8") mostly not.
    fn digits(&mut self, kinds: Kinds) {
        if !kinds.latin {
            if !kinds.other {
                self.word.clear();
                self.word.push('0');
            }
            return;
        }
        let within = self
            .word
            .trim_end_matches(|char: char| char.is_ascii_digit());
        if within.bytes().any(|byte| leet(byte) != byte) {
            let word = self.word.chars();
            let word =
                word.map(|char| u8::try_from(char).map_or(char, |byte| char::from(leet(byte))));
            self.word = word.collect();
        }
    }

    /// Letters that stood apart are a word, or several words of which the known ones are looked for.
    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let word = std::mem::take(&mut self.word);
        if run.len() >= SHORTEST_RUN {
            self.word.push_str(&run);
            self.place = self.place.saturating_add(2);
            self.emit(true);
            self.several();
        } else {
            for letter in run.chars() {
                self.word.clear();
                self.word.push(letter);
                self.place = self.place.saturating_add(2);
                self.emit(true);
            }
        }
        self.word = word;
    }

    /// The word's features and concepts.
    fn emit(&mut self, letters: bool) {
        let mut hash = START;
        let mut key = START;
        let mut seen = 0_usize;
        for char in self.word.chars() {
            hash = step(hash, char);
            seen = seen.saturating_add(1);
            if seen == KEY {
                key = hash;
            }
        }
        if seen < KEY {
            key = hash;
        }
        let [second, first] = self.before;
        self.before = [first, scatter(hash ^ 0x5bd1_e995)];
        let pair = scatter(first ^ hash.rotate_left(7));
        let again = self.is_again(pair);
        if !again {
            if letters && seen >= 3 {
                self.letters();
            }
            self.sink.feature(Feature::Word, scatter(hash));
            self.sink.feature(Feature::Pair, pair);
            if self.first {
                self.sink.feature(Feature::Pair, scatter(hash ^ FIRST));
            }
            let triple = scatter(second.rotate_left(19) ^ pair);
            self.sink.feature(Feature::Triple, triple);
        }
        let concepts = self.lexicon.concepts(key, &self.word);
        if concepts & ROT13 != 0 {
            self.found.rot13 = self.found.rot13.saturating_add(1);
        }
        if concepts != 0 {
            if !again {
                self.means(concepts);
            }
            self.hold(concepts);
        } else if self.word.len() >= SEVERAL {
            self.several();
        }
        self.first &= concepts & (POLITE | NEW) != 0;
        self.sink.word();
    }

    /// Each four letters of the word, the first three and the last three.
    fn letters(&mut self) {
        let mut last = u32::from(' ');
        for (seen, char) in self.word.chars().enumerate() {
            last = (last << 8) ^ u32::from(char);
            if seen >= 2 {
                self.sink.feature(Feature::Letters, scatter(last));
            }
        }
        let end = (last << 8) ^ u32::from(' ');
        self.sink.feature(Feature::Letters, scatter(end));
    }

    /// Whether the two words stood together just now.
    fn is_again(&mut self, pair: u32) -> bool {
        if self.pairs.contains(&pair) {
            return true;
        }
        if let Some(place) = self.pairs.get_mut(self.next % AGAIN) {
            *place = pair;
        }
        self.next = self.next.wrapping_add(1);
        false
    }

    /// The known words within the word, which has no gaps.
    fn several(&mut self) {
        let word = std::mem::take(&mut self.word);
        let mut rest = word.as_str();
        while rest.len() > KEY {
            let key = super::lexicon::key(rest);
            let len = match self.lexicon.beginning(key, rest) {
                Some((concepts, len)) => {
                    self.place = self.place.saturating_add(2);
                    self.means(concepts);
                    self.hold(concepts);
                    len
                }
                None => rest.chars().next().map_or(1, char::len_utf8),
            };
            rest = rest.get(len..).unwrap_or_default();
        }
        self.word = word;
    }

    fn means(&mut self, concepts: Concepts) {
        // What asks does so at the beginning; else it is "is" and the like.
        let idle = if self.first { POLITE } else { POLITE | ASK };
        let concepts = concepts & !idle;
        if concepts == 0 {
            return;
        }
        let place = Place {
            nth: self.place,
            first: self.first,
            quoted: self.quotes.since().is_some(),
        };
        self.meaning.add(concepts, place, self.sink);
    }

    fn hold(&mut self, concepts: Concepts) {
        let quote = self.quotes.since();
        let (held, quoted) = self.nearby.hold(concepts, self.place, quote);
        if held | quoted != 0 {
            self.sink.rules(held, quoted);
        }
    }
}
