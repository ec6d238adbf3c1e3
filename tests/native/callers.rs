//! Stories of callers whom Envoy or a source knows.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};
use tollgate::digest::Digest;
use tollgate::host;
use tollgate::runtime::Runtime;

use crate::keys::{config, refusal, request, row};
use crate::rig::{Answer, Exchange, Outcome, run_as, run_with, runtime};

/// A configuration with whatever stands in `rest` beside the providers and models.
fn configured(rest: &Value) -> Runtime {
    let mut config: Value = serde_json::from_str(&config(&Value::Null)).unwrap();
    let own = config.as_object_mut().unwrap();
    own.extend(rest.as_object().unwrap().clone());
    runtime(&config.to_string())
}

fn fine(_: usize, _: &Exchange) -> Answer {
    let head = [(":status", "200"), ("content-type", "application/json")];
    Answer::Reply(Exchange::new(
        &head,
        r#"{"object":"chat.completion","choices":[]}"#,
    ))
}

#[test]
fn envoy_may_say_who_calls() {
    const SUB: &str = "metadata.filter_metadata.envoy.filters.http.jwt_authn.payload.sub";
    let rest = json!({
        "identity": {
            "key": r#"metadata.filter_metadata["envoy.filters.http.jwt_authn"].payload.sub"#,
            "team": "request.headers.x-team",
            "user": ["connection", "uri_san_peer_certificate"]
        },
        "keys": {"list": [
            {"id": "few", "team": "own", "models": ["m"]},
            {"id": "off", "disabled": true},
            row("full", &json!({"plan": "pro"}))
        ]}
    });
    let known = configured(&rest);
    let ask = |attributes: &[(&str, &[u8])], headers: &[(&str, &str)], model: &str| {
        let body = json!({"model": model, "messages": []}).to_string();
        let request = request("POST", "/v1/chat/completions", headers, &body);
        run_as(attributes, &known, request, fine)
    };
    let (team, user) = (
        "request.headers.x-team",
        "connection.uri_san_peer_certificate",
    );
    let all: [(&str, &[u8]); 3] = [
        (SUB, b"someone"),
        (team, b"search"),
        (user, b"spiffe://x/anna"),
    ];
    let outcome = ask(
        &all,
        &[("x-team", "search"), ("x-tollgate-user", "eve")],
        "n",
    );
    assert_eq!(outcome.reply.status(), 200);
    assert_eq!(outcome.log["key"], "someone");
    assert_eq!(outcome.log["team"], "search");
    assert_eq!(outcome.log["user"], "spiffe://x/anna");
    assert_eq!(
        outcome.sent[0].1.header("x-team"),
        None,
        "identity stays here"
    );
    // The client's own credential is its own where Envoy knows it.
    let own = ask(&all, &[("authorization", "Bearer sk-own")], "own");
    assert_eq!(own.sent[0].1.header("authorization"), Some("Bearer sk-own"));
    // A row of this id holds for it.
    let few = [(SUB, &b"few"[..]), (team, b"other")];
    assert_eq!(refusal(&ask(&few, &[], "n")), (403, "model_not_allowed"));
    assert_eq!(ask(&few, &[], "m").log["team"], "own");
    assert_eq!(
        refusal(&ask(&[(SUB, b"off")], &[], "m")),
        (401, "api_key_disabled")
    );
    // Without, a key is needed; one that is apart goes first.
    assert_eq!(
        refusal(&ask(&[(team, b"search")], &[], "m")),
        (401, "missing_api_key")
    );
    let by_key = ask(&[(team, b"search")], &[("x-api-key", "tg-full")], "m");
    assert_eq!(
        (&by_key.log["key"], &by_key.log["team"]),
        (&json!("full"), &json!("search"))
    );
    let apart = ask(&all, &[("x-tollgate-key", "tg-full")], "m");
    assert_eq!(apart.log["key"], "full");
    let long = "x".repeat(129);
    for value in [&b"\xff"[..], b"a\nb", long.as_bytes()] {
        for name in [SUB, team, user] {
            let outcome = ask(&[(name, value)], &[("x-api-key", "tg-full")], "m");
            assert_eq!(refusal(&outcome), (401, "invalid_identity"), "{name}");
        }
    }
}

#[test]
fn envoy_alone_may_say_who_calls() {
    let known = configured(&json!({"identity": {"key": "a.b", "plan": "a.c"}}));
    let body = r#"{"model": "m", "messages": []}"#;
    let ask = |attributes: &[(&str, &[u8])]| {
        let request = request("POST", "/v1/chat/completions", &[], body);
        run_as(attributes, &known, request, fine)
    };
    let outcome = ask(&[("a.b", b"me"), ("a.c", b"free")]);
    assert_eq!(
        (&outcome.log["key"], &outcome.log["plan"]),
        (&json!("me"), &json!("free"))
    );
    assert_eq!(ask(&[]).reply.status(), 200);
}

/// A source that tells rows by digest, and what it was asked.
fn source(rest: &Value) -> Value {
    let mut source = json!({"kind": "http", "cluster": "webdis", "path": "/GET/tollgate:{sha256}", "pointer": "/GET"});
    let own = source.as_object_mut().unwrap();
    own.extend(rest.as_object().unwrap().clone());
    json!({"keys": {"list": [row("listed", &json!({}))], "source": source}})
}

/// Asks for model `m` with a key; `told` is what the source says, and the paths that it was asked come back.
fn through(known: &Runtime, key: &str, told: host::Answer) -> (Outcome, Vec<String>) {
    let body = r#"{"model": "m", "messages": []}"#;
    let request = request("POST", "/v1/chat/completions", &[("x-api-key", key)], body);
    asking(known, request, told)
}

fn asking(known: &Runtime, request: Exchange, told: host::Answer) -> (Outcome, Vec<String>) {
    asking_at(0, known, request, told)
}

fn asking_at(
    now: u64,
    known: &Runtime,
    request: Exchange,
    told: host::Answer,
) -> (Outcome, Vec<String>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let paths = Rc::clone(&asked);
    let service = move |call: &host::CallOut| {
        let host::Ask::Http { headers, body } = &call.ask else {
            panic!("{call:?}")
        };
        assert!(body.is_empty() && !format!("{call:?}").contains("tg-"));
        let path = headers.iter().find(|(name, _)| name == ":path").unwrap();
        paths.borrow_mut().push(path.1.clone());
        told.clone()
    };
    let outcome = run_with((Box::new(service), now), known, request, fine);
    let asked = asked.take();
    (outcome, asked)
}

fn http(status: u16, body: &Value) -> host::Answer {
    let body = body.to_string().into_bytes();
    host::Answer::Http { status, body }
}

#[test]
fn a_source_is_asked_once_for_what_is_not_listed() {
    let known = configured(&source(&json!({})));
    let told = http(
        200,
        &json!({"GET": r#"{"id": "made", "team": "t", "endpoints": ["chat_completions"]}"#}),
    );
    let (outcome, asked) = through(&known, "tg-made", told.clone());
    assert_eq!(
        (outcome.reply.status(), &outcome.log["team"]),
        (200, &json!("t"))
    );
    let digest = Digest::of(&[b"tg-made"]).hex();
    assert_eq!(asked, [format!("/GET/tollgate:{digest}")]);
    let (outcome, asked) = through(&known, "tg-made", host::Answer::Nothing);
    assert_eq!(
        (outcome.reply.status(), asked.len()),
        (200, 0),
        "it is known"
    );
    let list = request("GET", "/v1/models", &[("x-api-key", "tg-made")], "");
    assert_eq!(
        refusal(&asking(&known, list, told).0),
        (403, "endpoint_not_allowed")
    );
    let (outcome, asked) = through(&known, "tg-listed", host::Answer::Nothing);
    assert_eq!(
        (outcome.reply.status(), asked.len()),
        (200, 0),
        "it is listed"
    );
    for body in [json!({"GET": null}), json!({})] {
        let known = configured(&source(&json!({})));
        let (outcome, asked) = through(&known, "tg-none", http(200, &body));
        assert_eq!(
            (refusal(&outcome), asked.len()),
            ((401, "invalid_api_key"), 1)
        );
        let (outcome, asked) = through(&known, "tg-none", host::Answer::Nothing);
        assert_eq!(
            (refusal(&outcome), asked.len()),
            ((401, "invalid_api_key"), 0)
        );
    }
    let (outcome, _) = through(&known, "tg-gone", http(404, &json!({})));
    assert_eq!(refusal(&outcome), (401, "invalid_api_key"));
}

#[test]
fn a_list_waits_for_the_source_too() {
    let known = configured(&source(&json!({"pointer": ""})));
    let ask = |key: &str, told| {
        asking(
            &known,
            request("GET", "/v1/models", &[("x-api-key", key)], ""),
            told,
        )
    };
    let (outcome, asked) = ask(
        "tg-made",
        http(200, &json!({"id": "made", "models": ["n"]})),
    );
    assert_eq!((outcome.reply.status(), asked.len()), (200, 1));
    assert!(outcome.reply.body().contains(r#""id":"n""#));
    assert!(!outcome.reply.body().contains(r#""id":"m""#));
    assert_eq!(outcome.log["key"], "made");
    assert_eq!(
        refusal(&ask("tg-none", http(404, &json!({}))).0),
        (401, "invalid_api_key")
    );
    assert_eq!(
        refusal(&ask("tg-none", http(200, &json!({"id": "x"}))).0),
        (401, "invalid_api_key")
    );
    let (outcome, _) = ask("tg-other", host::Answer::Nothing);
    assert_eq!(refusal(&outcome), (503, "key_source_unavailable"));
}

#[test]
fn without_an_answer_it_goes_as_configured() {
    let row = || http(200, &json!({"GET": {"id": "made", "plan": "pro"}}));
    let nothing = [
        host::Answer::Nothing,
        http(500, &json!({})),
        host::Answer::Grpc(vec![]),
    ];
    for (choice, first, later) in [
        (
            "refuse",
            (503, "key_source_unavailable"),
            (503, "key_source_unavailable"),
        ),
        ("allow", (200, ""), (200, "")),
        ("stale", (503, "key_source_unavailable"), (200, "")),
    ] {
        for silent in &nothing {
            let times = json!({"on_error": choice, "ttl": "10s", "unknown_ttl": "2s"});
            let known = configured(&source(&times));
            let ask = |second: u64, told: &host::Answer| {
                let body = r#"{"model": "m", "messages": []}"#;
                let headers = [("x-api-key", "tg-made")];
                let request = request("POST", "/v1/chat/completions", &headers, body);
                asking_at(second * 1_000_000_000, &known, request, told.clone())
            };
            let (outcome, asked) = ask(0, silent);
            assert_eq!((refusal(&outcome), asked.len()), (first, 1), "{choice}");
            let (outcome, asked) = ask(1, &row());
            assert_eq!((&outcome.log["plan"], asked.len()), (&json!("pro"), 1));
            let (outcome, asked) = ask(9, silent);
            assert_eq!((refusal(&outcome), asked.len()), ((200, ""), 0));
            let (outcome, asked) = ask(12, silent);
            assert_eq!((refusal(&outcome), asked.len()), (later, 1), "{choice}");
            let told = &outcome.log["plan"];
            assert_eq!(told == "pro", choice == "stale", "{choice}");
            // What is old is not asked for again at once.
            let (_, asked) = ask(13, silent);
            assert_eq!(asked.is_empty(), choice == "stale");
            // Taken back.
            let (outcome, asked) = ask(15, &http(200, &json!({"GET": null})));
            assert_eq!(
                (refusal(&outcome), asked.len()),
                ((401, "invalid_api_key"), 1)
            );
        }
    }
    // What cannot be understood is never let in.
    let wrong = [
        http(200, &json!({"GET": "{"})),
        http(200, &json!({"GET": [false, "ERR"]})),
        http(200, &json!({"GET": {"team": "x"}})),
        http(200, &json!({"GET": {"id": "x", "disabled": "maybe"}})),
        http(200, &json!({"GET": {"id": "x", "sha256": "0".repeat(64)}})),
        host::Answer::Http {
            status: 200,
            body: b"<html>".to_vec(),
        },
    ];
    for told in wrong {
        let known = configured(&source(&json!({"on_error": "allow"})));
        let (outcome, _) = through(&known, "tg-made", told.clone());
        assert_eq!(
            refusal(&outcome),
            (503, "key_source_unavailable"),
            "{told:?}"
        );
    }
}

#[test]
fn a_body_that_no_tree_can_hold_is_refused_without_a_field() {
    let known = configured(&json!({}));
    let half =
        r#"{"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "\ud83d"}]}"#;
    let asked = request("POST", "/v1/messages", &[], half);
    let outcome = run_as(&[], &known, asked, fine);
    assert_eq!(outcome.reply.status(), 400);
    let said: Value = serde_json::from_str(&outcome.reply.body()).unwrap();
    let sentence = said["error"]["message"].as_str().unwrap();
    let begins = "The body cannot be sent to the target x/a: it cannot be read in full";
    assert!(sentence.starts_with(begins), "{sentence}");
    assert_eq!(said["error"].get("param"), None);
}
