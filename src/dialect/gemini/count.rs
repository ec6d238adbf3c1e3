//! `:countTokens` (ai.google.dev/api/tokens).

use serde_json::Value;

use super::names::{Names, one};
use super::request::read_body;
use crate::dialect::neutral::{Cannot, Request};

/// Reads what shall be counted: a `generateContentRequest`, or contents (with Vertex all of a request).
///
/// # Errors
///
/// It is no such body, or what it asks has no neutral form.
pub fn read_count_tokens(json: &str, model: &str) -> Result<Request, Cannot> {
    let value: Value = serde_json::from_str(json)
        .map_err(|fault| Cannot::new("", format!("expected JSON: {fault}")))?;
    let mut body = Names::of(value.clone(), "")?;
    let path = body.path("generateContentRequest");
    match body.take("generateContentRequest") {
        Some(inner) => read_body(inner, &path, model, false),
        None => read_body(value, "", model, false),
    }
}

/// The reply.
pub fn count_tokens_reply(tokens: u64) -> Vec<u8> {
    one("totalTokens", tokens).to_string().into_bytes()
}
