//! `observe.audit`: what the log is sealed with.

use super::node::{Faults, Node};
use crate::policy::Secret;

/// Below so many bytes a key could be found by trying.
const SHORTEST: usize = 16;

pub(super) fn read(
    node: &Node<'_>,
    env: &dyn Fn(&str) -> Option<String>,
    faults: &mut Faults,
) -> Option<Secret> {
    const FORMS: &str = "{env: NAME} or {value: text}";
    let fields = node.fields(faults, &["key"], &[])?;
    let Some(node) = fields.get("key").filter(Node::is_object) else {
        // What stands here may be the key: it is not repeated.
        faults.add(&node.child("key"), format!("expected {FORMS}"));
        return None;
    };
    let fields = node.fields(faults, &["env", "value"], &[])?;
    let key = match (fields.get("env"), fields.get("value")) {
        (Some(node), None) => {
            let name = node.name(faults)?;
            let found = env(&name);
            if found.is_none() {
                // Without its key the audit would be off, and nobody would know.
                faults.add(&node, format!("{name} is not set, or not in host_env_keys"));
            }
            found?
        }
        (None, Some(node)) => node.text(faults)?.to_owned(),
        _ => {
            faults.add(&node, format!("expected exactly one of {FORMS}"));
            return None;
        }
    };
    let key = key.trim();
    if key.len() < SHORTEST {
        faults.add(&node, format!("the key has fewer than {SHORTEST} bytes"));
        return None;
    }
    Some(Secret::new(key))
}
