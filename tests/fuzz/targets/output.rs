//! What is written for a client, and whether it is right.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use tollgate::dialect::neutral::{BlockKind, Delta, Told};
use tollgate::dialect::translate::Agreement;
use tollgate::dialect::{Dialect, Reported};

use crate::checkers::{anthropic, gemini, must, openai_chat, openai_responses, sse};

/// What the client is told.
pub fn told() -> Told {
    Told {
        model: "assistant".to_owned(),
        random: 7,
        now: 1_700_000_000,
        usage: false,
        ..Told::default()
    }
}

/// The same with usage, which the checkers want and which not every provider reports.
pub fn metered(deltas: &[Delta]) -> Vec<Delta> {
    let mut metered = deltas.to_vec();
    if let [Delta::Begin { .. }, ..] = deltas {
        let usage = Reported {
            input: Some(3),
            output: Some(2),
            ..Reported::default()
        };
        metered.insert(1, Delta::Usage(usage));
    }
    metered
}

/// Whether what a model wrote can be checked at all: arguments of calls are its own, and may be no JSON.
pub fn is_sound(deltas: &[Delta]) -> bool {
    let mut calls: BTreeMap<(u32, u32), (&str, String)> = BTreeMap::new();
    for delta in deltas {
        match delta {
            Delta::Open {
                choice,
                block,
                kind: BlockKind::Call { id, name, .. },
            } => {
                if id.is_empty() || name.is_empty() {
                    return false;
                }
                calls.insert((*choice, *block), (id, String::new()));
            }
            Delta::Say {
                choice,
                block,
                text,
                ..
            } => {
                if let Some((_, arguments)) = calls.get_mut(&(*choice, *block)) {
                    arguments.push_str(text);
                }
            }
            _ => {}
        }
    }
    let ids: BTreeSet<&str> = calls.values().map(|(id, _)| *id).collect();
    let object = |(_, text): &(&str, String)| {
        text.is_empty() || serde_json::from_str::<Map<String, Value>>(text).is_ok()
    };
    ids.len() == calls.len() && calls.values().all(object)
}

/// A stream in a client's dialect. As in the filter nothing is written behind an error or the end.
pub fn write(client: Dialect, deltas: &[Delta]) -> Vec<u8> {
    let mut writer = client.stream_writer(told());
    let mut agreement = Agreement::default();
    let mut out = Vec::new();
    for delta in deltas {
        let mut delta = delta.clone();
        agreement.delta(&mut delta);
        writer.delta(&delta, &mut out);
        if matches!(delta, Delta::Error(_) | Delta::End) {
            break;
        }
    }
    out
}

/// What is wrong with it.
pub fn check(client: Dialect, written: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(written).map_err(|why| why.to_string())?;
    match client {
        Dialect::OpenAiResponses => openai_responses::check(text),
        Dialect::OpenAiCompletions => completions(text),
        Dialect::Anthropic => anthropic::check(text),
        Dialect::Gemini => gemini::check(text),
        _ => openai_chat::check(text, false),
    }
}

/// Events whose data are objects, but for `[DONE]`.
pub fn parses(written: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(written).map_err(|why| why.to_string())?;
    for event in sse::events(text)? {
        if event.data != "[DONE]" {
            event.json()?;
        }
    }
    Ok(())
}

/// Chunks, and `[DONE]` or an error.
fn completions(text: &str) -> Result<(), String> {
    let mut events = sse::events(text)?;
    let last = events.pop().ok_or("no events")?;
    for event in &events {
        let chunk = event.json()?;
        must(chunk["choices"].is_array(), || format!("no chunk: {chunk}"))?;
    }
    must(
        last.data == "[DONE]" || last.json().is_ok_and(|last| last["error"].is_object()),
        || {
            format!(
                "the last event is neither [DONE] nor an error: {}",
                last.data
            )
        },
    )
}
