//! Stories of who may call.

use serde_json::{Value, json};
use tollgate::digest::Digest;

use crate::rig::{Answer, Exchange, Outcome, run, runtime};

pub fn config(keys: &Value) -> String {
    json!({
        "providers": {
            "a": {"kind": "openai", "host": "a.test", "api_key": {"env": "A_KEY"}},
            "b": {"kind": "openai", "host": "b.test", "api_key": {"env": "B_KEY"}},
            "own": {"kind": "openai", "host": "own.test", "api_key": {"from": "client"}}
        },
        "models": {"m": ["x/a"], "n": ["x/b"], "fast-*": ["gpt-*/a"], "own": ["x/own"]},
        "allow_unlisted": true,
        "default_cluster": "web",
        "keys": keys
    })
    .to_string()
}

pub fn row(id: &str, rest: &Value) -> Value {
    let mut row = json!({"id": id, "sha256": Digest::of(&[format!("tg-{id}").as_bytes()]).hex()});
    let own = row.as_object_mut().unwrap();
    own.extend(rest.as_object().unwrap().clone());
    row
}

fn list() -> Value {
    json!({"list": [
        row("full", &json!({"team": "search", "plan": "pro", "tags": {"app": "web"}})),
        row("user", &json!({"user": "anna"})),
        row("few", &json!({"models": ["m", "fast-*", "fast-1", "gone", "*/b"], "endpoints": ["chat_completions", "models"]})),
        row("old", &json!({"expires": "1970-01-01T00:00:00Z"})),
        row("later", &json!({"expires": "2100-01-01T00:00:00Z"})),
        row("off", &json!({"disabled": true})),
    ]})
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Exchange {
    let length = body.len().to_string();
    let mut all = vec![(":method", method), (":path", path)];
    if !body.is_empty() {
        all.push(("content-length", &length));
    }
    all.extend(headers);
    Exchange::new(&all, body)
}

fn send(keys: &Value, request: Exchange) -> Outcome {
    run(&runtime(&config(keys)), request, |_, _| {
        let head = [(":status", "200"), ("content-type", "application/json")];
        Answer::Reply(Exchange::new(
            &head,
            r#"{"object":"chat.completion","choices":[]}"#,
        ))
    })
}

fn chat(model: &str, headers: &[(&str, &str)]) -> Outcome {
    let body = json!({"model": model, "messages": []}).to_string();
    send(
        &list(),
        request("POST", "/v1/chat/completions", headers, &body),
    )
}

fn with(model: &str, key: &str) -> Outcome {
    chat(model, &[("authorization", &format!("Bearer {key}"))])
}

pub fn refusal(outcome: &Outcome) -> (u16, &str) {
    let code = outcome.reply.header("x-tollgate-refusal").unwrap_or("");
    (outcome.reply.status(), code)
}

#[test]
fn a_key_is_read_where_each_client_sends_it() {
    let rows: [(&str, &[(&str, &str)]); 8] = [
        ("", &[("authorization", "Bearer tg-full")]),
        ("", &[("authorization", "bearer  tg-full ")]),
        ("", &[("x-api-key", "tg-full")]),
        ("", &[("api-key", "tg-full")]),
        ("", &[("x-goog-api-key", "tg-full")]),
        ("?key=tg-full", &[]),
        ("?alt=sse&key=tg%2Dfull", &[]),
        (
            "",
            &[
                ("x-tollgate-key", "tg-full"),
                ("authorization", "Bearer sk-own"),
            ],
        ),
    ];
    for (query, headers) in rows {
        let path = format!("/v1/chat/completions{query}");
        let body = r#"{"model": "m", "messages": []}"#;
        let outcome = send(&list(), request("POST", &path, headers, body));
        assert_eq!(outcome.reply.status(), 200, "{query} {headers:?}");
        assert_eq!(outcome.log["key"], "full");
        assert_eq!(outcome.log["team"], "search");
        assert_eq!(outcome.log["plan"], "pro");
        assert_eq!(outcome.log["tags"], json!({"app": "web"}));
        let sent = format!("{:?}", outcome.sent);
        assert!(
            !sent.contains("tg-full") && !sent.contains("sk-own"),
            "{sent}"
        );
    }
}

#[test]
fn what_does_not_hold_is_refused_at_the_head() {
    let rows = [
        (None, 401, "missing_api_key"),
        (Some(""), 401, "missing_api_key"),
        (Some("tg-none"), 401, "invalid_api_key"),
        (Some("tg-ful"), 401, "invalid_api_key"),
        (Some("tg-old"), 401, "api_key_expired"),
        (Some("tg-off"), 401, "api_key_disabled"),
        (Some("tg-later"), 200, ""),
    ];
    for (key, status, code) in rows {
        let bearer = key.map(|key| format!("Bearer {key}"));
        let headers = bearer
            .as_ref()
            .map(|value| ("authorization", value.as_str()));
        let outcome = chat("m", headers.as_slice());
        assert_eq!(refusal(&outcome), (status, code));
        let told = format!("{:?}{}", outcome.reply, outcome.log);
        let shown = key.is_some_and(|key| !key.is_empty() && told.contains(key));
        assert!(!shown, "{told}");
        assert_eq!(outcome.sent.is_empty(), status != 200);
    }
    // Known by its row, though it no longer holds.
    assert_eq!(with("m", "tg-old").log["key"], "old");
}

#[test]
fn every_name_that_a_client_writes_must_be_allowed() {
    let rows = [
        ("m", 200, ""),
        ("fast-4o", 200, ""),
        ("x/b", 200, ""),
        ("b/x", 200, ""),
        ("m,x/b", 200, ""),
        ("n", 403, "model_not_allowed"),
        ("x/a", 403, "model_not_allowed"),
        ("a/x", 403, "model_not_allowed"),
        ("m, x/a", 403, "model_not_allowed"),
        ("x/b,n", 403, "model_not_allowed"),
        ("fast-4o/a", 403, "model_not_allowed"),
        ("none", 404, "model_not_found"),
    ];
    for (model, status, code) in rows {
        assert_eq!(refusal(&with(model, "tg-few")), (status, code), "{model}");
        if status == 403 {
            assert_eq!(refusal(&with(model, "tg-full")), (200, ""), "{model}");
        }
    }
    // What could have been meant is no other key's model.
    let unknown = with("nn", "tg-few");
    assert!(!unknown.reply.body().contains("'n'") && !unknown.reply.body().contains(" n?"));
    assert!(with("nn", "tg-full").reply.body().contains(" n?"));
    for broken in ["m,", ",m", "m,,m"] {
        assert_eq!(
            refusal(&with(broken, "tg-few")),
            (400, "invalid_chain"),
            "{broken}"
        );
    }
    let gemini = "/v1beta/models/n:generateContent";
    let headers = [("x-goog-api-key", "tg-few")];
    let keys = json!({"list": [row("few", &json!({"models": ["m"]}))]});
    let outcome = send(
        &keys,
        request("POST", gemini, &headers, r#"{"contents": []}"#),
    );
    assert_eq!(refusal(&outcome), (403, "model_not_allowed"));
}

#[test]
fn only_the_key_s_models_and_endpoints_are_shown() {
    let headers = [("authorization", "Bearer tg-few")];
    let ask = |path: &str| send(&list(), request("GET", path, &headers, ""));
    let names = |outcome: &Outcome| -> Vec<String> {
        let body: Value = serde_json::from_str(&outcome.reply.body()).unwrap();
        let data = body["data"].as_array().unwrap().clone();
        data.iter()
            .map(|model| model["id"].as_str().unwrap().to_owned())
            .collect()
    };
    // What a listed `*` stands for is shown where the key names it, and leads somewhere.
    assert_eq!(names(&ask("/v1/models")), ["fast-1", "m"]);
    assert_eq!(refusal(&ask("/v1/models/n")), (403, "model_not_allowed"));
    assert_eq!(ask("/v1/models/m").reply.status(), 200);
    let body = r#"{"model": "m", "input": "x"}"#;
    for path in [
        "/v1/embeddings",
        "/v1/responses",
        "/v1/responses/input_tokens",
    ] {
        let outcome = send(&list(), request("POST", path, &headers, body));
        assert_eq!(refusal(&outcome), (403, "endpoint_not_allowed"), "{path}");
    }
    let nobody = send(&list(), request("GET", "/v1/models", &[], ""));
    assert_eq!(refusal(&nobody), (401, "missing_api_key"));
    let keys = json!({"list": [row("k", &json!({"endpoints": ["messages"]}))]});
    let outcome = send(
        &keys,
        request("GET", "/v1/models", &[("x-api-key", "tg-k")], ""),
    );
    assert_eq!(refusal(&outcome), (403, "endpoint_not_allowed"));
}

#[test]
fn other_paths_need_no_key() {
    let outcome = send(&list(), request("GET", "/index.html", &[], ""));
    assert_eq!(outcome.sent[0].0, "web");
}

#[test]
fn a_key_need_not_be_sent_where_none_is_required() {
    let mut keys = list();
    keys["required"] = json!(false);
    let body = r#"{"model": "m", "messages": []}"#;
    let ask = |headers: &[(&str, &str)]| {
        send(
            &keys,
            request("POST", "/v1/chat/completions", headers, body),
        )
    };
    assert_eq!(ask(&[]).reply.status(), 200);
    assert_eq!(ask(&[]).log["key"], Value::Null);
    let wrong = ask(&[("authorization", "Bearer tg-none")]);
    assert_eq!(refusal(&wrong), (401, "invalid_api_key"));
}

#[test]
fn the_client_s_own_key_goes_beside_tollgate_s() {
    let both = [
        ("x-tollgate-key", "tg-full"),
        ("authorization", "Bearer sk-own"),
    ];
    let outcome = chat("own", &both);
    assert_eq!(outcome.reply.status(), 200);
    assert_eq!(
        outcome.sent[0].1.header("authorization"),
        Some("Bearer sk-own")
    );
    assert_eq!(outcome.sent[0].1.header("x-tollgate-key"), None);
    let alone = with("own", "tg-full");
    assert_eq!(refusal(&alone), (401, "missing_api_key"));
    assert!(alone.reply.body().contains("x-tollgate-key"));
}

#[test]
fn the_key_s_user_and_tags_go_before_the_client_s() {
    let claims = [
        ("x-tollgate-user", "eve"),
        ("x-tollgate-tag-app", "mine"),
        ("x-tollgate-tag-other", "too"),
    ];
    let said = |key: &'static str| [&claims[..], &[("x-api-key", key)]].concat();
    assert_eq!(chat("m", &said("tg-user")).log["user"], "anna");
    let full = chat("m", &said("tg-full"));
    assert_eq!(full.log["user"], "eve");
    assert_eq!(full.log["tags"], json!({"app": "web", "other": "too"}));
}
