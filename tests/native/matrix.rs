//! The table of client and provider: each cell plays the same cases, of which a client's request and a
//! provider's reply are written down once, in `tests/golden/requests/<client>/<case>.json` and
//! `tests/golden/replies/<provider>/<case>`.

use std::fs;
use std::path::PathBuf;

use crate::golden::{Case, read, root};
use crate::rig::Exchange;

/// The dialects that clients speak.
pub const CLIENTS: [&str; 5] = [
    "openai-chat",
    "openai-responses",
    "anthropic",
    "gemini",
    "openai-completions",
];

/// The dialects that providers speak, and two whose chat completions have quirks.
pub const PROVIDERS: [&str; 9] = [
    "openai-chat",
    "openai-responses",
    "openai-completions",
    "anthropic",
    "gemini",
    "bedrock",
    "cohere",
    "mistral",
    "deepseek",
];

/// What each cell plays.
const CASES: [&str; 23] = [
    "basic",
    "sampling",
    "system",
    "multi-turn",
    "tools",
    "parallel-tools",
    "tool-results",
    "image",
    "image-url",
    "structured-output",
    "reasoning",
    "stream",
    "stream-tools",
    "stream-reasoning",
    "error",
    "rate-limit",
    "cut-stream",
    "redacted",
    "redacted-tools",
    "stream-redacted",
    "stream-redacted-tools",
    "stream-error",
    "stream-length",
];

/// What is not there, and why: client, provider, cases. `*` is any.
const ABSENT: &[(&str, &str, &[&str], &str)] = &[
    (
        "!openai-responses",
        "openai-responses",
        &["*"],
        "no row is spoken to in Responses unless the client speaks it",
    ),
    (
        "!openai-completions",
        "openai-completions",
        &["*"],
        "no row is spoken to in legacy completions unless the client speaks them",
    ),
    (
        "openai-completions",
        "*",
        &[
            "system",
            "multi-turn",
            "tools",
            "parallel-tools",
            "tool-results",
            "image",
            "image-url",
            "structured-output",
            "reasoning",
            "stream-tools",
            "stream-reasoning",
            "redacted-tools",
            "stream-redacted-tools",
        ],
        "a legacy completion is a prompt and a text",
    ),
];

/// The cases of every cell.
pub fn cases() -> Vec<Case> {
    let cells = CLIENTS
        .iter()
        .flat_map(|client| PROVIDERS.map(|provider| (*client, provider)));
    cells
        .flat_map(|(client, provider)| CASES.map(|case| (client, provider, case)))
        .filter_map(|(client, provider, case)| cell(client, provider, case))
        .collect()
}

fn absent(client: &str, provider: &str, case: &str) -> Option<usize> {
    let fits = |rule: &str, name: &str| match rule.strip_prefix('!') {
        Some(other) => other != name,
        None => rule == "*" || rule == name,
    };
    ABSENT.iter().position(|(clients, providers, cases, _)| {
        fits(clients, client)
            && fits(providers, provider)
            && cases.iter().any(|rule| fits(rule, case))
    })
}

/// `None`: absent, or written down as a case of its own.
fn cell(client: &'static str, provider: &str, case: &str) -> Option<Case> {
    let dir = root().join(format!("{client}-{provider}")).join(case);
    if absent(client, provider, case).is_some() || dir.join("1-client-request").exists() {
        return None;
    }
    Some(Case {
        dir,
        config: config(client, provider, case),
        request: request(client, case),
        replies: vec![reply(provider, case)],
        shared: true,
        // What another house makes of OpenAI's dialect goes on as it is.
        client: (client != "openai-chat" || !["mistral", "deepseek"].contains(&provider))
            .then_some(client),
    })
}

/// A provider of a kind that is spoken to in this dialect by this client.
pub fn config(client: &str, provider: &str, case: &str) -> String {
    let (kind, model, more) = match (provider, client) {
        // What also speaks the client's dialect is not translated.
        ("openai-chat", "openai-responses" | "openai-completions") => {
            ("groq", "openai/gpt-oss-120b", "")
        }
        ("openai-chat" | "openai-responses", _) => ("openai", "gpt-5.1", ""),
        ("openai-completions", _) => ("openai", "gpt-3.5-turbo-instruct", ""),
        ("anthropic", _) => ("anthropic", "claude-sonnet-4-5", ""),
        ("gemini", _) => ("gemini", "gemini-3-pro-preview", ""),
        ("bedrock", _) => (
            "bedrock",
            "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
            r#", "region": "eu-central-1""#,
        ),
        ("cohere", _) => ("cohere", "command-a-reasoning-08-2025", ""),
        ("mistral", _) => ("mistral", "mistral-medium-latest", ""),
        ("deepseek", _) => ("deepseek", "deepseek-chat", ""),
        (other, _) => panic!("{other}"),
    };
    let redact = match case.contains("redacted") {
        true => r#", "redact": {"key": {"value": "golden"}, "entities": {"email": "mask"}}"#,
        false => "",
    };
    format!(
        r#"{{"providers": {{"{kind}": {{"kind": "{kind}", "api_key": {{"env": "P_KEY"}}{more}}}}},
            "models": {{"assistant": ["{model}/{kind}"]}}, "observe": {{"decision_header": true}}{redact}}}"#
    )
}

/// The client's request.
fn request(client: &str, case: &str) -> Exchange {
    let case = match case {
        "error" | "rate-limit" => "basic",
        "cut-stream" | "stream-error" | "stream-length" => "stream",
        own => own,
    };
    let path = root()
        .join("requests")
        .join(client)
        .join(format!("{case}.json"));
    ask(client, &text(path), case.starts_with("stream"))
}

/// A request as the client's own library sends it.
pub fn ask(client: &str, body: &str, stream: bool) -> Exchange {
    let (path, key) = match (client, stream) {
        ("openai-chat", _) => ("/v1/chat/completions", ("authorization", "Bearer own")),
        ("openai-responses", _) => ("/v1/responses", ("authorization", "Bearer own")),
        ("openai-completions", _) => ("/v1/completions", ("authorization", "Bearer own")),
        ("anthropic", _) => ("/v1/messages", ("x-api-key", "own")),
        ("gemini", false) => (
            "/v1beta/models/assistant:generateContent",
            ("x-goog-api-key", "own"),
        ),
        ("gemini", true) => (
            "/v1beta/models/assistant:streamGenerateContent?alt=sse",
            ("x-goog-api-key", "own"),
        ),
        (other, _) => panic!("{other}"),
    };
    let length = body.len().to_string();
    let mut headers = vec![
        (":method", "POST"),
        (":path", path),
        (":authority", "gateway.test"),
        ("content-type", "application/json"),
        ("content-length", &length),
        key,
    ];
    if client == "anthropic" {
        headers.push(("anthropic-version", "2023-06-01"));
    }
    Exchange::new(&headers, body)
}

/// The provider's reply.
pub fn reply(provider: &str, case: &str) -> Exchange {
    let dir = root().join("replies").join(provider);
    let own = dir.join(case);
    let path = if own.exists() { own } else { dir.join("basic") };
    read(&text(path))
}

fn text(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_cell_has_every_case() {
    let mut used = vec![false; ABSENT.len()];
    let mut lacking = Vec::new();
    for (client, provider) in CLIENTS
        .iter()
        .flat_map(|client| PROVIDERS.map(|provider| (*client, provider)))
    {
        let dir = root().join(format!("{client}-{provider}"));
        for case in CASES {
            let there = dir.join(case).join("4-client-reply").exists();
            match absent(client, provider, case) {
                Some(rule) => {
                    used[rule] = true;
                    assert!(!there, "{client}-{provider}/{case} is there");
                }
                None if !there => lacking.push(format!("{client}-{provider}/{case}")),
                None => {}
            }
        }
        // Nothing is left of what once was a case.
        let entries = fs::read_dir(&dir).into_iter().flatten();
        for entry in entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
        {
            let name = entry.file_name().unwrap().to_str().unwrap();
            let known = CASES.contains(&name) || entry.join("1-client-request").exists();
            assert!(known, "{} is no case", entry.display());
        }
    }
    assert!(lacking.is_empty(), "without a case: {lacking:#?}");
    assert!(
        used.iter().all(|used| *used),
        "a rule that rules nothing: {used:?}"
    );
}
