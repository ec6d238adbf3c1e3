//! `redact`: what is done about personal data and secrets.

use regex::{Regex, RegexBuilder};

use super::node::{Faults, Node, meant};
use super::providers::Env;
use super::rule::{Rules, rule};
use crate::mask::Key;
use crate::pii::{Check, Detector, IpRanges, Kind, Pattern};
use crate::policy::{Action, Credential, Custom, Provider, Redact, Rule};

const KEYS: [&str; 8] = [
    "mode",
    "key",
    "entities",
    "custom",
    "restore",
    "replies",
    "default_region",
    "ip_ranges",
];

/// The largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

pub(super) fn read(
    node: &Node<'_>,
    env: Env<'_>,
    providers: &[Provider],
    faults: &mut Faults,
) -> Option<Redact> {
    let fields = node.fields(faults, &KEYS, &[])?;
    let mode = fields
        .get("mode")
        .and_then(|node| super::rule::mode(&node, faults));
    let own_key = fields.get("key");
    let defaults = Rules {
        mode: mode.unwrap_or_default(),
        has_key: own_key.is_some(),
    };
    let rules = fields
        .get("entities")
        .map(|node| entities(&node, defaults, faults))
        .unwrap_or_default();
    let mut custom = Vec::new();
    let mut patterns = Vec::new();
    if let Some(list) = fields.get("custom") {
        for node in list.items(faults) {
            if let Some((rule, pattern)) = own_pattern(&node, defaults, faults) {
                if custom.iter().any(|known: &Custom| known.name == rule.name) {
                    faults.add(&node.child("name"), "is used twice");
                }
                custom.push(rule);
                patterns.push(pattern);
            }
        }
    }
    let restore = fields.get("restore").and_then(|node| node.bool(faults));
    let replies = fields.get("replies").and_then(|node| node.bool(faults));
    let key = match own_key {
        Some(node) => key(&node, env, faults)?,
        None => derived(providers),
    };
    let kinds: Vec<Kind> = rules.iter().map(|(kind, _)| *kind).collect();
    let mut detector = Detector::new(&kinds, Vec::new()).with_patterns(patterns);
    if let Some(node) = fields.get("ip_ranges") {
        detector = detector.with_ip(ip_ranges(&node, faults)?);
    }
    Some(Redact {
        detector: match fields.get("default_region") {
            Some(node) => in_region(detector, &node, faults)?,
            None => detector,
        },
        rules,
        custom,
        restore: restore.unwrap_or(true),
        key,
        replies: replies.unwrap_or(false),
    })
}

/// The detector that knows the telephone numbers of a country by themselves.
fn in_region(detector: Detector, node: &Node<'_>, faults: &mut Faults) -> Option<Detector> {
    let region = node.text(faults)?;
    let found = detector.with_region(region);
    if found.is_none() {
        node.expected(faults, "a country by its two capitals, such as DE");
    }
    found
}

/// Which addresses count besides those on the internet.
fn ip_ranges(node: &Node<'_>, faults: &mut Faults) -> Option<IpRanges> {
    let fields = node.fields(faults, &["private", "documentation", "local"], &[])?;
    let mut read = |key, usual| {
        let node = fields.get(key);
        node.and_then(|node| node.bool(faults)).unwrap_or(usual)
    };
    Some(IpRanges {
        private: read("private", true),
        documentation: read("documentation", true),
        local: read("local", false),
    })
}

/// The key is a text of any length.
fn key(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Key> {
    const FORMS: &str = "expected {env: NAME} or {value: text}";
    if !node.is_object() {
        // What stands here may be the key: it is not repeated.
        faults.add(node, FORMS);
        return None;
    }
    let fields = node.fields(faults, &["env", "value"], &[])?;
    let (node, key) = match (fields.get("env"), fields.get("value")) {
        (Some(node), None) => {
            let name = node.name(faults)?;
            (node, env(&name).unwrap_or_default())
        }
        (None, Some(node)) => {
            let text = node.text(faults)?.to_owned();
            (node, text)
        }
        _ => {
            faults.add(node, FORMS);
            return None;
        }
    };
    if key.is_empty() {
        let message = "is empty; an environment variable must be set, and be in host_env_keys";
        faults.add(&node, message);
        return None;
    }
    Some(Key::new(key.as_bytes()))
}

/// Without a key of its own it is made of the providers' keys, which nobody outside knows and every worker has.
fn derived(providers: &[Provider]) -> Key {
    let keys = providers.iter().filter_map(|own| match &own.credential {
        Credential::Key(key) => Some(key.reveal()),
        _ => None,
    });
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    Key::new(keys.join("\n").as_bytes())
}

fn entities(node: &Node<'_>, defaults: Rules, faults: &mut Faults) -> Vec<(Kind, Rule)> {
    let names = Kind::BUILT_IN.map(Kind::name);
    let mut rules = Vec::new();
    for (name, node) in node.entries(faults) {
        let rule = rule(&node, defaults, faults);
        match (Kind::from_name(name), rule) {
            (None, _) => faults.add(&node, format!("unknown entity; {}", meant(name, &names))),
            (Some(kind), Some(rule)) => rules.push((kind, rule)),
            (Some(_), None) => {}
        }
    }
    rules
}

fn own_pattern(node: &Node<'_>, defaults: Rules, faults: &mut Faults) -> Option<(Custom, Pattern)> {
    let known = [
        "name", "pattern", "context", "check", "action", "with", "mode",
    ];
    let fields = node.fields(faults, &known, &[])?;
    for key in ["name", "pattern"] {
        if fields.get(key).is_none() {
            faults.add(&node.child(key), "is required");
        }
    }
    let name = fields
        .get("name")
        .and_then(|node| entity_name(&node, faults));
    let pattern = fields
        .get("pattern")
        .and_then(|node| pattern(&node, faults));
    let rule = super::rule::of_fields(&fields, Some(Action::Mask), defaults, faults)?;
    let words = fields.get("context");
    let words = words.map_or(Some(Vec::new()), |node| words_of(&node, faults))?;
    let check = match fields.get("check") {
        Some(node) => match node.one_of(faults, "check", &["luhn", "mod97", "none"])? {
            "luhn" => Check::Luhn,
            "mod97" => Check::Mod97,
            _ => Check::None,
        },
        None => Check::None,
    };
    let pattern = Pattern {
        regex: pattern?,
        words,
        check,
    };
    Some((Custom { name: name?, rule }, pattern))
}

/// The words one of which must stand before a match, each of letters only.
fn words_of(node: &Node<'_>, faults: &mut Faults) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for node in node.items(faults) {
        let word = node.text(faults)?;
        if word.is_empty() || !word.chars().all(char::is_alphabetic) {
            node.expected(faults, "one word of letters");
            return None;
        }
        words.push(word.to_lowercase());
    }
    Some(words)
}

/// A name that can stand in a placeholder and in a stat.
fn entity_name(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let name = node.text(faults)?;
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
        node.expected(faults, "lower-case letters, digits and '_', at most 40");
        return None;
    }
    if Kind::from_name(name).is_some() {
        faults.add(node, "is the name of a built-in entity");
        return None;
    }
    Some(name.to_owned())
}

fn pattern(node: &Node<'_>, faults: &mut Faults) -> Option<Regex> {
    let text = node.text(faults)?;
    let pattern = RegexBuilder::new(text).size_limit(PATTERN_SIZE).build();
    match pattern {
        Ok(pattern) if pattern.is_match("") => {
            faults.add(node, "matches the empty text");
            None
        }
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let words = error.to_string();
            let last = words.lines().last().unwrap_or_default();
            faults.add(
                node,
                format!(
                    "not a valid pattern: {}",
                    last.trim_start_matches("error: ")
                ),
            );
            None
        }
    }
}
