//! From Gemini's reply to the neutral one.
//!
//! Parts of Google's own tools (`executableCode` and its like) are passed over: only a Gemini client can
//! ask for those tools, and it gets Gemini's bytes as they are.

use serde_json::Value;

use super::super::{error, grounding, ids, logprobs, media, names::Names, signature, stop, usage};
use crate::dialect::neutral::{Choice, Part, PartKind, Reply, Stop, ToolCall};

/// Reads a reply.
///
/// # Errors
///
/// It is no such body; the text says why.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let value: Value = serde_json::from_str(json).map_err(|fault| format!("no JSON: {fault}"))?;
    if let Some(found) = error::error_of(&value) {
        return Err(error::read(200, found).message);
    }
    let string = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let id = string("responseId");
    let mut calls = 0;
    let candidates = value.get("candidates").and_then(Value::as_array);
    let candidates = candidates.into_iter().flatten().enumerate();
    let mut choices: Vec<Choice> = candidates
        .map(|(at, one)| choice(at, one, id.as_deref(), &mut calls))
        .collect();
    if choices.is_empty() {
        let feedback = value.get("promptFeedback");
        let stop = match feedback.and_then(|feedback| feedback.get("blockReason")) {
            Some(_) => Stop::Filter,
            None if value.get("usageMetadata").is_some() => Stop::Other("OTHER".to_owned()),
            None => return Err("it has no candidates".to_owned()),
        };
        choices.push(Choice {
            stop,
            ..Choice::default()
        });
    }
    Ok(Reply {
        id,
        model: string("modelVersion"),
        created: None,
        choices,
        usage: usage::of_reply(&value),
        service_tier: None,
    })
}

fn choice(at: usize, candidate: &Value, reply: Option<&str>, calls: &mut usize) -> Choice {
    let mut parts: Vec<Part> = Vec::new();
    // Where the texts of Gemini's parts went.
    let mut places: Vec<Option<usize>> = Vec::new();
    let mut called_any = false;
    for part in parts_of(candidate) {
        let mut place = None;
        let seal = part.get("thoughtSignature").and_then(Value::as_str);
        let seal = seal.map(str::to_owned);
        if let Some(text) = part.get("text").and_then(Value::as_str) {
            let text = text.to_owned();
            if part.get("thought").and_then(Value::as_bool) == Some(true) {
                let thought = signature::thought(text, seal);
                parts.push(Part::from(PartKind::Thought(thought)));
            } else {
                push_seal(&mut parts, seal);
                if !text.is_empty() {
                    place = Some(parts.len());
                    parts.push(Part::from(PartKind::text(text)));
                }
            }
        } else if let Some(call) = part.get("functionCall") {
            called_any = true;
            parts.push(Part::from(PartKind::Call(called(call, seal, reply, calls))));
        } else if let Some(data) = part.get("inlineData") {
            let data = Names::of(data.clone(), "");
            if let Some(media) = data
                .ok()
                .and_then(|data| media::read_inline(data, &mut Vec::new()).ok())
            {
                push_seal(&mut parts, seal);
                parts.push(Part::from(PartKind::Media(media)));
            }
        }
        places.push(place);
    }
    cite(candidate, &mut parts, &places);
    let reason = candidate.get("finishReason").and_then(Value::as_str);
    let index = candidate.get("index").and_then(Value::as_u64);
    let index = index.and_then(|index| u32::try_from(index).ok());
    Choice {
        index: index.or(u32::try_from(at).ok()).unwrap_or(0),
        parts,
        stop: stop::read(reason.unwrap_or("STOP"), called_any),
        logprobs: candidate.get("logprobsResult").and_then(logprobs::read),
    }
}

fn cite(candidate: &Value, parts: &mut [Part], places: &[Option<usize>]) {
    let first = places.iter().flatten().next().copied();
    let place = |index: usize| places.get(index).copied().flatten().or(first);
    let text = |index: usize| match &parts.get(place(index)?)?.kind {
        PartKind::Text { text, .. } => Some(text.as_str()),
        _ => None,
    };
    let found = grounding::read(candidate, text);
    for (index, citation) in found {
        let part = place(index).and_then(|place| parts.get_mut(place));
        if let Some(PartKind::Text { citations, .. }) = part.map(|part| &mut part.kind) {
            citations.push(citation);
        }
    }
}

fn push_seal(parts: &mut Vec<Part>, seal: Option<String>) {
    if seal.is_some() {
        let thought = signature::thought(String::new(), seal);
        parts.push(Part::from(PartKind::Thought(thought)));
    }
}

/// The parts of a candidate.
pub(in super::super) fn parts_of(candidate: &Value) -> &[Value] {
    let parts = candidate
        .get("content")
        .and_then(|content| content.get("parts"));
    match parts {
        Some(Value::Array(parts)) => parts,
        Some(part @ Value::Object(_)) => std::slice::from_ref(part),
        _ => &[],
    }
}

/// A call that came whole; `calls` counts those of the reply.
pub(in super::super) fn called(
    call: &Value,
    signature: Option<String>,
    reply: Option<&str>,
    calls: &mut usize,
) -> ToolCall {
    let string = |name: &str| call.get(name).and_then(Value::as_str).unwrap_or_default();
    let arguments = match call.get("args") {
        Some(args @ Value::Object(_)) => args.to_string(),
        _ => "{}".to_owned(),
    };
    let name = string("name").to_owned();
    let id = match string("id") {
        "" => ids::of_reply(reply, *calls, &name, &arguments),
        id => id.to_owned(),
    };
    *calls = calls.saturating_add(1);
    ToolCall {
        id,
        name,
        arguments,
        custom: false,
        signature: signature::of_call(signature),
    }
}
