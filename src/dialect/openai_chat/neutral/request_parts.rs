//! The messages of a request, read into turns.

use serde_json::Value;

use super::thoughts;
use crate::dialect::Fields;
use crate::dialect::neutral::{
    CacheMark, Cannot, Media, MediaKind, Part, PartKind, Rest, Role, Source, ToolCall, ToolResult,
    Turn,
};

/// Fields of a message without which the answer is the same: a client sends back what a reply had.
const IDLE: &[&str] = &[
    "annotations",
    "id",
    "function_call",
    "provider_specific_fields",
];

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
        Some("tool" | "function") => Role::Tool,
        _ => {
            let what = "expected system, developer, user, assistant or tool";
            return Err(Cannot::new(message.path("role"), what));
        }
    };
    let mut turn = Turn {
        at: at.to_owned(),
        role,
        name: message.string("name")?,
        parts: Vec::new(),
    };
    let cache = cache_mark(&mut message)?;
    if role == Role::Assistant {
        turn.parts = thoughts::read(&mut message)?;
    }
    let content = content(&mut message)?;
    if role == Role::Tool {
        let id = message.string("tool_call_id")?.unwrap_or_default();
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
    if let Some(refusal) = message.string("refusal")? {
        turn.parts.push(PartKind::Refusal(refusal).into());
    }
    for call in calls(&mut message)? {
        turn.parts.push(PartKind::Call(call).into());
    }
    if let (Some(_), Some(last)) = (&cache, turn.parts.last_mut()) {
        last.cache = cache;
    }
    rest.extend(message.rest(if role == Role::Assistant { IDLE } else { &[] }));
    Ok(turn)
}

fn content(message: &mut Fields) -> Result<Vec<Part>, Cannot> {
    if let Some(Value::String(text)) = message.peek("content") {
        let text = PartKind::text(text.as_str());
        message.take("content");
        return Ok(vec![text.into()]);
    }
    let path = message.path("content");
    let parts = message.array("content")?.into_iter().enumerate();
    parts
        .map(|(nth, value)| part(value, format!("{path}[{nth}]")))
        .collect()
}

fn part(value: Value, path: String) -> Result<Part, Cannot> {
    let mut part = Fields::of(value, path.as_str())?;
    let cache = cache_mark(&mut part)?;
    let missing = |key: &str| Cannot::new(format!("{path}.{key}"), "it is missing");
    let kind = match part.string("type")?.as_deref() {
        Some("text" | "input_text" | "output_text") => {
            PartKind::text(part.string("text")?.ok_or_else(|| missing("text"))?)
        }
        Some("refusal") => PartKind::Refusal(part.string("refusal")?.unwrap_or_default()),
        Some("thinking") => PartKind::Thought(thoughts::of_part(&mut part)?),
        Some("image_url") => PartKind::Media(image(&mut part)?),
        Some("input_audio") => {
            let mut own = part
                .object("input_audio")?
                .ok_or_else(|| missing("input_audio"))?;
            let format = own.string("format")?.unwrap_or_else(|| "wav".to_owned());
            let data = own
                .string("data")?
                .ok_or_else(|| missing("input_audio.data"))?;
            PartKind::Media(Media {
                media_type: Some(format!("audio/{format}")),
                ..media(MediaKind::Audio, Source::Base64(data))
            })
        }
        Some("file") => PartKind::Media(file(&mut part, &path)?),
        _ => return Err(Cannot::new(format!("{path}.type"), "it is not known")),
    };
    match part.rest(&[]).first() {
        Some(left) => Err(Cannot::new(left.path.clone(), "it is not known")),
        None => Ok(Part { kind, cache }),
    }
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

fn image(part: &mut Fields) -> Result<Media, Cannot> {
    let path = part.path("image_url.url");
    let (url, detail) = match part.peek("image_url") {
        Some(Value::String(url)) => {
            let url = url.clone();
            part.take("image_url");
            (Some(url), None)
        }
        _ => match part.object("image_url")? {
            Some(mut own) => (own.string("url")?, own.string("detail")?),
            None => (None, None),
        },
    };
    let url = url.ok_or_else(|| Cannot::new(path, "it is missing"))?;
    let mut image = of_url(MediaKind::Image, url);
    image.detail = detail;
    Ok(image)
}

fn file(part: &mut Fields, path: &str) -> Result<Media, Cannot> {
    let own = part.object("file")?;
    let mut own = own.ok_or_else(|| Cannot::new(format!("{path}.file"), "it is missing"))?;
    let name = own.string("filename")?;
    let id = own.string("file_id")?;
    let mut file = match (own.string("file_data")?, id) {
        (Some(data), _) => of_url(MediaKind::Document, data),
        (None, Some(id)) => media(MediaKind::Document, Source::FileId(id)),
        (None, None) => {
            return Err(Cannot::new(
                format!("{path}.file.file_data"),
                "it is missing",
            ));
        }
    };
    file.name = name;
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

fn calls(message: &mut Fields) -> Result<Vec<ToolCall>, Cannot> {
    let path = message.path("tool_calls");
    let calls = message.array("tool_calls")?.into_iter().enumerate();
    calls
        .map(|(nth, call)| {
            let mut call = Fields::of(call, format!("{path}[{nth}]"))?;
            let custom = call.string("type")?.as_deref() == Some("custom");
            let signature = thoughts::signature_of(&mut call)?;
            let id = call.string("id")?.unwrap_or_default();
            let (own, input) = match custom {
                true => ("custom", "input"),
                false => ("function", "arguments"),
            };
            let missing = call.path(own);
            let mut own = call
                .object(own)?
                .ok_or_else(|| Cannot::new(missing, "it is missing"))?;
            Ok(ToolCall {
                id,
                name: own.string("name")?.unwrap_or_default(),
                arguments: own.string(input)?.unwrap_or_default(),
                custom,
                signature,
            })
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
