//! `guard`: what a request must not exceed.

use super::node::{Faults, Node};
use super::{injection, values};
use crate::policy::{Guard, Injection};

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Guard {
    let mut guard = Guard::default();
    let known = ["max_body", "max_input_tokens", "unknown_paths", "injection"];
    let Some(fields) = node.fields(faults, &known, &["deny", "reply_schema"]) else {
        return guard;
    };
    if let Some(bytes) = fields
        .get("max_body")
        .and_then(|node| values::size(&node, faults))
    {
        guard.max_body = bytes;
    }
    guard.max_input_tokens = fields
        .get("max_input_tokens")
        .and_then(|node| node.whole(faults, 1, u32::MAX))
        .map(u64::from);
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
