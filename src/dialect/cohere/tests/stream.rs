//! Streams.

use super::*;
use crate::dialect::Reported;

const CALLS: &[&str] = &[
    r#"{"id":"r1","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}"#,
    r#"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I "}}}"#,
    r#"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"look."}}}"#,
    r#"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c1","type":"function","function":{"name":"look","arguments":""}}}}}"#,
    r#"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"a\""}}}}}"#,
    r#"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":":null}"}}}}}"#,
    r#"{"type":"tool-call-end","index":0}"#,
    r#"{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"c2","type":"function","function":{"name":"now","arguments":""}}}}}"#,
    r#"{"type":"tool-call-delta","index":1,"delta":{"message":{"tool_calls":{"function":{"arguments":"null"}}}}}"#,
    r#"{"type":"tool-call-end","index":1}"#,
    r#"{"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":12,"output_tokens":7},"tokens":{"input_tokens":507,"output_tokens":10},"cached_tokens":448}}}"#,
];

fn read(events: &[&str]) -> Vec<Delta> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for data in events {
        reader.event("", data, &mut out);
    }
    reader.end(&mut out);
    out
}

fn begin() -> Delta {
    Delta::Begin {
        id: Some("r1".to_owned()),
        model: None,
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

fn opens_call(block: u32, id: &str, name: &str) -> Delta {
    let kind = BlockKind::Call {
        id: id.to_owned(),
        name: name.to_owned(),
        custom: false,
    };
    open(block, kind)
}

fn say(block: u32, text: &str) -> Delta {
    Delta::Say {
        choice: 0,
        block,
        text: text.to_owned(),
        logprobs: None,
    }
}

fn close(block: u32) -> Delta {
    Delta::Close { choice: 0, block }
}

fn finish(stop: Stop) -> Delta {
    Delta::Finish { choice: 0, stop }
}

fn used() -> Delta {
    Delta::Usage(Reported {
        input: Some(12),
        output: Some(7),
        ..Reported::default()
    })
}

fn error(deltas: &[Delta]) -> Option<&Error> {
    deltas.iter().find_map(|delta| match delta {
        Delta::Error(error) => Some(error),
        _ => None,
    })
}

#[test]
fn a_plan_and_calls() {
    let expected = [
        begin(),
        open(0, BlockKind::Thought),
        say(0, "I "),
        say(0, "look."),
        close(0),
        opens_call(1, "c1", "look"),
        say(1, "{\"a\""),
        say(1, ":null}"),
        close(1),
        opens_call(2, "c2", "now"),
        say(2, "{}"),
        close(2),
        finish(Stop::Tool),
        used(),
        Delta::End,
    ];
    assert_eq!(read(CALLS), expected);
}

#[test]
fn thoughts_text_and_citations_also_late_ones() {
    let events = [
        CALLS[0],
        r#"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}"#,
        r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"Hm"}}}}"#,
        r#"{"type":"content-end","index":0}"#,
        r#"{"type":"content-start","index":1,"delta":{"message":{"content":{"type":"text","text":""}}}}"#,
        r#"{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"As ü"}}},"logprobs":{"text":"As","token_ids":[1],"logprobs":[-1]}}"#,
        r#"{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":2,"text":"As","type":"TEXT_CONTENT"}}}}"#,
        r#"{"type":"citation-end","index":0}"#,
        r#"{"type":"content-end","index":1}"#,
        r#"{"type":"citation-start","index":1,"delta":{"message":{"citations":{"start":3,"end":4,"type":"TEXT_CONTENT"}}}}"#,
        r#"{"type":"citation-start","index":2,"delta":{"message":{"citations":{"start":3,"end":4,"type":"PLAN"}}}}"#,
        r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}"#,
    ];
    let cite = |start: u64, end: u64, raw: Value| Delta::Cite {
        choice: 0,
        block: 1,
        citation: Citation {
            span: Some((start, end)),
            raw: Some(raw),
            ..Citation::default()
        },
    };
    let logprobs = json!({"content": [
        {"token": "As", "logprob": -1, "bytes": [65, 115], "top_logprobs": []}
    ]});
    let expected = [
        begin(),
        open(0, BlockKind::Thought),
        say(0, "Hm"),
        close(0),
        open(1, BlockKind::Text),
        Delta::Say {
            choice: 0,
            block: 1,
            text: "As ü".to_owned(),
            logprobs: Some(logprobs),
        },
        cite(
            0,
            2,
            json!({"start": 0, "end": 2, "text": "As", "type": "TEXT_CONTENT"}),
        ),
        cite(3, 4, json!({"start": 3, "end": 4, "type": "TEXT_CONTENT"})),
        close(1),
        finish(Stop::End),
        Delta::End,
    ];
    assert_eq!(read(&events), expected);
}

#[test]
fn a_stream_that_breaks_off_is_an_error() {
    for count in 0..CALLS.len() {
        let deltas = read(&CALLS[..count]);
        let error = error(&deltas).unwrap();
        assert_eq!((error.status, error.kind), (502, ErrorKind::Server));
        assert!(matches!(deltas.last(), Some(Delta::Error(_))));
    }
}

/// Blocks are numbered as they open, one is open at a time, and nothing comes after the end.
fn obeys(deltas: &[Delta]) -> bool {
    let (mut open, mut next, mut finished) = (None, 0, false);
    deltas.iter().enumerate().all(|(at, delta)| match delta {
        Delta::Begin { .. } => at == 0,
        Delta::Open { block, .. } => {
            let fits = open.is_none() && *block == next && !finished;
            (open, next) = (Some(*block), next + 1);
            fits
        }
        Delta::Say { block, .. } | Delta::Sign { block, .. } | Delta::Cite { block, .. } => {
            open == Some(*block)
        }
        Delta::Close { block, .. } if open == Some(*block) => {
            open = None;
            true
        }
        Delta::Finish { .. } => open.is_none() && !std::mem::replace(&mut finished, true),
        Delta::Usage(_) => at > 0,
        Delta::End => finished && at + 1 == deltas.len(),
        Delta::Error(_) => at + 1 == deltas.len(),
        Delta::Close { .. } => false,
    })
}

#[test]
fn the_order_holds_whatever_comes() {
    for missing in 0..CALLS.len() {
        for twice in 0..CALLS.len() {
            let mut events = CALLS.to_vec();
            events.insert(twice, CALLS[(missing * 5 + twice * 3) % CALLS.len()]);
            events.remove(missing);
            let deltas = read(&events);
            assert!(obeys(&deltas), "{events:#?}\n{deltas:#?}");
        }
    }
}

#[test]
fn errors_in_the_stream() {
    let rows = [
        (
            r#"{"type":"message-end","delta":{"finish_reason":"ERROR","error":"Oh","usage":{}}}"#,
            500,
            "Oh",
        ),
        (
            r#"{"type":"message-end","delta":{"finish_reason":"TIMEOUT"}}"#,
            504,
            "Cohere broke off because it took too long",
        ),
        (r#"{"message":"too many"}"#, 500, "too many"),
        ("{\"type\":", 502, "Cohere sent a broken event"),
    ];
    for (event, status, message) in rows {
        let deltas = read(&[CALLS[0], CALLS[1], event, CALLS[10]]);
        let error = error(&deltas).unwrap();
        assert_eq!((error.status, error.message.as_str()), (status, message));
        assert!(matches!(deltas.last(), Some(Delta::Error(_))));
    }
}

#[test]
fn the_name_of_an_event_stands_in_for_its_type() {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    reader.event("message-start", r#"{"id":"r1"}"#, &mut out);
    reader.event("", "", &mut out);
    reader.event("debug", r#"{"prompt":"x"}"#, &mut out);
    reader.event(
        "content-delta",
        r#"{"delta":{"message":{"content":{"text":"Hi"}}}}"#,
        &mut out,
    );
    reader.event("message-end", "{}", &mut out);
    reader.event("", "[DONE]", &mut out);
    reader.end(&mut out);
    let expected = [
        begin(),
        open(0, BlockKind::Text),
        say(0, "Hi"),
        close(0),
        finish(Stop::End),
        Delta::End,
    ];
    assert_eq!(out, expected);
}

#[test]
fn odd_events_are_passed_over() {
    let odd = [
        CALLS[0],
        "[]",
        "null",
        r#"{"type":"content-delta"}"#,
        r#"{"type":"content-delta","delta":{"message":{"content":[]}}}"#,
        r#"{"type":"tool-call-delta","index":7,"delta":{"message":{"tool_calls":{"function":{"arguments":"x"}}}}}"#,
        r#"{"type":"citation-start","delta":{"message":{"citations":{}}}}"#,
        r#"{"type":"content-end","index":3}"#,
        r#"{"type":"message-end"}"#,
    ];
    assert_eq!(read(&odd), [begin(), finish(Stop::End), Delta::End]);
}
