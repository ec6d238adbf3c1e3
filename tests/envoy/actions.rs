//! What is done about findings, at every endpoint, before every dialect: the same everywhere.

use serde_json::{Value, json};

use crate::clients::{ALL, CLIENTS, Client, TOOL};
use crate::stand::{Stand, acting, run};
use crate::support::ask::{Ask, mark};

/// What becomes of a value on its way out, and whether it comes back.
struct Row {
    kind: &'static str,
    value: &'static str,
    done: &'static str,
    /// `None`: something else of the same form.
    sent: Option<&'static str>,
    comes_back: bool,
}

#[rustfmt::skip]
const ROWS: [Row; 8] = [
    Row { kind: "email", value: "ada@example.com", done: "masked", sent: Some("[EMAIL_"), comes_back: true },
    Row { kind: "phone", value: "+44 20 7946 0958", done: "replaced", sent: Some("(a number)"), comes_back: false },
    Row { kind: "iban", value: "DE89370400440532013000", done: "hashed", sent: Some("iban_"), comes_back: false },
    Row { kind: "ip", value: "192.168.17.23", done: "shortened", sent: Some("***.***.17.23"), comes_back: false },
    Row { kind: "credit_card", value: "4111 1111 1111 1111", done: "faked", sent: None, comes_back: true },
    Row { kind: "employee_id", value: "EMP-123456", done: "faked", sent: None, comes_back: true },
    Row { kind: "ticket", value: "TCK-42", done: "would_block", sent: Some("TCK-42"), comes_back: true },
    Row { kind: "case_number", value: "CASE-7", done: "observed", sent: Some("CASE-7"), comes_back: true },
];

const TARGETS: [&str; 5] = [
    "gpt-4o+echo+split=3/openai",
    "claude-sonnet-4-5+echo+split=3/anthropic",
    "gemini-2.5-flash+echo+split=3/gemini",
    "anthropic.claude-3-5-sonnet-20241022-v2:0+echo+split=3/bedrock",
    "command-a-03-2025+echo+split=3/cohere",
];

/// Asserts what left and what is told of it.
async fn assert_sent(gate: &Stand, ask: &Ask, row: &Row, what: &str) {
    let heard = gate.heard_once(ask).await.text();
    let stays = row.sent == Some(row.value);
    assert_eq!(heard.contains(row.value), stays, "{what}: {heard}");
    assert!(
        row.sent.is_none_or(|sent| heard.contains(sent)),
        "{what}: {heard}"
    );
    let line = gate.line(ask).await.tollgate;
    let told = format!("{}={}:", row.kind, row.done);
    let decision = line["decision"].as_str().unwrap_or_default();
    assert!(decision.contains(&told), "{what}: {decision}");
    assert!(!line.to_string().contains(row.value), "{what}: {line}");
}

#[test]
fn every_action_at_every_endpoint_before_every_dialect() {
    run(async {
        let gate = acting().await;
        for client in ALL {
            for target in TARGETS {
                for row in &ROWS {
                    for stream in [false, true] {
                        let what = format!("{client:?} {target} {} {stream}", row.kind);
                        let text = format!("This is it: {} (see above).", row.value);
                        let ask = client.say(target, &text, stream);
                        let reply = gate.ask(&ask).await;
                        assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                        let said = client.said(&reply, stream);
                        match row.comes_back {
                            true => assert!(said.contains(&text), "{what}: {said}"),
                            false => {
                                assert!(!said.contains(row.value), "{what}: {said}");
                                assert!(said.contains(row.sent.unwrap()), "{what}: {said}");
                            }
                        }
                        assert_sent(gate, &ask, row, &what).await;
                    }
                }
                let ask = client.say(target, "My social security number is 536-22-8145.", false);
                let reply = gate.ask(&ask).await;
                let message = client.assert_error(&reply, target);
                assert!(message.contains("us_ssn"), "{message}");
                assert!(gate.heard(&ask).await.is_empty());
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn every_action_in_tools_and_instructions() {
    run(async {
        let gate = acting().await;
        for client in CLIENTS {
            for row in &ROWS {
                let what = format!("{client:?} {}", row.kind);
                let text = format!("about {}", row.value);
                let result = json!({"found": [row.value]}).to_string();
                let ask = client.with_result(TARGETS[0], &text, &result, false);
                let ask = client.instructed(ask, &text);
                let reply = gate.ask(&ask).await;
                assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                assert_sent(gate, &ask, row, &what).await;
            }
            for stream in [false, true] {
                for target in &TARGETS[..3] {
                    let what = format!("{client:?} {target} {stream}");
                    let text = "ada@example.com pays with 4111 1111 1111 1111";
                    let target = target.replacen("+echo", "+echo+tools", 1);
                    let ask = client.with_tool(&target, text, stream);
                    let reply = gate.ask(&ask).await;
                    let calls = client.calls(&reply, stream);
                    assert_eq!(calls.len(), 1, "{what}: {}", reply.text());
                    assert_eq!(calls[0].0, TOOL);
                    assert!(calls[0].1.to_string().contains(text), "{what}: {calls:?}");
                }
            }
        }
    });
}

fn embed(path: &str, body: &Value) -> Ask {
    Ask {
        mark: mark(),
        ..Ask::raw(body.to_string())
    }
    .at(path)
}

#[test]
fn every_action_in_embeddings() {
    run(async {
        let gate = acting().await;
        for row in &ROWS {
            let text = format!("This is it: {}.", row.value);
            let content = json!({"parts": [{"text": text}]});
            let gemini = "/v1beta/models/gemini-embedding-001%2Fgemini";
            for (path, body) in [
                (
                    "/v1/embeddings".to_owned(),
                    json!({"model": "text-embedding-3-small/openai", "input": [text, "x"]}),
                ),
                (
                    format!("{gemini}:embedContent"),
                    json!({"content": content}),
                ),
                (
                    format!("{gemini}:batchEmbedContents"),
                    json!({"requests": [{"model": "models/gemini-embedding-001", "content": content}]}),
                ),
            ] {
                let ask = embed(&path, &body);
                let reply = gate.ask(&ask).await;
                assert_eq!(reply.status, 200, "{path}: {}", reply.text());
                assert_sent(gate, &ask, row, &path).await;
            }
        }
    });
}

/// `ada@example.com` in tokens of cl100k_base, which a test of the counter's tables has read.
fn tokens() -> Vec<u32> {
    let mut ids = Vec::new();
    let encoding = tollgate::tokens::Encoding::Cl100kBase;
    tollgate::tokens::Counter::new().encode(encoding, "mail ada@example.com", &mut ids);
    ids
}

#[test]
fn input_in_tokens_is_refused_where_text_would_be_edited() {
    run(async {
        let gate = acting().await;
        for (path, body) in [
            (
                "/v1/embeddings",
                json!({"model": "text-embedding-3-small/openai", "input": [tokens()]}),
            ),
            (
                "/v1/completions",
                json!({"model": "gpt-3.5-turbo-instruct/openai", "prompt": tokens()}),
            ),
        ] {
            let ask = embed(path, &body);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 400, "{path}: {}", reply.text());
            let message = Client::Chat.assert_error(&reply, path);
            assert!(
                message.contains("email") && message.contains("send it as text"),
                "{message}"
            );
            assert!(gate.heard(&ask).await.is_empty());
        }
    });
}

/// The same value has the same placeholder in each turn, whichever worker takes it; and one that is there already is
/// put back.
#[test]
fn a_placeholder_stays_the_same_from_turn_to_turn() {
    run(async {
        let gate = acting().await;
        let sent = async |text: &str| {
            let ask = Client::Chat.say(TARGETS[0], text, false);
            let reply = gate.ask(&ask).await;
            let heard = gate.heard_once(&ask).await.json();
            let heard = heard["messages"][0]["content"].as_str().unwrap().to_owned();
            (heard, Client::Chat.said(&reply, false))
        };
        let (first, _) = sent("ada@example.com").await;
        for nth in 0..8 {
            let (heard, _) = sent(&format!("{nth}@example.com then ada@example.com")).await;
            assert!(heard.ends_with(&format!("then {first}")), "{heard}");
        }
        let (heard, said) = sent(&format!("You wrote {first}. I am ada@example.com.")).await;
        assert_eq!(heard, format!("You wrote {first}. I am {first}."));
        assert_eq!(said, "You wrote ada@example.com. I am ada@example.com.");
    });
}
