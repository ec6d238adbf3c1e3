//! What requests cost, who is told, and at which prices they are held.

use serde_json::{Value, json};

use crate::keys::{refusal, request, row};
use crate::rig::{Answer, Exchange, Outcome, run, runtime};

/// A model of each dialect with one price, dearer by far where a request is served before others.
fn config(keys: &Value, observe: &Value) -> String {
    let price = json!({"input": 1, "output": 1, "priority": {"input": 100, "output": 100}});
    let kinds = ["openai", "anthropic", "gemini"];
    let providers = kinds.map(|kind| (kind.to_owned(), json!({"kind": kind, "api_key": "none"})));
    json!({
        "providers": serde_json::Map::from_iter(providers),
        "models": {"m": ["gpt-4o/openai"], "c": ["claude-sonnet-4-5/anthropic"], "g": ["gemini-2.5-pro/gemini"],
                   "two": ["dear/openai", "gpt-4o/openai"]},
        "prices": {"*/openai": price, "*/anthropic": price, "*/gemini": price, "dear/openai": {"input": 9, "output": 9}},
        "limits": [{"usd": 0.001, "every": "1mo", "per": ["key"]}],
        "keys": keys,
        "observe": observe
    })
    .to_string()
}

fn ask(path: &str, body: &Value, reply: (&[(&str, &str)], &str)) -> Outcome {
    let known = runtime(&config(&json!({"required": false}), &json!({})));
    let asking = request("POST", path, &[], &body.to_string());
    let (headers, body) = reply;
    let mut head = vec![(":status", "200"), ("content-type", "application/json")];
    head.extend(headers);
    run(&known, asking, |_, _| {
        Answer::Reply(Exchange::new(&head, body))
    })
}

#[test]
fn a_request_for_priority_is_held_at_that_price() {
    let said = json!([{"role": "user", "content": "Hi"}]);
    let parts = json!([{"role": "user", "parts": [{"text": "Hi"}]}]);
    // A hundred tokens are a tenth of the budget, or ten times it.
    let gemini = "/v1beta/models/g:generateContent";
    let limit = json!({"maxOutputTokens": 100});
    for (path, body, field) in [
        (
            "/v1/chat/completions",
            json!({"model": "m", "messages": said, "max_tokens": 100}),
            "service_tier",
        ),
        (
            "/v1/responses",
            json!({"model": "m", "input": "Hi", "max_output_tokens": 100}),
            "service_tier",
        ),
        (
            "/v1/messages",
            json!({"model": "c", "messages": said, "max_tokens": 100}),
            "service_tier",
        ),
        (
            gemini,
            json!({"contents": parts, "generationConfig": limit}),
            "serviceTier",
        ),
        (
            gemini,
            json!({"contents": parts, "generationConfig": limit}),
            "service_tier",
        ),
    ] {
        for (tier, code) in [("auto", ""), ("flex", ""), ("priority", "budget_exceeded")] {
            let mut body = body.clone();
            body[field] = tier.into();
            let outcome = ask(path, &body, (&[], "{}"));
            let (_, told) = refusal(&outcome);
            assert_eq!(told, code, "{path} {tier}: {}", outcome.reply.body());
        }
    }
}

/// What Google AI says of the tier stands in the reply's head only.
#[test]
fn gemini_s_reply_is_paid_as_its_head_says() {
    let used = r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}],
        "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}}"#;
    let native = json!({"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]});
    let foreign = json!({"model": "g", "messages": [{"role": "user", "content": "Hi"}]});
    for (path, body) in [
        ("/v1beta/models/g:generateContent", native),
        ("/v1/chat/completions", foreign),
    ] {
        for (tier, cost) in [("standard", "0.000005"), ("priority", "0.0005")] {
            let outcome = ask(path, &body, (&[("x-gemini-service-tier", tier)], used));
            assert_eq!(
                outcome.log["cost_usd"].to_string(),
                cost,
                "{path} {}",
                outcome.log
            );
        }
    }
}

const REPLY: &str = r#"{"object":"chat.completion","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#;

#[test]
fn costs_and_savings_are_told_by_team() {
    let keys = json!({"required": false, "list": [
        row("one", &json!({"team": "search"})),
        row("two", &json!({})),
    ]});
    let observe = json!({"labels": ["model", "provider", "team"]});
    for (key, team) in [("tg-one", "search"), ("tg-two", "none"), ("", "none")] {
        let known = runtime(&config(&keys, &observe));
        let head = [("x-api-key", key)];
        let body = json!({"model": "two", "messages": []}).to_string();
        let asking = request("POST", "/v1/chat/completions", &head, &body);
        let mut nth = 0;
        let outcome = run(&known, asking, |_, _| {
            nth += 1;
            let status = if nth == 1 { "503" } else { "200" };
            let head = [(":status", status), ("content-type", "application/json")];
            Answer::Reply(Exchange::new(&head, REPLY))
        });
        assert_eq!(outcome.reply.status(), 200, "{}", outcome.reply.body());
        let labels = format!(";model=two;provider=openai;team={team}");
        let told = |name: &str| outcome.metrics.get(&format!("{name}{labels}")).copied();
        assert_eq!(
            told("tollgate.cost.nano_usd"),
            Some(5000),
            "{:?}",
            outcome.metrics
        );
        assert_eq!(told("tollgate.cost.saved_nano_usd"), Some(40_000));
        // Other stats have no team.
        assert!(
            !outcome
                .metrics
                .keys()
                .any(|name| name.contains("team") && !name.contains("cost"))
        );
    }
}

#[test]
fn what_was_used_is_asked_for_by_get() {
    let known = runtime(&config(
        &json!({"list": [row("one", &json!({}))]}),
        &json!({}),
    ));
    let ask = |method: &str, path: &str| {
        let key = [("x-api-key", "tg-one")];
        run(&known, request(method, path, &key, ""), |_, _| {
            panic!("it goes out")
        })
    };
    for (method, path, status, code) in [
        ("GET", "/tollgate/usage", 200, ""),
        ("HEAD", "/tollgate/usage", 200, ""),
        ("GET", "/tollgate/usage?format=csv", 200, ""),
        ("GET", "/tollgate/usage?format=json", 200, ""),
        ("GET", "/tollgate/usage?format=xml", 400, "invalid_field"),
        ("GET", "/tollgate/usage?format=", 400, "invalid_field"),
        ("POST", "/tollgate/usage", 405, "method_not_allowed"),
        (
            "DELETE",
            "/tollgate/usage?format=csv",
            405,
            "method_not_allowed",
        ),
    ] {
        let outcome = ask(method, path);
        assert_eq!(refusal(&outcome), (status, code), "{method} {path}");
        let allow = outcome.reply.header("allow");
        assert_eq!(allow, (status == 405).then_some("GET, HEAD"));
    }
}
