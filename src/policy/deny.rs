//! What may not be said, compiled: one automaton for everything that is looked for in requests, one for
//! replies.

use std::ops::Range;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::disguise;
use super::redact::Mode;
use crate::pii::Folded;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenyRule {
    /// Its name.
    pub name: String,
    /// Enforced, or only reported.
    pub mode: Mode,
    /// It holds for requests.
    pub request: bool,
    /// It holds for replies.
    pub reply: bool,
    /// What it looks for as it is written: regular expressions.
    pub patterns: Vec<String>,
    /// What it looks for as it is read, in disguise too: regular expressions of words.
    pub words: Vec<String>,
}

impl DenyRule {
    /// All that it looks for, and whether in disguise too.
    fn all(&self) -> impl Iterator<Item = (&String, bool)> {
        let patterns = self.patterns.iter().map(|own| (own, false));
        patterns.chain(self.words.iter().map(|own| (own, true)))
    }
}

/// Every rule, compiled.
#[derive(Debug, Clone, Default)]
pub struct Deny {
    rules: Vec<DenyRule>,
    request: Side,
    reply: Side,
    /// For each pattern for replies, in the order of its set.
    places: Vec<Regex>,
    reach: usize,
}

/// The patterns of one direction.
#[derive(Debug, Clone, Default)]
struct Side {
    /// `None`: there is no pattern.
    set: Option<RegexSet>,
    /// The rule of each pattern, and whether it is one of words.
    owners: Vec<(usize, bool)>,
}

impl Deny {
    /// The most that all patterns of one direction take up compiled, in bytes of each worker.
    pub const SIZE: usize = 4 << 20;

    /// How much of a reply is held back for a pattern without a longest match, or with a longer one, in bytes.
    pub const LONGEST: usize = 256;

    /// Compiles rules.
    ///
    /// # Errors
    ///
    /// A pattern is wrong, or all of them together are larger than [`SIZE`](Self::SIZE).
    pub fn new(rules: Vec<DenyRule>) -> Result<Self, regex::Error> {
        let request = Side::new(&rules, |rule| rule.request)?;
        let reply = Side::new(&rules, |rule| rule.reply)?;
        let patterns = rules.iter().filter(|rule| rule.reply);
        let patterns: Vec<&String> = patterns
            .flat_map(DenyRule::all)
            .map(|(own, _)| own)
            .collect();
        let places = patterns.iter().map(|pattern| compile(pattern));
        Ok(Self {
            request,
            reply,
            places: places.collect::<Result<_, _>>()?,
            reach: patterns.iter().map(|own| reach(own)).max().unwrap_or(0),
            rules,
        })
    }

    /// The rules that a text of a request breaks.
    pub fn in_request<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a DenyRule> {
        let mut broken = vec![false; self.rules.len()];
        let mut note = |found: Vec<(usize, usize)>| {
            for (_, rule) in found {
                if let Some(broken) = broken.get_mut(rule) {
                    *broken = true;
                }
            }
        };
        note(self.request.found(text, false));
        if let Some(read) = self.request.read(text) {
            note(self.request.found(&read.text, true));
        }
        let rules = self.rules.iter().zip(broken);
        rules.filter_map(|(rule, broken)| broken.then_some(rule))
    }

    /// Nothing is looked for in requests.
    pub fn ignores_requests(&self) -> bool {
        self.request.set.is_none()
    }

    /// Nothing is looked for in replies.
    pub fn ignores_replies(&self) -> bool {
        self.reply.set.is_none()
    }

    /// Some rule for replies is enforced.
    pub fn holds_replies(&self) -> bool {
        let enforced = |rule: &DenyRule| rule.reply && rule.mode == Mode::Enforce;
        self.rules.iter().any(enforced)
    }

    /// Every place of a reply's text that breaks a rule, with the rule's index.
    pub fn in_reply(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = self.places(text, false);
        let Some(read) = self.reply.read(text) else {
            return found;
        };
        for (place, rule) in self.places(&read.text, true) {
            let at = read.start(place.start)..read.end(text, place.end);
            // What is written as it is read was found before.
            if text.get(at.clone()) != read.text.get(place) {
                found.push((at, rule));
            }
        }
        found
    }

    fn places(&self, text: &str, words: bool) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        for (pattern, rule) in self.reply.found(text, words) {
            let places = self.places.get(pattern);
            let matches = places.into_iter().flat_map(|own| own.find_iter(text));
            found.extend(matches.map(|place| (place.range(), rule)));
        }
        found
    }

    /// Where in the last [`LONGEST`](Self::LONGEST) bytes of a reply's text a word in disguise begins, of which more may
    /// come: it is longer than it is read.
    pub fn begun(&self, text: &str) -> Option<usize> {
        let looks = self.reply.has_words();
        looks
            .then(|| disguise::begun(text, Self::LONGEST))
            .flatten()
    }

    /// The rule with this index.
    pub fn rule(&self, rule: usize) -> Option<&DenyRule> {
        self.rules.get(rule)
    }

    /// How much of a reply must be held back, in bytes.
    pub fn reach(&self) -> usize {
        self.reach
    }
}

impl Side {
    fn new(rules: &[DenyRule], here: fn(&DenyRule) -> bool) -> Result<Self, regex::Error> {
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (nth, rule) in rules.iter().enumerate().filter(|(_, rule)| here(rule)) {
            owners.extend(rule.all().map(|(_, words)| (nth, words)));
            patterns.extend(rule.all().map(|(own, _)| own));
        }
        let set = (!patterns.is_empty()).then(|| {
            RegexSetBuilder::new(patterns)
                .size_limit(Deny::SIZE)
                .build()
        });
        Ok(Self {
            set: set.transpose()?,
            owners,
        })
    }

    fn has_words(&self) -> bool {
        self.owners.iter().any(|(_, words)| *words)
    }

    /// The text as it is read, if words are looked for and it is another.
    fn read(&self, text: &str) -> Option<Folded> {
        self.has_words().then(|| disguise::read(text)).flatten()
    }

    /// The patterns that a text matches, or only those of `words`, each with its rule, in their order.
    fn found(&self, text: &str, words: bool) -> Vec<(usize, usize)> {
        let Some(set) = &self.set else {
            return Vec::new();
        };
        let found = set.matches(text);
        let owned = |pattern: usize| {
            let (rule, own) = self.owners.get(pattern).copied()?;
            (own || !words).then_some((pattern, rule))
        };
        found.iter().filter_map(owned).collect()
    }
}

/// Compiles one pattern.
///
/// # Errors
///
/// It is wrong, or too large.
pub fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(Deny::SIZE).build()
}

/// The longest match of a pattern, and a character behind it, which may be needed to say where it ends.
fn reach(pattern: &str) -> usize {
    let longest = regex_syntax::parse(pattern)
        .ok()
        .and_then(|own| own.properties().maximum_len());
    let reach = longest.map(|longest| longest.saturating_add(char::MAX.len_utf8()));
    reach.unwrap_or(Deny::LONGEST).min(Deny::LONGEST)
}

/// A pattern that matches any of the words, in any case; a word is none where it goes on, but in scripts that
/// put no spaces between words.
pub fn any_word<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let bounded = |word: &str| {
        let word = word.trim();
        let edge = |char: Option<char>| match char {
            Some('a'..='z' | 'A'..='Z' | '0'..='9' | '_') => "(?-u:\\b)",
            Some(char) if char.is_alphanumeric() && is_spaced(char) => "\\b",
            _ => "",
        };
        let (first, last) = (word.chars().next(), word.chars().next_back());
        // However the words of a name are set apart, they are that name.
        let parts: Vec<String> = word.split_whitespace().map(regex::escape).collect();
        [edge(first), &parts.join(r"\s+"), edge(last)].concat()
    };
    let words: Vec<String> = words.map(bounded).collect();
    ["(?i)(?:", &words.join("|"), ")"].concat()
}

/// A letter of a script that puts spaces between words (Unicode's blocks up to Hebrew, Arabic and the Indic
/// scripts). Korean does too, but has particles at the end of its words.
fn is_spaced(char: char) -> bool {
    matches!(char, '\0'..'\u{0e00}' | '\u{10a0}'..'\u{1100}' | '\u{1e00}'..'\u{2000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, pattern: &str) -> DenyRule {
        DenyRule {
            name: name.to_owned(),
            mode: Mode::Enforce,
            request: true,
            reply: name != "asked",
            patterns: vec![pattern.to_owned()],
            words: Vec::new(),
        }
    }

    #[test]
    fn words_are_found_in_disguise_and_patterns_are_not() {
        let words = DenyRule {
            words: vec![any_word(["acme corp", "über"].into_iter())],
            patterns: vec!["secret".to_owned()],
            ..rule("both", "")
        };
        let deny = Deny::new(vec![words]).unwrap();
        for text in [
            "ａｃｍｅ Corp",
            "a\u{200b}cme c\u{ad}orp",
            "Аcme соrp",
            "ü\u{200b}ber",
        ] {
            assert_eq!(deny.in_request(text).count(), 1, "{text}");
            assert_eq!(deny.in_reply(text), [(0..text.len(), 0)], "{text}");
        }
        for text in ["s\u{200b}ecret", "uber\u{200b}", "асме корп это"] {
            assert_eq!(deny.in_request(text).count(), 0, "{text}");
            assert!(deny.in_reply(text).is_empty(), "{text}");
        }
        assert_eq!(deny.in_reply("acme corp \u{200b}"), [(0..9, 0)]);
        assert_eq!(deny.begun("the a\u{200b}c"), Some(4));
    }

    #[test]
    fn each_direction_has_its_own_patterns() {
        let rules = vec![
            rule("asked", "a+"),
            rule("both", "b{2,3}"),
            rule("late", "c.*d"),
        ];
        let deny = Deny::new(rules).unwrap();
        let names = |text| {
            let found = deny.in_request(text);
            found.map(|rule| rule.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names("a bb"), ["asked", "both"]);
        assert!(names("b c").is_empty());
        assert_eq!(
            deny.in_reply("aa bb cd bbb"),
            [(3..5, 1), (9..12, 1), (6..8, 2)]
        );
        assert_eq!(deny.reach(), Deny::LONGEST);
        let deny = Deny::new(vec![rule("both", "b{2,3}")]).unwrap();
        assert_eq!(deny.reach(), 7);
        assert!(Deny::new(vec![rule("both", "(")]).is_err());
        assert!(Deny::default().ignores_replies() && Deny::default().ignores_requests());
    }

    #[test]
    fn words_are_found_as_words() {
        let words = ["acme corp", "Über", "禁", "c++", ".net"];
        let pattern = compile(&any_word(words.into_iter())).unwrap();
        for yes in [
            "ACME Corp.",
            "我acme corp的",
            "über",
            "不禁止",
            "C++?",
            "a .NET b",
            "acme \u{a0}\r\n\tcorp",
            "acme\u{3000}corp",
        ] {
            assert!(pattern.is_match(yes), "{yes}");
        }
        for no in [
            "acmecorp",
            "acme-corp",
            "acme corporation",
            "xacme corp",
            "überall",
            "darüber",
            "c+",
            "net",
        ] {
            assert!(!pattern.is_match(no), "{no}");
        }
    }
}
