//! A request's members, as far as Tollgate reads them.

use crate::dialect::splice::{Draft, Grammar, Stop, Talk, texts, tools, walk_draft};

/// How a body is read. The format's own tokens are those of chat completions.
pub static GRAMMAR: Grammar = Grammar {
    priming: 3,
    names_model: true,
    conversation: "input",
    member,
};

static TALK: Talk = Talk {
    not_text: &[
        "role",
        "type",
        "id",
        "call_id",
        "status",
        "detail",
        "file_id",
        "encrypted_content",
        "format",
        "name",
        "phase",
    ],
    free: &[],
    json: &["arguments"],
    fixed: &["file_url"],
    data: &["image_url", "file_data", "data"],
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "model" => draft.model(name)?,
        "input" => {
            draft.begun = true;
            TALK.read(draft, "content")?;
        }
        "prompt" | "previous_response_id" | "conversation" => {
            // What is kept with the provider may be all the input there is.
            draft.begun = true;
            if name == "prompt" {
                TALK.read(draft, name)?;
            } else {
                draft.reader.skip()?;
            }
        }
        "instructions" => TALK.read(draft, name)?,
        "stream" => draft.stream = draft.switch(name)?,
        "tools" => tools::tools(draft)?,
        "text" => walk_draft(draft, |draft, key| {
            if key == "format" {
                draft.json_answer = tools::response_format(draft)?;
                return Ok(());
            }
            texts::other(draft, key)
        })?,
        "max_output_tokens" => draft.most_tokens()?,
        "service_tier" => draft.tier()?,
        "user" => draft.user()?,
        "metadata" | "safety_identifier" => texts::read(draft, name, &[])?,
        _ => texts::other(draft, name)?,
    }
    Ok(())
}
