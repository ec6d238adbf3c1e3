//! Which target a model's name leads to.

use std::collections::HashMap;

use serde_json::json;

use crate::checks::assert_refused;
use crate::stand::{house, run, strict};
use crate::support::ask::Ask;

#[test]
fn names_lead_to_targets() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        for (name, provider, model) in [
            ("gpt-4o", "openai", "gpt-4o"),
            ("alias", "local", "gpt-4o-mini"),
            ("claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"),
            ("claude-x-9", "gemini", "claude-long-9"),
            ("big-preview", "local", "big-preview"),
            ("half-off", "local", "gpt-4o"),
            ("o3-mini/openai", "openai", "o3-mini"),
            ("openai/o3-mini", "openai", "o3-mini"),
            (
                "meta-llama/llama-3.1:free/local",
                "local",
                "meta-llama/llama-3.1:free",
            ),
            (
                "local/meta-llama/llama-3.1:free",
                "local",
                "meta-llama/llama-3.1:free",
            ),
            (
                "mistral-large-latest/mistral",
                "mistral",
                "mistral-large-latest",
            ),
            ("gpt-4o/local,gpt-4o/openai", "local", "gpt-4o"),
            ("alias,gpt-4o", "local", "gpt-4o-mini"),
            ("gpt-4o/unset,alias", "local", "gpt-4o-mini"),
        ] {
            for stream in [false, true] {
                let messages = json!([{"role": "user", "content": "hello"}]);
                let ask = Ask::with(name, json!({"messages": messages, "stream": stream}));
                let reply = wire.ask(&ask).await;
                assert_eq!(reply.status, 200, "{name}: {}", reply.text());
                let heard = gate.heard_once(&ask).await;
                assert_eq!(
                    (heard.by, heard.model().as_str()),
                    (provider, model),
                    "{name}"
                );
                assert_eq!(
                    reply.header("x-tollgate-provider"),
                    Some(provider),
                    "{name}"
                );
                assert_eq!(reply.header("x-tollgate-model"), Some(model), "{name}");
                assert_eq!(reply.header("x-tollgate-attempts"), Some("1"), "{name}");
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn unknown_models_are_refused_with_near_names() {
    run(async {
        let gate = house().await;
        for (name, near) in [
            ("gpt-4p", "gpt-4o"),
            ("alais", "alias"),
            ("GPT-4O", "gpt-4o"),
            ("gpt-4o/opnai", "gpt-4o/openai"),
            ("weigthed", "weighted"),
            ("nothing-like-any-of-them", ""),
            ("alias,nothing-like-it", ""),
            ("", ""),
        ] {
            let ask = Ask::chat(name);
            let reply = gate.ask(&ask).await;
            let status = if name.is_empty() { reply.status } else { 404 };
            let code = if name.is_empty() {
                "invalid_chain"
            } else {
                "model_not_found"
            };
            let message = assert_refused(&reply, status, code);
            assert!(message.contains(near), "{name}: {message}");
            assert_eq!(reply.json()["error"]["param"], "model", "{name}");
            assert!(gate.heard(&ask).await.is_empty(), "{name}");
        }
        for name in ["gpt-4o/local,", ",gpt-4o", "a,,b"] {
            let reply = gate.ask(&Ask::chat(name)).await;
            assert!(
                (400..500).contains(&reply.status),
                "{name}: {}",
                reply.text()
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_model_without_any_credential_is_refused() {
    run(async {
        let gate = house().await;
        for name in ["all-off", "gpt-4o/unset"] {
            let ask = Ask::chat(name);
            let reply = gate.ask(&ask).await;
            let message = assert_refused(&reply, 503, "provider_not_configured");
            assert!(message.contains(name), "{message}");
        }
        assert!(
            gate.envoy.log().contains("UNSET_API_KEY"),
            "the log names the variable that is missing"
        );
    });
}

#[test]
fn only_listed_models_without_allow_unlisted() {
    run(async {
        let gate = strict().await;
        for name in [
            "gpt-4o/local",
            "local/gpt-4o",
            "only/local",
            "gpt-4o",
            "only,gpt-4o/local",
        ] {
            let ask = Ask::chat(name);
            assert_refused(&gate.ask(&ask).await, 404, "model_not_found");
            assert!(gate.heard(&ask).await.is_empty(), "{name}");
        }
        let reply = gate.ask(&Ask::chat("only")).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    });
}

#[test]
fn weights_decide_how_often() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        let mut heavy = 0;
        for _ in 0..200 {
            let reply = wire.ask(&Ask::chat("weighted")).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            heavy += i32::from(reply.header("x-tollgate-model") == Some("a"));
        }
        // 160 are expected; the deviation is 5.7.
        assert!(
            (130..=190).contains(&heavy),
            "{heavy} of 200 went to the target with 80 %"
        );
    });
}

#[test]
fn a_user_stays_with_a_target() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        let mut targets: HashMap<String, usize> = HashMap::new();
        for user in 0..20 {
            let messages = json!([{"role": "user", "content": "hello"}]);
            let by_field = || {
                Ask::with(
                    "sticky",
                    json!({"messages": messages, "user": format!("user-{user}")}),
                )
            };
            let by_header = Ask::chat("sticky").header("x-tollgate-user", format!("user-{user}"));
            let mut seen = Vec::new();
            for ask in [by_field(), by_field(), by_header] {
                seen.push(
                    wire.ask(&ask)
                        .await
                        .header("x-tollgate-model")
                        .unwrap()
                        .to_owned(),
                );
            }
            assert!(
                seen.iter().all(|model| *model == seen[0]),
                "user-{user}: {seen:?}"
            );
            *targets.entry(seen.remove(0)).or_default() += 1;
        }
        assert_eq!(targets.len(), 2, "20 users are spread: {targets:?}");
    });
}
