//! Tokens and money: in the reply's headers, in the access log, in the stats.

use serde_json::{Value, json};

use crate::providers::KEYS;
use crate::stand::{house, run};
use crate::support::ask::Ask;
use crate::support::eventually;

const PRICED: &str = "gpt-4o+prompt=77+completion=9+cached=5+reasoning=3/local";

fn request(model: &str, stream: bool) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    Ask::with(model, json!({"messages": messages, "stream": stream}))
}

#[test]
fn what_the_provider_reports_wins() {
    run(async {
        let gate = house().await;
        for stream in [false, true] {
            let ask = request(PRICED, stream)
                .header("x-tollgate-tag-app", "search")
                .header("x-tollgate-user", "ada");
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            if stream {
                // Before it left it was counted: 3 + 1 + 5 tokens of a message, 3 for the reply's beginning.
                assert_eq!(reply.header("x-tollgate-input-tokens"), Some("12"));
                assert_eq!(reply.header("x-tollgate-output-tokens"), None);
            } else {
                assert_eq!(reply.header("x-tollgate-input-tokens"), Some("77"));
                assert_eq!(reply.header("x-tollgate-output-tokens"), Some("9"));
                // 72 at 2.50, 5 at 1.25 and 9 at 10 USD for a million.
                let cost: f64 = reply
                    .header("x-tollgate-cost-usd")
                    .unwrap()
                    .parse()
                    .unwrap();
                assert!((cost - 0.000_276_25).abs() < 1e-9, "{cost}");
            }
            let line = gate.line(&ask).await;
            let own = &line.tollgate;
            for (field, value) in [
                ("model", json!(PRICED)),
                ("provider", json!("local")),
                ("target", json!(PRICED)),
                ("attempts", json!(1)),
                ("input_tokens", json!(77)),
                ("output_tokens", json!(9)),
                ("cached_tokens", json!(5)),
                ("reasoning_tokens", json!(3)),
                ("usage_source", json!("provider")),
                ("key", Value::Null),
                ("team", Value::Null),
                ("tags", json!({"test": ask.mark, "app": "search"})),
                ("finish_reason", json!("stop")),
                ("findings", json!({})),
                ("cache", Value::Null),
                ("refusal", Value::Null),
            ] {
                assert!(
                    own.get(field).is_some_and(|own| *own == value),
                    "{field}: {own}"
                );
            }
            assert!(
                (own["cost_usd"].as_f64().unwrap() - 0.000_276_25).abs() < 1e-9,
                "{own}"
            );
            assert!(
                own["ttft_ms"].as_u64() <= own["duration_ms"].as_u64() && own["ttft_ms"].is_u64(),
                "{own}"
            );
            let text = line.envoy.to_string();
            assert!(
                !text.contains("Say hello") && !text.contains("Hello from"),
                "no words in the log: {text}"
            );
            assert!(
                KEYS.iter().all(|(_, key)| !text.contains(key)),
                "no keys in the log: {text}"
            );
        }
    });
}

#[test]
fn what_nobody_reports_is_counted() {
    run(async {
        let gate = house().await;
        // "one two three four five" has five tokens in o200k_base.
        for (switches, stream) in [
            ("", false),
            ("", true),
            ("+chunk=1", true),
            ("+split=1", true),
            ("+crlf+comments", true),
        ] {
            let model =
                format!("gpt-4o+no_usage+say=one%20two%20three%20four%20five{switches}/local");
            let ask = request(&model, stream);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            if !stream {
                assert_eq!(reply.header("x-tollgate-output-tokens"), Some("5"));
                assert_eq!(reply.header("x-tollgate-input-tokens"), Some("12"));
            }
            let own = gate.line(&ask).await.tollgate;
            assert_eq!(own["usage_source"], "counted", "{own}");
            assert_eq!(
                (&own["input_tokens"], &own["output_tokens"]),
                (&json!(12), &json!(5)),
                "{own}"
            );
        }
    });
}

#[test]
fn usage_in_every_chunk_counts_once() {
    run(async {
        let gate = house().await;
        let ask = request("gpt-4o+usage_always+prompt=40+completion=20/local", true);
        assert_eq!(gate.ask(&ask).await.status, 200);
        let own = gate.line(&ask).await.tollgate;
        assert_eq!(own["usage_source"], "provider", "{own}");
        assert_eq!(
            (&own["input_tokens"], &own["output_tokens"]),
            (&json!(40), &json!(20)),
            "{own}"
        );
    });
}

#[test]
fn tools_and_images_count() {
    run(async {
        let gate = house().await;
        let count = async |more: Value| {
            let mut body = json!({"messages": [{"role": "user", "content": "hi"}], "stream": true});
            body.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let reply = gate.ask(&Ask::with("gpt-4o/bulk", body)).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            reply
                .header("x-tollgate-input-tokens")
                .unwrap()
                .parse::<u64>()
                .unwrap()
        };
        let bare = count(json!({})).await;
        assert_eq!(bare, 8);
        let function = json!({"name": "weather", "description": "Tells the weather of a city",
            "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "The city"}}}});
        let tools = count(json!({"tools": [{"type": "function", "function": function}]})).await;
        assert!((bare + 20..bare + 60).contains(&tools), "{tools}");
        let data = format!(
            "data:image/png;base64,{}",
            "iVBORw0KGgoAAAANSUhEUgAA4111111111111111".repeat(20_000)
        );
        let parts = json!([{"type": "text", "text": "hi"}, {"type": "image_url", "image_url": {"url": data}}]);
        let image = count(json!({"messages": [{"role": "user", "content": parts}]})).await;
        assert!(image < 2000, "an image is not counted as text: {image}");
    });
}

#[test]
fn models_without_a_public_tokenizer_are_marked() {
    run(async {
        let gate = house().await;
        for (model, estimated) in [
            ("gpt-4o/local", false),
            ("gpt-4/local", false),
            ("claude-sonnet-4-5/anthropic", true),
        ] {
            let ask = Ask::chat(model);
            let reply = gate.ask(&ask).await;
            let decision = reply.header("x-tollgate-decision").unwrap_or_default();
            assert!(decision.contains(model), "{decision}");
            let line = gate.line(&ask).await;
            assert_eq!(
                line.tollgate["counted_estimated"], estimated,
                "{model}: {line:?}"
            );
        }
    });
}

#[test]
fn stats_have_labels_and_only_known_ones() {
    run(async {
        let gate = house().await;
        for stream in [false, true, true] {
            let ask = request("measured", stream);
            assert_eq!(gate.ask(&ask).await.status, 200);
            gate.line(&ask).await;
        }
        let prometheus = async || gate.envoy.ask_admin("/stats/prometheus").await;
        for line in [
            r#"tollgate_tokens{model="measured",provider="local",type="input"} 30"#,
            r#"tollgate_tokens{model="measured",provider="local",type="output"} 15"#,
            r#"tollgate_requests{model="measured",provider="local",status="2xx"} 3"#,
            r#"gen_ai_client_token_usage_count{model="measured",provider="local",type="input"} 3"#,
            r#"gen_ai_client_token_usage_sum{model="measured",provider="local",type="output"} "#,
            r#"gen_ai_server_request_duration_count{model="measured",provider="local"} 3"#,
            r#"gen_ai_server_time_to_first_token_count{model="measured",provider="local"} 2"#,
            r#"gen_ai_server_time_per_output_token_count{model="measured",provider="local"} 2"#,
        ] {
            eventually(line, async || {
                prometheus().await.contains(line).then_some(())
            })
            .await;
        }
        // Labels in whatever order.
        let has = async |name: &str, labels: &[&str]| {
            let what = format!("{name} {labels:?}");
            let fits = |line: &str| {
                line.starts_with(name) && labels.iter().all(|label| line.contains(label))
            };
            eventually(&what, async || {
                prometheus().await.lines().any(fits).then_some(())
            })
            .await;
        };
        gate.ask(&request("gpt-4o+status=429/openai,gpt-4o/local", false))
            .await;
        has(
            "tollgate_attempts_failed{",
            &[r#"provider="openai""#, r#"cause="429""#],
        )
        .await;
        gate.ask(&Ask::raw("{")).await;
        has("tollgate_refusals{", &[r#"reason="invalid_json""#]).await;
        gate.ask(&Ask::say("alias", "ada@example.com")).await;
        has("tollgate_findings{", &[r#"kind="email""#]).await;
        let name = "a-name-that-only-a-client-knows";
        assert_eq!(
            gate.ask(&Ask::chat(&format!("{name}/local"))).await.status,
            200
        );
        gate.ask(
            &Ask::chat(name)
                .header("x-tollgate-user", name)
                .header("x-tollgate-tag-a", name),
        )
        .await;
        assert!(
            !prometheus().await.contains(name),
            "labels are never a client's words"
        );
        assert!(!prometheus().await.contains("mark~"));
    });
}
