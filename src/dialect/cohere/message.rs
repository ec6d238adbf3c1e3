//! The conversation: `messages`, and `documents` that stand beside them.

use serde_json::{Map, Value, json};

use super::write::Draft;
use crate::dialect::neutral::{
    Cannot, Field, Media, MediaKind, Part, PartKind, Role, Source, ToolCall, ToolResult, Turn,
};

/// Writes the turns.
pub(super) fn write(draft: &mut Draft<'_>) -> Result<Vec<Value>, Cannot> {
    let mut messages = Vec::new();
    let mut instructions = Vec::new();
    for turn in &draft.request.turns {
        if turn.name.is_some() && turn.speaker().is_none() {
            draft.leave(format!("{}.name", turn.at));
        }
        if turn.parts.iter().any(|part| part.cache.is_some()) {
            draft.leave(Field::CacheMark);
        }
        match turn.role {
            Role::System | Role::Developer if messages.is_empty() => {
                instructions.extend(content(draft, turn)?);
            }
            Role::System | Role::Developer | Role::User => {
                let content = content(draft, turn)?;
                if !content.is_empty() {
                    messages.push(json!({"role": "user", "content": folded(content)}));
                }
            }
            Role::Assistant => messages.extend(assistant(draft, turn)?),
            Role::Tool => {
                for part in &turn.parts {
                    messages.push(result(part, &turn.at)?);
                }
            }
        }
    }
    if !instructions.is_empty() {
        let said = json!({"role": "system", "content": folded(instructions)});
        messages.insert(0, said);
    }
    Ok(messages)
}

/// One text is a string.
fn folded(mut content: Vec<Value>) -> Value {
    match content.as_mut_slice() {
        [] => Value::from(""),
        [one] => match one.get("text") {
            Some(text) => text.clone(),
            None => Value::Array(content),
        },
        _ => Value::Array(content),
    }
}

/// The content of a message that is not the model's.
fn content(draft: &mut Draft<'_>, turn: &Turn) -> Result<Vec<Value>, Cannot> {
    let at = turn.at.as_str();
    let mut content = Vec::new();
    if let Some(speaker) = turn.speaker() {
        content.push(json!({"type": "text", "text": speaker}));
    }
    for part in &turn.parts {
        match &part.kind {
            PartKind::Text { text, .. } | PartKind::Refusal(text) => {
                content.push(json!({"type": "text", "text": text}));
            }
            PartKind::Media(media) if turn.role == Role::User => {
                content.extend(write_media(draft, media, at)?);
            }
            _ => {
                let reason = "Cohere does not take such a part from this role";
                return Err(Cannot::new(at, reason));
            }
        }
    }
    Ok(content)
}

/// An image; a document in words goes to `documents`.
fn write_media(draft: &mut Draft<'_>, media: &Media, at: &str) -> Result<Option<Value>, Cannot> {
    let url = match (media.kind, &media.source) {
        (MediaKind::Image, Source::Url(url)) => url.clone(),
        (MediaKind::Image, Source::Base64(bytes)) => {
            let kind = media.media_type.as_deref().unwrap_or("image/png");
            format!("data:{kind};base64,{bytes}")
        }
        (MediaKind::Document, Source::Text(text)) => {
            let mut data = Map::new();
            if let Some(name) = &media.name {
                data.insert("title".into(), name.clone().into());
            }
            data.insert("text".into(), text.clone().into());
            draft.documents.push(json!({ "data": data }));
            return Ok(None);
        }
        (MediaKind::Document, _) => {
            return Err(Cannot::new(at, "Cohere takes documents as text only"));
        }
        (MediaKind::Image, _) => {
            let reason = "Cohere takes images by URL or as base64 only";
            return Err(Cannot::new(at, reason));
        }
        (MediaKind::Audio | MediaKind::Video, _) => {
            return Err(Cannot::new(at, "Cohere takes neither sounds nor videos"));
        }
    };
    let mut image = Map::new();
    image.insert("url".into(), url.into());
    match media.detail.as_deref() {
        Some(detail @ ("auto" | "low" | "high")) => {
            image.insert("detail".into(), detail.into());
        }
        Some(_) => draft.leave(at),
        None => {}
    }
    Ok(Some(json!({"type": "image_url", "image_url": image})))
}

/// The model's message; `None` when nothing of it is left.
fn assistant(draft: &mut Draft<'_>, turn: &Turn) -> Result<Option<Value>, Cannot> {
    let at = turn.at.as_str();
    let (mut content, mut calls, mut plan) = (Vec::new(), Vec::new(), String::new());
    let is_call = |part: &Part| matches!(part.kind, PartKind::Call(_));
    let plans = turn.parts.iter().any(is_call) && !draft.thinks;
    for part in &turn.parts {
        match &part.kind {
            PartKind::Text { text, citations } => {
                if !citations.is_empty() {
                    draft.leave(at);
                }
                if !text.is_empty() {
                    content.push(json!({"type": "text", "text": text}));
                }
            }
            PartKind::Refusal(text) => content.push(json!({"type": "text", "text": text})),
            PartKind::Thought(thought) if thought.text.is_empty() => draft.leave(at),
            PartKind::Thought(thought) if draft.thinks => {
                content.push(json!({"type": "thinking", "thinking": thought.text}));
            }
            PartKind::Thought(thought) if plans => plan.push_str(&thought.text),
            PartKind::Thought(_) => draft.leave(at),
            PartKind::Call(call) => calls.push(write_call(call)),
            PartKind::Media(_) | PartKind::Result(_) => {
                let reason = "Cohere does not take such a part from this role";
                return Err(Cannot::new(at, reason));
            }
        }
    }
    if content.is_empty() && calls.is_empty() {
        return Ok(None);
    }
    let mut message = Map::new();
    message.insert("role".into(), "assistant".into());
    if !plan.is_empty() {
        message.insert("tool_plan".into(), plan.into());
    }
    if !content.is_empty() {
        message.insert("content".into(), folded(content));
    }
    if !calls.is_empty() {
        message.insert("tool_calls".into(), Value::Array(calls));
    }
    Ok(Some(Value::Object(message)))
}

/// A call. Arguments are text on both sides; what is no JSON is put into an object, for Cohere reads them.
fn write_call(call: &ToolCall) -> Value {
    let given = super::chat::arguments(&call.arguments);
    let arguments = match serde_json::from_str::<Value>(given) {
        Ok(Value::Object(_)) => given.to_owned(),
        _ => json!({"input": given}).to_string(),
    };
    json!({
        "id": call.id,
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    })
}

fn result(part: &Part, at: &str) -> Result<Value, Cannot> {
    let PartKind::Result(result) = &part.kind else {
        let reason = "Cohere wants tools' results only in a tool's message";
        return Err(Cannot::new(at, reason));
    };
    let content = result_content(result, at)?;
    Ok(json!({"role": "tool", "tool_call_id": result.id, "content": content}))
}

/// What a tool gave; that it failed can only be said by a document with a field `error`.
fn result_content(result: &ToolResult, at: &str) -> Result<Value, Cannot> {
    let mut content = Vec::new();
    for part in &result.parts {
        let (text, title) = match &part.kind {
            PartKind::Text { text, .. } => (text, None),
            PartKind::Media(Media {
                kind: MediaKind::Document,
                source: Source::Text(text),
                name,
                ..
            }) => (text, Some(name)),
            _ => {
                return Err(Cannot::new(
                    at,
                    "Cohere takes only words as a tool's result",
                ));
            }
        };
        let mut data = Map::new();
        match title {
            None if result.is_error => {
                data.insert("error".into(), text.clone().into());
            }
            None => {
                content.push(json!({"type": "text", "text": text}));
                continue;
            }
            Some(title) => {
                if let Some(title) = title {
                    data.insert("title".into(), title.clone().into());
                }
                data.insert("text".into(), text.clone().into());
            }
        }
        content.push(json!({"type": "document", "document": {"data": data}}));
    }
    Ok(folded(content))
}
