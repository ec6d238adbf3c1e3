//! A request's members, as far as Tollgate reads them.

use super::message;
use crate::dialect::splice::{Draft, Grammar, Stop, texts, tools};
use crate::json::Kind;

/// How a chat completion's body is read. The reply is primed by three tokens (OpenAI cookbook, "How to
/// count tokens with tiktoken").
pub static GRAMMAR: Grammar = Grammar {
    priming: 3,
    names_model: true,
    conversation: "messages",
    member,
};

fn member(draft: &mut Draft<'_>, name: &str) -> Result<(), Stop> {
    match name {
        "model" => draft.model(name)?,
        "messages" => {
            draft.want(Kind::Array, name)?;
            draft.begun = true;
            message::messages(draft)?;
        }
        "stream" => draft.stream = draft.switch(name)?,
        "tools" | "functions" => tools::tools(draft)?,
        "response_format" => draft.json_answer = tools::response_format(draft)?,
        "max_tokens" | "max_completion_tokens" => draft.most_tokens()?,
        "n" => draft.answers()?,
        "service_tier" => draft.tier()?,
        "user" => draft.user()?,
        "metadata" | "safety_identifier" | "prediction" => message::texts(draft, name)?,
        _ => texts::other(draft, name)?,
    }
    Ok(())
}
