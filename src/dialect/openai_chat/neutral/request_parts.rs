//! The messages of a request, read into turns.

use serde_json::Value;

use super::thoughts;
use crate::dialect::Fields;
use crate::dialect::neutral::{
    CacheMark, Cannot, Media, MediaKind, Part, PartKind, Rest, Role, Source, ToolCall, ToolResult,
    Turn,
};

/// Fields of a message without which the answer is the same: a client sends back what a reply had.
const IDLE: &[&str] = &["annotations", "id", "provider_specific_fields"];

/// The same of a tool call.
const IDLE_OF_CALL: &[&str] = &["index", "provider_specific_fields"];

/// Reads the messages. Tool messages in a row become one turn.
pub(super) fn turns(messages: Vec<Value>, rest: &mut Vec<Rest>) -> Result<Vec<Turn>, Cannot> {
    let mut turns: Vec<Turn> = Vec::with_capacity(messages.len());
    for (nth, message) in messages.into_iter().enumerate() {
        let turn = turn(message, &format!("messages[{nth}]"), rest)?;
        match turns.last_mut() {
            Some(last) if last.role == Role::Tool && turn.role == Role::Tool => {
                last.parts.extend(turn.parts);
            }
            _ => turns.push(turn),
        }
    }
    Ok(turns)
}

fn turn(message: Value, at: &str, rest: &mut Vec<Rest>) -> Result<Turn, Cannot> {
    let mut message = Fields::of(message, at)?;
    let role = match message.string("role")?.as_deref() {
        Some("system") => Role::System,
        Some("developer") => Role::Developer,
        Some("user") => Role::User,
        Some("assistant") => Role::Assistant,
        Some("tool") => Role::Tool,
        _ => {
            let what = "expected system, developer, user, assistant or tool";
            return Err(Cannot::new(message.path("role"), what));
        }
    };
    let is_assistant = role == Role::Assistant;
    let mut turn = Turn {
        at: at.to_owned(),
        role,
        name: message.string("name")?,
        parts: Vec::new(),
    };
    let cache = cache_mark(&mut message)?;
    if is_assistant {
        turn.parts = thoughts::read(&mut message)?;
    }
    let content = content(&mut message, rest)?;
    if role == Role::Tool {
        let id = required(&mut message, "tool_call_id")?;
        let result = ToolResult {
            id,
            name: turn.name.take(),
            is_error: false,
            parts: content,
        };
        turn.parts.push(PartKind::Result(result).into());
    } else {
        turn.parts.extend(content);
    }
    if is_assistant {
        if let Some(refusal) = message.string("refusal")? {
            turn.parts.push(PartKind::Refusal(refusal).into());
        }
        for call in calls(&mut message, rest)? {
            turn.parts.push(PartKind::Call(call).into());
        }
    }
    if let (Some(_), Some(last)) = (&cache, turn.parts.last_mut()) {
        last.cache = cache;
    }
    let left = message.rest(if is_assistant { IDLE } else { &[] });
    rest.extend(left.into_iter().map(|field| Rest {
        idle: field.idle || is_default(&field),
        ..field
    }));
    Ok(turn)
}

/// Mistral's clients say with every turn of the model that it is not one to be continued.
fn is_default(field: &Rest) -> bool {
    field.path.ends_with("].prefix") && field.value == false
}

/// A string that must be there.
pub(super) fn required(fields: &mut Fields, key: &str) -> Result<String, Cannot> {
    let missing = Cannot::new(fields.path(key), "it is missing");
    fields.string(key)?.ok_or(missing)
}

/// An object that must be there.
pub(super) fn required_object(fields: &mut Fields, key: &str) -> Result<Fields, Cannot> {
    let missing = Cannot::new(fields.path(key), "it is missing");
    fields.object(key)?.ok_or(missing)
}

fn content(message: &mut Fields, rest: &mut Vec<Rest>) -> Result<Vec<Part>, Cannot> {
    if let Some(Value::String(text)) = message.peek("content") {
        let text = PartKind::text(text.as_str());
        message.take("content");
        return Ok(vec![text.into()]);
    }
    let path = message.path("content");
    let parts = message.array("content")?.into_iter().enumerate();
    parts
        .map(|(nth, value)| part(value, &format!("{path}[{nth}]"), rest))
        .collect()
}

fn part(value: Value, path: &str, rest: &mut Vec<Rest>) -> Result<Part, Cannot> {
    let mut part = Fields::of(value, path)?;
    let cache = cache_mark(&mut part)?;
    let kind = match part.string("type")?.as_deref() {
        Some("text" | "input_text" | "output_text") => PartKind::text(required(&mut part, "text")?),
        Some("refusal") => PartKind::Refusal(part.string("refusal")?.unwrap_or_default()),
        Some("thinking") => PartKind::Thought(thoughts::of_part(&mut part)?),
        Some("image_url") => PartKind::Media(image(&mut part, rest)?),
        Some("input_audio") => {
            let mut own = required_object(&mut part, "input_audio")?;
            let format = own.string("format")?.unwrap_or_else(|| "wav".to_owned());
            let data = required(&mut own, "data")?;
            rest.extend(own.rest(&[]));
            PartKind::Media(Media {
                media_type: Some(format!("audio/{format}")),
                ..media(MediaKind::Audio, Source::Base64(data))
            })
        }
        Some("file") => PartKind::Media(file(&mut part, rest)?),
        _ => return Err(Cannot::new(format!("{path}.type"), "it is not known")),
    };
    // A client sends back what a reply had.
    rest.extend(part.rest(&["annotations"]));
    Ok(Part { kind, cache })
}

fn media(kind: MediaKind, source: Source) -> Media {
    Media {
        kind,
        source,
        media_type: None,
        name: None,
        detail: None,
    }
}

fn image(part: &mut Fields, rest: &mut Vec<Rest>) -> Result<Media, Cannot> {
    let (url, detail) = match part.peek("image_url") {
        // Mistral's short form.
        Some(Value::String(url)) => {
            let url = url.clone();
            part.take("image_url");
            (url, None)
        }
        _ => {
            let mut own = required_object(part, "image_url")?;
            let found = (required(&mut own, "url")?, own.string("detail")?);
            rest.extend(own.rest(&[]));
            found
        }
    };
    let mut image = of_url(MediaKind::Image, url);
    image.detail = detail;
    Ok(image)
}

fn file(part: &mut Fields, rest: &mut Vec<Rest>) -> Result<Media, Cannot> {
    let mut own = required_object(part, "file")?;
    let name = own.string("filename")?;
    let id = own.string("file_id")?;
    let mut file = match (own.string("file_data")?, id) {
        (Some(data), _) if data.contains(':') => of_url(MediaKind::Document, data),
        // Base64 has no colon.
        (Some(data), _) => media(MediaKind::Document, Source::Base64(data)),
        (None, Some(id)) => media(MediaKind::Document, Source::FileId(id)),
        (None, None) => {
            return Err(Cannot::new(own.path("file_data"), "it is missing"));
        }
    };
    file.name = name;
    rest.extend(own.rest(&[]));
    Ok(file)
}

/// The media behind an address; a data URL (RFC 2397) is taken apart.
fn of_url(kind: MediaKind, url: String) -> Media {
    let data = url
        .strip_prefix("data:")
        .and_then(|data| data.split_once(','));
    match data {
        Some((head, data)) if head.ends_with(";base64") => {
            let media_type = head.split(';').next().filter(|name| !name.is_empty());
            Media {
                media_type: media_type.map(str::to_owned),
                ..media(kind, Source::Base64(data.to_owned()))
            }
        }
        _ => media(kind, Source::Url(url)),
    }
}

fn calls(message: &mut Fields, rest: &mut Vec<Rest>) -> Result<Vec<ToolCall>, Cannot> {
    let path = message.path("tool_calls");
    let calls = message.array("tool_calls")?.into_iter().enumerate();
    calls
        .map(|(nth, call)| {
            let mut call = Fields::of(call, format!("{path}[{nth}]"))?;
            let custom = call.string("type")?.as_deref() == Some("custom");
            let signature = thoughts::signature_of(&mut call)?;
            let id = required(&mut call, "id")?;
            let (own, input) = match custom {
                true => ("custom", "input"),
                false => ("function", "arguments"),
            };
            let mut own = required_object(&mut call, own)?;
            let read = ToolCall {
                id,
                name: required(&mut own, "name")?,
                arguments: own.string(input)?.unwrap_or_default(),
                custom,
                signature,
            };
            rest.extend(own.rest(&[]));
            rest.extend(call.rest(IDLE_OF_CALL));
            Ok(read)
        })
        .collect()
}

/// `cache_control`, as OpenRouter and LiteLLM take it over from Anthropic.
pub(super) fn cache_mark(fields: &mut Fields) -> Result<Option<CacheMark>, Cannot> {
    let Some(mut mark) = fields.object("cache_control")? else {
        return Ok(None);
    };
    Ok(Some(CacheMark {
        ttl: mark.string("ttl")?,
    }))
}
