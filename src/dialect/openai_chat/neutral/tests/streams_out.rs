//! Streams for clients, written.

use super::*;
use crate::dialect::Reported;

fn begin() -> Delta {
    Delta::Begin {
        id: None,
        model: Some("theirs".to_owned()),
        created: None,
    }
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

fn sign(block: u32) -> Delta {
    Delta::Sign {
        choice: 0,
        block,
        signature: "sig".to_owned(),
    }
}

fn close(block: u32) -> Delta {
    Delta::Close { choice: 0, block }
}

fn finish(stop: Stop) -> Delta {
    Delta::Finish { choice: 0, stop }
}

fn call(id: &str) -> BlockKind {
    BlockKind::Call {
        id: id.to_owned(),
        name: "f".to_owned(),
        custom: false,
    }
}

#[test]
fn signatures_survive_to_the_next_turn() {
    let sealed = BlockKind::Sealed {
        data: "d".to_owned(),
        id: Some("i".to_owned()),
    };
    let deltas = [
        begin(),
        open(0, BlockKind::Thought),
        say(0, "th"),
        say(0, "ought"),
        sign(0),
        close(0),
        open(1, sealed),
        close(1),
        open(2, BlockKind::Text),
        say(2, "a"),
        sign(2),
        close(2),
        open(3, call("c")),
        sign(3),
        say(3, "{}"),
        close(3),
        finish(Stop::Tool),
        Delta::End,
    ];
    let (message, reason) = checker::message(&stream(&deltas, told()), 0);
    assert_eq!(reason, "tool_calls");
    assert_eq!(message["reasoning_content"], "thought");
    let request = read_request(&json!({"messages": [message]}).to_string()).unwrap();
    let kinds: Vec<_> = request.turns[0]
        .parts
        .iter()
        .map(|part| match &part.kind {
            PartKind::Thought(own) => json!([own.text, own.signature, own.sealed, own.id]),
            PartKind::Text { text, .. } => json!(text),
            PartKind::Call(call) => json!([call.id, call.arguments, call.signature]),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            json!(["thought", "sig", null, null]),
            json!(["", null, "d", "i"]),
            json!("a"),
            json!(["c", "{}", "sig"])
        ]
    );
    assert!(
        request.rest.iter().all(|rest| rest.idle),
        "{:?}",
        request.rest
    );
}

#[test]
fn calls_side_by_side_and_empty_ones() {
    let deltas = [
        begin(),
        open(0, call("a")),
        open(1, call("b")),
        say(0, "{\"x\""),
        say(1, "{}"),
        say(0, ":1}"),
        close(0),
        close(1),
        open(2, call("c")),
        close(2),
        open(
            3,
            BlockKind::Call {
                id: "d".to_owned(),
                name: "g".to_owned(),
                custom: true,
            },
        ),
        say(3, "x"),
        close(3),
        finish(Stop::Tool),
        Delta::End,
    ];
    let (message, _) = checker::message(&stream(&deltas, told()), 0);
    let said: Vec<_> = message["tool_calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            let own = call.get("function").or(call.get("custom")).unwrap();
            json!([call["id"], own.get("arguments").or(own.get("input"))])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!(["a", "{\"x\":1}"]),
            json!(["b", "{}"]),
            json!(["c", "{}"]),
            json!(["d", "x"])
        ]
    );
}

#[test]
fn usage_comes_once_and_only_when_asked_for() {
    let usage = |output| {
        Delta::Usage(Reported {
            input: Some(3),
            output: Some(output),
            cached: 2,
            ..Reported::default()
        })
    };
    let deltas = [
        begin(),
        usage(1),
        open(0, BlockKind::Text),
        say(0, "a"),
        usage(2),
        close(0),
        finish(Stop::End),
        usage(0),
        Delta::End,
    ];
    let written = stream(&deltas, told());
    let last = &written.last().unwrap()["usage"];
    assert_eq!(
        (
            &last["prompt_tokens"],
            &last["completion_tokens"],
            &last["total_tokens"]
        ),
        (&json!(3), &json!(2), &json!(5))
    );
    assert_eq!(last["prompt_tokens_details"]["cached_tokens"], 2);
    let quiet = Told {
        usage: false,
        ..told()
    };
    assert!(
        stream(&deltas, quiet)
            .iter()
            .all(|chunk| chunk.get("usage").is_none())
    );
}

#[test]
fn a_stream_that_breaks_says_so() {
    let error = Error {
        status: 529,
        kind: ErrorKind::Overloaded,
        code: None,
        message: "full".to_owned(),
        param: None,
    };
    for before in [
        vec![],
        vec![begin()],
        vec![begin(), open(0, BlockKind::Text), say(0, "a")],
    ] {
        let mut deltas = before;
        deltas.push(Delta::Error(error.clone()));
        let written = stream(&deltas, told());
        assert_eq!(written.last().unwrap()["error"]["message"], "full");
    }
}

#[test]
fn each_delta_leaves_at_once() {
    let mut writer = StreamWriter::new(told());
    let mut bytes = |delta: Delta| {
        let mut out = Vec::new();
        writer.delta(&delta, &mut out);
        String::from_utf8(out).unwrap()
    };
    assert!(bytes(begin()).contains(r#""role":"assistant""#));
    assert_eq!(bytes(open(0, BlockKind::Text)), "");
    assert!(bytes(say(0, "é\u{2028}")).contains(r#""content":"é"#));
    assert_eq!(bytes(close(0)), "");
    assert!(bytes(finish(Stop::Length)).contains(r#""finish_reason":"length""#));
    assert_eq!(bytes(Delta::End), "data: [DONE]\n\n");
}
