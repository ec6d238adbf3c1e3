//! Stories that no wire text tells.

use crate::rig::{Answer, Exchange, run, runtime};

const TWO: &str = r#"{"providers": {
    "a": {"kind": "openai", "host": "a.test", "api_key": {"env": "A_KEY"}},
    "b": {"kind": "mistral", "host": "b.test", "api_key": {"env": "B_KEY"}},
    "az": {"kind": "azure", "host": "az.test", "api_key": {"env": "AZ_KEY"}},
    "off": {"kind": "openai", "api_key": {"env": "UNSET"}},
    "own": {"kind": "openai", "host": "own.test", "api_key": {"from": "client"}}},
  "models": {"m": ["x/a", "y/b", "x/a"], "w": {"strategy": "weighted", "sticky": "user",
    "targets": [{"target": "x/a", "weight": 1}, {"target": "y/b", "weight": 1}]},
    "r": {"targets": ["x/a", "y/az"], "retries": 2}, "half": ["z/off", "y/b"], "none": ["z/off"],
    "own": ["x/own"], "fast-*": ["gpt-*/a"], "claude-*": ["*/a"]}, "allow_unlisted": true}"#;

fn ask(body: &str) -> Exchange {
    let length = body.len().to_string();
    let head = [
        (":method", "POST"),
        (":path", "/v1/chat/completions"),
        ("content-length", &length),
    ];
    Exchange::new(&head, body)
}

fn fail(_: usize, _: &Exchange) -> Answer {
    Answer::Refuse
}

/// What each attempt was: cluster, model in the body, credential.
fn attempts(body: &str) -> Vec<(String, String, String)> {
    let outcome = run(&runtime(TWO), ask(body), fail);
    let told = outcome.sent.iter().map(|(cluster, request)| {
        let body = request.body();
        let value: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            request.header("content-length").unwrap(),
            body.len().to_string()
        );
        let keys =
            ["authorization", "api-key"].map(|name| request.header(name).unwrap_or_default());
        (
            cluster.clone(),
            value["model"].as_str().unwrap().to_owned(),
            keys.concat(),
        )
    });
    told.collect()
}

fn rows(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    rows.iter()
        .map(|(a, b, c)| ((*a).into(), (*b).into(), (*c).into()))
        .collect()
}

#[test]
fn each_attempt_is_its_own_targets() {
    let body = r#"{"model": "m", "messages": [], "stream": true, "content-length": 1}"#;
    let expected = rows(&[
        ("a", "x", "Bearer key-of-a"),
        ("b", "y", "Bearer key-of-b"),
        ("a", "x", "Bearer key-of-a"),
    ]);
    assert_eq!(attempts(body), expected);
}

#[test]
fn repeats_come_before_the_next_target() {
    let a = ("a", "x", "Bearer key-of-a");
    let az = ("az", "y", "key-of-az");
    assert_eq!(
        attempts(r#"{"model":"r","messages":[]}"#),
        rows(&[a, a, a, az, az, az])
    );
}

#[test]
fn names_lead_to_targets() {
    let cases: &[(&str, &[&str])] = &[
        ("half", &["b y"]),
        ("x/y/z/a", &["a x/y/z"]),
        ("a/x", &["a x"]),
        ("fast-4o", &["a gpt-4o"]),
        ("claude-3", &["a claude-3"]),
        ("x/a, y/b", &["a x", "b y"]),
        ("half,fast-1", &["b y", "a gpt-1"]),
    ];
    for (model, expected) in cases {
        let body = format!(r#"{{"model":"{model}","messages":[]}}"#);
        let found: Vec<String> = attempts(&body)
            .iter()
            .map(|(cluster, model, _)| format!("{cluster} {model}"))
            .collect();
        assert_eq!(found, *expected, "{model}");
    }
}

#[test]
fn a_name_that_leads_nowhere_is_refused() {
    let cases = [
        ("claud-3", 404, "model_not_found"),
        ("x/offf", 404, "model_not_found"),
        ("../a", 404, "model_not_found"),
        ("./az", 404, "model_not_found"),
        ("none", 503, "provider_not_configured"),
        ("m,,m", 400, "invalid_chain"),
        ("own", 401, "missing_api_key"),
    ];
    for (model, status, code) in cases {
        let body = format!(r#"{{"model":"{model}","messages":[]}}"#);
        let outcome = run(&runtime(TWO), ask(&body), fail);
        assert_eq!(outcome.reply.status(), status, "{model}");
        assert_eq!(outcome.reply.header("x-tollgate-refusal"), Some(code));
        assert_eq!(outcome.log["refusal"], code);
        assert!(outcome.sent.is_empty());
    }
    let outcome = run(
        &runtime(TWO),
        ask(r#"{"model":"x/ofd","messages":[]}"#),
        fail,
    );
    assert!(
        outcome.reply.body().contains("Did you mean x/off?"),
        "{}",
        outcome.reply.body()
    );
}

#[test]
fn the_same_user_gets_the_same_target() {
    let first = |user: &str| {
        let body = format!(r#"{{"model":"w","messages":[],"user":"{user}"}}"#);
        attempts(&body).remove(0).0
    };
    let users: Vec<String> = (0..40).map(|nth| format!("user-{nth}")).collect();
    let chosen: Vec<String> = users.iter().map(|user| first(user)).collect();
    assert!(
        users
            .iter()
            .zip(&chosen)
            .all(|(user, cluster)| first(user) == *cluster)
    );
    let a = chosen.iter().filter(|cluster| *cluster == "a").count();
    assert!((8..=32).contains(&a), "{a} of 40");
}

#[test]
fn clients_keys_and_names_stay_here() {
    let mut request = ask(r#"{"model":"x/a","messages":[]}"#);
    for name in [
        "authorization",
        "x-api-key",
        "cookie",
        "x-forwarded-for",
        "x-tollgate-cluster",
        "x-tollgate-user",
        "x-envoy-max-retries",
        "api-key",
    ] {
        request
            .headers
            .push((name.to_owned(), "Bearer mine".to_owned()));
    }
    let outcome = run(&runtime(TWO), request.clone(), fail);
    let sent = &outcome.sent[0].1;
    assert_eq!(sent.header("authorization"), Some("Bearer key-of-a"));
    assert!(
        sent.headers
            .iter()
            .all(|(_, value)| !value.contains("mine")),
        "{:?}",
        sent.headers
    );
    assert_eq!(outcome.log["user"], "Bearer mine");

    request.chunks = vec![br#"{"model":"own,x/a","messages":[]}"#.to_vec()];
    let outcome = run(&runtime(TWO), request, fail);
    let keys: Vec<_> = outcome
        .sent
        .iter()
        .map(|(_, sent)| sent.header("authorization"))
        .collect();
    assert_eq!(keys, [Some("Bearer mine"), Some("Bearer key-of-a")]);
}

#[test]
fn other_paths_are_not_found_or_pass() {
    let get =
        |path: &str| Exchange::new(&[(":method", "GET"), (":path", path), ("cookie", "c")], "");
    let outcome = run(&runtime(TWO), get("/web?x=1"), fail);
    assert_eq!(outcome.reply.status(), 404);
    let config = TWO.replacen('{', r#"{"default_cluster": "web", "#, 1);
    let outcome = run(&runtime(&config), get("/web?x=1"), |_, _| {
        Answer::Reply(Exchange::new(
            &[(":status", "200"), ("content-type", "text/html")],
            "<p>",
        ))
    });
    assert_eq!(outcome.sent[0].0, "web");
    assert_eq!(outcome.sent[0].1.header("cookie"), Some("c"));
    assert_eq!(outcome.sent[0].1.header(":path"), Some("/web?x=1"));
    assert_eq!(outcome.reply.body(), "<p>");
    assert_eq!(outcome.metrics["tollgate.passed"], 1);
    let outcome = run(&runtime(TWO), get("/v1/models"), fail);
    assert!(outcome.reply.body().contains(r#""id":"half""#));
    let outcome = run(&runtime(TWO), get("/v1/chat/completions"), fail);
    assert_eq!(
        (outcome.reply.status(), outcome.reply.header("allow")),
        (405, Some("POST"))
    );
}

#[test]
fn trailers_end_a_reply_too() {
    let head = [(":status", "200"), ("content-type", "text/event-stream")];
    let said = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
    let done = format!("{said}data: [DONE]\n\n");
    let json = [(":status", "200"), ("content-type", "application/json")];
    let whole = r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#;
    for (head, body, reset, source) in [
        (&head, done.as_str(), false, "counted"),
        (&head, said, true, "partial"),
        (&json, whole, false, "provider"),
    ] {
        let stream = head[1].1 == "text/event-stream";
        let request = format!(r#"{{"model":"x/a","messages":[],"stream":{stream}}}"#);
        let outcome = run(&runtime(TWO), ask(&request), |_, _| {
            let mut reply = Exchange::new(head, body);
            reply.trailers = true;
            Answer::Reply(reply)
        });
        assert_eq!(
            (outcome.reply.reset, outcome.reply.body().as_str()),
            (reset, body)
        );
        assert_eq!(outcome.log["usage_source"], source);
    }
}
