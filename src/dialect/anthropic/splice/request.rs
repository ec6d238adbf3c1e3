//! A request's members, as far as Tollgate reads them.

use crate::dialect::splice::{Draft, Grammar, Stop, Talk, texts, tools, walk_draft};
use crate::json::Kind;

/// How a body is read. What the format itself counts is not published: the count is an estimate.
pub static GRAMMAR: Grammar = Grammar {
    priming: 3,
    names_model: true,
    conversation: "messages",
    member,
};

static TALK: Talk = Talk {
    not_text: &[
        "role",
        "type",
        "id",
        "name",
        "tool_use_id",
        "signature",
        "file_id",
        "ttl",
        "encrypted_content",
        "encrypted_index",
        "encrypted_stdout",
        "tool_name",
        "error_code",
    ],
    free: &["input"],
    json: &[],
    fixed: &[],
    data: &["data", "url"],
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "model" => draft.model(name)?,
        "messages" => {
            draft.want(Kind::Array, name)?;
            draft.begun = true;
            TALK.read(draft, name)?;
        }
        "system" => TALK.read(draft, name)?,
        "stream" => draft.stream = draft.switch(name)?,
        "max_tokens" => draft.most_tokens()?,
        "service_tier" => draft.tier()?,
        "tools" => tools::tools(draft)?,
        "metadata" => walk_draft(draft, |draft, key| match key {
            "user_id" if draft.reader.kind()? == Kind::String => draft.user(),
            key => TALK.read(draft, key),
        })?,
        "output_config" | "output_format" => walk_draft(draft, |draft, key| {
            if key == "format" || key == "schema" {
                draft.json_answer = true;
            }
            tools::other(draft, key)
        })?,
        _ => texts::other(draft, name)?,
    }
    Ok(())
}
