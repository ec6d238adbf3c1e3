//! Signatures of other providers, which Gemini refuses: they leave a body that else goes on as it is.

use std::ops::Range;

use serde_json::Value;

use crate::dialect::gemini::signature::{UNSIGNED, WRAPPED};
use crate::dialect::splice::{cut, items, object};
use crate::json::{Edit, Fault, Kind, Reader, mentions, quote};

/// The edits that take out others' thoughts, and put in place of others' signatures what Google documents for
/// this case; none for most bodies.
///
/// # Errors
///
/// The body is not JSON.
pub fn take_out(json: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    if !mentions(json, WRAPPED) {
        return Ok(edits);
    }
    object(&mut Reader::new(json), |reader, key, kind| {
        let contents = key == "contents" && kind == Kind::Array;
        if contents {
            items(reader, |reader, _| {
                object(reader, |reader, key, kind| {
                    let parts = key == "parts" && kind == Kind::Array;
                    if parts {
                        all_parts(reader, &mut edits)?;
                    }
                    Ok(parts)
                })
            })?;
        }
        Ok(contents)
    })?;
    Ok(edits)
}

fn all_parts(reader: &mut Reader<'_>, edits: &mut Vec<Edit>) -> Result<(), Fault> {
    let start = reader.place();
    cut(reader, edits, |part| {
        part.contains(WRAPPED) && is_thought(part)
    })?;
    let mut again = Reader::new(reader.json().get(start..).unwrap_or_default());
    items(&mut again, |reader, _| {
        object(reader, |reader, key, kind| {
            let signature = matches!(key, "thoughtSignature" | "thought_signature");
            if !signature || kind != Kind::String {
                return Ok(false);
            }
            let token = reader.string()?;
            if token.text(reader.json()).starts_with(WRAPPED) {
                edits.push(Edit::new(moved(token.span(), start), quote(UNSIGNED)));
            }
            Ok(true)
        })
    })
}

fn moved(at: Range<usize>, by: usize) -> Range<usize> {
    at.start.saturating_add(by)..at.end.saturating_add(by)
}

fn is_thought(part: &str) -> bool {
    let part: Value = serde_json::from_str(part).unwrap_or_default();
    part.get("thought").and_then(Value::as_bool) == Some(true)
}
