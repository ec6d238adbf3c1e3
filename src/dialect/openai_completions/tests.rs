//! Wire texts in both directions.

use serde_json::{Value, json};

use super::*;
use crate::dialect::neutral::{
    Aim, BlockKind, Delta, DeltaReader, DeltaWriter, Field, Part, PartKind, Place, Role, Stop,
    Thought, Told,
};

fn told(usage: bool) -> Told {
    Told {
        model: "asked".to_owned(),
        random: 7,
        now: 9,
        usage,
        ..Told::default()
    }
}

fn aim() -> Aim<'static> {
    Aim {
        model: "m",
        kind: "openai",
        mark_cache: false,
    }
}

#[test]
fn a_prompt_is_a_message_of_the_user() {
    for prompt in [json!("é\n"), json!(["é\n"])] {
        let body = json!({"model": "m", "prompt": prompt, "suffix": "", "echo": false, "best_of": 1, "logprobs": null});
        let request = read_request(&body.to_string()).unwrap();
        assert_eq!(
            (request.turns.len(), request.turns[0].role),
            (1, Role::User)
        );
        assert_eq!(request.turns[0].parts[0].kind, PartKind::text("é\n"));
        assert!(request.rest.is_empty());
    }
}

#[test]
fn what_cannot_be_read_or_translated_names_its_place() {
    let rows = [
        (json!({}), "prompt"),
        (json!({"prompt": []}), "prompt"),
        (json!({"prompt": ["a", "b"]}), "prompt"),
        (json!({"prompt": [1, 2]}), "prompt"),
        (json!({"prompt": [[1, 2]]}), "prompt"),
        (json!({"prompt": 5}), "prompt"),
        (json!({"prompt": "a", "suffix": "b"}), "suffix"),
        (json!({"prompt": "a", "echo": true}), "echo"),
        (json!({"prompt": "a", "best_of": 2}), "best_of"),
        (json!({"prompt": "a", "logprobs": 0}), "logprobs"),
        (json!({"prompt": "a", "max_tokens": "5"}), "max_tokens"),
        (json!({"prompt": "a", "stop": [5]}), "stop"),
    ];
    for (body, path) in rows {
        let cannot = read_request(&body.to_string()).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{body}");
    }
    assert!(read_request("nonsense").is_err());
    let request = read_request(r#"{"prompt":"a","min_p":0.1}"#).unwrap();
    assert_eq!(
        (request.rest[0].path.as_str(), request.rest[0].idle),
        ("min_p", false)
    );
    assert_eq!(
        write_request(&request, &aim()).unwrap_err().place,
        "min_p".into()
    );
}

#[test]
fn requests_are_kept() {
    let body = r#"{"model":"m","prompt":"p","max_tokens":5,"temperature":0.70,"top_p":1,"frequency_penalty":-1,
        "presence_penalty":0.5,"seed":3,"logit_bias":{"5":1},"n":2,"stop":["a","b"],"user":"u","stream":true,
        "stream_options":{"include_usage":true}}"#;
    let written = write_request(&read_request(body).unwrap(), &aim()).unwrap();
    assert_eq!(
        String::from_utf8(written.body).unwrap(),
        body.replace("\n        ", "")
    );
    assert!(written.dropped.is_empty());
}

#[test]
fn only_one_text_can_be_completed() {
    let chat = |body: Value| crate::dialect::openai_chat::read_request(&body.to_string()).unwrap();
    let user = json!({"role": "user", "content": "a"});
    let rows = [
        (
            json!({"messages": [{"role": "system", "content": "s"}, user]}),
            "messages[0]".into(),
        ),
        (json!({"messages": [user, user]}), "messages[1]".into()),
        (
            json!({"messages": [user], "tools": [{"type": "function", "function": {"name": "f"}}]}),
            Place::Field(Field::Tools),
        ),
        (
            json!({"messages": [user], "logprobs": true}),
            Place::Field(Field::Logprobs),
        ),
        (
            json!({"messages": [user], "top_k": 1}),
            Place::Field(Field::TopK),
        ),
        (
            json!({"messages": [user], "response_format": {"type": "json_object"}}),
            Place::Field(Field::Format),
        ),
    ];
    for (body, place) in rows {
        assert_eq!(write_request(&chat(body), &aim()).unwrap_err().place, place);
    }
    let request = chat(json!({"messages": [user], "reasoning_effort": "low", "store": true}));
    let dropped = write_request(&request, &aim()).unwrap().dropped;
    assert_eq!(dropped, [Field::Reasoning.into(), "store".into()]);
}

#[test]
fn replies_both_ways() {
    let usage = json!({"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5,
        "prompt_tokens_details": {"cached_tokens": 1}, "completion_tokens_details": {"reasoning_tokens": 0}});
    let choice = |index: u32, reason: &str| json!({"text": "t", "index": index, "logprobs": null, "finish_reason": reason});
    let body = json!({"id": "cmpl-1", "object": "text_completion", "created": 5, "model": "asked",
        "choices": [choice(0, "stop"), choice(1, "length"), choice(2, "content_filter")], "usage": usage});
    let mut reply = read_reply(&body.to_string()).unwrap();
    let written: Value = serde_json::from_slice(&write_reply(&reply, &told(false))).unwrap();
    assert_eq!(written, body);
    let thought = Part::from(PartKind::Thought(Thought {
        text: "secret".to_owned(),
        ..Thought::default()
    }));
    reply.id = None;
    reply.choices[0].parts.insert(0, thought);
    let written: Value = serde_json::from_slice(&write_reply(&reply, &told(false))).unwrap();
    assert_eq!(
        (&written["id"], &written["choices"][0]["text"]),
        (&json!("cmpl-0000000000000007"), &json!("t"))
    );
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"choices":[]}"#,
        r#"{"error":{"message":"x"}}"#,
    ] {
        assert!(read_reply(bad).is_err(), "{bad}");
    }
    assert!(read_reply(r#"{"choices":[5],"usage":[]}"#).is_ok());
}

/// Reads chunks, writes what was read, and gives the events.
fn through(chunks: &[&str], usage: bool) -> Vec<String> {
    let mut reader = StreamReader::default();
    let mut deltas = Vec::new();
    for chunk in chunks {
        reader.event("", chunk, &mut deltas);
    }
    reader.end(&mut deltas);
    written(&deltas, usage)
}

fn written(deltas: &[Delta], usage: bool) -> Vec<String> {
    let mut writer = StreamWriter::new(told(usage));
    let mut out = Vec::new();
    for delta in deltas {
        writer.delta(delta, &mut out);
    }
    let wire = String::from_utf8(out).unwrap();
    wire.split_terminator("\n\n")
        .map(|event| event.strip_prefix("data: ").unwrap().to_owned())
        .collect()
}

#[test]
fn streams_are_kept() {
    let chunk = |choices: Value, usage: Value| {
        json!({"id": "c", "object": "text_completion", "created": 5,
        "model": "asked", "choices": choices, "usage": usage})
        .to_string()
    };
    let item = |index: u32, text: &str, reason: Value| json!([{"text": text, "index": index, "logprobs": null, "finish_reason": reason}]);
    let lines = [
        chunk(item(0, "a", Value::Null), Value::Null),
        chunk(item(1, "x", Value::Null), Value::Null),
        chunk(item(0, "é", Value::Null), Value::Null),
        chunk(item(1, "", json!("length")), Value::Null),
        chunk(item(0, "", json!("stop")), Value::Null),
        chunk(
            json!([]),
            json!({"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5,
            "prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}),
        ),
        "[DONE]".to_owned(),
    ];
    let chunks: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(through(&chunks, true), lines);
    let quiet = through(&chunks, false);
    assert!(quiet.len() == 6 && quiet.iter().all(|event| !event.contains("usage")));
}

#[test]
fn streams_that_end_otherwise() {
    let text = r#"{"id":"c","choices":[{"text":"a","index":0,"finish_reason":""}]}"#;
    let last = r#"{"choices":[{"text":"b","finish_reason":"stop"}]}"#;
    let rows: [(&[&str], &str); 7] = [
        (&[text, last], "[DONE]"),
        (&[text, "[DONE]"], "[DONE]"),
        (&[text], "before it was complete"),
        (&[], "before it was complete"),
        (&["[DONE]"], "before it was complete"),
        (&[text, r#"{"error":{"message":"boom"}}"#, last], "boom"),
        (&[text, "{oops"], "oops"),
    ];
    for (chunks, expected) in rows {
        let events = through(chunks, false);
        assert!(
            events.last().unwrap().contains(expected),
            "{chunks:?} {events:?}"
        );
    }
}

#[test]
fn thoughts_and_calls_are_no_part_of_the_text() {
    let open = |block, kind| Delta::Open {
        choice: 0,
        block,
        kind,
    };
    let say = |block, text: &str| Delta::Say {
        choice: 0,
        block,
        text: text.to_owned(),
        logprobs: None,
    };
    let close = |block| Delta::Close { choice: 0, block };
    let deltas = [
        Delta::Begin {
            id: None,
            model: None,
            created: None,
        },
        open(0, BlockKind::Thought),
        say(0, "secret"),
        close(0),
        open(1, BlockKind::Text),
        say(1, "a"),
        say(1, ""),
        close(1),
        Delta::Finish {
            choice: 0,
            stop: Stop::End,
        },
        Delta::End,
    ];
    let events = written(&deltas, false);
    assert_eq!(events.len(), 3);
    assert!(!events.concat().contains("secret") && events[0].contains("cmpl-0000000000000007"));
}

#[test]
fn names_of_fields() {
    assert_eq!(field_path(Field::MaxOutputTokens), "max_tokens");
    assert_eq!(field_path(Field::Candidates), "n");
}
