//! A whole reply.

use serde_json::Value;

use super::{chat, citation, usage};
use crate::dialect::neutral::{Choice, Part, PartKind, Reply, Thought, ToolCall};
use crate::json;

/// Reads the body of a reply. One that Cohere broke off is an error, though it came with status 200.
///
/// # Errors
///
/// It is no reply of Chat, or it is not complete.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let reply: Value =
        serde_json::from_str(json).map_err(|fault| format!("the reply is not JSON: {fault}"))?;
    let message = reply
        .get("message")
        .filter(|message| message.is_object())
        .ok_or("the reply has no message")?;
    let reason = reply.get("finish_reason").and_then(Value::as_str);
    let stop = chat::read_stop(reason.unwrap_or_default())?;
    let probable = items(&reply, "logprobs");
    Ok(Reply {
        id: text(&reply, "/id").map(str::to_owned),
        choices: vec![Choice {
            parts: parts(message),
            stop,
            logprobs: chat::logprobs(probable),
            ..Choice::default()
        }],
        usage: reply.get("usage").and_then(usage::read),
        ..Reply::default()
    })
}

fn parts(message: &Value) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    if let Some(plan) = text(message, "/tool_plan").filter(|plan| !plan.is_empty()) {
        parts.push(thought(plan));
    }
    // Content may be one text.
    let alone = text(message, "/content").filter(|text| !text.is_empty());
    parts.extend(alone.map(|text| Part::from(PartKind::text(text))));
    let mut cited = alone.is_some();
    for (index, block) in items(message, "content").enumerate() {
        if let Some(words) = text(block, "/thinking") {
            parts.push(thought(words));
        } else if let Some(words) = text(block, "/text") {
            let of_block = |raw: &&Value| match citation::content(raw) {
                Some(at) => usize::try_from(at) == Ok(index),
                None => !cited,
            };
            let found = items(message, "citations").filter(of_block);
            let citations = found.filter_map(citation::read).flatten().collect();
            let text = words.to_owned();
            parts.push(PartKind::Text { text, citations }.into());
            cited = true;
        }
    }
    for call in items(message, "tool_calls") {
        let arguments = text(call, "/function/arguments").unwrap_or_default();
        let word = |path| text(call, path).unwrap_or_default().to_owned();
        let call = ToolCall {
            id: word("/id"),
            name: word("/function/name"),
            arguments: chat::arguments(arguments).to_owned(),
            ..ToolCall::default()
        };
        parts.push(PartKind::Call(call).into());
    }
    parts
}

fn thought(words: &str) -> Part {
    let thought = Thought {
        text: words.to_owned(),
        ..Thought::default()
    };
    PartKind::Thought(thought).into()
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    json::at(value, path).and_then(Value::as_str)
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
