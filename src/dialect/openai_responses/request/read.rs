//! A client's body as a neutral request.

use serde_json::Value;

use super::{conversation, options, tools};
use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, PartKind, Request, Role, Turn, tree};

/// Fields without which the answer is the same: what the provider stores and for how long, how it
/// caches, what it tells its own statistics; padding of streams; limits for tools that it runs itself; what
/// happens to a conversation that is too long, which others refuse.
const IDLE: [&str; 8] = [
    "store",
    "prompt_cache_key",
    "prompt_cache_retention",
    "prompt_cache_options",
    "safety_identifier",
    "client_metadata",
    "max_tool_calls",
    "truncation",
];

/// What needs a server's memory, and what to do instead.
const STATEFUL: [(&str, &str); 3] = [
    (
        "previous_response_id",
        "earlier responses are kept by OpenAI, and only a target that speaks Responses can go on from \
         one; send the conversation in input",
    ),
    (
        "conversation",
        "conversations are kept by OpenAI, and only a target that speaks Responses can go on with one; \
         send the conversation in input",
    ),
    (
        "prompt",
        "prompt templates are kept by OpenAI, and only a target that speaks Responses can use one; send \
         instructions and input",
    ),
];

/// Reads a request.
///
/// # Errors
///
/// A field has a value that the API does not know, or needs a provider that keeps state.
pub fn read_request(json: &str) -> Result<Request, Cannot> {
    let body: Value = tree(json)?;
    let mut fields = Fields::of(body, "")?;
    for (key, reason) in STATEFUL {
        if fields.take(key).is_some() {
            return Err(Cannot::new(key, reason));
        }
    }
    if fields.bool("background")? == Some(true) {
        let reason = "responses in the background are kept by OpenAI, and only a target that speaks \
                      Responses can make one; leave it out";
        return Err(Cannot::new("background", reason));
    }
    let mut request = Request {
        model: fields.string("model")?.unwrap_or_default(),
        ..Request::default()
    };
    if let Some(text) = fields.string("instructions")? {
        request.turns.push(Turn {
            at: "instructions".to_owned(),
            role: Role::System,
            name: None,
            parts: vec![PartKind::text(text).into()],
        });
    }
    conversation::read(fields.take("input"), &mut request)?;
    tools::read(&mut fields, &mut request)?;
    options::read(&mut fields, &mut request)?;
    request.rest.extend(fields.rest(&IDLE));
    Ok(request)
}
