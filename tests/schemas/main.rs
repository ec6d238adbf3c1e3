//! Translated requests against the types of the providers' own SDKs, as PyPI has them: each probe of the table of
//! what is carried, from each client to each provider. schemas.py looks at the bodies.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

#[allow(dead_code, reason = "the table needs more of it")]
#[path = "../carried/carry.rs"]
mod carry;
#[path = "../sdk/envoy.rs"]
mod envoy;
#[path = "../carried/probes/mod.rs"]
mod probes;
#[path = "../sdk/venv.rs"]
mod venv;

use std::fs;

use carry::{TARGETS, Target};
use envoy::{scratch, top};
use probes::clients;
use serde_json::json;
use venv::Venv;

/// Those that are written to by other means, or by other models, than those of the table.
const MORE: [Target; 4] = [
    Target {
        kind: "bedrock",
        model: "amazon.nova-pro-v1:0",
    },
    Target {
        kind: "anthropic",
        model: "claude-opus-4-7",
    },
    Target {
        kind: "gemini",
        model: "gemini-3-pro-preview",
    },
    Target {
        kind: "openai",
        model: "gpt-4o",
    },
];

#[test]
#[ignore = "it installs seven packages; make test-schemas runs it"]
fn what_is_sent_fits_the_providers_own_types() {
    let mut lines = String::new();
    for client in clients() {
        for target in TARGETS.iter().chain(&MORE) {
            if target.takes_as_is(&client) {
                continue;
            }
            for probe in &client.probes {
                if let Ok((body, _)) = target.written(&client, &probe.with) {
                    let line = json!({"client": client.dialect.name(), "kind": target.kind, "feature": probe.feature,
                        "dialect": target.dialect(&client).name(), "model": target.model, "body": body});
                    lines += &format!("{line}\n");
                }
            }
        }
    }
    let file = scratch().join(format!("schemas-{}.jsonl", std::process::id()));
    fs::write(&file, lines).unwrap();
    let folder = top().join("tests/schemas");
    let mut python =
        Venv::with(&folder.join("requirements.txt")).python(&folder.join("schemas.py"));
    let done = python.arg(&file).output().unwrap();
    fs::remove_file(file).unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    println!("{said}");
    assert!(done.status.success(), "{said}{errors}");
}
