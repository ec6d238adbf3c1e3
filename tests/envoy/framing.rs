//! Streams in every shape that the specification allows, passed on as they come.

use serde_json::{Value, json};

use crate::stand::{house, run};
use crate::support::ask::Ask;
use crate::support::client::Wire;

const SHAPES: [&str; 18] = [
    "",
    "+crlf",
    "+cr",
    "+mixed",
    "+comments",
    "+bom",
    "+no_space",
    "+fields",
    "+folded",
    "+bare_end",
    "+burst",
    "+chunk=1",
    "+chunk=1+crlf+comments",
    "+chunk=1+mixed+bom",
    "+chunk=2+cr+folded+fields",
    "+chunk=3+bare_end+no_space",
    "+logprobs",
    "+usage_always",
];

const SAID: &str = "Grüße, 世界 😀! \"Quoted\" \\ and so on";
const SAY: &str = "say=Gr%C3%BC%C3%9Fe%2C%20%E4%B8%96%E7%95%8C%20%F0%9F%98%80!%20%22Quoted%22%20%5C%20and%20so%20on";

fn request(model: &str, options: Value) -> Ask {
    let mut body = json!({"messages": [{"role": "user", "content": "hi"}], "stream": true});
    if !options.is_null() {
        body["stream_options"] = options;
    }
    Ask::with(model, body)
}

/// The chunks that the specification calls the usage chunk: no choices.
fn usage_chunks(chunks: &[Value]) -> usize {
    chunks
        .iter()
        .filter(|chunk| chunk["choices"].as_array().is_some_and(Vec::is_empty))
        .count()
}

#[test]
fn every_shape_comes_through() {
    run(async {
        let gate = house().await;
        let (mut one, mut two) = (
            gate.connect().await,
            Wire::connect_two(gate.envoy.port()).await,
        );
        for shape in SHAPES {
            for provider in ["local", "openai"] {
                for (asked, options) in [
                    (false, Value::Null),
                    (true, json!({"include_usage": true})),
                    (false, json!({"include_usage": false})),
                ] {
                    let ask = request(&format!("gpt-4o+{SAY}{shape}/{provider}"), options);
                    let wire = if asked { &mut one } else { &mut two };
                    let reply = wire.ask(&ask).await;
                    let what = format!(
                        "{shape} at {provider}, usage asked: {asked}: {}",
                        reply.text()
                    );
                    assert_eq!((reply.status, &reply.broken), (200, &None), "{what}");
                    assert_eq!(reply.said(), SAID, "{what}");
                    assert_eq!(
                        reply.events().last().map(String::as_str),
                        Some("[DONE]"),
                        "{what}"
                    );
                    let content = reply.header("content-type").unwrap();
                    assert!(content.starts_with("text/event-stream"), "{what}");
                    assert_eq!(reply.header("content-length"), None, "{what}");
                    assert_eq!(usage_chunks(&reply.chunks()), usize::from(asked), "{what}");
                    let heard = gate.heard_once(&ask).await;
                    assert_eq!(
                        heard.json()["stream_options"]["include_usage"],
                        true,
                        "{what}"
                    );
                    let line = gate.line(&ask).await.tollgate;
                    assert_eq!(
                        (&line["usage_source"], &line["finish_reason"]),
                        (&json!("provider"), &json!("stop")),
                        "{what}"
                    );
                    let text = reply.text();
                    match shape {
                        "+crlf" => assert!(
                            text.contains("\r\n\r\n") && !text.contains("\n\n"),
                            "{what}"
                        ),
                        "+cr" => assert!(text.contains("\r\r") && !text.contains('\n'), "{what}"),
                        "+comments" => assert!(text.contains(": ping\n"), "{what}"),
                        "+bom" => assert!(text.starts_with('\u{feff}'), "{what}"),
                        "+fields" => assert!(
                            text.contains("event: message\nid: 0\n")
                                && text.contains("retry: 3000"),
                            "{what}"
                        ),
                        "+no_space" => assert!(
                            text.contains("data:{") && !text.contains("data: "),
                            "{what}"
                        ),
                        _ => {}
                    }
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn events_are_passed_on_as_they_come() {
    run(async {
        let gate = house().await;
        for (model, two) in [
            ("gpt-4o+stall_after=3/local", false),
            ("gpt-4o+stall_after=3/openai", true),
            ("gpt-4o+stall_after=3+chunk=1/local", true),
        ] {
            let mut wire = if two {
                Wire::connect_two(gate.envoy.port()).await
            } else {
                gate.connect().await
            };
            let mut live = wire.open(&Ask::stream(model)).await;
            assert_eq!(live.status, 200);
            // The provider says three events and then nothing more, so these come while it is silent.
            let text = live.until(" from").await;
            assert!(
                text.contains("\"role\":\"assistant\"") && text.contains("Hello"),
                "{text}"
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_provider_that_does_not_know_the_option_reports_all_the_same() {
    run(async {
        let gate = house().await;
        let ask = request(
            "mistral-small+usage_always+reject_stream_options+completion=17/mistral",
            json!({"include_usage": true}),
        );
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(gate.line(&ask).await.tollgate["output_tokens"], 17);
    });
}

#[test]
fn choices_and_tool_calls_come_through() {
    run(async {
        let gate = house().await;
        let tools = json!([{"type": "function", "function": {"name": "f", "parameters":
            {"type": "object", "properties": {"text": {"type": "string"}}}}}]);
        for switches in ["parallel", "parallel+chunk=1", "parallel+split=1+cr"] {
            let body = json!({"messages": [{"role": "user", "content": "hi"}], "stream": true, "n": 2, "tools": tools});
            let ask = Ask::with(&format!("gpt-4o+{switches}/local"), body);
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, &reply.broken),
                (200, &None),
                "{}",
                reply.text()
            );
            let mut arguments = vec![String::new(); 4];
            for chunk in reply.chunks() {
                let choice = &chunk["choices"][0];
                for call in choice["delta"]["tool_calls"]
                    .as_array()
                    .into_iter()
                    .flatten()
                {
                    let at =
                        choice["index"].as_u64().unwrap() * 2 + call["index"].as_u64().unwrap();
                    let fragment = call["function"]["arguments"].as_str().unwrap_or_default();
                    arguments[usize::try_from(at).unwrap()].push_str(fragment);
                }
            }
            for text in arguments {
                assert!(
                    serde_json::from_str::<Value>(&text)
                        .is_ok_and(|value| value["text"].is_string()),
                    "{text}"
                );
            }
            assert_eq!(
                gate.line(&ask).await.tollgate["finish_reason"],
                "tool_calls"
            );
        }
    });
}

#[test]
fn events_may_be_large() {
    run(async {
        let gate = house().await;
        let text = "All work and no play. ".repeat(40_000);
        for switches in [
            "echo+split=150000",
            "echo+split=200000+chunk=1000+crlf",
            "echo+split=150000+burst",
        ] {
            let messages = json!([{"role": "user", "content": text}]);
            let ask = Ask::with(
                &format!("gpt-4o+{switches}/bulk"),
                json!({"messages": messages, "stream": true}),
            );
            let reply = gate.ask(&ask).await;
            assert_eq!((reply.status, &reply.broken), (200, &None));
            assert!(reply.said() == text, "{switches}");
        }
        gate.assert_well().await;
    });
}
