//! Errors in OpenAI's shape (platform.openai.com/docs/guides/error-codes).

use serde_json::json;

use crate::refusal::Answer;

/// A refusal as a reply's body.
pub fn error_body(answer: &Answer) -> Vec<u8> {
    shaped(
        &answer.message,
        answer.kind,
        Some(answer.code),
        answer.param.as_deref(),
    )
}

/// An error that is not a refusal: a text that came in place of a provider's reply.
pub fn error_of_text(message: &str, code: Option<&str>) -> Vec<u8> {
    shaped(message, "server_error", code, None)
}

/// The event that ends a stream that broke.
pub fn error_event(message: &str, code: &str) -> Vec<u8> {
    let body = error_of_text(message, Some(code));
    [b"data: ".as_slice(), &body, b"\n\n"].concat()
}

fn shaped(message: &str, kind: &str, code: Option<&str>, param: Option<&str>) -> Vec<u8> {
    json!({"error": {"message": message, "type": kind, "param": param, "code": code}})
        .to_string()
        .into_bytes()
}
