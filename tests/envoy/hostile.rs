//! Requests that try to get something through: other people's headers, values past the mask, names without end.

use std::time::Duration;

use hyper::header::HeaderValue;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::checks::assert_own;
use crate::stand::{Stand, config, house, run};
use crate::support::ask::Ask;

#[test]
fn a_models_name_is_only_a_name() {
    run(async {
        let gate = house().await;
        for name in [
            "a\r\nx-evil: 1/local",
            "a\u{0}b/local",
            "a\tb/local",
            "é\u{7f}/local",
            "\"/local",
            " x /local",
        ] {
            for body in [json!({}), json!({"stream": true})] {
                let mut body = body;
                body["messages"] = json!([{"role": "user", "content": "hi"}]);
                let ask = Ask::with(name, body);
                let reply = gate.ask(&ask).await;
                assert!(reply.header("x-evil").is_none(), "{:?}", reply.headers);
                assert!(
                    matches!(reply.status, 200 | 400 | 404),
                    "{name:?}: {} {}",
                    reply.status,
                    reply.text()
                );
                for heard in gate.heard(&ask).await {
                    assert_own(&heard);
                    assert_eq!(heard.request.header("x-evil"), None);
                }
                gate.line(&ask).await;
            }
        }
        gate.assert_well().await;
    });
}

/// A gateway of a test's own: what holds a worker up does not hold up other tests.
async fn own(name: &str) -> Stand {
    let mut config = config("envoy.yaml").await;
    config.tollgate(SMALL);
    Stand::start(name, config).await
}

const SMALL: &str = "providers:
  local: {kind: openai, host: 127.0.0.1, api_key: {env: LOCAL_API_KEY}}
  openai: {kind: openai, api_key: {env: OPENAI_API_KEY}}
redact: {entities: {email: mask}}
observe: {decision_header: true}";

/// Far longer than what these take by themselves.
const LONG: Duration = Duration::from_secs(15);

#[test]
fn a_models_name_without_end_takes_no_time() {
    run(async {
        let gate = own("long-names").await;
        for size in [10_000, 100_000, 1_000_000] {
            let long = "x".repeat(size);
            let chain = vec!["gpt-4o/local"; size / 13].join(",");
            for name in [
                long.clone(),
                format!("{long}/local"),
                format!("{long}/nobody"),
                chain,
            ] {
                let what = format!("a name of {size} with the end {}", &name[name.len() - 12..]);
                let ask = Ask::chat(&name);
                let reply = timeout(LONG, gate.ask(&ask)).await;
                let reply = reply.unwrap_or_else(|_| panic!("{what} holds a worker up"));
                assert!(
                    matches!(reply.status, 200 | 400 | 404),
                    "{what}: {}",
                    reply.status
                );
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn reply_headers_are_short() {
    run(async {
        let gate = house().await;
        let reply = gate
            .ask(&Ask::chat(&format!("{}/local", "x".repeat(20_000))))
            .await;
        let longest = reply.headers.values().map(HeaderValue::len).max();
        assert!(
            longest < Some(9000),
            "status {}, a reply header of {longest:?} bytes",
            reply.status
        );
    });
}

#[test]
fn many_values_take_no_time() {
    run(async {
        let gate = own("many-values").await;
        let text: String = (0..20_000)
            .map(|nth| format!("n{nth}@example.com "))
            .collect();
        for (switches, stream) in [("", false), ("+split=5", true)] {
            let messages = json!([{"role": "user", "content": text}]);
            let body = json!({"messages": messages, "stream": stream});
            let ask = Ask::with(&format!("gpt-4o+echo{switches}/local"), body);
            let reply = timeout(LONG, gate.ask(&ask)).await;
            let reply = reply.unwrap_or_else(|_| panic!("{switches}: a worker is held up"));
            let said = if stream {
                reply.said()
            } else {
                reply.content()
            };
            assert!(said == text, "{switches}: {} characters", said.len());
        }
        gate.assert_well().await;
    });
}

#[test]
fn paths_are_normalized_first() {
    run(async {
        let gate = house().await;
        for path in [
            "/v1/./chat/completions",
            "/x/../v1/chat/completions",
            "/v1/chat/completions?",
            "/%76%31/chat/completions",
        ] {
            let ask = Ask::say("gpt-4o/local", "ada@example.com").at(path);
            let reply = gate.ask(&ask).await;
            for heard in gate.heard_by(&["local", "web"], &ask).await {
                // Wherever it was sent, it is either the gateway's own or an untouched one.
                if heard.by == "local" {
                    assert!(!heard.text().contains("ada@"), "{path}");
                    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn placeholders_of_the_clients_own_stay_what_they_are() {
    run(async {
        let gate = house().await;
        let said = "[EMAIL_1] [email_2] is not ada@example.com";
        for content in [
            r#""[EMAIL_1] [email_2] is not ada@example.com""#,
            r#""\u005bEMAIL_1\u005d [email_2\u005d is not ada@example.com""#,
            r#""[\u0045MAIL_1] \u005bemail_2] is not ada\u0040example.com""#,
        ] {
            let body = r#"{"model":"gpt-4o+echo/local","x_mark":"MARK","messages":[{"role":"user","content":TEXT}]}"#;
            let ask = Ask::text(&body.replace("TEXT", content));
            let reply = gate.ask(&ask).await;
            assert_eq!(
                reply.content(),
                said,
                "{content}: {}",
                gate.heard_once(&ask).await.text()
            );
        }
    });
}

#[test]
fn nothing_hides_in_arguments() {
    run(async {
        let gate = house().await;
        for arguments in [
            r#"{"to":"ada@example.com"}"#,
            r#"{"to":["x",{"y":"\u0061da@example.com"}]}"#,
            r#"not JSON at all, ada@example.com"#,
            r#"{"to":"ada@example.com""#,
            r#""ada@example.com""#,
            r#"{"inner":"{\"to\":\"ada@example.com\"}"}"#,
        ] {
            let calls = json!([{"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}]);
            let messages = json!([
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": null, "tool_calls": calls},
                {"role": "tool", "tool_call_id": "c", "content": arguments},
                {"role": "assistant", "content": null, "function_call": {"name": "f", "arguments": arguments}},
            ]);
            let ask = Ask::with("gpt-4o/local", json!({"messages": messages}));
            assert_eq!(gate.ask(&ask).await.status, 200);
            let heard = gate.heard_once(&ask).await;
            assert!(
                !heard.text().contains("example.com"),
                "{arguments}: {}",
                heard.text()
            );
            let sent = &heard.json()["messages"][1]["tool_calls"][0]["function"]["arguments"];
            let was = serde_json::from_str::<Value>(arguments).is_ok();
            let is = serde_json::from_str::<Value>(sent.as_str().unwrap()).is_ok();
            assert_eq!(was, is, "{arguments} became {sent}");
        }
    });
}

#[test]
fn nothing_hides_in_other_fields() {
    run(async {
        let gate = house().await;
        let user = json!([{"role": "user", "content": "hi"}]);
        for more in [
            json!({"user": "ada@example.com"}),
            json!({"metadata": {"who": "ada@example.com"}}),
            json!({"prediction": {"type": "content", "content": "ada@example.com"}}),
            json!({"prediction": {"type": "content", "content": [{"type": "text", "text": "ada@example.com"}]}}),
            json!({"functions": [{"name": "f", "description": "ada@example.com", "parameters": {}}]}),
            json!({"tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties":
                {"to": {"type": "string", "enum": ["ada@example.com"], "default": "ada@example.com", "examples": ["ada@example.com"]}}}}}]}),
            json!({"response_format": {"type": "json_schema", "json_schema": {"name": "n", "description": "ada@example.com",
                "schema": {"type": "object", "description": "ada@example.com"}}}}),
            json!({"messages": [{"role": "user", "content": [{"type": "a_new_part", "words": {"deep": ["ada@example.com"]}}]}]}),
            json!({"messages": [{"role": "user", "content": "hi", "a_new_field": "ada@example.com"}]}),
        ] {
            let mut body = json!({"messages": user});
            body.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let ask = Ask::with("gpt-4o/local", body);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{more}: {}", reply.text());
            let heard = gate.heard_once(&ask).await;
            assert!(!heard.text().contains("ada@"), "{}", heard.text());
        }
    });
}
