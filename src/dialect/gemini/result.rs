//! `functionResponse`: what a tool gave, always an object.
//!
//! A text that is a JSON object goes as it is, any other as `{"result": …}`, that of a failed call as
//! `{"error": …}` (ai.google.dev/api/caching#FunctionResponse names `error`, and lets the other be free).

use serde_json::{Map, Value};

use super::model::Model;
use super::names::{Names, one, put};
use super::{ids, media};
use crate::dialect::neutral::{Cannot, Part, PartKind, Rest, ToolResult};

/// Reads all but the id, which depends on the calls before.
pub(super) fn read(
    mut body: Names,
    rest: &mut Vec<Rest>,
) -> Result<(Option<String>, ToolResult), Cannot> {
    let id = body.string("id")?;
    let mut result = ToolResult {
        name: body.string("name")?,
        ..ToolResult::default()
    };
    if let Some(response) = body.object_value("response")? {
        let (is_error, text) = text(response);
        result.is_error = is_error;
        result.parts.push(Part::from(PartKind::text(text)));
    }
    for (path, part) in body.list("parts")? {
        let mut part = Names::of(part, path)?;
        let mut found = Vec::new();
        if let Some(data) = part.object("inlineData")? {
            found.push(media::read_inline(data, rest)?);
        }
        if let Some(data) = part.object("fileData")? {
            found.push(media::read_file(data, rest)?);
        }
        let parts = found.into_iter().map(|m| Part::from(PartKind::Media(m)));
        result.parts.extend(parts);
        rest.extend(part.rest(&[]));
    }
    rest.extend(body.rest(&[]));
    Ok((id, result))
}

fn text(response: Map<String, Value>) -> (bool, String) {
    let only = match response.len() {
        1 => response.iter().next(),
        _ => None,
    };
    match only {
        // Not what would be written otherwise.
        Some((key, Value::String(text))) if key == "result" && object(text).is_none() => {
            (false, text.clone())
        }
        Some((key, Value::String(text))) if key == "error" => (true, text.clone()),
        Some((key, value @ (Value::Object(_) | Value::Array(_)))) if key == "error" => {
            (true, value.to_string())
        }
        _ => (false, Value::Object(response).to_string()),
    }
}

fn object(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_object)
}

/// Writes a result as parts: Gemini 3 has media inside of it, earlier ones beside it.
pub(super) fn write(
    result: &ToolResult,
    name: &str,
    at: &str,
    model: Model,
) -> Result<Vec<Value>, Cannot> {
    let mut texts = Vec::new();
    let mut inside = Vec::new();
    let mut beside = Vec::new();
    for part in &result.parts {
        match &part.kind {
            PartKind::Text { text, .. } | PartKind::Refusal(text) => texts.push(text.as_str()),
            PartKind::Media(media) => {
                let part = media::write(media, at)?;
                match model.is_3() && part.get("inlineData").is_some() {
                    true => inside.push(part),
                    false => beside.push(part),
                }
            }
            PartKind::Thought(_) | PartKind::Call(_) | PartKind::Result(_) => {
                return Err(Cannot::new(
                    at,
                    "a tool's result is made of texts and media",
                ));
            }
        }
    }
    let text = texts.join("\n");
    let response = match (result.is_error, object(&text)) {
        (true, Some(value)) => one("error", value),
        (true, None) => one("error", text),
        (false, Some(value)) => value,
        (false, None) => one("result", text),
    };
    let mut body = Map::new();
    put(&mut body, "id", ids::written(&result.id));
    put(&mut body, "name", Some(name));
    put(&mut body, "response", Some(response));
    put(
        &mut body,
        "parts",
        (!inside.is_empty()).then_some(Value::Array(inside)),
    );
    let mut parts = vec![one("functionResponse", body)];
    parts.append(&mut beside);
    Ok(parts)
}
