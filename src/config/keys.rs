//! `keys`: who may call. Texts that may be keys are never repeated in a fault.

use std::collections::{BTreeMap, HashMap};

use super::node::{Faults, Fields, Node};
use crate::dialect::endpoint;
use crate::digest::Digest;
use crate::policy::keys::{Key, Keys};
use crate::units::Moment;

const ROW: [&str; 11] = [
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
];

/// Longest texts and most entries of a row: what stands in it is copied into every log line.
const LONGEST: usize = 128;
const MOST: usize = 64;

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Keys {
    let Some(fields) = node.fields(faults, &["required", "list"], &["source"]) else {
        return Keys::default();
    };
    let required = fields.get("required").and_then(|node| node.bool(faults));
    let list = fields.get("list").map(|node| list(&node, faults));
    // Whoever writes down keys means that they are needed.
    Keys::new(required.unwrap_or(true), list.unwrap_or_default())
}

fn list(node: &Node<'_>, faults: &mut Faults) -> Vec<(Option<Digest>, Key)> {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut digests: HashMap<u64, usize> = HashMap::new();
    let mut rows = Vec::new();
    for (nth, node) in node.items(faults).iter().enumerate() {
        let Some((digest, key)) = row(node, faults) else {
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
fn row(node: &Node<'_>, faults: &mut Faults) -> Option<(Option<Digest>, Key)> {
    let fields = node.fields(faults, &ROW, &["limits"])?;
    let digest = fields.get("sha256").map(|node| digest(&node, faults));
    if digest.is_none() {
        let message = "is required: the SHA-256 of the key, as 64 hexadecimal digits";
        faults.add(&node.child("sha256"), message);
    }
    let key = key(node, &fields, faults)?;
    Some((digest?, key))
}

fn key(node: &Node<'_>, fields: &Fields<'_, '_>, faults: &mut Faults) -> Option<Key> {
    let mut name = |key| fields.get(key).and_then(|node| short(&node, faults));
    let (id, team, user, plan) = (name("id"), name("team"), name("user"), name("plan"));
    if fields.get("id").is_none() {
        faults.add(&node.child("id"), "is required: what logs call the key");
    }
    let mut flag = |key| fields.get(key).and_then(|node| node.bool(faults));
    let (disabled, admin) = (flag("disabled"), flag("admin"));
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
        limits: None,
        id: id?,
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
