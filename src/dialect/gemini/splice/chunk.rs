//! What a reply says, whole or as an event of a stream: each is a whole `GenerateContentResponse`.

use serde_json::{Value, json};

use crate::dialect::gemini::usage;
use crate::dialect::splice::{Chunk, Voice, Way, arguments, aside, body, items, object};
use crate::json::{Fault, Kind, Leaves, Reader};
use crate::sse::write_event;

/// Reads a reply, or the data of an event.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    let mut chunk = Chunk::default();
    let mut searches = 0_u64;
    body(data, |reader, key, kind| {
        match (key, kind) {
            ("candidates", Kind::Array) => {
                items(reader, |reader, nth| {
                    candidate(reader, nth, &mut chunk, &mut searches)
                })?;
            }
            ("modelVersion", Kind::String) => chunk.model = Some(reader.string()?),
            ("promptFeedback", Kind::Object) => object(reader, |reader, key, kind| {
                match (key, kind) {
                    ("blockReason", Kind::String) => {
                        chunk.ends = true;
                        chunk.finish_reason = Some(reader.string()?.text(data).into_owned());
                    }
                    _ => aside(reader, key, 0, &mut chunk)?,
                }
                Ok(true)
            })?,
            ("usageMetadata", Kind::Object) => {
                chunk.usage = usage::read(&Leaves::read(reader)?);
            }
            ("error", Kind::Object) => chunk.fail(reader)?,
            _ => aside(reader, key, 0, &mut chunk)?,
        }
        Ok(true)
    })?;
    if let Some(usage) = &mut chunk.usage {
        usage.searches = searches;
    }
    Ok(chunk)
}

fn candidate(
    reader: &mut Reader<'_>,
    nth: u32,
    chunk: &mut Chunk,
    searches: &mut u64,
) -> Result<(), Fault> {
    let json = reader.json();
    let (mut place, mut reason) = (nth, None);
    let mut ends = false;
    let first = chunk.said.len();
    object(reader, |reader, key, kind| {
        match (key, kind) {
            ("index", Kind::Number) => place = crate::dialect::splice::index(reader)?,
            ("content", Kind::Object) => object(reader, |reader, key, kind| {
                match (key, kind) {
                    ("parts", Kind::Array) => items(reader, |reader, _| {
                        ends |= part(reader, chunk)?;
                        Ok(())
                    })?,
                    _ => aside(reader, key, 0, chunk)?,
                }
                Ok(true)
            })?,
            ("groundingMetadata", Kind::Object) => {
                let start = reader.place();
                aside(reader, key, 0, chunk)?;
                let text = json.get(start..reader.end_of_last()).unwrap_or_default();
                let grounding: Value = serde_json::from_str(text).unwrap_or_default();
                let queries = grounding.get("webSearchQueries").and_then(Value::as_array);
                let queries = queries.into_iter().flatten();
                let made = queries.filter(|query| usage::is_search(query)).count();
                *searches = searches.saturating_add(u64::try_from(made).unwrap_or(u64::MAX));
            }
            ("logprobsResult", Kind::Object) => chunk.echoes.push((reader.skip()?, "{}")),
            ("finishReason", Kind::String) => {
                reason = Some(reader.string()?.text(json).into_owned());
            }
            _ => aside(reader, key, 0, chunk)?,
        }
        Ok(true)
    })?;
    for said in chunk.said.iter_mut().skip(first) {
        said.lane = place;
    }
    if ends || reason.is_some() {
        // What was said before a call ends with it, and a thought with its signature.
        chunk.closed.push(place);
    }
    if let Some(reason) = reason {
        chunk.ends = true;
        chunk.finish_reason.get_or_insert(reason);
    }
    Ok(())
}

/// Whether the part ends what was said before it: it is a call, or has a signature.
fn part(reader: &mut Reader<'_>, chunk: &mut Chunk) -> Result<bool, Fault> {
    let first = chunk.said.len();
    let (mut thought, mut ends) = (false, false);
    object(reader, |reader, key, kind| {
        match (key, kind) {
            ("text", Kind::String) => chunk.say(reader, 0, Voice::Content, Way::Piece)?,
            ("thought", Kind::Bool) => thought = reader.bool()?,
            ("functionCall", Kind::Object) => {
                ends = true;
                object(reader, |reader, key, _| {
                    match key {
                        "args" => arguments(reader, (0, 0), chunk)?,
                        "name" => return Ok(false),
                        _ => aside(reader, key, 0, chunk)?,
                    }
                    Ok(true)
                })?;
            }
            ("thoughtSignature" | "thought_signature", Kind::String) => {
                ends |= !reader.string()?.inner().is_empty();
            }
            _ => aside(reader, key, 0, chunk)?,
        }
        Ok(true)
    })?;
    if thought {
        let own = chunk.said.iter_mut().skip(first);
        for said in own.filter(|said| said.runs()) {
            said.voice = Voice::Reasoning;
        }
    }
    Ok(ends)
}

/// An event in which only one candidate says something, and only this. `mould` is an event of the same
/// stream.
pub fn late_event(mould: &str, (lane, voice): (u32, Voice), words: &str) -> Vec<u8> {
    let mut part = json!({"text": words});
    if let (Voice::Reasoning, Some(fields)) = (voice, part.as_object_mut()) {
        fields.insert("thought".to_owned(), true.into());
    }
    let content = json!({"role": "model", "parts": [part]});
    let mut event: Value = serde_json::from_str(mould).unwrap_or_default();
    if let Some(fields) = event.as_object_mut() {
        let candidates = json!([{"content": content, "index": lane}]);
        fields.insert("candidates".to_owned(), candidates);
        fields.remove("usageMetadata");
    }
    write_event("", event)
}
