//! From the neutral reply to Gemini's.

use serde_json::{Map, Value};

use super::super::names::{one, put};
use super::super::request::arguments;
use super::super::{grounding, ids, logprobs, media, signature, stop, usage};
use crate::dialect::neutral::{Choice, Citation, PartKind, Reply, Told, ToolCall};

/// Writes a reply.
pub fn write_reply(reply: &Reply, told: &Told) -> Vec<u8> {
    let candidates: Vec<Value> = reply.choices.iter().map(candidate).collect();
    let usage = reply.usage.as_ref().map(usage::write);
    let body = frame(candidates, usage, reply.id.as_deref(), told);
    body.to_string().into_bytes()
}

/// A response of these candidates.
pub(in super::super) fn frame(
    candidates: Vec<Value>,
    usage: Option<Value>,
    id: Option<&str>,
    told: &Told,
) -> Value {
    let mut map = Map::new();
    let candidates = (!candidates.is_empty()).then_some(candidates);
    put(&mut map, "candidates", candidates);
    put(&mut map, "usageMetadata", usage);
    put(&mut map, "modelVersion", Some(told.model.as_str()));
    let made = format!("{:016x}", told.random);
    put(&mut map, "responseId", Some(id.unwrap_or(&made)));
    Value::Object(map)
}

fn candidate(choice: &Choice) -> Value {
    let mut parts = Vec::new();
    let mut said = String::new();
    let mut cited: Vec<Citation> = Vec::new();
    // A signature that belongs to the part after it.
    let mut seal: Option<String> = None;
    for part in &choice.parts {
        match &part.kind {
            PartKind::Text { text, citations } => {
                said.push_str(text);
                cited.extend(citations.iter().cloned());
                parts.push(text_part(text, false, seal.take()));
            }
            PartKind::Refusal(text) => parts.push(text_part(text, false, seal.take())),
            PartKind::Thought(thought) => {
                let shown = signature::shown(thought);
                let own = signature::own(thought.signature.as_deref()).is_some();
                if own && thought.text.is_empty() {
                    parts.extend(seal.take().map(|seal| text_part("", false, Some(seal))));
                    seal = shown;
                } else if shown.is_some() || !thought.text.is_empty() {
                    parts.push(text_part(&thought.text, true, shown));
                }
            }
            PartKind::Media(found) => {
                // Everything an answer holds can be written: addresses and bytes.
                if let Ok(mut part) = media::write(found, "") {
                    if let Some(map) = part.as_object_mut() {
                        put(map, "thoughtSignature", seal.take());
                    }
                    parts.push(part);
                }
            }
            PartKind::Call(call) => parts.push(call_part(call)),
            PartKind::Result(_) => {}
        }
    }
    parts.extend(seal.map(|seal| text_part("", false, Some(seal))));
    let mut content = Map::new();
    put(&mut content, "parts", Some(parts));
    put(&mut content, "role", Some("model"));
    let mut map = Map::new();
    put(&mut map, "content", Some(content));
    put(&mut map, "finishReason", Some(stop::write(&choice.stop)));
    put(&mut map, "index", Some(choice.index));
    put(
        &mut map,
        "groundingMetadata",
        grounding::write(&cited, &said),
    );
    let logprobs = choice.logprobs.as_ref().and_then(logprobs::write);
    put(&mut map, "logprobsResult", logprobs);
    Value::Object(map)
}

/// A part of words.
pub(in super::super) fn text_part(text: &str, thought: bool, seal: Option<String>) -> Value {
    let mut map = Map::new();
    put(&mut map, "text", Some(text));
    put(&mut map, "thought", thought.then_some(true));
    put(&mut map, "thoughtSignature", seal);
    Value::Object(map)
}

/// A part that calls.
pub(in super::super) fn call_part(call: &ToolCall) -> Value {
    let mut function = Map::new();
    put(&mut function, "id", ids::written(&call.id));
    put(&mut function, "name", Some(call.name.as_str()));
    put(&mut function, "args", Some(arguments(&call.arguments)));
    let mut part = one("functionCall", function);
    if let Some(map) = part.as_object_mut() {
        put(
            map,
            "thoughtSignature",
            call.signature.as_deref().or(Some(signature::NOBODYS)),
        );
    }
    part
}
