//! `guard.deny`: words and patterns that may not be said.

use super::guard::mode;
use super::node::{Faults, Node};
use crate::policy::deny::{any_word, compile};
use crate::policy::{Deny, DenyRule};

const KEYS: [&str; 5] = ["name", "pattern", "words", "in", "mode"];

/// The most words of one rule.
const MOST_WORDS: usize = 10_000;

/// The longest word, in characters.
const LONGEST_WORD: usize = 200;

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Deny {
    let mut rules: Vec<DenyRule> = Vec::new();
    for node in node.items(faults) {
        let Some(rule) = rule(&node, faults) else {
            continue;
        };
        if rules.iter().any(|known| known.name == rule.name) {
            faults.add(&node.child("name"), "is used twice");
        }
        rules.push(rule);
    }
    Deny::new(rules).unwrap_or_else(|_| {
        let most = Deny::SIZE >> 20;
        faults.add(
            node,
            format!("all patterns together take more than {most} MiB compiled; use fewer or shorter ones"),
        );
        Deny::default()
    })
}

fn rule(node: &Node<'_>, faults: &mut Faults) -> Option<DenyRule> {
    let fields = node.fields(faults, &KEYS, &[])?;
    let name = match fields.get("name") {
        Some(node) => name(&node, faults),
        None => {
            faults.add(&node.child("name"), "is required");
            None
        }
    };
    let (mut patterns, mut of_words) = (Vec::new(), Vec::new());
    let (pattern, words) = (fields.get("pattern"), fields.get("words"));
    if pattern.is_none() && words.is_none() {
        faults.add(node, "needs a pattern or words");
        return None;
    }
    if let Some(node) = pattern {
        patterns.push(self::pattern(&node, faults)?);
    }
    if let Some(node) = words {
        of_words.push(self::words(&node, faults)?);
    }
    let mut places = Vec::new();
    match fields.get("in") {
        None => places.extend(["request", "reply"]),
        Some(list) => {
            for node in list.items(faults) {
                places.extend(node.one_of(faults, "place", &["request", "reply"]));
            }
            if places.is_empty() {
                list.expected(faults, "a list of request, reply or both");
            }
        }
    }
    Some(DenyRule {
        name: name?,
        mode: fields
            .get("mode")
            .map(|node| mode(&node, faults))
            .unwrap_or_default(),
        request: places.contains(&"request"),
        reply: places.contains(&"reply"),
        patterns,
        words: of_words,
    })
}

/// A name that can stand in a stat.
fn name(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let name = node.text(faults)?;
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
        node.expected(faults, "lower-case letters, digits and '_', at most 40");
        return None;
    }
    Some(name.to_owned())
}

fn pattern(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let text = node.text(faults)?;
    match compile(text) {
        Ok(pattern) if pattern.is_match("") => {
            faults.add(node, "matches the empty text");
            None
        }
        Ok(_) => Some(text.to_owned()),
        Err(error) => {
            let words = error.to_string();
            let last = words.lines().last().unwrap_or_default();
            let last = last.trim_start_matches("error: ");
            faults.add(node, format!("not a valid pattern: {last}"));
            None
        }
    }
}

/// The words as one pattern.
fn words(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let items = node.items(faults);
    if items.is_empty() || items.len() > MOST_WORDS {
        node.expected(faults, &format!("from 1 to {MOST_WORDS} words"));
        return None;
    }
    let mut words = Vec::new();
    for node in items {
        let text = node.text(faults)?.trim();
        if text.is_empty() || text.chars().count() > LONGEST_WORD {
            node.expected(faults, &format!("a word of 1 to {LONGEST_WORD} characters"));
            return None;
        }
        words.push(text);
    }
    Some(any_word(words.into_iter()))
}
