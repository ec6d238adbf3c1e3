//! `limit_store`: where limits are counted.

use std::time::Duration;

use super::node::{Faults, Node};
use super::values::duration;
use crate::policy::{Fleet, OnStoreError, Store};

const KEYS: [&str; 6] = [
    "kind",
    "cluster",
    "domain",
    "timeout",
    "on_store_error",
    "descriptors",
];

/// How long the service may take for an answer, unless it is said.
const TIMEOUT: Duration = Duration::from_millis(100);

pub(super) fn read(node: &Node<'_>, faults: &mut Faults) -> Store {
    if !node.is_object() {
        node.one_of(faults, "store", &["local"]);
        return Store::Local;
    }
    let Some(fields) = node.fields(faults, &KEYS, &[]) else {
        return Store::Local;
    };
    match fields.get("kind") {
        Some(kind) => {
            kind.one_of(faults, "kind", &["rls"]);
        }
        None => faults.add(&node.child("kind"), "is required: rls"),
    }
    let cluster = fields.get("cluster");
    if cluster.is_none() {
        faults.add(
            &node.child("cluster"),
            "is required: the Envoy cluster of the service",
        );
    }
    let text = |key: &str, faults: &mut Faults| fields.get(key).and_then(|node| node.name(faults));
    let domain = text("domain", faults);
    let timeout = fields
        .get("timeout")
        .and_then(|node| duration(&node, faults));
    let words = ["allow", "refuse", "local"];
    let on_error = fields.get("on_store_error");
    let on_error = on_error.and_then(|node| node.one_of(faults, "choice", &words));
    let apart = fields.get("descriptors");
    let apart = apart.and_then(|node| node.one_of(faults, "choice", &["together", "apart"]));
    Store::Rls(Fleet {
        cluster: cluster
            .and_then(|node| node.name(faults))
            .unwrap_or_default(),
        domain: domain.unwrap_or_else(|| "tollgate".to_owned()),
        timeout: timeout.unwrap_or(TIMEOUT),
        on_error: match on_error {
            Some("allow") => OnStoreError::Allow,
            Some("refuse") => OnStoreError::Refuse,
            _ => OnStoreError::Local,
        },
        apart: apart == Some("apart"),
    })
}
