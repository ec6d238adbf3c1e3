//! A message, and the parts that messages and outputs of tools are made of.

use serde_json::Value;

use super::conversation::join;
use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Part, PartKind, Request, Rest, Role};
use crate::dialect::openai_responses::{citation, media};

/// Reads a message.
pub(super) fn read(fields: &mut Fields, at: String, request: &mut Request) -> Result<(), Cannot> {
    let role = fields.string("role")?;
    let role = match role.as_deref() {
        Some("system") => Role::System,
        Some("developer") => Role::Developer,
        Some("user") | None => Role::User,
        Some("assistant") => Role::Assistant,
        Some(other) => {
            let reason =
                format!("'{other}' is not one of 'system', 'developer', 'user', 'assistant'");
            return Err(Cannot::new(fields.path("role"), reason));
        }
    };
    let path = fields.path("content");
    let parts = match fields.take("content") {
        None => Vec::new(),
        Some(Value::String(text)) => vec![PartKind::text(text).into()],
        Some(Value::Array(list)) => parts(list, &path, &mut request.rest)?,
        Some(_) => return Err(Cannot::new(path, "expected a string or an array")),
    };
    join(request, role, at, parts);
    Ok(())
}

/// Reads parts.
pub(super) fn parts(list: Vec<Value>, at: &str, rest: &mut Vec<Rest>) -> Result<Vec<Part>, Cannot> {
    let list = list.into_iter().enumerate();
    let mut parts = Vec::with_capacity(list.len());
    for (nth, value) in list {
        let at = format!("{at}[{nth}]");
        if let Value::String(text) = value {
            parts.push(PartKind::text(text).into());
            continue;
        }
        let whole = value.clone();
        let mut fields = Fields::of(value, &at)?;
        let kind = fields.string("type")?.unwrap_or_default();
        let part = match kind.as_str() {
            "input_text" | "output_text" | "text" => {
                let text = fields.string("text")?.unwrap_or_default();
                let citations = fields.array("annotations")?;
                // They tell the client about an answer of the past.
                fields.take("logprobs");
                rest.extend(fields.rest(&["prompt_cache_breakpoint"]));
                PartKind::Text {
                    text,
                    citations: citations.into_iter().map(citation::read).collect(),
                }
            }
            "refusal" => {
                let text = fields.string("refusal")?.unwrap_or_default();
                rest.extend(fields.rest(&[]));
                PartKind::Refusal(text)
            }
            "input_image" | "input_file" | "input_audio" => {
                PartKind::Media(media::read(&kind, fields, rest)?)
            }
            _ => {
                rest.push(Rest {
                    path: at,
                    value: whole,
                    idle: false,
                });
                continue;
            }
        };
        parts.push(part.into());
    }
    Ok(parts)
}
