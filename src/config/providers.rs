//! `providers`: name → one account at one endpoint.

use super::node::{Faults, Node};
use super::values;
use crate::dialect::{ROWS, Row};
use crate::policy::{Credential, Provider, Secret, Timeouts};

pub(super) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

const KEYS: [&str; 10] = [
    "kind",
    "cluster",
    "host",
    "path_prefix",
    "region",
    "project",
    "api_version",
    "prompt_cache",
    "api_key",
    "timeouts",
];

pub(super) fn read(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Vec<Provider> {
    let entries = node.entries(faults);
    if node.is_object() && entries.is_empty() {
        faults.add(node, "at least one provider is required");
    }
    entries
        .iter()
        .filter_map(|(name, node)| provider(name, node, env, faults))
        .collect()
}

fn provider(name: &str, node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Provider> {
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(plain) {
        faults.add(
            node,
            "a provider's name has letters, digits, '-', '_' and '.' only",
        );
    }
    let fields = node.fields(faults, &KEYS, &[])?;
    let kinds: Vec<&str> = ROWS.iter().map(|row| row.kind).collect();
    let kind = match fields.get("kind") {
        Some(node) => node.one_of(faults, "kind", &kinds),
        None => {
            let message = format!("is required: one of {}", kinds.join(", "));
            faults.add(&node.child("kind"), message);
            None
        }
    };
    let row = kind.and_then(|kind| ROWS.iter().find(|row| row.kind == kind));
    let cluster = fields.get("cluster").and_then(|node| node.name(faults));
    let host = fields.get("host").and_then(|node| host(&node, faults));
    let prefix = fields
        .get("path_prefix")
        .and_then(|node| prefix(&node, faults));
    let region = fields.get("region").and_then(|node| node.name(faults));
    let project = fields.get("project").and_then(|node| node.name(faults));
    let account = [
        ("{region}", "region", region),
        ("{project}", "project", project),
    ];
    let api_version = fields
        .get("api_version")
        .and_then(|node| version(&node, faults));
    let mark_cache = fields
        .get("prompt_cache")
        .and_then(|node| node.one_of(faults, "mode", &["auto", "off"]));
    let credential = match fields.get("api_key") {
        Some(node) => credential(&node, env, faults),
        None => {
            let message = "is required: {env: NAME}, {value: text}, {from: client} or none";
            faults.add(&node.child("api_key"), message);
            None
        }
    };
    let timeouts = fields
        .get("timeouts")
        .map_or_else(Timeouts::default, |node| values::timeouts(&node, faults));
    let row = row?;
    let host = match (host, row.host) {
        (Some(host), _) => Some(host),
        (None, Some(usual)) => filled(usual, &account, row, node, faults),
        (None, None) => {
            let message = format!("is required for the kind {:?}", row.kind);
            faults.add(&node.child("host"), message);
            None
        }
    };
    let prefix = match prefix {
        Some(prefix) => Some(prefix),
        None => filled(row.prefix, &account, row, node, faults),
    };
    Some(Provider {
        name: name.to_owned(),
        row,
        cluster: cluster.unwrap_or_else(|| name.to_owned()),
        host: host?,
        prefix: prefix?,
        api_version,
        mark_cache: mark_cache == Some("auto"),
        credential: credential?,
        timeouts,
    })
}

/// A host or a path of a kind of provider, with what stands for the operator's account filled in.
fn filled(
    usual: &str,
    account: &[(&str, &str, Option<String>)],
    row: &Row,
    node: &Node<'_>,
    faults: &mut Faults,
) -> Option<String> {
    let mut text = usual.to_owned();
    let mut complete = true;
    for (mark, key, value) in account.iter().filter(|(mark, ..)| usual.contains(mark)) {
        match value.as_deref() {
            // Vertex AI's global endpoint has no region in its name.
            Some("global") if text.starts_with("{region}-") => {
                text = text.replace("{region}-", "");
            }
            Some(value) => text = text.replace(mark, value),
            None => {
                let message = format!(
                    "is required for the kind {:?}, or a host and a path_prefix",
                    row.kind
                );
                faults.add(&node.child(key), message);
                complete = false;
            }
        }
    }
    complete.then_some(text)
}

/// Azure's `api-version`, such as `2024-10-21` or `preview`.
fn version(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let text = node.name(faults)?;
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.');
    if !text.chars().all(plain) {
        node.expected(faults, "a version such as 2024-10-21");
        return None;
    }
    Some(text.to_owned())
}

/// A name or an address, with a port if need be (RFC 9110, section 7.2).
fn host(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let host = node.name(faults)?;
    if host.contains(['/', '?', '#', '@']) {
        node.expected(faults, "a host such as vllm.internal or 10.0.0.7:8000");
        return None;
    }
    Some(host)
}

fn prefix(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let text = node.text(faults)?;
    let bare = text.trim_end_matches('/');
    if !bare.is_empty() && !bare.starts_with('/') || bare.contains(['?', '#', ' ']) {
        node.expected(faults, "a path such as /v1");
        return None;
    }
    Some(bare.to_owned())
}

fn credential(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Credential> {
    const FORMS: &str = "{env: NAME}, {value: text}, {from: client} or none";
    if node.as_text() == Some("none") {
        return Some(Credential::None);
    }
    if !node.is_object() {
        // What stands here may be a key: it is not repeated.
        faults.add(node, format!("expected {FORMS}"));
        return None;
    }
    let fields = node.fields(faults, &["env", "value", "from"], &[])?;
    let (env_name, value) = (fields.get("env"), fields.get("value"));
    match (env_name, value, fields.get("from")) {
        (Some(node), None, None) => {
            let name = node.name(faults)?;
            let found = env(&name).filter(|key| !key.is_empty());
            match found {
                Some(key) => key_of(&key, &node, faults),
                None => Some(Credential::Unset(name)),
            }
        }
        (None, Some(node), None) => key_of(node.text(faults)?, &node, faults),
        (None, None, Some(node)) => {
            node.one_of(faults, "source", &["client"])?;
            Some(Credential::Client)
        }
        _ => {
            faults.add(node, format!("expected exactly one of {FORMS}"));
            None
        }
    }
}

/// A key of the operator's own, which no client sends: `{env: NAME}`, `{value: text}` or `none`.
pub(super) fn own_key(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Secret> {
    match credential(node, env, faults)? {
        Credential::Key(secret) => Some(secret),
        Credential::None => None,
        Credential::Unset(name) => {
            faults.add(node, format!("the environment variable {name} is not set"));
            None
        }
        Credential::Client => {
            node.expected(faults, "{env: NAME}, {value: text} or none");
            None
        }
    }
}

/// A key must be able to stand in a header (RFC 9110, section 5.5).
fn key_of(key: &str, node: &Node<'_>, faults: &mut Faults) -> Option<Credential> {
    let key = key.trim();
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        faults.add(
            node,
            "the key is empty or has characters that a header cannot carry",
        );
        return None;
    }
    Some(Credential::Key(Secret::new(key)))
}
