//! A neutral reply for a client of this dialect.

use serde_json::{Map, Value, json};

use super::write_citation;
use crate::dialect::anthropic::opaque::{Opaque, sealed, signature};
use crate::dialect::anthropic::stop::write_stop;
use crate::dialect::anthropic::usage::{write_tier, write_usage};
use crate::dialect::neutral::{Choice, PartKind, Reply, Thought, Told, ToolCall};

/// Writes a reply's body. There is one answer; images that a model made have no block here.
pub fn write_reply(reply: &Reply, told: &Told) -> Vec<u8> {
    let none = Choice::default();
    let choice = reply.choices.iter().min_by_key(|choice| choice.index);
    let choice = choice.unwrap_or(&none);
    let content: Vec<Value> = choice
        .parts
        .iter()
        .flat_map(|part| write_part(&part.kind))
        .collect();
    let called = choice
        .parts
        .iter()
        .any(|part| matches!(part.kind, PartKind::Call(_)));
    let (reason, sequence) = write_stop(&choice.stop, called);
    let mut usage = write_usage(&reply.usage.unwrap_or_default());
    let tier = reply.service_tier.as_deref().and_then(write_tier);
    if let (Some(tier), Some(usage)) = (tier, usage.as_object_mut()) {
        usage.insert("service_tier".to_owned(), json!(tier));
    }
    let message = json!({
        "id": message_id(reply.id.as_deref(), told),
        "type": "message",
        "role": "assistant",
        "model": told.model,
        "content": content,
        "stop_reason": reason,
        "stop_sequence": sequence,
        "usage": usage,
    });
    message.to_string().into_bytes()
}

/// The reply's id: the provider's, or one made up.
pub fn message_id(id: Option<&str>, told: &Told) -> String {
    let id = id.filter(|id| !id.is_empty());
    id.map_or_else(|| format!("msg_{:016x}", told.random), str::to_owned)
}

fn write_part(part: &PartKind) -> Vec<Value> {
    match part {
        PartKind::Text { text, citations } => {
            let mut block = json!({"type": "text", "text": text});
            let cited: Vec<Value> = citations.iter().filter_map(write_citation).collect();
            if let (false, Some(block)) = (cited.is_empty(), block.as_object_mut()) {
                block.insert("citations".to_owned(), Value::Array(cited));
            }
            vec![block]
        }
        PartKind::Refusal(text) => vec![json!({"type": "text", "text": text})],
        PartKind::Thought(thought) => vec![write_thought(thought)],
        PartKind::Call(call) => write_call(call),
        PartKind::Media(_) | PartKind::Result(_) => Vec::new(),
    }
}

fn write_thought(thought: &Thought) -> Value {
    match &thought.sealed {
        Some(data) if thought.text.is_empty() && thought.signature.is_none() => {
            let data = sealed(data, thought.id.as_deref());
            json!({"type": "redacted_thinking", "data": data})
        }
        _ => json!({
            "type": "thinking",
            "thinking": thought.text,
            "signature": signature(thought),
        }),
    }
}

fn write_call(call: &ToolCall) -> Vec<Value> {
    let input = match serde_json::from_str(&call.arguments) {
        Ok(Value::Object(input)) if !call.custom => input,
        _ if !call.custom && call.arguments.trim().is_empty() => Map::new(),
        // Free text, or what the model wrote wrongly.
        _ => Map::from_iter([("input".to_owned(), json!(call.arguments))]),
    };
    let mut blocks =
        vec![json!({"type": "tool_use", "id": call.id, "name": call.name, "input": input})];
    if let Some(signature) = &call.signature {
        let data = Opaque::Call {
            id: call.id.clone(),
            signature: signature.clone(),
        };
        blocks.push(json!({"type": "redacted_thinking", "data": data.write()}));
    }
    blocks
}
