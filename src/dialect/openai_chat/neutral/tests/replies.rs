//! Replies of providers, read; replies for clients, written.

use super::*;
use crate::dialect::Reported;

fn of(message: Value) -> Reply {
    let body = json!({"id": "r", "choices": [{"message": message, "finish_reason": "stop"}]});
    read_reply(&body.to_string()).unwrap()
}

#[test]
fn parts_in_the_habits_of_providers() {
    let thought = |text: &str| json!(["thought", text]);
    let text = |text: &str| json!(["text", text]);
    let rows = [
        (
            json!({"content": "a", "reasoning": "t"}),
            vec![thought("t"), text("a")],
        ),
        (
            json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "t"}]},
            {"type": "text", "text": "a"}, {"type": "reference", "reference_ids": [1]}]}),
            vec![thought("t"), text("a")],
        ),
        (json!({"content": null, "tool_calls": null}), vec![]),
        (
            json!({"content": "", "refusal": "no"}),
            vec![json!(["refusal", "no"])],
        ),
        (
            json!({"tool_calls": [{"id": "", "function": {"name": "f", "arguments": {"a": 1}}}]}),
            vec![json!(["call", "f", "{\"a\":1}"])],
        ),
    ];
    for (message, expected) in rows {
        let parts: Vec<Value> = of(message).choices[0]
            .parts
            .iter()
            .map(|part| match &part.kind {
                PartKind::Text { text, .. } => json!(["text", text]),
                PartKind::Thought(thought) => json!(["thought", thought.text]),
                PartKind::Refusal(text) => json!(["refusal", text]),
                PartKind::Call(call) => json!(["call", call.name, call.arguments]),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(parts, expected);
    }
}

#[test]
fn calls_without_ids_get_their_own() {
    let calls = json!([{"function": {"name": "f"}}, {"id": null, "function": {"name": "f"}}]);
    let ids = |reply: &str| -> Vec<String> {
        let body = json!({"id": reply, "choices": [{"message": {"tool_calls": calls}}]});
        let reply = read_reply(&body.to_string()).unwrap();
        assert_eq!(reply.choices[0].stop, Stop::Tool);
        reply.choices[0]
            .parts
            .iter()
            .map(|part| match &part.kind {
                PartKind::Call(call) => call.id.clone(),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let (one, two) = (ids("r1"), ids("r2"));
    assert_ne!(one[0], one[1]);
    assert!(one.iter().all(|id| !two.contains(id)));
    assert_eq!(one, ids("r1"));
}

#[test]
fn usage_in_each_convention() {
    let base = Reported {
        input: Some(10),
        output: Some(5),
        ..Reported::default()
    };
    let rows = [
        (
            json!({"prompt_tokens": 10, "completion_tokens": 5}),
            Some(base),
        ),
        (
            json!({"prompt_tokens": 10.0, "completion_tokens": 5.0, "prompt_cache_hit_tokens": 4}),
            Some(Reported { cached: 4, ..base }),
        ),
        (
            json!({"prompt_tokens": 10, "completion_tokens": 5, "cached_tokens": 4}),
            Some(Reported { cached: 4, ..base }),
        ),
        (
            json!({"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 15,
            "completion_tokens_details": {"reasoning_tokens": 3}}),
            Some(Reported {
                reasoning: 3,
                ..base
            }),
        ),
        (
            json!({"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "completion_tokens_details":
            {"reasoning_tokens": 3, "audio_tokens": null}}),
            Some(Reported {
                reasoning: 3,
                ..base
            }),
        ),
        (json!({"prompt_tokens": -1, "completion_tokens": "5"}), None),
        (json!({"prompt_tokens": 1e300}), None),
        (json!(null), None),
        (json!([]), None),
    ];
    for (usage, expected) in rows {
        assert_eq!(super::super::usage::read(&usage), expected, "{usage}");
    }
}

#[test]
fn what_is_no_reply_is_an_error() {
    let rows = [
        ("", ""),
        ("<html>", ""),
        ("[]", "expected an object"),
        ("{}", "choices: "),
        (r#"{"choices":[]}"#, "choices: "),
        (r#"{"error":{"message":"boom"}}"#, "boom"),
        (
            r#"{"choices":[{"error":{"message":"boom"},"finish_reason":"error"}]}"#,
            "boom",
        ),
        (
            r#"{"choices":[{"finish_reason":"error","message":{"content":"x"}}]}"#,
            "choices[0]",
        ),
        (r#"{"choices":[5]}"#, "choices[0]"),
    ];
    for (body, part) in rows {
        let fault = read_reply(body).unwrap_err();
        assert!(fault.contains(part), "{body}: {fault}");
    }
}

#[test]
fn odd_replies_are_read() {
    let body = r#"{"id":5,"created":1.7e9,"model":null,"usage":5,"choices":[{"index":"x","message":null,"finish_reason":null},
        {"message":{"content":7,"annotations":"x","images":[{}]},"finish_reason":"eos"}]}"#;
    let reply = read_reply(body).unwrap();
    assert_eq!(
        (reply.id, reply.created, reply.choices[1].index),
        (None, Some(1_700_000_000), 1)
    );
}

#[test]
fn reasons_both_ways() {
    let rows = [
        ("stop", Stop::End, "stop"),
        ("eos", Stop::End, "stop"),
        ("length", Stop::Length, "length"),
        ("model_length", Stop::Length, "length"),
        ("tool_calls", Stop::Tool, "tool_calls"),
        ("content_filter", Stop::Filter, "content_filter"),
        ("sensitive", Stop::Filter, "content_filter"),
        ("strange", Stop::Other("strange".to_owned()), "stop"),
    ];
    for (word, stop, out) in rows {
        assert_eq!(super::super::stop::read(word), stop);
        assert_eq!(super::super::stop::write(&stop), out);
    }
    assert_eq!(super::super::stop::write(&Stop::Sequence(None)), "stop");
    assert_eq!(super::super::stop::write(&Stop::Refusal), "content_filter");
}

#[test]
fn a_client_gets_its_model_and_made_ids() {
    let reply = of(json!({"content": "x"}));
    let reply = Reply { id: None, ..reply };
    let body = parsed(&write_reply(&reply, &told()));
    assert_eq!(body["model"], "asked");
    assert_eq!(
        (&body["id"], &body["created"]),
        (&json!("chatcmpl-0000000000000007"), &json!(1_700_000_000))
    );
    assert!(body.get("usage").is_none());
}

#[test]
fn citations_without_an_address_have_no_place() {
    let mut reply = of(json!({"content": "x"}));
    reply.choices[0].parts = vec![Part::from(PartKind::Text {
        text: "x".to_owned(),
        citations: vec![Citation {
            quote: Some("q".to_owned()),
            ..Citation::default()
        }],
    })];
    let body = parsed(&write_reply(&reply, &told()));
    assert!(body["choices"][0]["message"].get("annotations").is_none());
}
