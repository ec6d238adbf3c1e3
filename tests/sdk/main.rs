//! The clients that applications use, as PyPI and npm have them, unmodified, against a real Envoy: SDKs, frameworks
//! and agents. Each has a file in `python/` or `node/` that turns one table of cases into its own calls.
//!
//! What the providers heard in the meantime is looked at here. `CLIENT=part-of-a-name` goes through some only.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

mod agents;
mod clients;
mod envoy;
mod heard;
mod npm;
mod openai;
#[path = "../../examples/provider/server.rs"]
mod provider;
mod venv;

use std::process::Command;

/// What clients use as their key, and as personal data.
const CLIENT_KEY: &str = "sk-of-the-client";
const EMAIL: &str = "ada@example.com";
const PHONE: &str = "+44 20 7946 0958";

/// The header in which each request says of which case it is.
const CASE: &str = "x-sdk-case";

/// Is a client of this name wanted?
fn wanted(name: &str) -> bool {
    std::env::var("CLIENT").map_or(true, |part| name.contains(&part))
}

/// Takes out of a client's environment what would lead it elsewhere, and tells it what it has to know.
fn furnish(command: &mut Command) {
    const OTHERS: [&str; 7] = [
        "OPENAI_",
        "ANTHROPIC_",
        "GOOGLE_",
        "GEMINI_",
        "MISTRAL_",
        "CLAUDE",
        "CODEX_",
    ];
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let others = OTHERS.iter().any(|others| name.starts_with(others));
        if others || name.to_ascii_lowercase().ends_with("_proxy") {
            command.env_remove(name);
        }
    }
    command.envs([
        ("CLIENT_KEY", CLIENT_KEY),
        ("EMAIL", EMAIL),
        ("PHONE", PHONE),
    ]);
}
