//! Whole replies, both ways, and what chunks share with them.

use serde_json::{Value, json};

use crate::dialect::neutral::{Choice, PartKind, Reply, Stop, Told};
use crate::dialect::{Fields, Reported, openai_chat};

/// Writes a reply: the texts of each choice. Thoughts have no place here.
pub fn write_reply(reply: &Reply, told: &Told) -> Vec<u8> {
    let choices: Vec<Value> = reply.choices.iter().map(choice).collect();
    let mut body = json!({
        "id": reply.id.as_deref().map_or_else(|| id(told), str::to_owned),
        "object": "text_completion",
        "created": reply.created.unwrap_or(told.now),
        "model": told.model,
        "choices": choices,
    });
    if let (Some(usage), Some(fields)) = (&reply.usage, body.as_object_mut()) {
        fields.insert("usage".to_owned(), usage_of(usage));
    }
    body.to_string().into_bytes()
}

/// An id for a reply without one.
pub(super) fn id(told: &Told) -> String {
    format!("cmpl-{:016x}", told.random)
}

fn choice(choice: &Choice) -> Value {
    let texts = choice.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Text { text, .. } | PartKind::Refusal(text) => Some(text.as_str()),
        _ => None,
    });
    item(choice.index, &texts.collect::<String>(), Some(&choice.stop))
}

/// A choice of a reply or a chunk; `stop` is `None` as long as it goes on.
pub(super) fn item(index: u32, text: &str, stop: Option<&Stop>) -> Value {
    json!({"text": text, "index": index, "logprobs": null, "finish_reason": stop.map(reason)})
}

fn reason(stop: &Stop) -> &'static str {
    match stop {
        Stop::Length => "length",
        Stop::Filter | Stop::Refusal => "content_filter",
        Stop::End | Stop::Tool | Stop::Sequence(_) | Stop::Pause | Stop::Other(_) => "stop",
    }
}

pub(super) fn stop_of(reason: &str) -> Stop {
    match reason {
        "" | "stop" | "eos" => Stop::End,
        "length" | "model_length" => Stop::Length,
        "content_filter" => Stop::Filter,
        other => Stop::Other(other.to_owned()),
    }
}

/// Writes a usage object.
pub(super) fn usage_of(usage: &Reported) -> Value {
    let (input, output) = (usage.input.unwrap_or(0), usage.output.unwrap_or(0));
    json!({
        "prompt_tokens": input,
        "completion_tokens": output,
        "total_tokens": input.saturating_add(output),
        "prompt_tokens_details": {"cached_tokens": usage.cached},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
    })
}

/// Reads a reply.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let value: Value = serde_json::from_str(json).map_err(|fault| fault.to_string())?;
    if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
        return Err(format!("error: {error}"));
    }
    let mut body = Fields::of(value, "").map_err(|cannot| cannot.reason)?;
    let choices = body.array("choices").map_err(|cannot| cannot.reason)?;
    if choices.is_empty() {
        return Err("choices: expected at least one choice".to_owned());
    }
    let text = |value: Option<Value>| {
        let text = value?.as_str()?.to_owned();
        Some(text).filter(|text| !text.is_empty())
    };
    Ok(Reply {
        id: text(body.take("id")),
        model: text(body.take("model")),
        created: body.take("created").and_then(|time| time.as_u64()),
        choices: (0..)
            .zip(&choices)
            .map(|(nth, value)| read_choice(nth, value))
            .collect(),
        usage: body
            .take("usage")
            .as_ref()
            .and_then(|usage| openai_chat::read_usage(usage)),
        service_tier: None,
    })
}

fn read_choice(nth: u32, value: &Value) -> Choice {
    let text = value
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let reason = value.get("finish_reason").and_then(Value::as_str);
    Choice {
        index: index_of(value, nth),
        parts: vec![PartKind::text(text).into()],
        stop: stop_of(reason.unwrap_or_default()),
        logprobs: None,
    }
}

/// The index of a choice, or its place.
pub(super) fn index_of(choice: &Value, nth: u32) -> u32 {
    let index = choice.get("index").and_then(Value::as_u64);
    index
        .and_then(|index| u32::try_from(index).ok())
        .unwrap_or(nth)
}
