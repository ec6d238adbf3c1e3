//! Streams for clients: what other dialects bring.

use serde_json::{Value, json};

use super::checker::{check, events};
use super::streams::{begin, call, close, finish, open, say, used, write};
use super::told;
use crate::dialect::anthropic::StreamWriter;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Error, ErrorKind, Stop};

#[test]
fn interleaved_calls_are_written_one_after_the_other() {
    let deltas = [
        begin(),
        open(0, call("a")),
        open(1, call("b")),
        say(1, "{\"b\":"),
        say(0, "{\"a\":"),
        open(2, call("c")),
        close(2),
        say(1, "2}"),
        say(0, "1}"),
        close(0),
        close(1),
        used(1),
        finish(Stop::End),
        used(3),
        Delta::End,
    ];
    let bytes = write(&deltas);
    check(&bytes, false).expect("in order");
    let mut inputs = [String::new(), String::new(), String::new()];
    for (_, data) in events(&bytes) {
        if let Some(fragment) = data.pointer("/delta/partial_json").and_then(Value::as_str) {
            let index = usize::try_from(data["index"].as_u64().expect("an index")).expect("small");
            inputs[index].push_str(fragment);
        }
    }
    assert_eq!(inputs, ["{\"a\":1}", "{\"b\":2}", ""]);
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains("\"stop_reason\":\"tool_use\""), "{text}");
}

/// A delta is on its way as soon as it is there.
#[test]
fn words_do_not_wait() {
    let mut writer = StreamWriter::new(told());
    for delta in [begin(), open(0, BlockKind::Text), say(0, "a"), close(0)] {
        let mut out = Vec::new();
        writer.delta(&delta, &mut out);
        assert!(!out.is_empty(), "{delta:?}");
    }
}

#[test]
fn what_others_have_is_written() {
    let custom = BlockKind::Call {
        id: "x".to_owned(),
        name: "f".to_owned(),
        custom: true,
    };
    let signed = Delta::Sign {
        choice: 0,
        block: 1,
        signature: "Ci".to_owned(),
    };
    let other = Delta::Say {
        choice: 1,
        block: 0,
        text: "other".to_owned(),
        logprobs: None,
    };
    let deltas = [
        open(0, BlockKind::Refusal),
        say(0, "no"),
        other,
        close(0),
        open(1, call("a")),
        signed,
        say(1, "{}"),
        close(1),
        open(2, custom),
        say(2, "say \"hi\"\n"),
        close(2),
        open(
            3,
            BlockKind::Sealed {
                data: "gA".to_owned(),
                id: Some("rs_1".to_owned()),
            },
        ),
        close(3),
        Delta::End,
    ];
    let bytes = write(&deltas);
    check(&bytes, false).expect("in order");
    let text = String::from_utf8(bytes).expect("UTF-8");
    for part in [
        "call:a:Ci",
        "openai:rs_1:gA",
        "\"text\":\"no\"",
        "msg_0000000000000abc",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("other"));
    let fragments: String = events(text.as_bytes())
        .iter()
        .filter(|(_, data)| data["index"] == 3)
        .filter_map(|(_, data)| data.pointer("/delta/partial_json")?.as_str())
        .collect();
    assert_eq!(
        serde_json::from_str::<Value>(&fragments).expect("JSON"),
        json!({"input": "say \"hi\"\n"})
    );
}

#[test]
fn after_the_end_nothing_comes() {
    let error = Delta::Error(Error {
        status: 500,
        kind: ErrorKind::Server,
        code: None,
        message: "m".to_owned(),
        param: None,
    });
    let bytes = write(&[begin(), Delta::End, error.clone(), say(0, "x")]);
    check(&bytes, false).expect("in order");
    let bytes = write(&[begin(), open(0, BlockKind::Text), error, Delta::End]);
    check(&bytes, true).expect("in order");
}
