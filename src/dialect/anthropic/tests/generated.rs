//! Generated cases: any stream that keeps the order is written in Anthropic's order, and no text panics.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::checker::{check, events};
use super::{again, told};
use crate::dialect::anthropic::{StreamReader, StreamWriter, read_error, read_reply, read_request};
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, DeltaWriter, Stop};

#[derive(Debug, Clone)]
struct Plan {
    /// Each block: whether it is a call, and its words.
    blocks: Vec<(bool, Vec<String>)>,
    /// Which of the open calls goes on next.
    turns: Vec<u8>,
    usage: Vec<u64>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let block = (any::<bool>(), prop::collection::vec(".{0,4}", 0..4));
    (
        prop::collection::vec(block, 0..6),
        prop::collection::vec(any::<u8>(), 0..40),
        prop::collection::vec(0..1000_u64, 0..3),
    )
        .prop_map(|(blocks, turns, usage)| Plan {
            blocks,
            turns,
            usage,
        })
}

/// A stream in the neutral order; calls that follow each other are interleaved.
fn deltas(plan: &Plan) -> Vec<Delta> {
    let mut out = vec![Delta::Begin {
        id: None,
        model: None,
        created: None,
    }];
    let mut turns = plan.turns.iter().copied();
    let mut calls: Vec<(u32, Vec<String>)> = Vec::new();
    for (number, (is_call, words)) in plan.blocks.iter().enumerate() {
        let block = u32::try_from(number).expect("few");
        if !is_call {
            drain(&mut calls, &mut turns, &mut out);
        }
        let kind = match is_call {
            true => BlockKind::Call {
                id: format!("c{block}"),
                name: "f".to_owned(),
                custom: false,
            },
            false => BlockKind::Text,
        };
        out.push(Delta::Open {
            choice: 0,
            block,
            kind,
        });
        calls.push((block, words.clone()));
        if !is_call {
            drain(&mut calls, &mut turns, &mut out);
        }
    }
    drain(&mut calls, &mut turns, &mut out);
    out.push(Delta::Finish {
        choice: 0,
        stop: Stop::End,
    });
    for output in &plan.usage {
        out.push(Delta::Usage(crate::dialect::Reported {
            output: Some(*output),
            ..Default::default()
        }));
    }
    out.push(Delta::End);
    out
}

fn drain(
    calls: &mut Vec<(u32, Vec<String>)>,
    turns: &mut impl Iterator<Item = u8>,
    out: &mut Vec<Delta>,
) {
    while !calls.is_empty() {
        let which = usize::from(turns.next().unwrap_or(0)) % calls.len();
        let (block, words) = &mut calls[which];
        let block = *block;
        if words.is_empty() {
            out.push(Delta::Close { choice: 0, block });
            calls.remove(which);
        } else {
            let text = words.remove(0);
            out.push(Delta::Say {
                choice: 0,
                block,
                text,
                logprobs: None,
            });
        }
    }
}

/// The words of each block.
fn said(deltas: &[Delta]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for delta in deltas {
        match delta {
            Delta::Open { .. } => words.push(String::new()),
            Delta::Say { block, text, .. } => {
                words[usize::try_from(*block).expect("small")].push_str(text);
            }
            _ => {}
        }
    }
    words
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z_]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let key = prop_oneof![
            Just("type".to_owned()),
            Just("role".to_owned()),
            Just("content".to_owned()),
            Just("messages".to_owned()),
            Just("tools".to_owned()),
            Just("thinking".to_owned()),
            Just("delta".to_owned()),
            Just("usage".to_owned()),
            Just("index".to_owned()),
            "[a-z]{0,4}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_stream_is_written_in_order(plan in plan(), cut in any::<prop::sample::Index>()) {
        let deltas = deltas(&plan);
        let mut writer = StreamWriter::new(told());
        let mut bytes = Vec::new();
        for delta in &deltas {
            writer.delta(delta, &mut bytes);
        }
        prop_assert_eq!(check(&bytes, false), Ok(()));
        let data: Vec<Value> = events(&bytes).into_iter().map(|(_, data)| data).collect();
        let mut reader = StreamReader::default();
        let mut read = Vec::new();
        for event in &data {
            reader.event("", &event.to_string(), &mut read);
        }
        reader.end(&mut read);
        prop_assert_eq!(said(&read), said(&deltas));
        prop_assert_eq!(read.last(), Some(&Delta::End));

        let mut reader = StreamReader::default();
        let mut broken = Vec::new();
        for event in &data[..cut.index(data.len())] {
            reader.event("", &event.to_string(), &mut broken);
        }
        reader.end(&mut broken);
        let mut writer = StreamWriter::new(told());
        let mut bytes = Vec::new();
        for delta in &broken {
            writer.delta(delta, &mut bytes);
        }
        prop_assert_eq!(check(&bytes, true), Ok(()));
    }

    #[test]
    fn no_text_panics(json in any_json(), text in ".{0,40}") {
        let body = json.to_string();
        for text in [body.as_str(), text.as_str()] {
            let _ = read_request(text);
            let _ = read_reply(text);
            let _ = read_error(500, text);
            let mut reader = StreamReader::default();
            let mut out = Vec::new();
            reader.event("", text, &mut out);
            reader.end(&mut out);
            prop_assert!(!out.is_empty());
        }
        let mut request = json!({"model": "claude-sonnet-4-5", "messages": [{"role": "user", "content": [json.clone()]}]});
        let _ = read_request(&request.to_string());
        request["messages"] = json;
        let _ = read_request(&request.to_string());
    }

    #[test]
    fn a_conversation_comes_back_whole(words in prop::collection::vec("[a-z \u{e4}\u{1f600}\"\\\\]{0,6}x", 1..4), input in any_json()) {
        let messages: Vec<Value> = words
            .iter()
            .enumerate()
            .map(|(index, words)| match index % 3 {
                0 => json!({"role": "user", "content": [{"type": "text", "text": words}]}),
                1 => json!({"role": "assistant", "content": [{"type": "text", "text": words}, {"type": "tool_use", "id": "t", "name": "f", "input": {"a": input}}]}),
                _ => json!({"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": words}]}]}),
            })
            .collect();
        let body = json!({"model": "claude-sonnet-4-5", "max_tokens": 9, "messages": messages});
        prop_assert_eq!(again(&body), body);
    }
}
