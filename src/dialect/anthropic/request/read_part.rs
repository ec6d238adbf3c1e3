//! Content blocks of a client's request.

use serde_json::{Value, json};

use super::read_config::is_false;
use crate::dialect::Fields;
use crate::dialect::anthropic::opaque::{Opaque, thought};
use crate::dialect::anthropic::reply::read_citation;
use crate::dialect::neutral::{
    CacheMark, Cannot, Media, MediaKind, Part, PartKind, Rest, Source, ToolCall, ToolResult,
};
use crate::json;

/// The blocks of a `content`, each with its path. A string is one block of text.
pub fn blocks(content: Value, path: &str) -> Result<Vec<(Value, String)>, Cannot> {
    match content {
        Value::String(text) => {
            let block = json!({"type": "text", "text": text});
            Ok(vec![(block, path.to_owned())])
        }
        Value::Array(blocks) => {
            let numbered = blocks.into_iter().enumerate();
            Ok(numbered
                .map(|(index, block)| (block, format!("{path}[{index}]")))
                .collect())
        }
        _ => Err(Cannot::new(path, "expected a string or an array of blocks")),
    }
}

/// Reads a block; `None` for one that has no neutral form, which then is in `rest`.
pub fn part(block: Value, path: String, rest: &mut Vec<Rest>) -> Result<Option<Part>, Cannot> {
    let kind = block.get("type").and_then(Value::as_str).unwrap_or("");
    let read: fn(&mut Fields, &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> = match kind {
        "text" => text,
        "thinking" => thinking,
        "redacted_thinking" => redacted,
        "image" if has_source(&block) => image,
        "document" if has_source(&block) => document,
        "tool_use" => call,
        "tool_result" => result,
        _ if block.is_object() => {
            let left = Rest {
                path,
                value: block,
                idle: false,
            };
            rest.push(left);
            return Ok(None);
        }
        _ => return Err(Cannot::new(path, "expected an object")),
    };
    let mut fields = Fields::of(block, path)?;
    fields.take("type");
    let cache = cache_mark(&mut fields, rest)?;
    let kind = read(&mut fields, rest)?;
    let mut left = fields.rest(&[]);
    for rest in &mut left {
        rest.idle |= rest.path.ends_with(".caller") && rest.value == json!({"type": "direct"});
        let cited = rest.value.get("enabled").is_none_or(is_false);
        rest.idle |= rest.path.ends_with(".citations") && cited;
    }
    rest.append(&mut left);
    Ok(kind.map(|kind| Part { kind, cache }))
}

/// `cache_control`.
pub fn cache_mark(fields: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<CacheMark>, Cannot> {
    let Some(mut control) = fields.object("cache_control")? else {
        return Ok(None);
    };
    control.take("type");
    let ttl = control.string("ttl")?;
    let mut left = control.rest(&[]);
    left.iter_mut().for_each(|rest| rest.idle = true);
    rest.append(&mut left);
    Ok(Some(CacheMark { ttl }))
}

/// Sources that have a neutral form.
fn has_source(block: &Value) -> bool {
    let kind = json::at(block, "/source/type")
        .and_then(Value::as_str)
        .unwrap_or("");
    matches!(kind, "base64" | "url" | "file" | "text")
}

fn required(fields: &mut Fields, key: &str) -> Result<String, Cannot> {
    let path = fields.path(key);
    let found = fields.string(key)?;
    found.ok_or_else(|| Cannot::new(path, "the field is required"))
}

fn text(fields: &mut Fields, _rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    let text = required(fields, "text")?;
    let citations = fields.array("citations")?;
    Ok(Some(PartKind::Text {
        text,
        citations: citations.iter().map(read_citation).collect(),
    }))
}

fn thinking(fields: &mut Fields, _rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    let text = fields.string("thinking")?.unwrap_or_default();
    let signature = fields.string("signature")?.unwrap_or_default();
    Ok(thought(text, Opaque::read(signature), false).map(PartKind::Thought))
}

fn redacted(fields: &mut Fields, _rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    let data = required(fields, "data")?;
    Ok(thought(String::new(), Opaque::read(data), true).map(PartKind::Thought))
}

fn image(fields: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    media(fields, MediaKind::Image, rest)
}

fn document(fields: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    media(fields, MediaKind::Document, rest)
}

fn media(
    fields: &mut Fields,
    kind: MediaKind,
    rest: &mut Vec<Rest>,
) -> Result<Option<PartKind>, Cannot> {
    let path = fields.path("source");
    let Some(mut source) = fields.object("source")? else {
        return Err(Cannot::new(path, "the field is required"));
    };
    let (key, make): (&str, fn(String) -> Source) = match source.string("type")?.as_deref() {
        Some("url") => ("url", Source::Url),
        Some("file") => ("file_id", Source::FileId),
        Some("text") => ("data", Source::Text),
        _ => ("data", Source::Base64),
    };
    let bytes = make(required(&mut source, key)?);
    let media_type = source.string("media_type")?;
    rest.extend(source.rest(&[]));
    Ok(Some(PartKind::Media(Media {
        kind,
        source: bytes,
        media_type,
        name: fields.string("title")?,
        detail: None,
    })))
}

fn call(fields: &mut Fields, _rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    let input = fields.take("input").unwrap_or_else(|| json!({}));
    Ok(Some(PartKind::Call(ToolCall {
        id: required(fields, "id")?,
        name: required(fields, "name")?,
        arguments: input.to_string(),
        custom: false,
        signature: None,
    })))
}

fn result(fields: &mut Fields, rest: &mut Vec<Rest>) -> Result<Option<PartKind>, Cannot> {
    let path = fields.path("content");
    let mut parts = Vec::new();
    if let Some(content) = fields.take("content") {
        for (block, path) in blocks(content, &path)? {
            parts.extend(part(block, path, rest)?);
        }
    }
    Ok(Some(PartKind::Result(ToolResult {
        id: required(fields, "tool_use_id")?,
        name: None,
        is_error: fields.bool("is_error")?.unwrap_or(false),
        parts,
    })))
}
