//! What guards requests and replies: every endpoint, every rule, enforced and only watched, streams cut everywhere.

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::clients::{ALL, Anthropic, Chat, Client, Completions, Gemini, Responses};
use crate::stand::{Stand, config, run};

async fn enforcing() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    STAND
        .get_or_init(async || start("enforcing", "enforce", "enforce").await)
        .await
}

async fn watching() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    STAND
        .get_or_init(async || start("watching", "observe", "header").await)
        .await
}

async fn start(name: &str, mode: &str, schema: &str) -> Stand {
    let mut config = config("envoy.yaml").await;
    let own = include_str!("guarded.yaml");
    config.tollgate(&own.replace("MODE", mode).replace("SCHEMA", schema));
    Stand::start(name, config).await
}

/// The provider that speaks a client's dialect, and one that does not where there is one.
fn targets(client: Client) -> [&'static str; 2] {
    match client {
        Chat | Responses => ["gpt-4o{}/openai", "claude-sonnet-4-5{}/anthropic"],
        Completions => ["llama{}/local", "gpt-4o{}/openai"],
        Anthropic => ["claude-sonnet-4-5{}/anthropic", "gpt-4o{}/openai"],
        Gemini => ["gemini-2.5-flash{}/gemini", "gpt-4o{}/openai"],
    }
}

fn model(target: &str, switches: &str) -> String {
    target.replace("{}", switches)
}

/// Percent-encoded for a switch.
fn switch(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let written = text.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    written.collect()
}

const SAID: &str = "Ask bob@corp.example or eve@corp.example, and then go on for long enough that more is said than \
                    is ever held back of it. So it ends.";
const MASKED: &str = "Ask [EMAIL] or [EMAIL], and then go on for long enough that more is said than \
                      is ever held back of it. So it ends.";

#[test]
fn replies_are_masked_at_every_endpoint() {
    run(async {
        let gate = enforcing().await;
        for client in ALL {
            for target in targets(client) {
                for (split, chunk) in [
                    (1, ""),
                    (2, ""),
                    (3, "+chunk=1"),
                    (7, "+chunk=5"),
                    (1000, ""),
                ] {
                    for stream in [false, true] {
                        let switches = format!("+say={}+split={split}{chunk}", switch(SAID));
                        let ask = client.say(&model(target, &switches), "hi", stream);
                        let what = format!("{client:?} {target} split {split}, stream: {stream}");
                        let reply = gate.ask(&ask).await;
                        assert_eq!(
                            (reply.status, &reply.broken),
                            (200, &None),
                            "{what}: {}",
                            reply.text()
                        );
                        assert_eq!(client.said(&reply, stream), MASKED, "{what}");
                        assert!(
                            !reply.text().contains("corp.example"),
                            "{what}: {}",
                            reply.text()
                        );
                        if stream {
                            client.assert_stream(&reply, &what);
                        }
                        let line = gate.line(&ask).await.tollgate;
                        assert_eq!(line["findings"]["email"], 2, "{what}");
                    }
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn replies_are_ended_at_every_endpoint() {
    run(async {
        let gate = enforcing().await;
        for client in ALL {
            for (text, code, rule, secret) in [
                (
                    "My SSN is 536-22-8145, and so on.",
                    "personal_data_blocked",
                    "us_ssn",
                    "536-22",
                ),
                (
                    "Look, a Blue Heron. And more.",
                    "content_denied",
                    "heron",
                    "a Blue",
                ),
            ] {
                for stream in [false, true] {
                    for split in [1, 4, 1000] {
                        let switches = format!("+say={}+split={split}", switch(text));
                        let ask = client.say(&model(targets(client)[0], &switches), "hi", stream);
                        let reply = gate.ask(&ask).await;
                        let what = format!("{client:?} {rule} stream: {stream}: {}", reply.text());
                        assert_eq!(reply.broken, None, "{what}");
                        assert!(
                            !reply.text().contains(secret) && reply.text().contains(rule),
                            "{what}"
                        );
                        let (status, refusal) = if stream {
                            (200, None)
                        } else {
                            (400, Some(code))
                        };
                        assert_eq!(
                            (reply.status, reply.header("x-tollgate-refusal")),
                            (status, refusal),
                            "{what}"
                        );
                        let line = gate.line(&ask).await.tollgate;
                        assert_eq!(
                            (&line["refusal"], &line["findings"][rule]),
                            (&json!(code), &json!(1)),
                            "{what}"
                        );
                        assert!(line["output_tokens"].as_u64().unwrap() > 0, "{what}");
                    }
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn what_is_watched_passes_at_every_endpoint() {
    run(async {
        let gate = watching().await;
        let said = format!("{SAID} Blue Heron, my SSN is 536-22-8145.");
        for client in ALL {
            for stream in [false, true] {
                let switches = format!("+say={}+split=3", switch(&said));
                let target = model(targets(client)[0], &switches);
                let mut body = client.body(&target, "forbidden fruit", stream);
                if client == Completions {
                    // Without it, it says 16 tokens.
                    body["max_tokens"] = 700.into();
                }
                let ask = client.ask(&target, &body, stream);
                let reply = gate.ask(&ask).await;
                assert_eq!(client.said(&reply, stream), said, "{client:?}");
                let line = gate.line(&ask).await.tollgate;
                let decision = line["decision"].as_str().unwrap();
                for word in [
                    "asked=would_block:1",
                    "heron=reply_would_block:1",
                    "email=reply_would_mask:2",
                    "us_ssn=reply_would_block:1",
                ] {
                    assert!(decision.contains(word), "{client:?} {decision}");
                }
                let clamps = decision.contains("max_output_tokens=would_clamp:1");
                assert!(clamps, "{client:?} {decision}");
            }
        }
        gate.envoy.assert_sound().await;
    });
}

/// The members of a body that ask for more than is allowed, and the code.
fn too_much(client: Client) -> Vec<(&'static str, Value, &'static str)> {
    let message = json!({"role": "user", "content": "x"});
    let tool = |nth: usize| {
        let name = format!("f{nth}");
        match client {
            Chat => json!({"type": "function", "function": {"name": name}}),
            Responses => json!({"type": "function", "name": name}),
            Anthropic => json!({"name": name, "input_schema": {"type": "object"}}),
            _ => json!({"functionDeclarations": [{"name": name}]}),
        }
    };
    let tools: Vec<Value> = (0..3).map(tool).collect();
    let (field, messages) = match client {
        Chat | Anthropic => ("messages", json!([message, message, message])),
        Responses => ("input", json!([message, message, message])),
        Completions => ("prompt", json!(["a", "b", "c"])),
        Gemini => (
            "contents",
            json!([{"parts": []}, {"parts": []}, {"parts": []}]),
        ),
    };
    let mut all = vec![(field, messages, "too_many_messages")];
    if client != Completions {
        all.push(("tools", tools.into(), "too_many_tools"));
    }
    all
}

#[test]
fn requests_are_refused_at_every_endpoint() {
    run(async {
        let gate = enforcing().await;
        for client in ALL {
            let target = model(targets(client)[0], "");
            let mut asks = vec![(
                "content_denied",
                client.say(&target, "A forbidden  Fruit!", false),
            )];
            for (field, value, code) in too_much(client) {
                let mut body = client.body(&target, "hi", false);
                body[field] = value;
                asks.push((code, client.ask(&target, &body, false)));
            }
            for (code, ask) in asks {
                let reply = gate.ask(&ask).await;
                let told = (reply.status, reply.header("x-tollgate-refusal"));
                assert_eq!(told, (400, Some(code)), "{client:?}: {}", reply.text());
                assert!(gate.heard(&ask).await.is_empty());
                assert!(
                    !reply.text().to_lowercase().contains("fruit"),
                    "{}",
                    reply.text()
                );
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn output_is_clamped_at_every_endpoint() {
    run(async {
        let gate = enforcing().await;
        for client in ALL {
            let target = model(targets(client)[0], "");
            let field = match client {
                Chat => "max_completion_tokens",
                Responses => "max_output_tokens",
                _ => "max_tokens",
            };
            for asked in [None, Some(20), Some(5000)] {
                let mut body = client.body(&target, "hi", false);
                match (client, asked) {
                    (Gemini, Some(asked)) => {
                        body["generationConfig"] = json!({"maxOutputTokens": asked})
                    }
                    (Gemini, None) => {}
                    (_, Some(asked)) => body[field] = asked.into(),
                    (Anthropic, None) => continue,
                    (_, None) => {}
                }
                let ask = client.ask(&target, &body, false);
                let reply = gate.ask(&ask).await;
                assert_eq!(reply.status, 200, "{}", reply.text());
                let heard = gate.heard_once(&ask).await.json();
                let got = match client {
                    Gemini => &heard["generationConfig"]["maxOutputTokens"],
                    _ => &heard[field],
                };
                assert_eq!(*got, asked.unwrap_or(600).min(600), "{client:?} {heard}");
            }
        }
    });
}

/// The body of a request whose reply must be an object with a text `city`.
fn held(client: Client, target: &str, stream: bool) -> Value {
    let schema = json!({"type": "object", "properties": {"city": {"type": "string"}},
        "required": ["city"], "additionalProperties": false});
    let mut body = client.body(target, "hi", stream);
    match client {
        Chat => {
            body["response_format"] =
                json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema}});
        }
        Responses => {
            body["text"] = json!({"format": {"type": "json_schema", "name": "x", "schema": schema}})
        }
        Anthropic => {
            body["output_config"] = json!({"format": {"type": "json_schema", "schema": schema}})
        }
        Gemini => {
            body["generationConfig"] =
                json!({"responseMimeType": "application/json", "responseJsonSchema": schema});
        }
        Completions => panic!("it has no schemas"),
    }
    body
}

#[test]
fn replies_are_held_to_their_schema_at_every_endpoint() {
    run(async {
        let (enforcing, watching) = (enforcing().await, watching().await);
        for client in [Chat, Responses, Anthropic, Gemini] {
            for (said, fits) in [
                (r#"{"city":"Bern"}"#, true),
                (r#"{"city":7}"#, false),
                ("Bern", false),
            ] {
                for stream in [false, true] {
                    let switches = format!("+say={}+split=3", switch(said));
                    let target = model(targets(client)[0], &switches);
                    let ask = client.ask(&target, &held(client, &target, stream), stream);
                    let what = format!("{client:?} {said} stream: {stream}");

                    let reply = enforcing.ask(&ask).await;
                    let text = reply.text();
                    let status = if fits || stream { 200 } else { 502 };
                    assert_eq!(reply.status, status, "{what}: {text}");
                    assert_eq!(text.contains("does not fit"), !fits, "{what}: {text}");
                    let refusal = enforcing.line(&ask).await.tollgate["refusal"].clone();
                    let code = json!("reply_schema_mismatch");
                    assert_eq!(refusal, if fits { Value::Null } else { code }, "{what}");

                    let reply = watching.ask(&ask).await;
                    assert_eq!(reply.status, 200, "{what}");
                    assert_eq!(client.said(&reply, stream), said, "{what}");
                    let marked = match stream {
                        true => reply.text().contains(": x-tollgate-schema: mismatch"),
                        false => reply.header("x-tollgate-schema") == Some("mismatch"),
                    };
                    assert_eq!(marked, !fits, "{what}");
                }
            }
        }
    });
}
