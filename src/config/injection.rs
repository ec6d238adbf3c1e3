//! `guard.injection`: prompt attacks, and who else is asked about them.

use std::time::Duration;

use super::node::{Faults, Fields, Node};
use super::providers::own_key;
use super::values;
use crate::injection::Detector;
use crate::policy::{Bar, Injection, Mode, OnError, Opinion, OpinionForm, Response};

/// The score from which on a user's text is an attack, in thousandths.
const THRESHOLD: u16 = 850;

/// How long a second opinion may take.
const TIMEOUT: Duration = Duration::from_secs(1);

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) fn read(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Injection> {
    if node.as_bool() == Some(false) {
        return None;
    }
    let known = [
        "mode",
        "action",
        "threshold",
        "tools",
        "documents",
        "second_opinion",
    ];
    let fields = node.fields(faults, &known, &[])?;
    let mode = fields
        .get("mode")
        .and_then(|node| node.one_of(faults, "mode", &["enforce", "observe"]));
    let usual = Bar {
        threshold: THRESHOLD,
        response: Response::Block,
    };
    let users = bar(&fields, usual, faults);
    let mut others = |key: &str| {
        let node = fields.get(key)?;
        let fields = node.fields(faults, &["threshold", "action"], &[])?;
        Some(bar(&fields, users, faults))
    };
    let tools = others("tools").unwrap_or(users);
    let documents = others("documents").unwrap_or(tools);
    let opinion = fields
        .get("second_opinion")
        .and_then(|node| opinion(&node, env, faults));
    Some(Injection {
        mode: match mode {
            Some("observe") => Mode::Observe,
            _ => Mode::Enforce,
        },
        detector: Detector::new(),
        users,
        tools,
        documents,
        opinion,
    })
}

/// What is not written is as it is in `usual`.
fn bar(fields: &Fields<'_, '_>, usual: Bar, faults: &mut Faults) -> Bar {
    let threshold = fields
        .get("threshold")
        .and_then(|node| score(&node, faults));
    let response = fields
        .get("action")
        .and_then(|node| node.one_of(faults, "action", &["block", "tag", "observe"]));
    Bar {
        threshold: threshold.unwrap_or(usual.threshold),
        response: match response {
            Some("block") => Response::Block,
            Some("tag") => Response::Tag,
            Some(_) => Response::Observe,
            None => usual.response,
        },
    }
}

/// A score from 0 to 1, in thousandths.
fn score(node: &Node<'_>, faults: &mut Faults) -> Option<u16> {
    let number = node.number(faults)?;
    if !(0.0..=1.0).contains(&number) {
        node.expected(faults, "a score from 0 to 1");
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range"
    )]
    Some((number * 1000.0).round() as u16)
}

fn opinion(node: &Node<'_>, env: Env<'_>, faults: &mut Faults) -> Option<Opinion> {
    let known = [
        "kind", "cluster", "host", "path", "model", "api_key", "timeout", "on_error", "zone",
    ];
    let fields = node.fields(faults, &known, &[])?;
    for key in ["kind", "cluster"] {
        if fields.get(key).is_none() {
            faults.add(&node.child(key), "is required");
        }
    }
    let kind = fields
        .get("kind")
        .and_then(|node| node.one_of(faults, "kind", &["openai", "webhook"]));
    let cluster = fields.get("cluster").and_then(|node| node.name(faults));
    let host = fields.get("host").and_then(|node| node.name(faults));
    let path = fields.get("path").and_then(|node| path(&node, faults));
    let model = fields.get("model").and_then(|node| node.name(faults));
    let key = fields
        .get("api_key")
        .and_then(|node| own_key(&node, env, faults));
    let timeout = fields
        .get("timeout")
        .and_then(|node| values::duration(&node, faults));
    let on_error = fields
        .get("on_error")
        .and_then(|node| node.one_of(faults, "choice", &["allow", "refuse", "local"]));
    let zone = fields.get("zone").and_then(|node| zone(&node, faults));
    let (form, usual) = match (kind?, model) {
        ("webhook", None) => (OpinionForm::Webhook, "/"),
        ("webhook", Some(_)) => {
            faults.add(&node.child("model"), "a webhook has no model");
            return None;
        }
        (_, model)
            if path
                .as_deref()
                .is_some_and(|path| path.ends_with("/moderations")) =>
        {
            (OpinionForm::Moderation(model), "")
        }
        (_, Some(model)) => (OpinionForm::Chat(model), "/v1/chat/completions"),
        (_, None) => {
            let message = "is required, unless the path ends with /moderations";
            faults.add(&node.child("model"), message);
            return None;
        }
    };
    let cluster = cluster?;
    Some(Opinion {
        form,
        host: host.unwrap_or_else(|| cluster.clone()),
        cluster,
        path: path.unwrap_or_else(|| usual.to_owned()),
        key,
        timeout: timeout.unwrap_or(TIMEOUT),
        on_error: match on_error {
            Some("allow") => OnError::Allow,
            Some("refuse") => OnError::Refuse,
            _ => OnError::Local,
        },
        zone: zone.unwrap_or((0, 1000)),
    })
}

fn path(node: &Node<'_>, faults: &mut Faults) -> Option<String> {
    let path = node.name(faults)?;
    if !path.starts_with('/') {
        node.expected(faults, "a path that begins with /");
        return None;
    }
    Some(path)
}

/// Two scores, the lower one first.
fn zone(node: &Node<'_>, faults: &mut Faults) -> Option<(u16, u16)> {
    let items = node.items(faults);
    let [low, high] = items.as_slice() else {
        if node.is_list() {
            node.expected(faults, "two scores, such as [0.5, 0.9]");
        }
        return None;
    };
    let (low, high) = (score(low, faults)?, score(high, faults)?);
    if low > high {
        faults.add(node, "the second score is lower than the first");
        return None;
    }
    Some((low, high))
}
