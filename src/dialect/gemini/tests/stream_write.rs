//! Streams for Gemini clients.

use serde_json::{Value, json};

use super::super::StreamWriter;
use super::stream_read::read;
use super::{json, told};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Error, Stop};

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

fn call(id: &str) -> BlockKind {
    BlockKind::Call {
        id: id.to_owned(),
        name: "f".to_owned(),
        custom: false,
    }
}

fn used(output: u64) -> Delta {
    Delta::Usage(Reported {
        input: Some(5),
        output: Some(output),
        ..Reported::default()
    })
}

fn deltas() -> Vec<Delta> {
    let begin = Delta::Begin {
        id: Some("m1".to_owned()),
        model: Some("other".to_owned()),
        created: None,
    };
    let finish = Delta::Finish {
        choice: 0,
        stop: Stop::Tool,
    };
    vec![
        begin,
        used(1),
        open(0, BlockKind::Thought),
        say(0, "hm"),
        sign(0, "gemini:QUJD"),
        close(0),
        open(1, BlockKind::Text),
        say(1, "hi"),
        sign(1, "gemini:REVG"),
        close(1),
        open(2, call("c1")),
        open(3, call("c2")),
        say(2, "{\"a\":"),
        say(3, "{}"),
        say(2, "1}"),
        sign(3, "R0hJ"),
        close(2),
        close(3),
        finish,
        used(9),
        Delta::End,
    ]
}

fn parts() -> Vec<Value> {
    vec![
        json!({"text": "hm", "thought": true}),
        json!({"text": "", "thought": true, "thoughtSignature": "QUJD"}),
        json!({"text": "hi"}),
        json!({"text": "", "thoughtSignature": "REVG"}),
        json!({"functionCall": {"id": "c1", "name": "f", "args": {"a": 1}}, "thoughtSignature": "dG9sbGdhdGU6e30="}),
        json!({"functionCall": {"id": "c2", "name": "f", "args": {}}, "thoughtSignature": "R0hJ"}),
    ]
}

fn expected() -> Vec<Value> {
    let chunk = |part: Value| json!({"candidates": [{"content": {"parts": [part], "role": "model"}, "index": 0}], "modelVersion": "asked-for", "responseId": "m1"});
    let mut chunks: Vec<Value> = parts().into_iter().map(chunk).collect();
    chunks.push(json!({
        "candidates": [{"content": {"parts": [{"text": ""}], "role": "model"}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 9, "totalTokenCount": 14},
        "modelVersion": "asked-for", "responseId": "m1",
    }));
    chunks
}

#[test]
fn chunks_are_whole_objects() {
    let mut writer = StreamWriter::new(told());
    let mut found = Vec::new();
    for delta in deltas() {
        let mut out = Vec::new();
        writer.delta(&delta, &mut out);
        let text = String::from_utf8(out).unwrap();
        if let Some(event) = text.strip_prefix("data: ") {
            found.push(json(event.strip_suffix("\n\n").unwrap()));
        } else {
            assert_eq!(text, "");
        }
    }
    assert_eq!(found, expected());
}

#[test]
fn an_error_is_the_last_event() {
    let mut out = Vec::new();
    let error = Delta::Error(Error::new(500, "m", "c"));
    StreamWriter::new(told()).delta(&error, &mut out);
    let event = json(out.strip_prefix(b"data: ").unwrap());
    assert_eq!(event["error"]["status"], "INTERNAL");
}

#[test]
fn the_last_chunk_waits_for_usage() {
    let finish = || Delta::Finish {
        choice: 0,
        stop: Stop::End,
    };
    let write = |deltas: &[Delta]| {
        let mut writer = StreamWriter::new(told());
        let mut out = Vec::new();
        for delta in deltas {
            writer.delta(delta, &mut out);
        }
        let text = String::from_utf8(out).unwrap();
        let events = text
            .split_terminator("\n\n")
            .map(|event| json(event.strip_prefix("data: ").unwrap()));
        let short = |event: Value| {
            let reason = event["candidates"][0]["finishReason"].clone();
            (
                reason,
                event["usageMetadata"]["candidatesTokenCount"].clone(),
            )
        };
        events.map(short).collect::<Vec<_>>()
    };
    let (stop, none) = (json!("STOP"), Value::Null);
    assert_eq!(
        write(&[finish(), used(2), Delta::End]),
        [(stop.clone(), json!(2))]
    );
    assert_eq!(
        write(&[used(2), finish(), Delta::End]),
        [(stop.clone(), json!(2))]
    );
    assert_eq!(
        write(&[finish(), Delta::End]),
        [(stop.clone(), none.clone())]
    );
    assert_eq!(
        write(&[finish(), used(2), used(3), Delta::End]),
        [(stop, json!(2)), (none, json!(3))]
    );
    assert_eq!(write(&[finish()]), []);
}

#[test]
fn what_is_written_is_read_again() {
    let mut writer = StreamWriter::new(told());
    let mut out = Vec::new();
    for delta in deltas() {
        writer.delta(&delta, &mut out);
    }
    let text = String::from_utf8(out).unwrap();
    let events: Vec<&str> = text
        .split_terminator("\n\n")
        .map(|event| event.strip_prefix("data: ").unwrap())
        .collect();
    assert_eq!(
        read(&events),
        [
            "begin m1",
            "open 0.0 Thought",
            "say 0.0 hm",
            "sign 0.0 gemini:QUJD",
            "close 0.0",
            "open 0.1 Text",
            "say 0.1 hi",
            "sign 0.1 gemini:REVG",
            "close 0.1",
            "open 0.2 f c1",
            r#"say 0.2 {"a":1}"#,
            "close 0.2",
            "open 0.3 f c2",
            "sign 0.3 R0hJ",
            "say 0.3 {}",
            "close 0.3",
            "finish 0 Tool",
            "usage 5 9",
            "end",
        ]
    );
}

#[test]
fn sealed_blocks_and_sources_are_written() {
    let sealed = BlockKind::Sealed {
        data: "gAAA".to_owned(),
        id: None,
    };
    let cite = Delta::Cite {
        choice: 0,
        block: 1,
        citation: crate::dialect::neutral::Citation {
            url: Some("https://a".to_owned()),
            span: Some((1, 2)),
            ..Default::default()
        },
    };
    let finish = Delta::Finish {
        choice: 0,
        stop: Stop::End,
    };
    let mut writer = StreamWriter::new(told());
    let mut out = Vec::new();
    let deltas = [
        open(0, sealed),
        close(0),
        open(1, BlockKind::Text),
        say(1, "aö"),
        cite,
        close(1),
        finish,
        Delta::End,
    ];
    for delta in deltas {
        writer.delta(&delta, &mut out);
    }
    let text = String::from_utf8(out).unwrap();
    let events: Vec<Value> = text
        .split_terminator("\n\n")
        .map(|event| json(event.strip_prefix("data: ").unwrap()))
        .collect();
    let part = &events[0]["candidates"][0]["content"]["parts"][0];
    assert_eq!(part["thought"], true);
    assert!(part["thoughtSignature"].is_string());
    let support = &events[2]["candidates"][0]["groundingMetadata"]["groundingSupports"][0];
    assert_eq!(support["segment"], json!({"startIndex": 1, "endIndex": 3}));
}
