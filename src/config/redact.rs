//! `redact`: what is done about personal data and secrets.

use regex::{Regex, RegexBuilder};

use super::node::{Faults, Node, meant};
use crate::pii::{Detector, Kind};
use crate::policy::{Action, Custom, Mode, Redact};

const KEYS: [&str; 5] = ["mode", "entities", "custom", "restore", "replies"];
const ACTIONS: [&str; 4] = ["mask", "block", "observe", "off"];

/// The largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Option<Redact> {
    let fields = node.fields(faults, &KEYS, &[])?;
    let mode = fields
        .get("mode")
        .and_then(|node| node.one_of(faults, "mode", &["enforce", "observe"]));
    let actions = fields
        .get("entities")
        .map(|node| entities(&node, faults))
        .unwrap_or_default();
    let mut custom = Vec::new();
    let mut patterns = Vec::new();
    if let Some(list) = fields.get("custom") {
        for node in list.items(faults) {
            if let Some((rule, pattern)) = own_pattern(&node, faults) {
                if custom.iter().any(|known: &Custom| known.name == rule.name) {
                    faults.add(&node.child("name"), "is used twice");
                }
                custom.push(rule);
                patterns.push(pattern);
            }
        }
    }
    let restore = fields.get("restore").and_then(|node| node.bool(faults));
    if let Some(node) = fields.get("replies")
        && node.bool(faults) == Some(true)
    {
        faults.add(&node, "not supported yet");
    }
    let kinds: Vec<Kind> = actions.iter().map(|(kind, _)| *kind).collect();
    Some(Redact {
        mode: match mode {
            Some("observe") => Mode::Observe,
            _ => Mode::Enforce,
        },
        detector: Detector::new(&kinds, patterns),
        actions,
        custom,
        restore: restore.unwrap_or(true),
    })
}

fn entities(node: &Node<'_>, faults: &mut Faults) -> Vec<(Kind, Action)> {
    let names = Kind::BUILT_IN.map(Kind::name);
    let mut actions = Vec::new();
    for (name, node) in node.entries(faults) {
        let action = action(&node, faults);
        match (Kind::from_name(name), action) {
            (None, _) => faults.add(&node, format!("unknown entity; {}", meant(name, &names))),
            (Some(kind), Some(action)) => actions.push((kind, action)),
            (Some(_), None) => {}
        }
    }
    actions
}

/// An action; `None` for `off`, which YAML 1.1 reads as `false`.
fn action(node: &Node<'_>, faults: &mut Faults) -> Option<Action> {
    if node.as_bool() == Some(false) {
        return None;
    }
    match node.one_of(faults, "action", &ACTIONS)? {
        "mask" => Some(Action::Mask),
        "block" => Some(Action::Block),
        "observe" => Some(Action::Observe),
        _ => None,
    }
}

fn own_pattern(node: &Node<'_>, faults: &mut Faults) -> Option<(Custom, Regex)> {
    let fields = node.fields(faults, &["name", "pattern", "action"], &[])?;
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
    let action = match fields.get("action") {
        Some(node) => action(&node, faults)?,
        None => Action::Mask,
    };
    Some((
        Custom {
            name: name?,
            action,
        },
        pattern?,
    ))
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
