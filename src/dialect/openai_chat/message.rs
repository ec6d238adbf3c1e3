//! The messages of a request: which strings are text, and what counts beside it.
//!
//! Everything that is a string in a message is text unless its key says otherwise, so that a field
//! that is new to Tollgate is still looked at by the redactors.

use super::media;
use crate::dialect::splice::{Draft, Stop, texts as passages};
use crate::json::Kind;
use crate::mask::Form;

/// Keys whose strings are names, types, addresses or data, not text.
const NOT_TEXT: [&str; 13] = [
    "role",
    "type",
    "id",
    "tool_call_id",
    "url",
    "data",
    "file_data",
    "file_id",
    "format",
    "detail",
    "signature",
    "encrypted_content",
    "thought_signature",
];

/// Tokens of the chat format for each message, and for each `name` (OpenAI cookbook, "How to count
/// tokens with tiktoken").
const PER_MESSAGE: u64 = 3;
const PER_NAME: u64 = 1;

/// Reads the array of messages.
pub(super) fn messages(draft: &mut Draft<'_>) -> Result<(), Stop> {
    draft.reader.enter_array()?;
    let mut nth = 0_usize;
    while draft.reader.next_item()? {
        draft.want(Kind::Object, &format!("messages[{nth}]"))?;
        message(draft)?;
        nth = nth.saturating_add(1);
    }
    Ok(())
}

fn message(draft: &mut Draft<'_>) -> Result<(), Stop> {
    draft.add(PER_MESSAGE);
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        let kind = draft.reader.kind()?;
        match (key.as_ref(), kind) {
            ("role", Kind::String) => {
                let role = draft.reader.string()?;
                let role = role.text(draft.reader.json());
                draft.count(role, None);
            }
            ("name", Kind::String) => {
                draft.add(PER_NAME);
                draft.counted(Form::Plain)?;
            }
            ("content" | "refusal", Kind::String) => draft.counted(Form::Plain)?,
            ("content", Kind::Array) => parts(draft)?,
            ("tool_calls", Kind::Array) => {
                draft.reader.enter_array()?;
                while draft.reader.next_item()? {
                    call(draft)?;
                }
            }
            ("function_call", Kind::Object) => call(draft)?,
            (key, _) => texts(draft, key)?,
        }
    }
    Ok(())
}

fn parts(draft: &mut Draft<'_>) -> Result<(), Stop> {
    draft.reader.enter_array()?;
    while draft.reader.next_item()? {
        if draft.reader.kind()? != Kind::Object {
            texts(draft, "content")?;
            continue;
        }
        draft.reader.enter_object()?;
        while let Some(key) = draft.next_key()? {
            let kind = draft.reader.kind()?;
            match (key.as_ref(), kind) {
                ("text" | "refusal", Kind::String) => draft.counted(Form::Plain)?,
                ("image_url", _) => media::image(draft)?,
                ("input_audio" | "file", Kind::Object) => media::data(draft, &key)?,
                (key, _) => texts(draft, key)?,
            }
        }
    }
    Ok(())
}

/// A tool call or a legacy function call.
fn call(draft: &mut Draft<'_>) -> Result<(), Stop> {
    if draft.reader.kind()? != Kind::Object {
        return texts(draft, "tool_calls");
    }
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        let kind = draft.reader.kind()?;
        match (key.as_ref(), kind) {
            ("function" | "custom", Kind::Object) => call(draft)?,
            ("name", Kind::String) => {
                let name = draft.reader.string()?;
                let name = name.text(draft.reader.json());
                draft.count(name, None);
            }
            ("arguments", Kind::String) => draft.counted(Form::Json)?,
            ("input", Kind::String) => draft.counted(Form::Plain)?,
            (key, _) => texts(draft, key)?,
        }
    }
    Ok(())
}

/// Reads any value; its strings are passages that are not counted.
pub(super) fn texts(draft: &mut Draft<'_>, key: &str) -> Result<(), Stop> {
    passages::read(draft, key, &NOT_TEXT)
}
