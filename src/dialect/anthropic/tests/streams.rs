//! Streams in both directions.

use serde_json::{Value, json};

use super::checker::{check, events};
use super::told;
use crate::dialect::Reported;
use crate::dialect::anthropic::{StreamReader, StreamWriter};
use crate::dialect::neutral::{
    BlockKind, Citation, Delta, DeltaReader, DeltaWriter, ErrorKind, Stop,
};

fn read(data: &[Value]) -> Vec<Delta> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for event in data {
        let name = event["type"].as_str().unwrap_or("");
        reader.event(name, &event.to_string(), &mut out);
    }
    reader.end(&mut out);
    out
}

pub fn write(deltas: &[Delta]) -> Vec<u8> {
    let mut writer = StreamWriter::new(told());
    let mut out = Vec::new();
    for delta in deltas {
        writer.delta(delta, &mut out);
    }
    out
}

fn message_start() -> Value {
    json!({"type": "message_start", "message": {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [],
        "stop_reason": null, "stop_sequence": null,
        "usage": {"input_tokens": 4, "cache_read_input_tokens": 6, "cache_creation_input_tokens": 2, "cache_creation": {"ephemeral_5m_input_tokens": 1, "ephemeral_1h_input_tokens": 1}, "output_tokens": 1},
    }})
}

fn start(index: u64, block: Value) -> Value {
    json!({"type": "content_block_start", "index": index, "content_block": block})
}

fn delta(index: u64, delta: Value) -> Value {
    json!({"type": "content_block_delta", "index": index, "delta": delta})
}

fn stop(index: u64) -> Value {
    json!({"type": "content_block_stop", "index": index})
}

fn message_delta(reason: &str) -> Value {
    json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null}, "usage": {"output_tokens": 9}})
}

fn message_stop() -> Value {
    json!({"type": "message_stop"})
}

pub fn open(block: u32, kind: BlockKind) -> Delta {
    Delta::Open {
        choice: 0,
        block,
        kind,
    }
}

pub fn say(block: u32, text: &str) -> Delta {
    Delta::Say {
        choice: 0,
        block,
        text: text.to_owned(),
        logprobs: None,
    }
}

pub fn close(block: u32) -> Delta {
    Delta::Close { choice: 0, block }
}

pub fn begin() -> Delta {
    Delta::Begin {
        id: Some("msg_1".to_owned()),
        model: Some("claude".to_owned()),
        created: None,
    }
}

pub fn finish(stop: Stop) -> Delta {
    Delta::Finish { choice: 0, stop }
}

pub fn call(id: &str) -> BlockKind {
    BlockKind::Call {
        id: id.to_owned(),
        name: "f".to_owned(),
        custom: false,
    }
}

pub fn used(output: u64) -> Delta {
    Delta::Usage(Reported {
        input: Some(12),
        output: Some(output),
        cached: 6,
        cache_write: 2,
        cache_write_1h: 1,
        ..Reported::default()
    })
}

/// One stream with every kind of block.
fn everything() -> Vec<Value> {
    let cited = json!({"type": "web_search_result_location", "url": "https://x", "title": "t", "cited_text": "q", "encrypted_index": "E"});
    vec![
        message_start(),
        json!({"type": "ping"}),
        start(
            0,
            json!({"type": "thinking", "thinking": "", "signature": ""}),
        ),
        delta(0, json!({"type": "thinking_delta", "thinking": "hm"})),
        delta(0, json!({"type": "signature_delta", "signature": "Eq"})),
        stop(0),
        start(1, json!({"type": "redacted_thinking", "data": "Ev"})),
        stop(1),
        start(
            2,
            json!({"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}),
        ),
        delta(2, json!({"type": "input_json_delta", "partial_json": "{}"})),
        stop(2),
        start(
            3,
            json!({"type": "web_search_tool_result", "tool_use_id": "s", "content": []}),
        ),
        stop(3),
        start(4, json!({"type": "text", "text": ""})),
        delta(4, json!({"type": "citations_delta", "citation": cited})),
        delta(4, json!({"type": "text_delta", "text": "so"})),
        delta(4, json!({"type": "unheard_of_delta"})),
        stop(4),
        json!({"type": "unheard_of"}),
        start(
            5,
            json!({"type": "tool_use", "id": "a", "name": "f", "input": {}}),
        ),
        delta(5, json!({"type": "input_json_delta", "partial_json": ""})),
        delta(
            5,
            json!({"type": "input_json_delta", "partial_json": "{\"a\":"}),
        ),
        delta(5, json!({"type": "input_json_delta", "partial_json": "1}"})),
        stop(5),
        start(
            6,
            json!({"type": "tool_use", "id": "b", "name": "f", "input": {"whole": true}}),
        ),
        stop(6),
        message_delta("tool_use"),
        message_stop(),
    ]
}

fn everything_read() -> Vec<Delta> {
    let citation = Citation {
        url: Some("https://x".to_owned()),
        title: Some("t".to_owned()),
        quote: Some("q".to_owned()),
        span: None,
        raw: Some(
            json!({"type": "web_search_result_location", "url": "https://x", "title": "t", "cited_text": "q", "encrypted_index": "E"}),
        ),
    };
    vec![
        begin(),
        used(1),
        open(0, BlockKind::Thought),
        say(0, "hm"),
        Delta::Sign {
            choice: 0,
            block: 0,
            signature: "Eq".to_owned(),
        },
        close(0),
        open(
            1,
            BlockKind::Sealed {
                data: "Ev".to_owned(),
                id: None,
            },
        ),
        close(1),
        open(2, BlockKind::Text),
        Delta::Cite {
            choice: 0,
            block: 2,
            citation,
        },
        say(2, "so"),
        close(2),
        open(3, call("a")),
        say(3, "{\"a\":"),
        say(3, "1}"),
        close(3),
        open(4, call("b")),
        say(4, "{\"whole\":true}"),
        close(4),
        finish(Stop::Tool),
        used(9),
        Delta::End,
    ]
}

#[test]
fn a_stream_is_read() {
    assert_eq!(read(&everything()), everything_read());
}

#[test]
fn a_stream_comes_back() {
    let bytes = write(&everything_read());
    check(&bytes, false).expect("in order");
    let again: Vec<Value> = events(&bytes).into_iter().map(|(_, data)| data).collect();
    // Usage is told at the end, and the name of the model is the client's.
    assert_eq!(again[0]["message"]["model"], "asked-for");
    let end = &again[again.len() - 2];
    assert_eq!(end["usage"]["input_tokens"], 4);
    assert_eq!(end["usage"]["cache_read_input_tokens"], 6);
    assert_eq!(end["usage"]["output_tokens"], 9);
    let mut deltas = read(&again);
    deltas.retain(|delta| !matches!(delta, Delta::Usage(_)));
    let mut wanted = everything_read();
    wanted.retain(|delta| !matches!(delta, Delta::Usage(_)));
    wanted[0] = Delta::Begin {
        id: Some("msg_1".to_owned()),
        model: Some("asked-for".to_owned()),
        created: None,
    };
    assert_eq!(deltas, wanted);
}

/// However early a stream is cut, it ends in one error, and its blocks are closed.
#[test]
fn a_cut_stream_is_an_error() {
    let events = everything();
    for length in 0..events.len() {
        let deltas = read(&events[..length]);
        assert!(matches!(deltas.last(), Some(Delta::Error(_))), "{length}");
        check(&write(&deltas), true).expect("in order");
    }
    let without_delta = [message_start(), message_stop()];
    assert_eq!(
        read(&without_delta),
        [begin(), used(1), finish(Stop::End), Delta::End]
    );
}

#[test]
fn what_is_wrong_in_a_stream_is_an_error() {
    let overloaded =
        json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
    let deltas = read(&[message_start(), overloaded.clone(), message_stop()]);
    let Some(Delta::Error(error)) = deltas.last() else {
        panic!("no error");
    };
    assert_eq!((error.status, error.kind), (529, ErrorKind::Overloaded));
    let bytes = write(&read(&[overloaded]));
    check(&bytes, true).expect("the error alone");
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    reader.event("", "{", &mut out);
    reader.end(&mut out);
    assert_eq!(out.len(), 1);
}

#[test]
fn a_second_beginning_is_passed_over_or_an_error() {
    let mut other = message_start();
    other["message"]["id"] = json!("msg_2");
    let text = start(0, json!({"type": "text", "text": "a"}));
    let rest = [stop(0), message_delta("end_turn"), message_stop()];
    let once = [vec![message_start(), text.clone()], rest.to_vec()].concat();
    let twice = [
        vec![message_start(), text.clone(), message_start()],
        rest.to_vec(),
    ]
    .concat();
    assert_eq!(read(&twice), read(&once));
    let spliced = [vec![message_start(), text, other], rest.to_vec()].concat();
    let deltas = read(&spliced);
    assert!(matches!(deltas.last(), Some(Delta::Error(_))));
    check(&write(&deltas), true).expect("in order");
}

#[test]
fn a_message_may_begin_with_whole_blocks() {
    let mut begun = message_start();
    begun["message"]["content"] = json!([
        {"type": "code_execution_tool_result", "tool_use_id": "s", "content": {}},
        {"type": "tool_use", "id": "a", "name": "f", "input": {"a": 1}},
    ]);
    begun["message"]["stop_reason"] = json!("tool_use");
    let deltas = read(&[begun, message_stop()]);
    let wanted = [
        begin(),
        used(1),
        open(0, call("a")),
        say(0, "{\"a\":1}"),
        close(0),
        finish(Stop::Tool),
        Delta::End,
    ];
    assert_eq!(deltas, wanted);
}

#[test]
fn usage_counts_once() {
    let delta = json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"input_tokens": 5, "cache_read_input_tokens": 6, "output_tokens": 2, "output_tokens_details": {"thinking_tokens": 1}}});
    let deltas = read(&[message_start(), delta, message_stop()]);
    let mut total = Reported::default();
    for delta in deltas {
        if let Delta::Usage(usage) = delta {
            total = total.or_more(usage);
        }
    }
    assert_eq!(
        (total.input, total.output, total.reasoning),
        (Some(13), Some(2), 1)
    );
}
