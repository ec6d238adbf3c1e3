//! A provider's whole reply, read into the neutral form.

use serde_json::Value;

use super::{stop, thoughts, usage};
use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Choice, Citation, Part, PartKind, Reply, Stop, ToolCall};

/// Reads a reply.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let value: Value = serde_json::from_str(json).map_err(|fault| fault.to_string())?;
    let wrong = |cannot: Cannot| format!("{:?}: {}", cannot.place, cannot.reason);
    read(value).map_err(wrong)
}

fn read(value: Value) -> Result<Reply, Cannot> {
    let mut body = Fields::of(value, "")?;
    let usage = body.take("usage");
    let choices = body.array("choices")?.into_iter().enumerate();
    let created = body.take("created").and_then(|created| created.as_f64());
    Ok(Reply {
        id: body.string("id")?,
        model: body.string("model")?,
        created: created.and_then(|created| format!("{created:.0}").parse().ok()),
        choices: choices.map(choice).collect::<Result<_, _>>()?,
        usage: usage.as_ref().and_then(usage::read),
        service_tier: body.string("service_tier").unwrap_or_default(),
    })
}

fn choice((nth, value): (usize, Value)) -> Result<Choice, Cannot> {
    let mut choice = Fields::of(value, format!("choices[{nth}]"))?;
    let reason = choice.string("finish_reason")?;
    let index = choice.whole("index").ok().flatten();
    let index = index.and_then(|index| u32::try_from(index).ok());
    let logprobs = choice.take("logprobs");
    let parts = match choice.object("message")? {
        Some(message) => parts(message)?,
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
        index: index.unwrap_or_else(|| u32::try_from(nth).unwrap_or(u32::MAX)),
        parts,
        stop,
        logprobs,
    })
}

fn parts(mut message: Fields) -> Result<Vec<Part>, Cannot> {
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
        parts.push(PartKind::Call(tool_call(call, nth)?).into());
    }
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

fn tool_call(mut call: Fields, nth: usize) -> Result<ToolCall, Cannot> {
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
        id: id.unwrap_or_else(|| format!("call_{nth}")),
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
