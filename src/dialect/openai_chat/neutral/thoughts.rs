//! The model's thoughts in chat completions. OpenAI shows none; the providers that share its dialect do, and
//! clients send them back:
//!
//! - `reasoning_content` (DeepSeek, vLLM, Moonshot, Z.ai …) or `reasoning` (Groq, OpenRouter): the text;
//! - `reasoning_details` (OpenRouter): items of text with signature, summaries, and sealed data;
//! - `thinking_blocks` (LiteLLM): Anthropic's blocks;
//! - `extra_content.google.thought_signature` of a tool call (Google's OpenAI-compatible endpoint).
//!
//! Tollgate writes `reasoning_content` and, when there is a signature or sealed data, `reasoning_details`.

use serde_json::{Value, json};

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Part, PartKind, Thought, ToolCall};

/// Takes the thoughts out of an assistant's message, or a reply's.
pub(super) fn read(message: &mut Fields) -> Result<Vec<Part>, Cannot> {
    let plain = match message.peek("reasoning_content") {
        Some(Value::String(_)) => message.string("reasoning_content")?,
        _ => {
            message.take("reasoning_content");
            None
        }
    };
    let other = match message.peek("reasoning") {
        Some(Value::String(_)) => message.string("reasoning")?,
        _ => None,
    };
    let mut thoughts: Vec<Thought> = Vec::new();
    let details = message.array("reasoning_details")?;
    let blocks = message.array("thinking_blocks")?;
    if details.is_empty() {
        thoughts.extend(blocks.into_iter().filter_map(of_block));
    } else {
        thoughts.extend(details.into_iter().filter_map(of_detail));
    }
    // Sealed items stand beside the plain text of what can be read.
    let read = thoughts.iter().any(|thought| thought.sealed.is_none());
    if let (false, Some(text)) = (read, plain.or(other).filter(|text| !text.is_empty())) {
        let plain = Thought {
            text,
            ..Thought::default()
        };
        thoughts.insert(0, plain);
    }
    let parts = thoughts
        .into_iter()
        .map(|thought| PartKind::Thought(thought).into());
    Ok(parts.collect())
}

/// A `thinking` part of content (Mistral): its text is a list of text parts, or a string.
pub(super) fn of_part(part: &mut Fields) -> Result<Thought, Cannot> {
    part.take("closed");
    let text = match part.take("thinking") {
        Some(Value::String(text)) => text,
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter_map(|part| part.get("text")?.as_str());
            texts.collect()
        }
        _ => String::new(),
    };
    Ok(Thought {
        text,
        signature: part.string("signature")?,
        ..Thought::default()
    })
}

fn text(value: &Value, key: &str) -> Option<String> {
    Some(value.get(key)?.as_str()?.to_owned())
}

/// A signature; an empty one proves nothing.
fn proof(value: &Value) -> Option<String> {
    text(value, "signature").filter(|signature| !signature.is_empty())
}

fn of_detail(detail: Value) -> Option<Thought> {
    let id = text(&detail, "id");
    match detail.get("type")?.as_str()? {
        "reasoning.text" => Some(Thought {
            text: text(&detail, "text").unwrap_or_default(),
            signature: proof(&detail),
            sealed: None,
            id,
        }),
        "reasoning.summary" => Some(Thought {
            text: text(&detail, "summary")?,
            id,
            ..Thought::default()
        }),
        "reasoning.encrypted" => Some(Thought {
            sealed: text(&detail, "data"),
            id,
            ..Thought::default()
        }),
        _ => None,
    }
}

fn of_block(block: Value) -> Option<Thought> {
    match block.get("type")?.as_str()? {
        "thinking" => Some(Thought {
            text: text(&block, "thinking").unwrap_or_default(),
            signature: proof(&block),
            ..Thought::default()
        }),
        "redacted_thinking" => Some(Thought {
            sealed: text(&block, "data"),
            ..Thought::default()
        }),
        _ => None,
    }
}

/// A thought as an item of `reasoning_details`; `None` for a bare text, which needs none.
pub(super) fn detail(thought: &Thought) -> Option<Value> {
    let signature = thought.signature.as_ref().filter(|text| !text.is_empty());
    let mut item = match (&thought.sealed, signature) {
        (Some(data), _) => json!({"type": "reasoning.encrypted", "data": data}),
        (None, Some(signature)) => {
            json!({"type": "reasoning.text", "text": thought.text, "signature": signature})
        }
        (None, None) => return None,
    };
    if let (Some(id), Some(fields)) = (&thought.id, item.as_object_mut()) {
        fields.insert("id".to_owned(), id.as_str().into());
    }
    Some(item)
}

/// Takes the signature out of a tool call.
pub(super) fn signature_of(call: &mut Fields) -> Result<Option<String>, Cannot> {
    let Some(mut extra) = call.object("extra_content")? else {
        return Ok(None);
    };
    match extra.object("google")? {
        Some(mut google) => google.string("thought_signature"),
        None => Ok(None),
    }
}

/// A tool call as chat completions write it. No arguments are an empty object.
pub(super) fn call(call: &ToolCall) -> Value {
    let arguments = match call.arguments.is_empty() {
        true => "{}",
        false => call.arguments.as_str(),
    };
    let mut item = match call.custom {
        true => json!({
            "id": call.id,
            "type": "custom",
            "custom": {"name": call.name, "input": call.arguments},
        }),
        false => json!({
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": arguments},
        }),
    };
    if let (Some(signature), Some(fields)) = (&call.signature, item.as_object_mut()) {
        fields.insert("extra_content".to_owned(), signed(signature));
    }
    item
}

/// Where a tool call carries a signature.
pub(super) fn signed(signature: &str) -> Value {
    json!({"google": {"thought_signature": signature}})
}
