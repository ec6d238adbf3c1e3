//! Whole replies, and errors.

use super::*;
use crate::dialect::Reported;

fn read(message: Value) -> Vec<PartKind> {
    let reply = json!({"id": "r1", "finish_reason": "COMPLETE", "message": message});
    let reply = read_reply(&reply.to_string()).unwrap();
    let [choice] = reply.choices.try_into().unwrap();
    choice.parts.into_iter().map(|part| part.kind).collect()
}

#[test]
fn a_reply_with_calls() {
    let json = r#"{"id":"r1","finish_reason":"TOOL_CALL","message":{"role":"assistant",
        "tool_plan":"I will look.","tool_calls":[
        {"id":"c1","type":"function","function":{"name":"look","arguments":"{\"b\": 1.50}"}},
        {"id":"c2","type":"function","function":{"name":"now","arguments":"null"}}]},
        "usage":{"billed_units":{"input_tokens":39.0,"output_tokens":27},
        "tokens":{"input_tokens":1683,"output_tokens":62},"cached_tokens":992}}"#;
    let expected = Reply {
        id: Some("r1".to_owned()),
        choices: vec![Choice {
            parts: vec![
                thought("I will look.").into(),
                call("c1", "look", "{\"b\": 1.50}").into(),
                call("c2", "now", "{}").into(),
            ],
            stop: Stop::Tool,
            ..Choice::default()
        }],
        usage: Some(Reported {
            input: Some(39),
            output: Some(27),
            ..Reported::default()
        }),
        ..Reply::default()
    };
    assert_eq!(read_reply(json).unwrap(), expected);
}

#[test]
fn without_bills_what_was_counted_counts() {
    let usage = json!({"tokens": {"input_tokens": 100, "output_tokens": 5}, "cached_tokens": 90});
    let reply = json!({"message": {}, "usage": usage});
    let expected = Reported {
        input: Some(100),
        output: Some(5),
        cached: 90,
        ..Reported::default()
    };
    let usage = |reply: &Value| read_reply(&reply.to_string()).unwrap().usage;
    assert_eq!(usage(&reply), Some(expected));
    for odd in [
        json!(null),
        json!({}),
        json!({"billed_units": {"input_tokens": -1}}),
    ] {
        assert_eq!(usage(&json!({"message": {}, "usage": odd})), None);
    }
}

#[test]
fn what_was_read_is_written_as_it_was() {
    let calls = json!([{"id": "c1", "type": "function",
        "function": {"name": "look", "arguments": "{\"b\": 1.50}"}}]);
    let rows = [
        (
            COMMAND,
            json!({"role": "assistant", "tool_plan": "I will look.", "tool_calls": calls}),
        ),
        (
            REASONING,
            json!({"role": "assistant", "content": [
                {"type": "thinking", "thinking": "Hm"},
                {"type": "text", "text": "I look."},
            ], "tool_calls": calls}),
        ),
    ];
    for (model, message) in rows {
        let request = asks(vec![
            says(Role::User, "Hi"),
            turn(Role::Assistant, read(message.clone())),
        ]);
        assert_eq!(body(&request, model)["messages"][1], message);
    }
}

#[test]
fn citations_go_with_their_text() {
    let cite = |start: u64, index: Value, kind: &str| {
        json!({"start": start, "end": start + 2, "text": "ab", "content_index": index, "type": kind,
        "sources": [
            {"type": "document", "id": "doc:0", "document": {"id": "doc:0", "text": "T", "title": "D"}},
            {"type": "tool", "id": "t:1", "tool_output": {"url": "https://a.b", "snippet": "S"}},
        ]})
    };
    let (of_text, of_thought) = (
        cite(4, json!(1), "TEXT_CONTENT"),
        cite(0, json!(0), "THINKING_CONTENT"),
    );
    let message = json!({"content": [
        {"type": "thinking", "thinking": "Hm"},
        {"type": "text", "text": "One ab"},
        {"type": "text", "text": "Two"},
    ], "citations": [of_thought, of_text]});
    let expected = vec![
        Citation {
            title: Some("D".to_owned()),
            quote: Some("T".to_owned()),
            span: Some((4, 6)),
            raw: Some(of_text),
            ..Citation::default()
        },
        Citation {
            url: Some("https://a.b".to_owned()),
            title: Some("t:1".to_owned()),
            quote: Some("S".to_owned()),
            span: Some((4, 6)),
            raw: None,
        },
    ];
    let found = read(message);
    assert_eq!(
        found[1],
        PartKind::Text {
            text: "One ab".to_owned(),
            citations: expected,
        }
    );
    assert_eq!(found[2], PartKind::text("Two"));
    // Without an index they go with the first text.
    let message = json!({"content": [{"type": "text", "text": "ab"}, {"type": "text", "text": "c"}],
        "citations": [{"start": 0, "end": 2}]});
    let spans: Vec<usize> = read(message)
        .iter()
        .map(|part| match part {
            PartKind::Text { citations, .. } => citations.len(),
            _ => 9,
        })
        .collect();
    assert_eq!(spans, [1, 0]);
}

#[test]
fn logprobs_in_openai_form() {
    let reply = json!({"message": {"content": "ab"}, "logprobs": [
        {"text": "a", "token_ids": [1], "logprobs": [-0.50]},
        {"text": "ü", "token_ids": [2, 3], "logprobs": [-0.25, -0.25]},
        {"token_ids": [4]},
    ]});
    let reply = read_reply(&reply.to_string()).unwrap();
    assert_eq!(
        reply.choices[0].logprobs,
        Some(json!({"content": [
            {"token": "a", "logprob": -0.5, "bytes": [97], "top_logprobs": []},
            {"token": "ü", "logprob": -0.5, "bytes": [195, 188], "top_logprobs": []},
        ]}))
    );
    assert_eq!(reply.choices[0].parts, [PartKind::text("ab").into()]);
}

#[test]
fn stops() {
    let rows = [
        ("COMPLETE", Some(Stop::End)),
        ("STOP_SEQUENCE", Some(Stop::Sequence(None))),
        ("MAX_TOKENS", Some(Stop::Length)),
        ("TOOL_CALL", Some(Stop::Tool)),
        ("ERROR", None),
        ("TIMEOUT", None),
        ("NEW", Some(Stop::Other("NEW".to_owned()))),
    ];
    for (word, stop) in rows {
        let reply = json!({"message": {"content": []}, "finish_reason": word});
        let found = read_reply(&reply.to_string()).ok();
        assert_eq!(found.map(|reply| reply.choices[0].stop.clone()), stop);
    }
    for text in ["", "{}", "[]", r#"{"message":"x"}"#] {
        assert!(read_reply(text).is_err(), "{text}");
    }
}

#[test]
fn errors() {
    use ErrorKind::*;
    let rows = [
        (
            429,
            r#"{"message":"slow down","id":"1"}"#,
            RateLimit,
            "slow down",
        ),
        (
            401,
            r#"{"message":"invalid api token"}"#,
            Authentication,
            "invalid api token",
        ),
        (422, r#"{"detail":"bad"}"#, Invalid, "bad"),
        (404, "", NotFound, "Cohere answered 404"),
        (499, r#"{"message":"gone"}"#, Timeout, "gone"),
        (503, "<html>no</html>", Overloaded, "<html>no</html>"),
        (500, r#"{"error":{"message":"x"}}"#, Server, "x"),
        (500, "[]", Server, "[]"),
    ];
    for (status, body, kind, message) in rows {
        let expected = Error {
            status,
            kind,
            code: None,
            message: message.to_owned(),
            param: None,
        };
        assert_eq!(read_error(status, body), expected);
    }
}
