//! `keys`: who may call. Texts that may be keys are never repeated in a fault.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::limits;
use super::node::{Fault, Faults, Fields, Node};
use super::values;
use crate::dialect::endpoint;
use crate::digest::Digest;
use crate::policy::Identity;
use crate::policy::keys::{Key, Keys, OnError, Source};
use crate::units::Moment;

const ROW: [&str; 12] = [
    "id",
    "sha256",
    "team",
    "user",
    "plan",
    "tags",
    "models",
    "endpoints",
    "expires",
    "disabled",
    "admin",
    "limits",
];

/// Longest texts and most entries of a row: what stands in it is copied into every log line.
const LONGEST: usize = 128;
const MOST: usize = 64;

pub(super) fn read(node: &Node<'_>, identity: Option<&Identity>, faults: &mut Faults) -> Keys {
    let Some(fields) = node.fields(faults, &["required", "list", "source"], &[]) else {
        return Keys::default();
    };
    let source = fields.get("source");
    let required = fields.get("required").and_then(|node| node.bool(faults));
    let named = identity.is_some_and(|identity| !identity.key.is_empty());
    let list = fields.get("list").map(|node| list(&node, named, faults));
    if list.is_none() && source.is_none() && !named && required != Some(false) {
        faults.add(
            node,
            "nobody could call: expected list, source or identity.key",
        );
    }
    // Whoever writes down keys means that they are needed.
    let mut keys = Keys::new(required.unwrap_or(true), list.unwrap_or_default());
    keys.source = source.and_then(|node| self::source(&node, faults));
    keys
}

/// Reads a key's row as a source tells it. A digest that stands in it must be this one.
///
/// # Errors
///
/// What is wrong with the row.
pub fn key(row: &serde_json::Value, digest: &Digest) -> Result<Key, Vec<Fault>> {
    let mut faults = Faults::default();
    let node = Node::root(row);
    let fields = node.fields(&mut faults, &ROW, &[]);
    if let Some(node) = fields.as_ref().and_then(|fields| fields.get("sha256"))
        && self::digest(&node, &mut faults).is_some_and(|own| own != *digest)
    {
        faults.add(&node, "is another key's");
    }
    let read = fields.and_then(|fields| self::row_of(&node, &fields, &mut faults));
    let found = faults.into_sorted();
    match read {
        Some(key) if found.is_empty() => Ok(key),
        _ => Err(found),
    }
}

fn source(node: &Node<'_>, faults: &mut Faults) -> Option<Source> {
    let known = [
        "kind",
        "cluster",
        "host",
        "path",
        "pointer",
        "ttl",
        "unknown_ttl",
        "timeout",
        "on_error",
    ];
    let fields = node.fields(faults, &known, &[])?;
    for (name, what) in [
        ("kind", "http"),
        ("cluster", "the Envoy cluster that reaches it"),
        ("path", "such as /GET/tollgate:{sha256}"),
    ] {
        if fields.get(name).is_none() {
            faults.add(&node.child(name), format!("is required: {what}"));
        }
    }
    if let Some(node) = fields.get("kind") {
        node.one_of(faults, "kind", &["http"]);
    }
    let cluster = fields.get("cluster").and_then(|node| node.name(faults));
    let host = fields.get("host").and_then(|node| node.name(faults));
    let path = fields.get("path").and_then(|node| {
        let path = node.name(faults)?;
        if !path.starts_with('/') || !path.contains(Source::MARK) {
            node.expected(
                faults,
                "a path with {sha256} in it, such as /GET/tollgate:{sha256}",
            );
        }
        Some(path)
    });
    let pointer = fields.get("pointer").and_then(|node| {
        let pointer = node.text(faults)?;
        if !pointer.is_empty() && !pointer.starts_with('/') {
            node.expected(faults, "a JSON pointer (RFC 6901) such as /GET");
        }
        Some(pointer.to_owned())
    });
    let mut time = |name| {
        fields
            .get(name)
            .and_then(|node| values::duration(&node, faults))
    };
    let (ttl, unknown_ttl, timeout) = (time("ttl"), time("unknown_ttl"), time("timeout"));
    let on_error = fields
        .get("on_error")
        .and_then(|node| node.one_of(faults, "choice", &["refuse", "stale", "allow"]));
    let cluster = cluster?;
    Some(Source {
        host: host.unwrap_or_else(|| cluster.clone()),
        cluster,
        path: path?,
        pointer: pointer.unwrap_or_default(),
        ttl: ttl.unwrap_or(Duration::from_secs(60)),
        unknown_ttl: unknown_ttl.unwrap_or(Duration::from_secs(10)),
        timeout: timeout.unwrap_or(Duration::from_secs(1)),
        on_error: match on_error {
            Some("stale") => OnError::Stale,
            Some("allow") => OnError::Allow,
            _ => OnError::Refuse,
        },
    })
}

/// `named`: a key may be known by its id alone.
fn list(node: &Node<'_>, named: bool, faults: &mut Faults) -> Vec<(Option<Digest>, Key)> {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut digests: HashMap<u64, usize> = HashMap::new();
    let mut rows = Vec::new();
    for (nth, node) in node.items(faults).iter().enumerate() {
        let Some((digest, key)) = row(node, named, faults) else {
            continue;
        };
        if let Some(other) = ids.insert(key.id.clone(), nth) {
            faults.add(&node.child("id"), format!("is that of list[{other}]"));
        }
        let other = digest.and_then(|digest| digests.insert(digest.beginning(), nth));
        if let Some(other) = other {
            faults.add(&node.child("sha256"), format!("is that of list[{other}]"));
        }
        rows.push((digest, key));
    }
    rows
}

/// A key's row, and the digest that it is found by.
fn row(node: &Node<'_>, named: bool, faults: &mut Faults) -> Option<(Option<Digest>, Key)> {
    let fields = node.fields(faults, &ROW, &[])?;
    let digest = fields.get("sha256").map(|node| digest(&node, faults));
    if digest.is_none() && !named {
        let message = "is required: the SHA-256 of the key, as 64 hexadecimal digits";
        faults.add(&node.child("sha256"), message);
    }
    let key = row_of(node, &fields, faults)?;
    Some((digest.flatten(), key))
}

fn row_of(node: &Node<'_>, fields: &Fields<'_, '_>, faults: &mut Faults) -> Option<Key> {
    let mut name = |key| fields.get(key).and_then(|node| short(&node, faults));
    let (id, team, user, plan) = (name("id"), name("team"), name("user"), name("plan"));
    if fields.get("id").is_none() {
        faults.add(&node.child("id"), "is required: what logs call the key");
    }
    let mut flag = |key| fields.get(key).and_then(|node| node.bool(faults));
    let (disabled, admin) = (flag("disabled"), flag("admin"));
    let id = id?;
    Some(Key {
        team,
        user,
        plan,
        tags: fields
            .get("tags")
            .map_or_else(BTreeMap::new, |node| tags(&node, faults)),
        models: fields.get("models").map(|node| models(&node, faults)),
        endpoints: fields.get("endpoints").map(|node| endpoints(&node, faults)),
        expires: fields.get("expires").and_then(|node| moment(&node, faults)),
        disabled: disabled.unwrap_or(false),
        admin: admin.unwrap_or(false),
        limits: fields
            .get("limits")
            .map_or_else(Vec::new, |node| limits::of_key(&node, &id, faults)),
        id,
    })
}

fn digest(node: &Node<'_>, faults: &mut Faults) -> Option<Digest> {
    let digest = node.as_text().and_then(Digest::read);
    if digest.is_none() {
        // What stands here may be the key itself: it is not repeated.
        faults.add(
            node,
            "expected the key's SHA-256 as 64 hexadecimal digits, and not the key",
        );
    }
    digest
}

fn short(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let name = node.name(faults)?;
    if name.len() > LONGEST {
        faults.add(node, format!("is longer than {LONGEST} bytes"));
        return None;
    }
    Some(name)
}

fn tags(node: &Node<'_>, faults: &mut Faults) -> BTreeMap<String, String> {
    let entries = node.entries(faults);
    if entries.len() > MOST {
        faults.add(node, format!("at most {MOST} tags are allowed"));
    }
    let read = entries.iter().filter_map(|(name, node)| {
        let plain = |char: char| {
            char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '_' | '.')
        };
        if name.is_empty() || name.len() > LONGEST || !name.chars().all(plain) {
            faults.add(
                node,
                "a tag's name has small letters, digits, '-', '_' and '.' only",
            );
        }
        Some(((*name).to_owned(), short(node, faults)?))
    });
    read.collect()
}

fn models(node: &Node<'_>, faults: &mut Faults) -> Vec<String> {
    let items = node.items(faults);
    items.iter().filter_map(|node| node.name(faults)).collect()
}

fn endpoints(node: &Node<'_>, faults: &mut Faults) -> Vec<&'static str> {
    let items = node.items(faults);
    let names = items
        .iter()
        .filter_map(|node| node.one_of(faults, "endpoint", &endpoint::NAMES));
    names.collect()
}

fn moment(node: &Node<'_>, faults: &mut Faults) -> Option<Moment> {
    let moment = node.as_text().and_then(Moment::read);
    if moment.is_none() {
        node.expected(
            faults,
            "a moment as RFC 3339 writes it, such as 2027-01-31T00:00:00Z",
        );
    }
    moment
}
