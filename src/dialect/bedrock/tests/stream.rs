//! Streams, as events and as frames cut anywhere.

use super::*;
use crate::dialect::Reported;
use crate::event_stream::{Decoder, encode};

pub(super) const CALLS: &[(&str, &str)] = &[
    ("messageStart", r#"{"p":"abc","role":"assistant"}"#),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm"}}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"si"}}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"g"}}}"#,
    ),
    ("contentBlockStop", r#"{"contentBlockIndex":0}"#),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":1,"delta":{"text":""}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":1,"delta":{"text":"Für"}}"#,
    ),
    ("contentBlockStop", r#"{"contentBlockIndex":1}"#),
    (
        "contentBlockStart",
        r#"{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"t1","name":"look"}}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":2,"delta":{"toolUse":{"input":""}}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"a\""}}}"#,
    ),
    (
        "contentBlockDelta",
        r#"{"contentBlockIndex":2,"delta":{"toolUse":{"input":":1}"}}}"#,
    ),
    ("contentBlockStop", r#"{"contentBlockIndex":2}"#),
    (
        "contentBlockStart",
        r#"{"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"t2","name":"find"}}}"#,
    ),
    ("contentBlockStop", r#"{"contentBlockIndex":3}"#),
    ("messageStop", r#"{"stopReason":"tool_use"}"#),
    (
        "metadata",
        r#"{"metrics":{"latencyMs":5},"usage":{"inputTokens":7,"outputTokens":9,"totalTokens":19,"cacheReadInputTokens":3}}"#,
    ),
];

pub(super) fn begin() -> Delta {
    Delta::Begin {
        id: None,
        model: None,
        created: None,
    }
}

pub(super) fn open(block: u32, kind: BlockKind) -> Delta {
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

pub(super) fn say(block: u32, text: &str) -> Delta {
    Delta::Say {
        choice: 0,
        block,
        text: text.to_owned(),
        logprobs: None,
    }
}

pub(super) fn close(block: u32) -> Delta {
    Delta::Close { choice: 0, block }
}

pub(super) fn finish(stop: Stop) -> Delta {
    Delta::Finish { choice: 0, stop }
}

pub(super) fn usage(input: u64, cached: u64, output: u64) -> Delta {
    Delta::Usage(Reported {
        input: Some(input),
        output: Some(output),
        cached,
        ..Reported::default()
    })
}

fn calls() -> Vec<Delta> {
    vec![
        begin(),
        open(0, BlockKind::Thought),
        say(0, "Hm"),
        Delta::Sign {
            choice: 0,
            block: 0,
            signature: "sig".to_owned(),
        },
        close(0),
        open(1, BlockKind::Text),
        say(1, "Für"),
        close(1),
        opens_call(2, "t1", "look"),
        say(2, "{\"a\""),
        say(2, ":1}"),
        close(2),
        opens_call(3, "t2", "find"),
        say(3, "{}"),
        close(3),
        finish(Stop::Tool),
        usage(10, 3, 9),
        Delta::End,
    ]
}

pub(super) fn read(events: &[(&str, &str)]) -> Vec<Delta> {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for (name, data) in events {
        reader.event(name, data, &mut out);
    }
    reader.end(&mut out);
    out
}

pub(super) fn kinds(deltas: &[Delta]) -> Option<&Error> {
    deltas.iter().find_map(|delta| match delta {
        Delta::Error(error) => Some(error),
        _ => None,
    })
}

#[test]
fn a_stream_as_frames_cut_at_every_byte() {
    assert_eq!(read(CALLS), calls());
    let bytes: Vec<u8> = CALLS
        .iter()
        .flat_map(|(name, data)| encode::event(name, data))
        .collect();
    for cut in 0..=bytes.len() {
        let mut decoder = Decoder::default();
        let mut reader = StreamReader::default();
        let mut out = Vec::new();
        for chunk in [&bytes[..cut], &bytes[cut..]] {
            decoder.push(chunk);
            while let Some(frame) = decoder.next_frame().unwrap() {
                let (name, data) = event(&frame);
                reader.event(&name, &data, &mut out);
            }
        }
        reader.end(&mut out);
        assert_eq!(out, calls(), "cut at {cut}");
    }
}

#[test]
fn a_stream_that_breaks_off_is_an_error() {
    for count in 0..CALLS.len() {
        let deltas = read(&CALLS[..count]);
        let whole = CALLS[..count]
            .iter()
            .any(|(name, _)| *name == "messageStop");
        assert_eq!(kinds(&deltas).is_none(), whole, "{count} events");
        assert_eq!(deltas.last() == Some(&Delta::End), whole);
    }
}

/// Blocks are numbered as they open, only calls are open beside each other, and nothing comes after the end.
fn obeys(deltas: &[Delta]) -> bool {
    let mut open: Vec<(u32, bool)> = Vec::new();
    let (mut next, mut finished) = (0, false);
    deltas.iter().enumerate().all(|(at, delta)| match delta {
        Delta::Begin { .. } => at == 0,
        Delta::Open { block, kind, .. } => {
            let call = matches!(kind, BlockKind::Call { .. });
            let fits = *block == next && !finished && open.iter().all(|(_, other)| *other && call);
            open.push((*block, call));
            next += 1;
            fits
        }
        Delta::Say { block, .. } | Delta::Sign { block, .. } | Delta::Cite { block, .. } => {
            open.iter().any(|(one, _)| one == block)
        }
        Delta::Close { block, .. } => {
            let before = open.len();
            open.retain(|(one, _)| one != block);
            open.len() + 1 == before
        }
        Delta::Finish { .. } => open.is_empty() && !std::mem::replace(&mut finished, true),
        Delta::Usage(_) => at > 0,
        Delta::End => finished && at + 1 == deltas.len(),
        Delta::Error(_) => at + 1 == deltas.len(),
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
fn every_delta_comes_at_once() {
    let mut reader = StreamReader::default();
    let mut out = Vec::new();
    for (name, data) in CALLS.iter().take(2) {
        reader.event(name, data, &mut out);
    }
    assert_eq!(out.last(), Some(&say(0, "Hm")));
}
