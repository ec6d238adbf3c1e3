//! Deltas as events.

use serde_json::json;

use super::checker::check;
use super::{json, told};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Citation, Delta, DeltaWriter, Error, ErrorKind, Stop};
use crate::dialect::openai_responses::{StreamWriter, error_event, next_number};

fn write(deltas: &[Delta]) -> String {
    let mut writer = StreamWriter::new(told());
    let mut out = Vec::new();
    for delta in deltas {
        writer.delta(delta, &mut out);
    }
    String::from_utf8(out).unwrap()
}

fn open(block: u32, kind: BlockKind) -> Delta {
    Delta::Open {
        choice: 0,
        block,
        kind,
    }
}

fn say(block: u32, text: &str) -> Delta {
    Delta::Say {
        choice: 0,
        block,
        text: text.to_owned(),
        logprobs: None,
    }
}

fn sign(block: u32, signature: &str) -> Delta {
    Delta::Sign {
        choice: 0,
        block,
        signature: signature.to_owned(),
    }
}

fn close(block: u32) -> Delta {
    Delta::Close { choice: 0, block }
}

fn finish(stop: Stop) -> Delta {
    Delta::Finish { choice: 0, stop }
}

fn call(id: &str, custom: bool) -> BlockKind {
    BlockKind::Call {
        id: id.to_owned(),
        name: "f".to_owned(),
        custom,
    }
}

fn begin() -> Delta {
    Delta::Begin {
        id: Some("msg_9".to_owned()),
        model: Some("m".to_owned()),
        created: Some(5),
    }
}

fn error() -> Error {
    Error {
        status: 503,
        kind: ErrorKind::Overloaded,
        code: None,
        message: "busy".to_owned(),
        param: None,
    }
}

/// The types of the events, without their common beginning.
fn types(stream: &str) -> Vec<&str> {
    let names = stream
        .lines()
        .filter_map(|line| line.strip_prefix("event: "));
    names
        .map(|name| name.strip_prefix("response.").unwrap_or(name))
        .collect()
}

#[test]
fn words_are_written_as_they_come() {
    let citation = Citation {
        url: Some("https://a".to_owned()),
        span: Some((0, 2)),
        ..Citation::default()
    };
    let stream = write(&[
        begin(),
        open(0, BlockKind::Text),
        say(0, "He"),
        Delta::Usage(Reported {
            input: Some(3),
            ..Reported::default()
        }),
        say(0, ""),
        say(0, "y"),
        Delta::Cite {
            choice: 0,
            block: 0,
            citation,
        },
        Delta::Cite {
            choice: 0,
            block: 0,
            citation: Citation::default(),
        },
        close(0),
        open(1, BlockKind::Text),
        close(1),
        finish(Stop::End),
        Delta::Usage(Reported {
            input: Some(3),
            output: Some(4),
            cached: 1,
            reasoning: 2,
            ..Reported::default()
        }),
        Delta::End,
        say(0, "late"),
    ]);
    assert_eq!(
        types(&stream),
        [
            "created",
            "in_progress",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.delta",
            "output_text.annotation.added",
            "output_text.done",
            "content_part.done",
            "content_part.added",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "completed",
        ]
    );
    let last = check(stream.as_bytes());
    assert_eq!(last["id"], "resp_msg_9");
    assert_eq!(last["model"], "asked");
    assert_eq!(last["created_at"], 5);
    assert_eq!(
        last["usage"],
        json!({"input_tokens": 3, "input_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 0},
            "output_tokens": 4, "output_tokens_details": {"reasoning_tokens": 2}, "total_tokens": 7})
    );
    assert_eq!(
        last["output"],
        json!([{"id": "msg_0000000000000abc0000", "type": "message", "status": "completed", "role": "assistant",
            "content": [
                {"type": "output_text", "text": "Hey", "logprobs": [], "annotations": [
                    {"type": "url_citation", "start_index": 0, "end_index": 2, "url": "https://a", "title": "https://a"}]},
                {"type": "output_text", "text": "", "annotations": [], "logprobs": []}]}])
    );
    let first = r#"event: response.created
data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_msg_9","object":"response","created_at":5,"status":"in_progress","#;
    assert!(stream.starts_with(first), "{stream}");
}

#[test]
fn thoughts_and_calls_keep_their_proofs() {
    let stream = write(&[
        begin(),
        open(0, BlockKind::Thought),
        say(0, "hm"),
        sign(0, "S1"),
        close(0),
        open(
            1,
            BlockKind::Sealed {
                data: "Eo8".to_owned(),
                id: None,
            },
        ),
        close(1),
        open(
            2,
            BlockKind::Sealed {
                data: "gAAAAA1".to_owned(),
                id: Some("rs_own".to_owned()),
            },
        ),
        close(2),
        open(3, BlockKind::Text),
        say(3, "x"),
        sign(3, "S3"),
        close(3),
        open(4, call("a", false)),
        sign(4, "S4"),
        close(4),
        open(5, call("b", true)),
        say(5, "raw"),
        close(5),
        open(6, BlockKind::Thought),
        close(6),
        open(7, BlockKind::Text),
        say(7, "y"),
        finish(Stop::Tool),
        Delta::End,
    ]);
    let last = check(stream.as_bytes());
    let items: Vec<(&str, &str)> = last["output"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let more = item
                .get("encrypted_content")
                .or(item.get("arguments"))
                .or(item.get("input"));
            (
                item["type"].as_str().unwrap(),
                more.and_then(|more| more.as_str()).unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        items,
        [
            ("reasoning", "tollgate:1:signed:S1"),
            ("reasoning", "tollgate:1:sealed:Eo8"),
            ("reasoning", "gAAAAA1"),
            ("message", ""),
            ("reasoning", "tollgate:1:signed:S3"),
            ("function_call", "{}"),
            ("reasoning", "tollgate:1:call:1:aS4"),
            ("custom_tool_call", "raw"),
            ("reasoning", "tollgate:1:plain"),
            ("message", ""),
        ]
    );
    assert_eq!(last["output"][2]["id"], "rs_own");
    assert_eq!(last["status"], "completed");
    assert!(last.get("usage").is_none());
}

#[test]
fn an_answer_that_is_cut_off_is_incomplete() {
    let rows = [
        (
            Stop::Length,
            BlockKind::Text,
            "incomplete",
            json!({"reason": "max_output_tokens"}),
        ),
        (
            Stop::Filter,
            BlockKind::Text,
            "incomplete",
            json!({"reason": "content_filter"}),
        ),
        (
            Stop::Refusal,
            BlockKind::Text,
            "incomplete",
            json!({"reason": "content_filter"}),
        ),
        (Stop::Refusal, BlockKind::Refusal, "completed", json!(null)),
        (Stop::Pause, BlockKind::Text, "completed", json!(null)),
        (
            Stop::Sequence(None),
            BlockKind::Text,
            "completed",
            json!(null),
        ),
    ];
    for (stop, kind, status, details) in rows {
        let stream = write(&[
            begin(),
            open(0, kind),
            say(0, "x"),
            close(0),
            finish(stop.clone()),
            Delta::End,
        ]);
        let last = check(stream.as_bytes());
        assert_eq!(
            (&last["status"], &last["incomplete_details"]),
            (&json!(status), &details),
            "{stop:?}"
        );
        assert_eq!(last["output"][0]["status"], status);
    }
}

#[test]
fn a_stream_that_breaks_fails() {
    let stream = write(&[
        begin(),
        open(0, BlockKind::Text),
        say(0, "x"),
        Delta::Error(error()),
        say(0, "y"),
        Delta::End,
    ]);
    assert_eq!(types(&stream)[5..], ["error", "failed"]);
    let last = check(stream.as_bytes());
    assert_eq!(
        last["error"],
        json!({"code": "server_error", "message": "busy"})
    );
    // Even before it began.
    check(write(&[Delta::Error(error())]).as_bytes());
}

#[test]
fn other_choices_and_unknown_blocks_are_passed_over() {
    let other = Delta::Open {
        choice: 1,
        block: 0,
        kind: BlockKind::Text,
    };
    let stream = write(&[
        begin(),
        other,
        say(7, "x"),
        close(7),
        sign(7, "x"),
        finish(Stop::End),
        Delta::End,
    ]);
    assert_eq!(check(stream.as_bytes())["output"], json!([]));
}

#[test]
fn an_error_alone_is_an_event() {
    let event = String::from_utf8(error_event(&error(), 0)).unwrap();
    assert_eq!(next_number(&event), Some(1));
    assert_eq!(
        next_number(r#"{"sequence_number" : 41,"delta":"\"sequence_number\":7"}"#),
        Some(42)
    );
    assert_eq!(next_number("{}"), None);
    let data = event
        .strip_prefix("event: error\ndata: ")
        .unwrap()
        .trim_end();
    assert_eq!(
        json(data),
        json!({"type": "error", "sequence_number": 0, "code": null, "message": "busy", "param": null,
            "error": {"message": "busy", "type": "server_error", "param": null, "code": null}})
    );
}
