//! A request's members, as far as Tollgate reads them. Google takes the names of proto fields as well.

use crate::dialect::splice::{Draft, Grammar, Stop, Talk, texts, tools, walk_draft};
use crate::json::Kind;

/// How a body is read: its path names the model, and says whether a stream is wanted.
pub static GRAMMAR: Grammar = Grammar {
    priming: 0,
    names_model: false,
    conversation: "contents",
    member,
};

static TALK: Talk = Talk {
    not_text: &[
        "role",
        "id",
        "name",
        "thoughtSignature",
        "thought_signature",
        "language",
        "outcome",
        "scheduling",
    ],
    free: &["args", "response"],
    json: &[],
    fixed: &["fileUri", "file_uri"],
    data: &["data"],
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "contents" => {
            draft.begun = true;
            TALK.read(draft, name)?;
        }
        "systemInstruction" | "system_instruction" => TALK.read(draft, name)?,
        "tools" => tools::tools(draft)?,
        "generationConfig" | "generation_config" => walk_draft(draft, |draft, key| match key {
            "responseMimeType" | "response_mime_type" if draft.reader.kind()? == Kind::String => {
                let token = draft.reader.string()?;
                draft.json_answer = token.text(draft.reader.json()) == "application/json";
                Ok(())
            }
            "maxOutputTokens" | "max_output_tokens" => draft.most_tokens(),
            "candidateCount" | "candidate_count" => draft.answers(),
            "responseSchema"
            | "response_schema"
            | "responseJsonSchema"
            | "response_json_schema" => tools::other(draft, key),
            _ => texts::other(draft, key),
        })?,
        "serviceTier" | "service_tier" => draft.tier()?,
        "labels" => texts::read(draft, name, &[])?,
        // A request to count may hold the whole request that it is about.
        "generateContentRequest" | "generate_content_request" => {
            walk_draft(draft, member)?;
        }
        _ => texts::other(draft, name)?,
    }
    Ok(())
}
