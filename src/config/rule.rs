//! One rule: what is done about a kind, and whether it is. `mask`, or `{action: replace, with: "…", mode: observe}`.

use super::node::{Faults, Fields, Node};
use crate::policy::{Action, Mode, Rule};

const ACTIONS: [&str; 8] = [
    "mask", "replace", "hash", "partial", "fake", "block", "observe", "off",
];

/// What stands in the place of a value if nothing else is configured.
const REPLACED: &str = "[redacted]";

/// The longest text that may stand in the place of a value, in bytes.
const LONGEST: usize = 200;

/// What holds for every rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Of those that have none of their own.
    pub(super) mode: Mode,
    /// There is a key for hashes.
    pub(super) has_key: bool,
}

/// A rule; `None` for `off`, which YAML 1.1 reads as `false`.
pub(super) fn rule(node: &Node<'_>, rules: Rules, faults: &mut Faults) -> Option<Rule> {
    if !node.is_object() {
        return Some(Rule {
            action: action(node, None, rules, faults)?,
            mode: rules.mode,
        });
    }
    let fields = node.fields(faults, &["action", "with", "mode"], &[])?;
    if fields.get("action").is_none() {
        faults.add(&node.child("action"), "is required");
    }
    of_fields(&fields, None, rules, faults)
}

/// The rule of an object with `action`, `with` and `mode`; `usual` is done where it does not say.
pub(super) fn of_fields(
    fields: &Fields<'_, '_>,
    usual: Option<Action>,
    rules: Rules,
    faults: &mut Faults,
) -> Option<Rule> {
    let mode = of_mode(fields, rules, faults);
    let with = fields.get("with");
    let action = match fields.get("action") {
        Some(node) => action(&node, with.as_ref(), rules, faults)?,
        None => usual?,
    };
    if let (Some(node), false) = (with, matches!(action, Action::Replace(_))) {
        faults.add(&node, "only says something with the action replace");
    }
    Some(Rule { action, mode })
}

/// The mode of an object. Where all rules are only observed, so is each.
fn of_mode(fields: &Fields<'_, '_>, rules: Rules, faults: &mut Faults) -> Mode {
    let own = fields.get("mode").and_then(|node| mode(&node, faults));
    match rules.mode {
        Mode::Observe => Mode::Observe,
        Mode::Enforce => own.unwrap_or_default(),
    }
}

/// `enforce` or `observe`.
pub(super) fn mode(node: &Node<'_>, faults: &mut Faults) -> Option<Mode> {
    Some(
        match node.one_of(faults, "mode", &["enforce", "observe"])? {
            "observe" => Mode::Observe,
            _ => Mode::Enforce,
        },
    )
}

fn action(
    node: &Node<'_>,
    with: Option<&Node<'_>>,
    rules: Rules,
    faults: &mut Faults,
) -> Option<Action> {
    if node.as_bool() == Some(false) {
        return None;
    }
    Some(match node.one_of(faults, "action", &ACTIONS)? {
        "mask" => Action::Mask,
        "replace" => Action::Replace(match with {
            Some(node) => text(node, faults)?,
            None => REPLACED.to_owned(),
        }),
        "hash" => {
            if !rules.has_key {
                faults.add(node, "hash needs redact.key: {env: NAME} or {value: text}");
            }
            Action::Hash
        }
        "partial" => Action::Partial,
        "fake" => Action::Fake,
        "block" => Action::Block,
        "observe" => Action::Observe,
        _ => return None,
    })
}

/// It is put into JSON, and into JSON within JSON, as it is.
fn text(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let text = node.text(faults)?;
    let bad = |char: char| char.is_control() || matches!(char, '"' | '\\');
    if text.len() > LONGEST || text.chars().any(bad) {
        node.expected(
            faults,
            "a text without quotation marks, backslashes and line ends, at most 200 bytes",
        );
        return None;
    }
    Some(text.to_owned())
}
