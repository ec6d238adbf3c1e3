//! The table of cases, client by client.

use std::collections::VecDeque;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use super::envoy::{Envoy, LOCAL, replaced, shipped, top};
use super::heard::{LOCAL_KEY, check};
use super::npm::Npm;
use super::venv::Venv;
use super::{CASE, furnish, provider, wanted};

/// How a client is run.
enum Runner {
    /// By Python, with the packages of a file.
    Python(&'static str),
    Node,
}

use Runner::{Node, Python};

/// Name, as it says it in the header of cases; how it is run; its script, and which client of several that has.
const CLIENTS: &[(&str, Runner, &[&str])] = &[
    (
        "openai-chat-python",
        Python("sdks.txt"),
        &["openai_chat.py"],
    ),
    (
        "openai-responses-python",
        Python("sdks.txt"),
        &["openai_responses.py"],
    ),
    (
        "anthropic-python",
        Python("sdks.txt"),
        &["anthropic_messages.py"],
    ),
    (
        "google-genai-python",
        Python("sdks.txt"),
        &["google_genai.py"],
    ),
    ("mistralai-python", Python("sdks.txt"), &["mistral.py"]),
    ("openai-chat-node", Node, &["openai-chat.mjs"]),
    ("openai-responses-node", Node, &["openai-responses.mjs"]),
    ("anthropic-node", Node, &["anthropic.mjs"]),
    ("google-genai-node", Node, &["google.mjs"]),
    ("vercel-openai-chat", Node, &["vercel.mjs", "openai-chat"]),
    (
        "vercel-openai-responses",
        Node,
        &["vercel.mjs", "openai-responses"],
    ),
    ("vercel-anthropic", Node, &["vercel.mjs", "anthropic"]),
    ("vercel-google", Node, &["vercel.mjs", "google"]),
    (
        "langchain-openai",
        Python("langchain.txt"),
        &["langchain.py", "langchain-openai"],
    ),
    (
        "langchain-anthropic",
        Python("langchain.txt"),
        &["langchain.py", "langchain-anthropic"],
    ),
    (
        "langchain-google-genai",
        Python("langchain.txt"),
        &["langchain.py", "langchain-google-genai"],
    ),
    (
        "litellm-openai",
        Python("litellm.txt"),
        &["litellm_client.py", "openai"],
    ),
    (
        "litellm-anthropic",
        Python("litellm.txt"),
        &["litellm_client.py", "anthropic"],
    ),
];

/// How many clients run at a time.
const AT_ONCE: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn every_client_reaches_every_dialect() {
    let provider = provider::start(provider::Options::default()).await.unwrap();
    let config = denying(&every_dialect(&shipped(provider.port())));
    let envoy = Envoy::start("sdk-clients", &config, &[(LOCAL, LOCAL_KEY)]);
    let all = CLIENTS.iter().filter(|(name, ..)| wanted(name));
    let left: Mutex<VecDeque<_>> = Mutex::new(all.collect());
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some((name, runner, arguments)) = left.lock().unwrap().pop_front() else {
                        break;
                    };
                    let began = Instant::now();
                    let mut command = command(runner, arguments);
                    furnish(&mut command);
                    command.env("ADDRESS", &envoy.address).stdin(Stdio::null());
                    let done = command.output().unwrap();
                    let said = String::from_utf8_lossy(&done.stdout);
                    println!("{said}{name}: {:.1} s", began.elapsed().as_secs_f64());
                    if !done.status.success() {
                        println!("{}", String::from_utf8_lossy(&done.stderr));
                        failed.lock().unwrap().push(*name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{failed:?}\nEnvoy:\n{}", envoy.log());

    let heard = provider.requests();
    heard.iter().for_each(check);
    for (name, ..) in CLIENTS.iter().filter(|(name, ..)| wanted(name)) {
        let of_it = |case: &str| {
            let mut parts = case.split('/');
            parts.next() == Some(name)
        };
        let own = heard
            .iter()
            .filter(|request| request.header(CASE).is_some_and(of_it));
        let masked = own.clone().filter(|request| {
            let body = str::from_utf8(&request.body).unwrap();
            body.contains("[EMAIL_") && body.contains("[PHONE_")
        });
        let (own, masked) = (own.count(), masked.count());
        assert!(
            own > 80 && masked >= 14,
            "{name}: {own} requests, {masked} with placeholders"
        );
    }
}

fn command(runner: &Runner, arguments: &[&str]) -> Command {
    // Two clients may want the same packages, which are made once.
    static MAKING: Mutex<()> = Mutex::new(());
    let making = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    let folder = top().join("tests/sdk");
    let mut command = match runner {
        Python(requirements) => {
            let folder = folder.join("python");
            Venv::with(&folder.join(requirements)).python(&folder.join(arguments[0]))
        }
        Node => Npm::with(&folder.join("node")).node(arguments[0]),
    };
    drop(making);
    command.args(&arguments[1..]);
    command
}

/// The shipped configuration with a provider of every dialect, all of them at the cluster `local`.
pub fn every_dialect(shipped: &str) -> String {
    let mut config = shipped.to_owned();
    for (name, space) in [
        ("openai", "     "),
        ("anthropic", "  "),
        ("gemini", "     "),
        ("mistral", "    "),
        ("groq", "       "),
    ] {
        let variable = format!("{}_API_KEY", name.to_uppercase());
        let old = format!("{{kind: {name},{space}api_key: {{env: {variable}}}}}");
        let new = format!("{{kind: {name}, cluster: local, api_key: {{value: key-of-{name}}}}}");
        config = replaced(&config, &old, &new);
    }
    let local = "local:      {kind: openai, host: 127.0.0.1, api_key: {env: LOCAL_API_KEY}}";
    let indent = "\n                      ";
    let more = [
        local,
        "bedrock:    {kind: bedrock, cluster: local, region: eu-west-1, api_key: {value: key-of-bedrock}}",
        "cohere:     {kind: cohere, cluster: local, api_key: {value: key-of-cohere}}",
    ];
    replaced(&config, local, &more.join(indent))
}

/// The same, with a word that replies may not say.
fn denying(config: &str) -> String {
    let rule = "{name: heron, words: [Blue Heron], in: [reply]}";
    let guard = "guard: {max_body: 8MiB}";
    replaced(config, guard, &format!("guard: {{deny: [{rule}]}}"))
}
