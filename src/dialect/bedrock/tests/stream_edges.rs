//! Streams that are odd, sealed, broken.

use super::stream::{CALLS, begin, close, finish, kinds, open, read, say, usage};
use super::*;
use crate::event_stream::{Decoder, Value as Header, encode};

#[test]
fn a_stream_without_starts_and_stops() {
    let events = [
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":0,"delta":{"text":"One"}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":1,"delta":{"text":"Two"}}"#,
        ),
        (
            "metadata",
            r#"{"usage":{"inputTokens":7,"outputTokens":9}}"#,
        ),
        ("messageStop", r#"{"stopReason":"end_turn"}"#),
    ];
    let expected = [
        begin(),
        open(0, BlockKind::Text),
        say(0, "One"),
        close(0),
        open(1, BlockKind::Text),
        say(1, "Two"),
        usage(7, 0, 9),
        close(1),
        finish(Stop::End),
        Delta::End,
    ];
    assert_eq!(read(&events), expected);
}

#[test]
fn one_index_may_change_its_kind() {
    let events = [
        (
            "contentBlockDelta",
            r#"{"delta":{"reasoningContent":{"text":"Hm"}}}"#,
        ),
        ("contentBlockDelta", r#"{"delta":{"text":"Hi"}}"#),
        ("messageStop", r#"{"stopReason":"end_turn"}"#),
    ];
    let expected = [
        begin(),
        open(0, BlockKind::Thought),
        say(0, "Hm"),
        close(0),
        open(1, BlockKind::Text),
        say(1, "Hi"),
        close(1),
        finish(Stop::End),
        Delta::End,
    ];
    assert_eq!(read(&events), expected);
}

#[test]
fn sealed_thoughts_citations_and_tools_of_bedrock() {
    let events = [
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"YWJj"}}}"#,
        ),
        ("contentBlockStop", r#"{"contentBlockIndex":0}"#),
        (
            "contentBlockStart",
            r#"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"s","name":"n","type":"server_tool_use"}}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{}"}}}"#,
        ),
        ("contentBlockStop", r#"{"contentBlockIndex":1}"#),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":2,"delta":{"text":"As said"}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":2,"delta":{"citation":{"title":"Doc"}}}"#,
        ),
        (
            "messageStop",
            r#"{"stopReason":"stop_sequence","additionalModelResponseFields":{"delta":{"stop_sequence":"END"}}}"#,
        ),
    ];
    let expected = [
        begin(),
        open(
            0,
            BlockKind::Sealed {
                data: "YWJj".to_owned(),
                id: None,
            },
        ),
        close(0),
        open(1, BlockKind::Text),
        say(1, "As said"),
        Delta::Cite {
            choice: 0,
            block: 1,
            citation: Citation {
                title: Some("Doc".to_owned()),
                raw: Some(json!({"title": "Doc"})),
                ..Citation::default()
            },
        },
        close(1),
        finish(Stop::Sequence(Some("END".to_owned()))),
        Delta::End,
    ];
    assert_eq!(read(&events), expected);
}

#[test]
fn exceptions_and_broken_data() {
    let text = |text: &str| Header::Text(text.to_owned());
    let exception = encode::frame(
        &[
            (":message-type", text("exception")),
            (":exception-type", text("throttlingException")),
        ],
        br#"{"message":"Slow down"}"#,
    );
    let fault = encode::frame(
        &[
            (":message-type", text("error")),
            (":error-code", text("InternalFailure")),
            (":error-message", text("Oh")),
        ],
        b"",
    );
    let rows = [
        (exception, ErrorKind::RateLimit, 429, "Slow down"),
        (fault, ErrorKind::Server, 500, "Oh"),
        (
            encode::event("exception:modelStreamErrorException", "{}"),
            ErrorKind::Server,
            500,
            "{}",
        ),
        (
            encode::event("exception:serviceUnavailableException", ""),
            ErrorKind::Overloaded,
            503,
            "AWS Bedrock broke off the stream",
        ),
        (
            encode::event("contentBlockDelta", "{\"delta\":"),
            ErrorKind::Server,
            502,
            "AWS Bedrock sent a broken event of the type contentBlockDelta",
        ),
    ];
    for (bytes, kind, status, message) in rows {
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        let (name, data) = event(&decoder.next_frame().unwrap().unwrap());
        let deltas = read(&[CALLS[0], CALLS[1], (&name, &data), CALLS[6]]);
        let error = kinds(&deltas).unwrap();
        assert_eq!(
            (error.kind, error.status, error.message.as_str()),
            (kind, status, message)
        );
        assert_eq!(deltas.len(), 4, "nothing comes after an error");
    }
}

#[test]
fn what_is_not_known_is_passed_over() {
    let odd = [
        ("", "data"),
        ("chunk", "{}"),
        ("contentBlockDelta", "[]"),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":-1,"delta":{"audio":1}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"delta":{"toolUse":{"input":"x"}}}"#,
        ),
        ("contentBlockStop", "null"),
        (
            "contentBlockStart",
            r#"{"start":{"image":{"format":"png"}}}"#,
        ),
    ];
    let mut events = odd.to_vec();
    events.push(("messageStop", "{}"));
    assert_eq!(read(&events), [begin(), finish(Stop::End), Delta::End]);
}
