//! Requests for embeddings, and their replies, in place.

use crate::dialect::openai_chat;
use crate::dialect::openai_completions::input;
use crate::dialect::splice::{Chunk, Draft, Grammar, Stop, Talk, texts, walk_draft};
use crate::json::Fault;

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
    not_text: &[
        "role",
        "model",
        "taskType",
        "task_type",
        "fileUri",
        "file_uri",
    ],
    free: &[],
    json: &[],
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
        "metadata" => texts::read(draft, name, &[])?,
        _ => {
            draft.reader.skip()?;
        }
    }
    Ok(())
}

fn gemini(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "content" => {
            draft.begun = true;
            TALK.read(draft, name)?;
        }
        "title" => texts::read(draft, name, &[])?,
        "requests" => {
            draft.begun = true;
            draft.want(crate::json::Kind::Array, name)?;
            draft.reader.enter_array()?;
            while draft.reader.next_item()? {
                walk_draft(draft, gemini)?;
            }
        }
        _ => {
            draft.reader.skip()?;
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
