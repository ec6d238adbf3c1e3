//! Tool definitions and output schemas: their descriptions are text, and what a definition counts.
//!
//! The counting rule is the one OpenAI's cookbook gives ("How to count tokens with tiktoken", tool
//! calls), with its figures for the gpt-4o family.

use std::borrow::Cow;

use super::draft::{Draft, Stop};
use super::texts;
use crate::json::Kind;
use crate::mask::Form;

const PER_FUNCTION: u64 = 7;
const PER_PROPERTIES: u64 = 3;
const PER_PROPERTY: u64 = 3;
const PER_ENUM_ITEM: u64 = 3;
const ENUM_SAVES: u64 = 3;
const TOOLS_END: u64 = 12;

/// Keys of a schema whose strings are names, types or patterns, not text.
const NOT_TEXT: [&str; 8] = [
    "name", "type", "$ref", "$schema", "$id", "format", "pattern", "required",
];

/// Reads `tools` (or the legacy `functions`).
pub(in crate::dialect) fn tools(draft: &mut Draft<'_>) -> Result<(), Stop> {
    if draft.reader.kind()? != Kind::Array {
        return other(draft, "");
    }
    draft.reader.enter_array()?;
    let mut any = false;
    while draft.reader.next_item()? {
        any = true;
        if draft.reader.kind()? == Kind::Object {
            tool(draft)?;
        } else {
            draft.reader.skip()?;
        }
    }
    draft.add(if any { TOOLS_END } else { 0 });
    Ok(())
}

/// A tool `{type, function: {…}}`, the function itself, or Gemini's list of declarations.
fn tool(draft: &mut Draft<'_>) -> Result<(), Stop> {
    let mut name = Cow::Borrowed("");
    let mut description = None;
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        let kind = draft.reader.kind()?;
        match (key.as_ref(), kind) {
            ("function" | "custom", Kind::Object) => tool(draft)?,
            ("functionDeclarations" | "function_declarations", Kind::Array) => tools(draft)?,
            ("name", Kind::String) => {
                name = draft.reader.string()?.text(draft.reader.json());
            }
            ("description", Kind::String) => description = Some(draft.passage(Form::Plain)?),
            (
                "parameters" | "input_schema" | "parametersJsonSchema" | "parameters_json_schema",
                Kind::Object,
            ) => schema(draft, Place::Root)?,
            (key, _) => other(draft, key)?,
        }
    }
    if !name.is_empty() {
        draft.add(PER_FUNCTION);
        draft.count(format!("{name}:"), description);
    }
    Ok(())
}

/// Where a schema stands.
enum Place<'a> {
    Root,
    Property(&'a str),
}

fn schema(draft: &mut Draft<'_>, place: Place<'_>) -> Result<(), Stop> {
    let mut kind_name = Cow::Borrowed("");
    let mut description = None;
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        let kind = draft.reader.kind()?;
        match (key.as_ref(), kind) {
            ("type", Kind::String) => {
                kind_name = draft.reader.string()?.text(draft.reader.json());
            }
            ("description", Kind::String) => description = Some(draft.passage(Form::Plain)?),
            ("properties", Kind::Object) => properties(draft)?,
            ("items", Kind::Object) => schema(draft, Place::Root)?,
            ("enum", Kind::Array) => choices(draft)?,
            (key, _) => other(draft, key)?,
        }
    }
    if let Place::Property(name) = place {
        draft.add(PER_PROPERTY);
        draft.count(format!("{name}:{kind_name}:"), description);
    } else if let Some(passage) = description {
        draft.count("", Some(passage));
    }
    Ok(())
}

fn properties(draft: &mut Draft<'_>) -> Result<(), Stop> {
    draft.add(PER_PROPERTIES);
    draft.reader.enter_object()?;
    while let Some(name) = draft.next_key()? {
        if draft.reader.kind()? == Kind::Object {
            schema(draft, Place::Property(&name))?;
        } else {
            draft.reader.skip()?;
        }
    }
    Ok(())
}

fn choices(draft: &mut Draft<'_>) -> Result<(), Stop> {
    draft.overhead = draft.overhead.saturating_sub(ENUM_SAVES);
    draft.reader.enter_array()?;
    while draft.reader.next_item()? {
        draft.add(PER_ENUM_ITEM);
        if draft.reader.kind()? == Kind::String {
            draft.counted(Form::Plain)?;
        } else {
            draft.reader.skip()?;
        }
    }
    Ok(())
}

/// Reads `response_format`; whether the answer is to be JSON.
pub(in crate::dialect) fn response_format(draft: &mut Draft<'_>) -> Result<bool, Stop> {
    let mut json = false;
    if draft.reader.kind()? != Kind::Object {
        draft.reader.skip()?;
        return Ok(false);
    }
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        if key == "type" && draft.reader.kind()? == Kind::String {
            let kind = draft.reader.string()?.text(draft.reader.json());
            json = kind.starts_with("json_");
        } else {
            other(draft, &key)?;
        }
    }
    Ok(json)
}

/// Reads any part of a definition: descriptions, examples and the like are passages.
pub(in crate::dialect) fn other(draft: &mut Draft<'_>, key: &str) -> Result<(), Stop> {
    texts::read(draft, key, &NOT_TEXT)
}
