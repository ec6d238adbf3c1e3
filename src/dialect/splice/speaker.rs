//! Whose words each text of a request is, in any dialect: told by where it stands, not by what it says.
//!
//! Roles count only on messages and types only on messages and their parts: an object within a tool's result that
//! calls itself a system's is the tool's.

use std::ops::Range;

use super::passage::Passage;
use crate::json::{Fault, Kind, Reader};

/// Who says a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// Who runs the application: system prompts, tool definitions, schemas, metadata.
    Application,
    /// The user.
    User,
    /// The model, in an earlier turn.
    Model,
    /// A tool gave it back.
    Tool,
    /// It stands in a document: a file, a search result.
    Document,
}

/// Members of a body that the application writes.
const OF_APPLICATION: [&str; 17] = [
    "system",
    "systemInstruction",
    "system_instruction",
    "instructions",
    "tools",
    "functions",
    "response_format",
    "text",
    "output_config",
    "output_format",
    "generationConfig",
    "generation_config",
    "metadata",
    "labels",
    "user",
    "safety_identifier",
    "prediction",
];

/// Members of a part of a Gemini message that hold what a tool gave back.
const RESULTS: [&str; 5] = [
    "functionResponse",
    "function_response",
    "codeExecutionResult",
    "code_execution_result",
    "toolResponse",
];

/// A stretch of the body and who speaks there; within it others may speak, whose claims come later.
type Claims = Vec<(Range<usize>, Speaker)>;

/// Who says each of the passages of `json`, which are in its order.
pub(super) fn speakers(json: &str, passages: &[Passage<'_>]) -> Vec<Speaker> {
    let mut claims = Claims::new();
    let mut reader = Reader::new(json);
    // The body has been read before: it is no worse now.
    let _ = body(&mut reader, &mut claims);
    let mut found = vec![Speaker::User; passages.len()];
    for (range, speaker) in claims {
        let from = passages.partition_point(|passage| passage.token.start < range.start);
        let to = passages.partition_point(|passage| passage.token.start < range.end);
        for own in found.get_mut(from..to).unwrap_or_default() {
            *own = speaker;
        }
    }
    found
}

fn body(reader: &mut Reader<'_>, claims: &mut Claims) -> Result<(), Fault> {
    members(reader, |reader, key| match key {
        "messages" | "contents" | "input" => list(reader, |reader| message(reader, claims)),
        "generateContentRequest" | "generate_content_request" => body(reader, claims),
        "documents" => claim(reader, Speaker::Document, claims),
        key if OF_APPLICATION.contains(&key) => claim(reader, Speaker::Application, claims),
        _ => claim(reader, Speaker::User, claims),
    })
}

fn message(reader: &mut Reader<'_>, claims: &mut Claims) -> Result<(), Fault> {
    let json = reader.json();
    let start = reader.place();
    let range = reader.skip()?;
    let Some(own) = json.get(range) else {
        return Ok(());
    };
    let mut speaker = Speaker::User;
    let mut by_type = None;
    let mut parts = None;
    let mut inner = Reader::new(own);
    members(&mut inner, |inner, key| {
        match (key, inner.kind()?) {
            ("role", Kind::String) => {
                let role = inner.string()?;
                speaker = match role.text(own).as_ref() {
                    "system" | "developer" => Speaker::Application,
                    "assistant" | "model" => Speaker::Model,
                    "tool" | "function" => Speaker::Tool,
                    _ => Speaker::User,
                };
            }
            ("type", Kind::String) => by_type = of_item(&inner.string()?.text(own)),
            ("content" | "parts", Kind::Array | Kind::Object) => parts = Some(inner.skip()?),
            _ => {
                inner.skip()?;
            }
        }
        Ok(())
    })?;
    let speaker = by_type.unwrap_or(speaker);
    claims.push((start..start.saturating_add(own.len()), speaker));
    let parts = parts.filter(|_| matches!(speaker, Speaker::User | Speaker::Model));
    if let Some(parts) = parts {
        let text = own.get(parts.clone()).unwrap_or_default();
        let shift = start.saturating_add(parts.start);
        list(&mut Reader::new(text), |reader| part(reader, shift, claims))?;
    }
    Ok(())
}

/// An item of the Responses API that has no role.
fn of_item(kind: &str) -> Option<Speaker> {
    match kind {
        "reasoning" | "function_call" | "custom_tool_call" | "computer_call" => {
            Some(Speaker::Model)
        }
        "mcp_call"
        | "mcp_list_tools"
        | "web_search_call"
        | "file_search_call"
        | "code_interpreter_call" => Some(Speaker::Tool),
        kind if kind.ends_with("_output") => Some(Speaker::Tool),
        kind => of_part(kind),
    }
}

fn of_part(kind: &str) -> Option<Speaker> {
    match kind {
        "document" | "search_result" | "file" | "input_file" => Some(Speaker::Document),
        kind if kind.ends_with("tool_result") => Some(Speaker::Tool),
        _ => None,
    }
}

/// A part of a message, `shift` bytes into the body.
fn part(reader: &mut Reader<'_>, shift: usize, claims: &mut Claims) -> Result<(), Fault> {
    let json = reader.json();
    let start = reader.place();
    let mut speaker = None;
    if reader.kind()? != Kind::Object {
        reader.skip()?;
        return Ok(());
    }
    members(reader, |reader, key| {
        match (key, reader.kind()?) {
            ("type", Kind::String) => speaker = of_part(&reader.string()?.text(json)).or(speaker),
            (key, Kind::Object) if RESULTS.contains(&key) => {
                speaker = Some(Speaker::Tool);
                reader.skip()?;
            }
            ("inlineData" | "inline_data", Kind::Object) => {
                speaker = Some(Speaker::Document);
                reader.skip()?;
            }
            _ => {
                reader.skip()?;
            }
        }
        Ok(())
    })?;
    if let Some(speaker) = speaker {
        let end = reader.end_of_last();
        claims.push((
            shift.saturating_add(start)..shift.saturating_add(end),
            speaker,
        ));
    }
    Ok(())
}

/// Each item of a list, or the one that is no list.
fn list<'a>(
    reader: &mut Reader<'a>,
    mut item: impl FnMut(&mut Reader<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if reader.kind()? != Kind::Array {
        return item(reader);
    }
    reader.enter_array()?;
    while reader.next_item()? {
        item(reader)?;
    }
    Ok(())
}

fn claim(reader: &mut Reader<'_>, speaker: Speaker, claims: &mut Claims) -> Result<(), Fault> {
    claims.push((reader.skip()?, speaker));
    Ok(())
}

/// Each member of the object that comes next; what is no object has none.
fn members<'a>(
    reader: &mut Reader<'a>,
    mut member: impl FnMut(&mut Reader<'a>, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if reader.kind()? != Kind::Object {
        reader.skip()?;
        return Ok(());
    }
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        let key = key.text(reader.json());
        member(reader, &key)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
