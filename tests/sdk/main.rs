//! The OpenAI SDK for Python, as PyPI has it, against a real Envoy with the shipped configuration.
//!
//! openai_chat.py has the cases. What the provider heard in the meantime is looked at here.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

mod envoy;
#[path = "../../examples/provider/server.rs"]
mod provider;
mod venv;

use std::process::Stdio;

use envoy::{Envoy, LOCAL, replaced, shipped, top};
use provider::{Options, Recorded};
use venv::Venv;

/// The key of the provider `local`.
const LOCAL_KEY: &str = "sk-of-the-provider";

/// What openai_chat.py uses as the key of the client, and as personal data.
const CLIENT_KEY: &str = "sk-of-the-client";
const EMAIL: &str = "ada@example.com";
const PHONE: &str = "+44 20 7946 0958";

/// The header in which each request says of which case it is.
const CASE: &str = "x-sdk-case";

#[tokio::test(flavor = "multi_thread")]
async fn the_openai_sdk_works_unmodified() {
    let provider = provider::start(Options::default()).await.unwrap();
    let open = shipped(provider.port());
    let keys = [(LOCAL, LOCAL_KEY)];
    let envoy = Envoy::start("sdk", &open, &keys);
    let strict = Envoy::start("sdk-strict", &strict(&open), &keys);
    let folder = top().join("tests/sdk");

    let mut python =
        Venv::with(&folder.join("requirements.txt")).python(&folder.join("openai_chat.py"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("OPENAI_") || name.to_ascii_lowercase().ends_with("_proxy") {
            python.env_remove(name);
        }
    }
    python.env("TOLLGATE", format!("http://{}/v1", envoy.address));
    python.env("STRICT", format!("http://{}/v1", strict.address));
    python.env("CLIENT_KEY", CLIENT_KEY);
    python.envs([("EMAIL", EMAIL), ("PHONE", PHONE)]);
    let done = python.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    println!("{said}");
    let errors = String::from_utf8_lossy(&done.stderr);
    let log = envoy.log();
    assert!(done.status.success(), "{said}{errors}\nEnvoy:\n{log}");

    let heard = provider.requests();
    assert!(
        heard.len() > 30,
        "the provider heard {} requests",
        heard.len()
    );
    for request in &heard {
        check(request);
    }
    for case in [
        "masked_plain",
        "masked_streamed",
        "masked_tool_arguments",
        "masked_structured",
    ] {
        let own = || {
            heard
                .iter()
                .filter(|request| request.header(CASE) == Some(case))
        };
        assert!(own().count() > 0, "{case}: the provider heard nothing");
        for request in own() {
            let body = str::from_utf8(&request.body).unwrap();
            assert!(
                body.contains("[EMAIL_1]") && body.contains("[PHONE_1]"),
                "{case}: {body}"
            );
        }
    }
}

/// The shipped configuration for an operator who allows less: short requests only.
fn strict(open: &str) -> String {
    replaced(
        open,
        "guard: {max_body: 8MiB}",
        "guard: {max_body: 1MiB, max_input_tokens: 2000}",
    )
}

/// What holds for every request that a provider hears.
fn check(request: &Recorded) {
    let case = request.header(CASE).unwrap_or("(no case)");
    let body = str::from_utf8(&request.body).unwrap();
    assert_eq!(request.path, "/v1/chat/completions", "{case}");
    let own = format!("Bearer {LOCAL_KEY}");
    assert_eq!(
        request.header("authorization"),
        Some(own.as_str()),
        "{case}"
    );
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value);
        assert!(!name.starts_with("x-tollgate-"), "{case}: {name}");
        assert!(!name.starts_with("x-envoy-"), "{case}: {name}");
        assert!(
            !value.contains(CLIENT_KEY),
            "{case}: {name} is the client's key"
        );
    }
    for personal in [EMAIL, PHONE] {
        assert!(
            !body.contains(personal),
            "{case}: {personal} has left: {body}"
        );
    }
    let value: serde_json::Value = serde_json::from_str(body).unwrap();
    if value["stream"] == true {
        assert_eq!(
            value["stream_options"]["include_usage"], true,
            "{case}: {body}"
        );
    }
}
