//! A provider's whole reply, read into the neutral form.

use serde_json::Value;

use super::{call_id, stop, thoughts, usage};
use crate::dialect::neutral::{
    Cannot, Choice, Citation, Media, MediaKind, Part, PartKind, Place, Reply, Source, Stop,
    ToolCall,
};
use crate::dialect::{Fields, whole};
use crate::json;

/// Reads a reply.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let value: Value = serde_json::from_str(json).map_err(|fault| fault.to_string())?;
    read(value).map_err(|cannot| match cannot.place {
        Place::At(path) if !path.is_empty() => format!("{path}: {}", cannot.reason),
        _ => cannot.reason,
    })
}

fn read(value: Value) -> Result<Reply, Cannot> {
    if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
        return Err(Cannot::new("error", error.to_string()));
    }
    let mut body = Fields::of(value, "")?;
    let text = |value: Option<Value>| Some(value?.as_str()?.to_owned());
    let id = text(body.take("id")).filter(|id| !id.is_empty());
    let choices = body.array("choices")?;
    if choices.is_empty() {
        return Err(Cannot::new("choices", "expected at least one choice"));
    }
    let seed = id.clone().unwrap_or_default();
    let choices = choices.into_iter().enumerate();
    let tier = text(body.take("service_tier"));
    let usage = body.take("usage").and_then(|usage| usage::read(&usage));
    Ok(Reply {
        id,
        model: text(body.take("model")),
        created: time(body.take("created")),
        choices: choices
            .map(|(nth, value)| choice(nth, value, &seed))
            .collect::<Result<_, _>>()?,
        usage: usage.map(|usage| usage.served(tier.as_deref())),
        service_tier: tier,
    })
}

/// When a reply was made. Zero stands for nothing (Azure's first chunk).
pub(super) fn time(created: Option<Value>) -> Option<u64> {
    whole(&created?, "").filter(|time| *time > 0)
}

fn choice(nth: usize, value: Value, seed: &str) -> Result<Choice, Cannot> {
    let mut choice = Fields::of(value, format!("choices[{nth}]"))?;
    let reason = choice.string("finish_reason")?;
    // OpenRouter's way to say that the provider behind it failed.
    if let Some(error) = choice.take("error") {
        return Err(Cannot::new(choice.path("error"), error.to_string()));
    }
    if reason.as_deref() == Some("error") {
        return Err(Cannot::new(
            choice.path("finish_reason"),
            "the provider failed",
        ));
    }
    let index = choice.whole("index").ok().flatten();
    let index = index.and_then(|index| u32::try_from(index).ok());
    let index = index.unwrap_or_else(|| u32::try_from(nth).unwrap_or(u32::MAX));
    let logprobs = choice.take("logprobs");
    let parts = match choice.object("message")? {
        Some(message) => parts(message, index, seed)?,
        None => Vec::new(),
    };
    let called = parts
        .iter()
        .any(|part| matches!(part.kind, PartKind::Call(_)));
    let mut stop = reason.as_deref().map(stop::read).unwrap_or_default();
    if called && stop == Stop::End {
        // Some servers say "stop" after calls; clients look at the reason.
        stop = Stop::Tool;
    }
    Ok(Choice {
        index,
        parts,
        stop,
        logprobs,
    })
}

fn parts(mut message: Fields, index: u32, seed: &str) -> Result<Vec<Part>, Cannot> {
    let mut parts = thoughts::read(&mut message)?;
    let citations = citations(&mut message)?;
    match message.take("content") {
        Some(Value::String(text)) if !text.is_empty() => {
            parts.push(PartKind::Text { text, citations }.into());
        }
        Some(Value::Array(items)) => {
            for item in items {
                parts.extend(content(item)?);
            }
        }
        _ => {}
    }
    if let Some(refusal) = message.string("refusal")?.filter(|text| !text.is_empty()) {
        parts.push(PartKind::Refusal(refusal).into());
    }
    for (nth, call) in message.array("tool_calls")?.into_iter().enumerate() {
        let call = Fields::of(call, format!("tool_calls[{nth}]"))?;
        let call = tool_call(call, || call_id::made(seed, index, nth))?;
        parts.push(PartKind::Call(call).into());
    }
    parts.extend(message.array("images")?.iter().filter_map(image));
    Ok(parts)
}

/// Parts of content, as Mistral writes them.
fn content(item: Value) -> Result<Option<Part>, Cannot> {
    let mut item = Fields::of(item, "content")?;
    Ok(match item.string("type")?.as_deref() {
        Some("text") => Some(PartKind::text(item.string("text")?.unwrap_or_default()).into()),
        Some("thinking") => Some(PartKind::Thought(thoughts::of_part(&mut item)?).into()),
        _ => None,
    })
}

/// A picture that the model made (OpenRouter).
fn image(item: &Value) -> Option<Part> {
    let url = json::at(item, "/image_url/url")?.as_str()?;
    let data = url
        .strip_prefix("data:")
        .and_then(|data| data.split_once(";base64,"));
    let (source, media_type) = match data {
        Some((kind, data)) => (Source::Base64(data.to_owned()), Some(kind.to_owned())),
        None => (Source::Url(url.to_owned()), None),
    };
    let media = Media {
        kind: MediaKind::Image,
        source,
        media_type,
        name: None,
        detail: None,
    };
    Some(PartKind::Media(media).into())
}

fn tool_call(mut call: Fields, made: impl Fn() -> String) -> Result<ToolCall, Cannot> {
    let custom = call.string("type")?.as_deref() == Some("custom");
    let signature = thoughts::signature_of(&mut call)?;
    let id = call.string("id")?.filter(|id| !id.is_empty());
    let (own, input) = match custom {
        true => ("custom", "input"),
        false => ("function", "arguments"),
    };
    let mut own = call.object(own)?.unwrap_or_default();
    let arguments = match own.take(input) {
        Some(Value::String(text)) => text,
        // Ollama's older servers write an object.
        Some(other) => other.to_string(),
        None => String::new(),
    };
    Ok(ToolCall {
        id: id.unwrap_or_else(made),
        name: own.string("name")?.unwrap_or_default(),
        arguments,
        custom,
        signature,
    })
}

/// `annotations` (OpenAI) of addresses.
pub(super) fn citations(message: &mut Fields) -> Result<Vec<Citation>, Cannot> {
    let annotations = message.take("annotations");
    let items = annotations.and_then(|list| match list {
        Value::Array(items) => Some(items),
        _ => None,
    });
    let read = |raw: Value| {
        let own = raw.get("url_citation")?.clone();
        let text = |key: &str| Some(own.get(key)?.as_str()?.to_owned());
        let number = |key: &str| own.get(key)?.as_u64();
        Some(Citation {
            url: text("url"),
            title: text("title"),
            quote: None,
            span: number("start_index").zip(number("end_index")),
            raw: Some(raw),
        })
    };
    Ok(items
        .unwrap_or_default()
        .into_iter()
        .filter_map(read)
        .collect())
}
