//! `guard`: what a request must not exceed, and what may not be said.

use super::deny;
use super::node::{Faults, Node};
use super::{injection, values};
use crate::policy::{Ceiling, Guard, Injection, Mode, OutputLimit, ReplySchema};

const KEYS: [&str; 9] = [
    "max_body",
    "max_input_tokens",
    "max_output_tokens",
    "max_messages",
    "max_tools",
    "deny",
    "injection",
    "reply_schema",
    "unknown_paths",
];

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Guard {
    let mut guard = Guard::default();
    let Some(fields) = node.fields(faults, &KEYS, &[]) else {
        return guard;
    };
    if let Some(bytes) = fields
        .get("max_body")
        .and_then(|node| values::size(&node, faults))
    {
        guard.max_body = bytes;
    }
    let mut most = |key: &str| {
        let node = fields.get(key)?;
        limit(&node, &["limit", "mode"], faults)
    };
    guard.max_input_tokens = most("max_input_tokens");
    guard.max_messages = most("max_messages");
    guard.max_tools = most("max_tools");
    if let Some(node) = fields.get("max_output_tokens") {
        guard.max_output_tokens = output_limit(&node, faults);
    }
    if let Some(node) = fields.get("deny") {
        guard.deny = deny::read(&node, faults);
    }
    if let Some(node) = fields.get("reply_schema") {
        guard.reply_schema = reply_schema(&node, faults);
    }
    if let Some(node) = fields.get("unknown_paths") {
        let word = node.one_of(faults, "choice", &["pass", "refuse"]);
        guard.refuse_unknown_paths = word == Some("refuse");
    }
    guard
}

/// `guard.injection`; what else stands in `guard` is [`read`] beside it.
pub(super) fn injection(
    node: &Node<'_>,
    env: &dyn Fn(&str) -> Option<String>,
    faults: &mut Faults,
) -> Option<Injection> {
    let node = node.member("injection")?;
    injection::read(&node, env, faults)
}

/// A number, or `{limit, mode}`.
fn limit(node: &Node<'_>, keys: &[&str], faults: &mut Faults) -> Option<Ceiling> {
    if !node.is_object() {
        let most = u64::from(node.whole(faults, 1, u32::MAX)?);
        return Some(Ceiling {
            most,
            mode: Mode::Enforce,
        });
    }
    let fields = node.fields(faults, keys, &[])?;
    let mode = fields.get("mode").map(|node| mode(&node, faults));
    let Some(own) = fields.get("limit") else {
        faults.add(&node.child("limit"), "is required: how many");
        return None;
    };
    Some(Ceiling {
        most: u64::from(own.whole(faults, 1, u32::MAX)?),
        mode: mode.unwrap_or_default(),
    })
}

/// A number, to which requests are clamped, or `{limit, action, mode}`.
fn output_limit(node: &Node<'_>, faults: &mut Faults) -> Option<OutputLimit> {
    let limit = limit(node, &["limit", "action", "mode"], faults);
    let action = node.member("action");
    let action = action.and_then(|node| node.one_of(faults, "action", &["clamp", "refuse"]));
    Some(OutputLimit {
        limit: limit?,
        clamps: action != Some("refuse"),
    })
}

/// YAML 1.1 reads `off` as `false`.
fn reply_schema(node: &Node<'_>, faults: &mut Faults) -> ReplySchema {
    if node.as_bool() == Some(false) {
        return ReplySchema::Off;
    }
    match node.one_of(faults, "choice", &["enforce", "header", "off"]) {
        Some("enforce") => ReplySchema::Enforce,
        Some("header") => ReplySchema::Header,
        _ => ReplySchema::Off,
    }
}

/// `enforce`, which is the default, or `observe`.
pub(super) fn mode(node: &Node<'_>, faults: &mut Faults) -> Mode {
    match node.one_of(faults, "mode", &["enforce", "observe"]) {
        Some("observe") => Mode::Observe,
        _ => Mode::Enforce,
    }
}
