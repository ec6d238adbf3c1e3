//! What a reply says, whole or as an event of a stream: each is a whole `GenerateContentResponse`.

use serde_json::{Value, json};

use crate::dialect::gemini::usage;
use crate::dialect::splice::{Chunk, Voice, body, items, object, texts_of};
use crate::json::{Fault, Kind, Reader};
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
                let blocked = key == "blockReason" && kind == Kind::String;
                if blocked {
                    chunk.ends = true;
                    chunk.finish_reason = Some(reader.string()?.text(data).into_owned());
                }
                Ok(blocked)
            })?,
            ("usageMetadata", Kind::Object) => {
                let at = reader.skip()?;
                let usage: Option<Value> = data
                    .get(at)
                    .and_then(|text| serde_json::from_str(text).ok());
                chunk.usage = usage.and_then(|usage| usage::read(&usage));
            }
            ("error", Kind::Object) => chunk.error = Some(reader.skip()?),
            _ => return Ok(false),
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
    let mut calls = false;
    let first = chunk.said.len();
    object(reader, |reader, key, kind| {
        match (key, kind) {
            ("index", Kind::Number) => place = crate::dialect::splice::index(reader)?,
            ("content", Kind::Object) => object(reader, |reader, key, kind| {
                let parts = key == "parts" && kind == Kind::Array;
                if parts {
                    items(reader, |reader, _| {
                        calls |= part(reader, chunk)?;
                        Ok(())
                    })?;
                }
                Ok(parts)
            })?,
            ("groundingMetadata", Kind::Object) => {
                let at = reader.skip()?;
                let text = json.get(at).unwrap_or_default();
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
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    for said in chunk.said.iter_mut().skip(first) {
        said.lane = place;
    }
    if calls || reason.is_some() {
        // What was said before a call ends with it.
        chunk.closed.push(place);
    }
    if let Some(reason) = reason {
        chunk.ends = true;
        chunk.finish_reason.get_or_insert(reason);
    }
    Ok(())
}

/// Whether the part is a call.
fn part(reader: &mut Reader<'_>, chunk: &mut Chunk) -> Result<bool, Fault> {
    let first = chunk.said.len();
    let (mut thought, mut call) = (false, false);
    object(reader, |reader, key, kind| {
        match (key, kind) {
            ("text", Kind::String) => chunk.say(reader, 0, Voice::Content, false)?,
            ("thought", Kind::Bool) => thought = reader.bool()?,
            ("functionCall", Kind::Object) => {
                call = true;
                object(reader, |reader, key, _| {
                    let args = key == "args";
                    if args {
                        texts_of(reader, 0, chunk)?;
                    }
                    Ok(args)
                })?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    if thought {
        for said in chunk.said.iter_mut().skip(first) {
            said.voice = Voice::Reasoning;
        }
    }
    Ok(call)
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
