//! Limits that a service counts for a fleet: one question before, a report after.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};
use tollgate::host::{self, Ask, CallOut};
use tollgate::runtime::Runtime;

use crate::keys::request;
use crate::rig::{Answer, Exchange, Outcome, run_with, runtime};

const USED: &str = r#"{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"message":
    {"role":"assistant","content":"Hi"},"finish_reason":"stop"}],
    "usage":{"prompt_tokens":30,"completion_tokens":20,"total_tokens":50}}"#;

fn configured(limits: &Value, store: &Value) -> Runtime {
    let mut own = json!({"kind": "rls", "cluster": "ratelimit", "domain": "acme"});
    own.as_object_mut()
        .unwrap()
        .extend(store.as_object().unwrap().clone());
    let whole = json!({
        "providers": {"openai": {"kind": "openai", "api_key": "none"}},
        "limits": limits,
        "limit_store": own,
    });
    runtime(&whole.to_string())
}

/// Sends one request; the service gives these answers in turn, and then none. What it was asked comes back.
fn through(known: &Runtime, answers: &[host::Answer]) -> (Outcome, Vec<CallOut>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let calls = Rc::clone(&asked);
    let mut answers: std::collections::VecDeque<_> = answers.iter().cloned().collect();
    let service = move |call: &CallOut| {
        calls.borrow_mut().push(call.clone());
        answers.pop_front().unwrap_or(host::Answer::Nothing)
    };
    let body = r#"{"model": "gpt-4o/openai", "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}"#;
    let asking = request(
        "POST",
        "/v1/chat/completions",
        &[("x-tollgate-tag-app", "search")],
        body,
    );
    let head = [(":status", "200"), ("content-type", "application/json")];
    let provider = |_: usize, _: &Exchange| Answer::Reply(Exchange::new(&head, USED));
    let outcome = run_with((Box::new(service), 0), known, asking, provider);
    let asked = asked.take();
    (outcome, asked)
}

/// How many hits a call is about: the last field of its message.
fn hits(call: &CallOut) -> u8 {
    let Ask::Grpc {
        service,
        method,
        message,
    } = &call.ask
    else {
        panic!("{call:?}");
    };
    assert_eq!(
        (*service, *method),
        (
            "envoy.service.ratelimit.v3.RateLimitService",
            "ShouldRateLimit"
        )
    );
    let [.., 0x18, hits] = message.as_slice() else {
        panic!("{message:?}");
    };
    *hits
}

fn names(call: &CallOut, text: &str) -> bool {
    let Ask::Grpc { message, .. } = &call.ask else {
        return false;
    };
    message
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// `overall_code`, and for each descriptor its code and what is left of its limit of 200.
fn told(code: u8, left: &[u64]) -> host::Answer {
    let mut bytes = vec![0x08, code];
    for left in left {
        let mut status = vec![0x08, code, 0x12, 0x03, 0x08, 0xc8, 0x01, 0x18];
        prost::encoding::encode_varint(*left, &mut status);
        bytes.extend([0x12, u8::try_from(status.len()).unwrap()]);
        bytes.extend(status);
    }
    host::Answer::Grpc(bytes)
}

#[test]
fn a_request_is_asked_about_and_what_it_used_is_reported() {
    let limits = json!([
        {"name": "apps", "per": ["tag:app"], "tokens": 200, "requests": 200, "every": "1h"},
        {"name": "costs", "usd": 1, "every": "1mo"},
        {"name": "here", "per": ["model"], "tokens": 100_000, "every": "1h"}
    ]);
    let known = configured(&limits, &json!({}));
    let (outcome, calls) = through(&known, &[told(1, &[120, 120, 5000])]);
    assert_eq!(outcome.reply.status(), 200, "{:?}", outcome.reply);
    let (question, reports) = calls.split_first().unwrap();
    assert_eq!(
        (question.cluster.as_str(), hits(question)),
        ("ratelimit", 1)
    );
    for text in [
        "acme",
        "apps",
        "requests",
        "tokens",
        "tag:app",
        "search",
        "costs",
        "usd_micro",
    ] {
        assert!(names(question, text), "{text}");
    }
    assert!(
        !names(question, "here"),
        "targets are counted in the process"
    );
    let tokens = reports.iter().filter(|call| names(call, "tokens"));
    let tokens: u32 = tokens.map(|call| u32::from(hits(call))).sum();
    assert_eq!(tokens, 49, "{reports:?}");
    assert!(
        !reports.iter().any(|call| names(call, "requests")),
        "the question counted it"
    );
    assert!(reports.iter().any(|call| names(call, "usd_micro")));
}

#[test]
fn what_is_left_must_cover_what_is_in_flight() {
    // A request is counted by its question: none has to be left for it.
    let limits = json!([{"name": "all", "requests": 200, "every": "1h"}]);
    let known = configured(&limits, &json!({}));
    for (code, status) in [(1, 200), (2, 429)] {
        let (outcome, _) = through(&known, &[told(code, &[0])]);
        assert_eq!(outcome.reply.status(), status);
    }
    let limits = json!([{"name": "all", "tokens": 200, "every": "1h"}]);
    let known = configured(&limits, &json!({}));
    // 100 of output and a few of input are held.
    for (code, left, status) in [(1, 120, 200), (1, 90, 429), (2, 0, 429)] {
        let (outcome, calls) = through(&known, &[told(code, &[left])]);
        assert_eq!(outcome.reply.status(), status, "{left}");
        if status == 429 {
            assert_eq!(
                outcome.reply.header("x-tollgate-refusal"),
                Some("rate_limit_exceeded")
            );
            assert_eq!(calls.len(), 1, "nothing was used");
        }
    }
}

#[test]
fn counters_can_be_asked_about_one_at_a_time() {
    let limits = json!([{"name": "a", "tokens": 200, "requests": 5, "every": "1h"}]);
    let known = configured(&limits, &json!({"descriptors": "apart"}));
    let free = host::Answer::Grpc(vec![0x08, 1]);
    let (outcome, calls) = through(&known, &[free.clone(), free.clone()]);
    assert_eq!(outcome.reply.status(), 200);
    assert!(names(&calls[0], "requests") != names(&calls[1], "requests"));
    let (outcome, _) = through(&known, &[free, told(2, &[])]);
    assert_eq!(outcome.reply.status(), 429);
}

#[test]
fn without_the_service_the_configuration_decides_and_reports_wait() {
    // Less than one request needs.
    let limits = json!([{"name": "a", "tokens": 50, "every": "1h"}]);
    for (on_error, statuses) in [
        ("allow", [200, 200]),
        ("local", [429, 429]),
        ("refuse", [503, 503]),
    ] {
        let known = configured(&limits, &json!({"on_store_error": on_error}));
        for status in statuses {
            let (outcome, calls) = through(&known, &[]);
            assert_eq!(outcome.reply.status(), status, "{on_error}");
            assert_eq!(calls.len(), 1, "no report goes to a service that is away");
        }
        if on_error == "allow" {
            let (_, calls) = through(&known, &[told(1, &[100])]);
            let reported: u32 = calls[1..].iter().map(|call| u32::from(hits(call))).sum();
            assert_eq!(reported, 100, "{calls:?}");
        }
    }
}
