//! Streams of Gemini.

use super::super::StreamReader;
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader};

/// What a stream brings, each delta in a word or two.
pub(super) fn read(events: &[&str]) -> Vec<String> {
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
