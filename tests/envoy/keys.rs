//! Keys, on every endpoint and however each client sends them.

use serde_json::{Value, json};
use tokio::sync::OnceCell;
use tollgate::digest::Digest;

use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;
use crate::support::client::Reply;

async fn keyed() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        let mut own = include_str!("keys.yaml").to_owned();
        for id in ["good", "old", "shut", "narrow", "door"] {
            let digest = Digest::of(&[format!("tg-{id}").as_bytes()]);
            own = own.replace(&format!("@{id}@"), &digest.hex());
        }
        config.tollgate(&own);
        Stand::start("keys", config).await
    };
    STAND.get_or_init(start).await
}

/// Every endpoint with a body that asks for a model.
fn endpoints(model: &str) -> Vec<Ask> {
    let said = json!([{"role": "user", "content": "Hi"}]);
    let parts = json!([{"role": "user", "parts": [{"text": "Hi"}]}]);
    let content = json!({"parts": [{"text": "Hi"}]});
    let embed = json!({"model": format!("models/{model}"), "content": content});
    let gemini = |method: &str| format!("/v1beta/models/{model}:{method}");
    let posts: Vec<(String, Value)> = vec![
        (
            "/v1/chat/completions".into(),
            json!({"model": model, "messages": said}),
        ),
        (
            "/openai/v1/chat/completions".into(),
            json!({"model": model, "messages": said}),
        ),
        (
            format!("/openai/deployments/{model}/chat/completions"),
            json!({"messages": said}),
        ),
        (
            "/v1/responses".into(),
            json!({"model": model, "input": "Hi"}),
        ),
        (
            "/v1/responses/input_tokens".into(),
            json!({"model": model, "input": "Hi"}),
        ),
        (
            "/v1/completions".into(),
            json!({"model": model, "prompt": "Hi"}),
        ),
        (
            "/v1/embeddings".into(),
            json!({"model": model, "input": "Hi"}),
        ),
        (
            "/v1/messages".into(),
            json!({"model": model, "max_tokens": 9, "messages": said}),
        ),
        (
            "/v1/messages/count_tokens".into(),
            json!({"model": model, "messages": said}),
        ),
        (gemini("generateContent"), json!({"contents": parts})),
        (
            gemini("streamGenerateContent?alt=sse"),
            json!({"contents": parts}),
        ),
        (gemini("countTokens"), json!({"contents": parts})),
        (gemini("embedContent"), embed.clone()),
        (gemini("batchEmbedContents"), json!({"requests": [embed]})),
    ];
    let post = |(path, body): (String, Value)| Ask::raw(body.to_string()).at(&path);
    let gets = [
        format!("/v1/models/{model}"),
        format!("/v1beta/models/{model}"),
    ];
    let gets = gets.iter().map(|path| Ask::get(path));
    posts.into_iter().map(post).chain(gets).collect()
}

fn with(ask: &Ask, key: &str) -> Ask {
    ask.clone().header("authorization", format!("Bearer {key}"))
}

/// A refusal in the dialect of its path.
fn assert_refused(path: &str, reply: &Reply, status: u16, code: &str) {
    let text = reply.text();
    let refusal = reply.header("x-tollgate-refusal");
    assert_eq!(
        (reply.status, refusal),
        (status, Some(code)),
        "{path}: {text}"
    );
    let error = &reply.json()["error"];
    assert!(
        error["message"].as_str().unwrap().ends_with('.'),
        "{path}: {text}"
    );
    if path.starts_with("/v1/messages") {
        let kind = if status == 401 {
            "authentication_error"
        } else {
            "permission_error"
        };
        assert_eq!(
            (&reply.json()["type"], &error["type"]),
            (&json!("error"), &json!(kind))
        );
    } else if path.starts_with("/v1beta/") {
        let kind = if status == 401 {
            "UNAUTHENTICATED"
        } else {
            "PERMISSION_DENIED"
        };
        assert_eq!(
            (&error["code"], &error["status"]),
            (&json!(status), &json!(kind)),
            "{path}: {text}"
        );
    } else {
        assert_eq!(error["code"], code, "{path}: {text}");
    }
    assert!(!text.contains("tg-"), "{path}: {text}");
}

#[test]
fn every_endpoint_refuses_every_key_that_does_not_hold() {
    run(async {
        let gate = keyed().await;
        for ask in endpoints("gpt-4o") {
            let path = ask.path.as_str();
            let rows = [
                (None, 401, "missing_api_key"),
                (Some("tg-none"), 401, "invalid_api_key"),
                (Some("tg-goo"), 401, "invalid_api_key"),
                (Some("tg-old"), 401, "api_key_expired"),
                (Some("tg-shut"), 401, "api_key_disabled"),
                (Some("tg-narrow"), 403, "model_not_allowed"),
                (Some("tg-door"), 403, "endpoint_not_allowed"),
            ];
            for (key, status, code) in rows {
                let asked = key.map_or_else(|| ask.clone(), |key| with(&ask, key));
                let reply = gate.ask(&asked).await;
                assert_refused(path, &reply, status, code);
            }
            let reply = gate.ask(&with(&ask, "tg-good")).await;
            assert!(
                ![401, 403].contains(&reply.status),
                "{path}: {}",
                reply.text()
            );
        }
        for ask in endpoints("other") {
            let reply = gate.ask(&with(&ask, "tg-narrow")).await;
            assert!(
                ![401, 403].contains(&reply.status),
                "{}: {}",
                ask.path,
                reply.text()
            );
        }
        for path in ["/v1/models", "/v1beta/models"] {
            let reply = gate.ask(&with(&Ask::get(path), "tg-narrow")).await;
            assert!(reply.text().contains("other") && !reply.text().contains("gpt-4o"));
            assert_refused(
                path,
                &gate.ask(&Ask::get(path)).await,
                401,
                "missing_api_key",
            );
        }
        let log = gate.envoy.log();
        let lines = gate.envoy.access_log();
        let lines: String = lines.iter().map(Value::to_string).collect();
        for id in ["good", "old", "none"] {
            let digest = Digest::of(&[format!("tg-{id}").as_bytes()]).hex();
            for text in [&format!("tg-{id}"), &digest, &digest[..12]] {
                assert!(
                    !log.contains(text) && !lines.contains(text),
                    "{text} is in a log"
                );
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_key_is_found_where_each_client_sends_it() {
    run(async {
        let gate = keyed().await;
        for ask in endpoints("gpt-4o") {
            let sep = if ask.path.contains('?') { '&' } else { '?' };
            let asked = [
                with(&ask, "tg-good"),
                ask.clone().header("x-api-key", "tg-good"),
                ask.clone().header("api-key", "tg-good"),
                ask.clone().header("x-goog-api-key", "tg-good"),
                ask.clone()
                    .header("x-tollgate-key", "tg-good")
                    .header("x-api-key", "sk-own"),
                ask.clone().at(&format!("{}{sep}key=tg-good", ask.path)),
            ];
            for asked in asked {
                let reply = gate.ask(&asked).await;
                assert!(
                    ![401, 403].contains(&reply.status),
                    "{} {:?}: {}",
                    asked.path,
                    asked.headers,
                    reply.text()
                );
            }
        }
        let ask = with(&Ask::chat("gpt-4o"), "tg-good");
        assert_eq!(gate.ask(&ask).await.status, 200);
        let own = gate.line(&ask).await.tollgate;
        for (name, value) in [("key", "good"), ("team", "search"), ("plan", "pro")] {
            assert_eq!(own[name], value, "{own}");
        }
        let heard = gate.heard_once(&ask).await;
        assert_eq!(heard.request.header("authorization"), None);
        // The client's own key goes on, Tollgate's does not.
        let both = Ask::chat("gpt-4o/mine").header("x-tollgate-key", "tg-good");
        let both = both.header("authorization", "Bearer sk-own");
        assert_eq!(gate.ask(&both).await.status, 200);
        let heard = gate.heard_once(&both).await;
        assert_eq!(heard.request.header("authorization"), Some("Bearer sk-own"));
        assert_eq!(heard.request.header("x-tollgate-key"), None);
        let alone = gate.ask(&with(&Ask::chat("gpt-4o/mine"), "tg-good")).await;
        assert_refused("/v1/chat/completions", &alone, 401, "missing_api_key");
    });
}

#[test]
fn what_a_client_chains_is_looked_at_part_by_part() {
    run(async {
        let gate = keyed().await;
        for model in [
            "gpt-4o",
            "gpt-4o/local",
            "local/gpt-4o",
            "other,gpt-4o",
            "other, gpt-4o/local",
        ] {
            let reply = gate.ask(&with(&Ask::chat(model), "tg-narrow")).await;
            assert_refused("/v1/chat/completions", &reply, 403, "model_not_allowed");
        }
        let reply = gate.ask(&with(&Ask::chat("other"), "tg-narrow")).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        // At the head, where the path says the model: the body is not waited for.
        let mut wire = gate.connect().await;
        let big = "x".repeat(3_000_000);
        let body = json!({"contents": [{"parts": [{"text": big}]}]}).to_string();
        let ask = Ask::raw(body).at("/v1beta/models/gpt-4o:generateContent");
        let reply = wire.ask(&with(&ask, "tg-narrow")).await;
        assert_refused("/v1beta/", &reply, 403, "model_not_allowed");
    });
}
