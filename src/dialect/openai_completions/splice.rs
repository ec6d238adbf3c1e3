//! Legacy completions in place.

use serde_json::{Value, json};

use crate::dialect::openai_chat::read_usage;
use crate::dialect::splice::{
    Chunk, Draft, Grammar, Stop, Voice, Way, aside, body, index, items, object, texts,
};
use crate::json::{Fault, Kind, Leaves, Reader};
use crate::mask::Form;

/// How a body is read.
pub static GRAMMAR: Grammar = Grammar {
    priming: 0,
    names_model: true,
    conversation: "prompt",
    member,
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "model" => draft.model(name)?,
        "prompt" => {
            draft.begun = true;
            let before = draft.passages.len().saturating_add(draft.ids.len());
            input(draft)?;
            let after = draft.passages.len().saturating_add(draft.ids.len());
            draft.wanted.prompts = u64::try_from(after.saturating_sub(before)).ok();
        }
        "suffix" if draft.reader.kind()? == Kind::String => draft.counted(Form::Plain)?,
        "stream" => draft.stream = draft.switch(name)?,
        "max_tokens" => draft.most_tokens()?,
        "n" | "best_of" => draft.answers()?,
        "user" => draft.user()?,
        _ => texts::other(draft, name)?,
    }
    Ok(())
}

/// A text, texts, tokens, or lists of tokens.
pub(in crate::dialect) fn input(draft: &mut Draft<'_>) -> Result<(), Stop> {
    match draft.reader.kind()? {
        Kind::String => draft.counted(Form::Plain)?,
        Kind::Array => {
            draft.reader.enter_array()?;
            let mut ids = Vec::new();
            while draft.reader.next_item()? {
                match draft.reader.kind()? {
                    Kind::Number => ids.push(token(draft)?),
                    _ => input(draft)?,
                }
            }
            if !ids.is_empty() {
                draft.ids.push(ids);
            }
        }
        Kind::Number => {
            let id = token(draft)?;
            draft.ids.push(vec![id]);
        }
        _ => texts::read(draft, "input", &[])?,
    }
    Ok(())
}

/// A token's id; one that none has for what is no id.
fn token(draft: &mut Draft<'_>) -> Result<u32, Stop> {
    draft.add(1);
    Ok(draft.reader.number()?.parse().unwrap_or(u32::MAX))
}

/// Reads a whole reply, or the data of an event.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    let mut chunk = Chunk::default();
    if data.trim_ascii() == "[DONE]" {
        chunk.ends = true;
        return Ok(chunk);
    }
    let mut choices = None;
    body(data, |reader, key, kind| {
        match (key, kind) {
            ("choices", Kind::Array) => {
                choices = Some(0_u32);
                items(reader, |reader, nth| {
                    choices = Some(nth.saturating_add(1));
                    choice(reader, nth, &mut chunk)
                })?;
            }
            ("model", Kind::String) => chunk.model = Some(reader.string()?),
            ("usage", Kind::Object) => {
                chunk.usage = read_usage(&Leaves::read(reader)?);
            }
            ("error", Kind::Object | Kind::String) => chunk.fail(reader)?,
            _ => aside(reader, key, 0, &mut chunk)?,
        }
        Ok(true)
    })?;
    chunk.usage_only = chunk.usage.is_some() && choices == Some(0);
    Ok(chunk)
}

fn choice(reader: &mut Reader<'_>, nth: u32, chunk: &mut Chunk) -> Result<(), Fault> {
    let json = reader.json();
    let (mut place, mut reason) = (nth, None);
    let first = chunk.said.len();
    object(reader, |reader, key, kind| {
        match (key, kind) {
            ("index", Kind::Number) => place = index(reader)?,
            ("text", Kind::String) => chunk.say(reader, 0, Voice::Content, Way::Piece)?,
            ("logprobs", Kind::Object) => chunk.echoes.push((reader.skip()?, "null")),
            ("finish_reason", Kind::String) => {
                reason = Some(reader.string()?.text(json).into_owned());
            }
            _ => aside(reader, key, 0, chunk)?,
        }
        Ok(true)
    })?;
    for said in chunk.said.iter_mut().skip(first) {
        said.lane = place;
    }
    if let Some(reason) = reason {
        chunk.closed.push(place);
        chunk.finish_reason.get_or_insert(reason);
    }
    Ok(())
}

/// A chunk like `mould` in which only this choice says something, and only this.
pub fn chunk_with(mould: &str, lane: u32, words: &str) -> Vec<u8> {
    let mut chunk: Value = serde_json::from_str(mould).unwrap_or_default();
    if let Some(fields) = chunk.as_object_mut() {
        let choices =
            json!([{"text": words, "index": lane, "logprobs": null, "finish_reason": null}]);
        fields.insert("choices".to_owned(), choices);
        if fields.contains_key("usage") {
            fields.insert("usage".to_owned(), Value::Null);
        }
    }
    chunk.to_string().into_bytes()
}
