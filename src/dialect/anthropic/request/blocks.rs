//! Parts as content blocks.

use serde_json::{Value, json};

use super::cache::mark;
use super::media::write_media;
use super::thinking::is_own;
use crate::dialect::anthropic::reply::return_citation;
use crate::dialect::neutral::{
    Cannot, Citation, Part, PartKind, Place, Thought, ToolCall, ToolResult,
};

/// A block for a part; `None` for one that Anthropic takes no block for. `at` is the turn's path.
pub fn write_part(
    part: &Part,
    assistant: bool,
    at: &str,
    dropped: &mut Vec<Place>,
) -> Result<Option<Value>, Cannot> {
    let block = match &part.kind {
        PartKind::Text { text, citations } => write_text(text, citations, assistant),
        PartKind::Refusal(text) => write_text(text, &[], assistant),
        PartKind::Thought(thought) => write_thought(thought, at, dropped),
        PartKind::Media(_) if assistant => {
            let reason = "Anthropic takes no images or files in a message of the assistant";
            return Err(Cannot::new(at, reason));
        }
        PartKind::Media(media) => Some(write_media(media, at, dropped)?),
        PartKind::Call(call) => Some(write_call(call)),
        PartKind::Result(result) => Some(write_result(result, at, dropped)?),
    };
    let markable = !matches!(part.kind, PartKind::Thought(_));
    Ok(block.map(|mut block| {
        if let (true, Some(cache)) = (markable, &part.cache) {
            mark(&mut block, cache);
        }
        block
    }))
}

/// The API takes no text block without words.
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn write_text(text: &str, citations: &[Citation], assistant: bool) -> Option<Value> {
    if is_blank(text) {
        return None;
    }
    let mut block = json!({"type": "text", "text": text});
    // Only what the model said is cited.
    let cited = citations.iter().filter(|_| assistant);
    let cited: Vec<Value> = cited.filter_map(return_citation).collect();
    if let (false, Some(block)) = (cited.is_empty(), block.as_object_mut()) {
        block.insert("citations".to_owned(), Value::Array(cited));
    }
    Some(block)
}

fn write_thought(thought: &Thought, at: &str, dropped: &mut Vec<Place>) -> Option<Value> {
    if !is_own(thought) {
        let place = Place::At(at.to_owned());
        if !dropped.contains(&place) {
            dropped.push(place);
        }
        return None;
    }
    Some(match (&thought.signature, &thought.sealed) {
        (None, Some(data)) => json!({"type": "redacted_thinking", "data": data}),
        (signature, _) => {
            json!({"type": "thinking", "thinking": thought.text, "signature": signature})
        }
    })
}

fn write_call(call: &ToolCall) -> Value {
    let input = match call.custom {
        true => json!({"input": call.arguments}),
        false => read_arguments(&call.arguments),
    };
    json!({"type": "tool_use", "id": write_id(&call.id), "name": call.name, "input": input})
}

/// Arguments as an object. What a model wrote wrongly is kept as the text it is.
pub fn read_arguments(arguments: &str) -> Value {
    if is_blank(arguments) {
        return json!({});
    }
    match serde_json::from_str(arguments) {
        Ok(Value::Object(input)) => Value::Object(input),
        Ok(Value::Null) => json!({}),
        Ok(other) => json!({"input": other}),
        Err(_) => json!({"input": arguments}),
    }
}

fn write_result(result: &ToolResult, at: &str, dropped: &mut Vec<Place>) -> Result<Value, Cannot> {
    let mut content = Vec::new();
    for part in &result.parts {
        content.extend(write_part(part, false, at, dropped)?);
    }
    let mut block = json!({"type": "tool_result", "tool_use_id": write_id(&result.id)});
    if let Some(block) = block.as_object_mut() {
        if !content.is_empty() {
            block.insert("content".to_owned(), Value::Array(content));
        }
        if result.is_error {
            block.insert("is_error".to_owned(), json!(true));
        }
    }
    Ok(block)
}

/// Ids have letters, digits, `_` and `-` here. Any other character becomes its number, so that a call and its
/// result still meet, and different ids stay different.
fn write_id(id: &str) -> String {
    let mut written = String::with_capacity(id.len());
    for character in id.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => written.push(character),
            other => written.push_str(&format!("_{:x}", u32::from(other))),
        }
    }
    if written.is_empty() {
        written.push_str("call");
    }
    written
}
