//! Streams in both directions.

use serde_json::{Value, json};

use super::super::{ArrayWriter, StreamReader, StreamWriter};
use super::{json, told};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, DeltaWriter, Error, ErrorKind, Stop};

/// What a stream brings, each delta in a word or two.
fn read(events: &[&str]) -> Vec<String> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for event in events {
        reader.event("", event, &mut out);
    }
    reader.end(&mut out);
    out.iter().map(short).collect()
}

fn short(delta: &Delta) -> String {
    match delta {
        Delta::Begin { id, .. } => format!("begin {}", id.as_deref().unwrap_or("-")),
        Delta::Open {
            choice,
            block,
            kind,
        } => match kind {
            BlockKind::Call { id, name, .. } => format!("open {choice}.{block} {name} {id}"),
            kind => format!("open {choice}.{block} {kind:?}"),
        },
        Delta::Say {
            choice,
            block,
            text,
            ..
        } => format!("say {choice}.{block} {text}"),
        Delta::Sign {
            choice,
            block,
            signature,
        } => format!("sign {choice}.{block} {signature}"),
        Delta::Cite {
            choice,
            block,
            citation,
        } => {
            format!(
                "cite {choice}.{block} {} {:?}",
                citation.url.as_deref().unwrap_or("-"),
                citation.span
            )
        }
        Delta::Close { choice, block } => format!("close {choice}.{block}"),
        Delta::Finish { choice, stop } => format!("finish {choice} {stop:?}"),
        Delta::Usage(usage) => format!(
            "usage {:?} {:?}",
            usage.input.unwrap(),
            usage.output.unwrap()
        ),
        Delta::End => "end".to_owned(),
        Delta::Error(error) => format!("error {} {}", error.status, error.message),
    }
}

fn chunk(parts: &str, more: &str) -> String {
    format!(
        r#"{{"candidates":[{{"content":{{"role":"model","parts":[{parts}]}}{more}}}],"responseId":"r"}}"#
    )
}

#[test]
fn blocks_open_and_close() {
    let chunks = [
        chunk(r#"{"text":"hm","thought":true}"#, ""),
        chunk(r#"{"text":"Hel"}"#, ""),
        chunk(
            r#"{"text":"lo"},{"functionCall":{"name":"f","args":{"a":1.0}},"thoughtSignature":"QUJD"}"#,
            "",
        ),
        chunk(
            r#"{"functionCall":{"id":"x","name":"g"}}"#,
            r#","finishReason":"STOP""#,
        ),
        r#"{"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}}"#.to_owned(),
    ];
    let chunks: Vec<&str> = chunks.iter().map(String::as_str).collect();
    assert_eq!(
        read(&chunks),
        [
            "begin r",
            "open 0.0 Thought",
            "say 0.0 hm",
            "close 0.0",
            "open 0.1 Text",
            "say 0.1 Hel",
            "say 0.1 lo",
            "close 0.1",
            "open 0.2 f gcall_r_0",
            "sign 0.2 QUJD",
            r#"say 0.2 {"a":1.0}"#,
            "close 0.2",
            "open 0.3 g x",
            "say 0.3 {}",
            "close 0.3",
            "finish 0 Tool",
            "usage 3 4",
            "end",
        ]
    );
}

#[test]
fn signatures_of_texts_are_kept() {
    let chunks = [
        chunk(r#"{"text":"a"}"#, ""),
        chunk(
            r#"{"text":"","thoughtSignature":"QUJD"}"#,
            r#","finishReason":"STOP""#,
        ),
    ];
    let wanted = [
        "begin r",
        "open 0.0 Text",
        "say 0.0 a",
        "sign 0.0 gemini:QUJD",
        "close 0.0",
        "finish 0 End",
        "end",
    ];
    assert_eq!(read(&[&chunks[0], &chunks[1]]), wanted);
    let wanted = [
        "begin r",
        "open 0.0 Thought",
        "sign 0.0 gemini:QUJD",
        "close 0.0",
        "finish 0 End",
        "end",
    ];
    assert_eq!(read(&[&chunks[1]]), wanted);
}

#[test]
fn arguments_in_pieces_are_put_together() {
    let piece = |text: &str| chunk(&format!(r#"{{"functionCall":{text}}}"#), "");
    let chunks = [
        piece(r#"{"name":"f","willContinue":true}"#),
        piece(
            r#"{"partialArgs":[{"jsonPath":"$.a[0].b","stringValue":"x","willContinue":true}],"willContinue":true}"#,
        ),
        piece(r#"{"partialArgs":[{"jsonPath":"$.a[0].b","stringValue":"y"}],"willContinue":true}"#),
        piece(
            r#"{"partialArgs":[{"jsonPath":"$['n']","numberValue":0.3},{"jsonPath":"$.t","boolValue":true},{"jsonPath":"$.z","nullValue":"NULL_VALUE"}],"willContinue":true}"#,
        ),
        piece(
            r#"{"partialArgs":[{"jsonPath":"$.a[99999999]","stringValue":"far"},{"jsonPath":"x"},{"jsonPath":"$[","stringValue":""},{}],"willContinue":true}"#,
        ),
        piece("{}"),
        piece(r#"{"name":"g","willContinue":true}"#),
        chunk(r#"{"text":""}"#, r#","finishReason":"STOP""#),
    ];
    let chunks: Vec<&str> = chunks.iter().map(String::as_str).collect();
    assert_eq!(
        read(&chunks),
        [
            "begin r",
            "open 0.0 f gcall_r_0",
            r#"say 0.0 {"a":[{"b":"xy"}],"n":0.3,"t":true,"z":null}"#,
            "close 0.0",
            "open 0.1 g gcall_r_1",
            "say 0.1 {}",
            "close 0.1",
            "finish 0 Tool",
            "end",
        ]
    );
}

#[test]
fn sources_are_told_once() {
    let meta = r#","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a"}}],"groundingSupports":[{"segment":{"endIndex":4},"groundingChunkIndices":[0]}]}"#;
    let chunks = [
        chunk(r#"{"text":"wö"}"#, ""),
        chunk(r#"{"text":"rld"}"#, meta),
        chunk(
            r#"{"text":""}"#,
            &format!(r#"{meta},"finishReason":"STOP""#),
        ),
    ];
    let wanted = [
        "begin r",
        "open 0.0 Text",
        "say 0.0 wö",
        "say 0.0 rld",
        "cite 0.0 https://a Some((0, 3))",
        "close 0.0",
        "finish 0 End",
        "end",
    ];
    assert_eq!(read(&[&chunks[0], &chunks[1], &chunks[2]]), wanted);
}

#[test]
fn streams_that_break_say_so() {
    let hi = chunk(r#"{"text":"hi"}"#, "");
    let early = "error 502 the provider's stream ended early";
    let begun = ["begin r", "open 0.0 Text", "say 0.0 hi"];
    assert_eq!(read(&[&hi])[3..], [early]);
    assert_eq!(read(&[&hi])[..3], begun);
    assert_eq!(read(&[]), [early]);
    assert_eq!(read(&["[DONE]", " ", "1", "null"]), [early]);
    let late = r#"{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}"#;
    assert_eq!(read(&[&hi, late, &hi])[3..], ["error 503 overloaded"]);
    let listed = format!("[{late}]");
    assert_eq!(read(&[&listed]), ["error 503 overloaded"]);
    for cut in 1..hi.len() {
        let out = read(&[&hi[..cut]]);
        assert!(out.len() == 1 && out[0].starts_with("error 502"), "{out:?}");
    }
    let image = chunk(r#"{"inlineData":{"mimeType":"image/png","data":""}}"#, "");
    assert_eq!(
        read(&[&image])[1..],
        ["error 502 the model sent media, which a stream cannot carry"]
    );
}

#[test]
fn several_answers_end_each_by_itself() {
    let two = r#"{"candidates":[{"index":0,"content":{"parts":[{"text":"a"}]}},{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}"#;
    let last = r#"{"candidates":[{"index":0,"finishReason":"MAX_TOKENS"}]}"#;
    let wanted = [
        "begin -",
        "open 0.0 Text",
        "say 0.0 a",
        "open 1.0 Text",
        "say 1.0 b",
        "close 1.0",
        "finish 1 End",
        "close 0.0",
        "finish 0 Length",
        "end",
    ];
    assert_eq!(read(&[two, last]), wanted);
    assert!(read(&[two]).last().unwrap().starts_with("error"));
    let blocked =
        r#"{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":3}}"#;
    assert_eq!(
        read(&[blocked]),
        ["begin -", "finish 0 Filter", "usage 3 0", "end"]
    );
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
        json!({"functionCall": {"id": "c1", "name": "f", "args": {"a": 1}}}),
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
fn without_sse_it_is_one_array() {
    let mut writer = ArrayWriter::new(told());
    let mut out = Vec::new();
    for delta in deltas() {
        writer.delta(&delta, &mut out);
    }
    assert_eq!(json(&out), Value::from(expected()));
    let mut writer = ArrayWriter::new(told());
    let mut out = Vec::new();
    let error = Delta::Error(Error {
        status: 500,
        kind: ErrorKind::Server,
        code: None,
        message: "m".to_owned(),
        param: None,
    });
    for delta in [say(0, "x"), error, Delta::End] {
        writer.delta(&delta, &mut out);
    }
    let all = json(&out);
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[1]["error"]["status"], "INTERNAL");
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
