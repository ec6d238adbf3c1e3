//! Requests for embeddings, and their replies, in place.

use crate::dialect::openai_chat;
use crate::dialect::openai_completions::input;
use crate::dialect::splice::{Chunk, Draft, Grammar, Stop, Talk, texts, walk_draft};
use crate::json::{Edit, Fault, Kind, Reader, quote};

/// How a body of OpenAI's is read.
pub static OPENAI: Grammar = Grammar {
    priming: 0,
    names_model: true,
    conversation: "input",
    member,
};

/// How a body of `:embedContent` is read.
pub static GEMINI: Grammar = Grammar {
    priming: 0,
    names_model: false,
    conversation: "content",
    member: gemini,
};

/// How a body of `:batchEmbedContents` is read.
pub static GEMINI_BATCH: Grammar = Grammar {
    priming: 0,
    names_model: false,
    conversation: "requests",
    member: gemini,
};

static TALK: Talk = Talk {
    not_text: &["role", "model", "taskType", "task_type"],
    free: &[],
    json: &[],
    fixed: &["fileUri", "file_uri"],
    data: &["data"],
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "model" => draft.model(name)?,
        "input" => {
            draft.begun = true;
            input(draft)?;
        }
        "user" => draft.user()?,
        _ => texts::other(draft, name)?,
    }
    Ok(())
}

fn gemini(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "content" => {
            draft.begun = true;
            TALK.read(draft, name)?;
        }
        "requests" => {
            draft.begun = true;
            draft.want(Kind::Array, name)?;
            draft.reader.enter_array()?;
            while draft.reader.next_item()? {
                walk_draft(draft, gemini)?;
            }
        }
        // Each names the model.
        "model" => {
            draft.reader.skip()?;
        }
        _ => texts::other(draft, name)?,
    }
    Ok(())
}

/// The edits by which a body of Gemini's calls the model as its path does, wherever it names one: Google refuses
/// one that does not.
pub fn renamed(json: &str, model: &str) -> Vec<Edit> {
    let name = quote(&["models/", model].concat());
    let mut edits = Vec::new();
    // What is no JSON has been refused before.
    let _ = names(&mut Reader::new(json), &name, &mut edits);
    edits
}

fn names(reader: &mut Reader<'_>, name: &str, edits: &mut Vec<Edit>) -> Result<(), Fault> {
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        match (key.text(reader.json()).as_ref(), reader.kind()?) {
            ("model", Kind::String) => {
                edits.push(Edit::new(reader.string()?.span(), name.as_bytes()))
            }
            ("requests", Kind::Array) => {
                reader.enter_array()?;
                while reader.next_item()? {
                    names(reader, name, edits)?;
                }
            }
            _ => {
                reader.skip()?;
            }
        }
    }
    Ok(())
}

/// Reads a reply: no word is said in it.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    let mut chunk = openai_chat::read_chunk(data)?;
    if let Some(usage) = &mut chunk.usage {
        usage.output.get_or_insert(0);
    }
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::renamed;
    use crate::json::apply;

    #[test]
    fn gemini_is_told_its_own_name_for_the_model() {
        for (json, expected) in [
            (
                r#"{"content":{"model":"x"}}"#,
                r#"{"content":{"model":"x"}}"#,
            ),
            (
                r#"{"model":"models/a/g","content":{}}"#,
                r#"{"model":"models/m","content":{}}"#,
            ),
            (
                r#"{"requests":[{"model":"models/a/g"},{"content":{},"model":"models/a/g"}]}"#,
                r#"{"requests":[{"model":"models/m"},{"content":{},"model":"models/m"}]}"#,
            ),
        ] {
            let made = apply(json.as_bytes(), &mut renamed(json, "m"));
            assert_eq!(String::from_utf8(made).unwrap(), expected);
        }
    }
}
