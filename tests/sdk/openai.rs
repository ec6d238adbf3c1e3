//! The OpenAI SDK for Python in depth: chat completions with the shipped configuration.
//!
//! openai/chat.py has the cases. What the provider heard in the meantime is looked at here.

use std::process::Stdio;

use super::envoy::{Envoy, LOCAL, replaced, shipped, top};
use super::heard::{LOCAL_KEY, check};
use super::venv::Venv;
use super::{CASE, furnish, provider, wanted};

#[tokio::test(flavor = "multi_thread")]
async fn the_openai_sdk_works_unmodified() {
    if !wanted("openai-chat-python") {
        return;
    }
    let provider = provider::start(provider::Options::default()).await.unwrap();
    let open = shipped(provider.port());
    let keys = [(LOCAL, LOCAL_KEY)];
    let envoy = Envoy::start("sdk", &open, &keys);
    let strict = Envoy::start("sdk-strict", &strict(&open), &keys);
    let folder = top().join("tests/sdk");

    let requirements = folder.join("python/sdks.txt");
    let mut python = Venv::with(&requirements).python(&folder.join("openai/chat.py"));
    furnish(&mut python);
    python.env("TOLLGATE", format!("http://{}/v1", envoy.address));
    python.env("STRICT", format!("http://{}/v1", strict.address));
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
        assert_eq!(request.path, "/v1/chat/completions");
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
                body.contains("[EMAIL_") && body.contains("[PHONE_"),
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
