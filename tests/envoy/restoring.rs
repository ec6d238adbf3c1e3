//! Masked values come back in the reply: plain, streamed in whatever pieces, and inside the arguments of tools.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::stand::{house, run};
use crate::support::ask::Ask;
use crate::support::numbered::numbered;

const TEXT: &str = "Mail ada@example.com and bob@example.com, phone +44 20 7946 0958 [not a placeholder] [EMAIL_9] [EMA ada@example.com";

#[test]
fn streams_in_pieces_of_every_size() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        let mut last = None;
        for split in (1..=12).chain([17, 1000]) {
            for shape in ["", "+chunk=1", "+crlf+comments", "+burst"] {
                let model = format!("gpt-4o+echo+split={split}{shape}/local");
                let messages = json!([{"role": "user", "content": TEXT}]);
                let ask = Ask::with(&model, json!({"messages": messages, "stream": true}));
                let reply = wire.ask(&ask).await;
                assert_eq!((reply.status, &reply.broken), (200, &None), "{model}");
                assert_eq!(reply.said(), TEXT, "{model}");
                assert_eq!(
                    reply.events().last().map(String::as_str),
                    Some("[DONE]"),
                    "{model}"
                );
                last = Some(ask);
            }
        }
        let seen = gate.heard_once(&last.unwrap()).await.text();
        assert!(
            !seen.contains("ada@") && numbered(&seen).contains("Mail [EMAIL_1] and [EMAIL_2]"),
            "{seen}"
        );
        gate.assert_well().await;
    });
}

#[test]
fn two_choices_do_not_mix() {
    run(async {
        let gate = house().await;
        let messages = json!([{"role": "user", "content": TEXT}]);
        let ask = Ask::with(
            "gpt-4o+echo+split=2/local",
            json!({"messages": messages, "stream": true, "n": 3}),
        );
        let reply = gate.ask(&ask).await;
        let mut texts: BTreeMap<u64, String> = BTreeMap::new();
        for chunk in reply.chunks() {
            for choice in chunk["choices"].as_array().into_iter().flatten() {
                let text = choice["delta"]["content"].as_str().unwrap_or_default();
                texts
                    .entry(choice["index"].as_u64().unwrap())
                    .or_default()
                    .push_str(text);
            }
        }
        assert_eq!(texts.len(), 3);
        assert!(texts.values().all(|text| text == TEXT), "{texts:?}");
    });
}

#[test]
fn plain_replies() {
    run(async {
        let gate = house().await;
        for text in [
            TEXT,
            "ada@example.com",
            "[EMAIL_1] is not ada@example.com",
            "\"ada@example.com\"\n\\ é 😀",
        ] {
            let messages = json!([{"role": "user", "content": text}]);
            let ask = Ask::with("gpt-4o+echo/local", json!({"messages": messages, "n": 2}));
            let reply = gate.ask(&ask).await;
            let body = reply.json();
            assert_eq!(
                body["choices"][0]["message"]["content"],
                text,
                "{}",
                gate.heard_once(&ask).await.text()
            );
            assert_eq!(body["choices"][1]["message"]["content"], text);
            let length = reply
                .header("content-length")
                .map(|length| length.parse::<usize>().unwrap());
            assert!(length.is_none_or(|length| length == reply.body.len()));
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_fall_over_restores_as_well() {
    run(async {
        let gate = house().await;
        for stream in [false, true] {
            let messages = json!([{"role": "user", "content": TEXT}]);
            let body = json!({"messages": messages, "stream": stream});
            let ask = Ask::with(
                "a+error_200/openai,b+reset/anthropic,c+echo+split=3/local",
                body,
            );
            let reply = gate.ask(&ask).await;
            let said = if stream {
                reply.said()
            } else {
                reply.content()
            };
            assert_eq!(said, TEXT);
            for heard in gate.heard(&ask).await {
                assert!(
                    !heard.text().contains("ada@"),
                    "{}: {}",
                    heard.by,
                    heard.text()
                );
            }
        }
    });
}

/// A value with characters that must be escaped in JSON.
const AWKWARD: &str = "«a \"quoted\" \\ word»";

#[test]
fn arguments_of_tools_stay_json() {
    run(async {
        let gate = house().await;
        let tools = json!([{"type": "function", "function": {"name": "f", "parameters":
            {"type": "object", "properties": {"text": {"type": "string"}}}}}]);
        for text in [TEXT.to_owned(), format!("{AWKWARD} and ada@example.com")] {
            let messages = json!([{"role": "user", "content": text}]);
            for split in [1, 2, 3, 7, 1000] {
                for stream in [false, true] {
                    let model = format!("gpt-4o+tools+echo+split={split}/local");
                    let ask = Ask::with(
                        &model,
                        json!({"messages": messages, "tools": tools, "stream": stream}),
                    );
                    let reply = gate.ask(&ask).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (200, &None),
                        "{}",
                        reply.text()
                    );
                    let arguments = if stream {
                        let part = |chunk: &Value| {
                            let call = &chunk["choices"][0]["delta"]["tool_calls"][0];
                            call["function"]["arguments"].as_str().map(str::to_owned)
                        };
                        reply.chunks().iter().filter_map(part).collect()
                    } else {
                        let call = &reply.json()["choices"][0]["message"]["tool_calls"][0];
                        call["function"]["arguments"].as_str().unwrap().to_owned()
                    };
                    let value: Value = serde_json::from_str(&arguments)
                        .unwrap_or_else(|why| panic!("{why}: {arguments}"));
                    assert_eq!(value["text"], text, "{model} stream: {stream}");
                    let heard = gate.heard_once(&ask).await.text();
                    assert!(
                        !heard.contains("ada@") && !heard.contains("quoted"),
                        "{heard}"
                    );
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn what_is_not_a_placeholder_is_not_held_back() {
    run(async {
        let gate = house().await;
        let messages = json!([{"role": "user", "content": "one [two ada@example.com"}]);
        let ask = Ask::with(
            "gpt-4o+echo+stall_after=5/local",
            json!({"messages": messages, "stream": true}),
        );
        let (_wire, mut live) = gate.open(&ask).await;
        // The role, three words and the address, then silence.
        live.until("ada@example.com").await;
    });
}
