//! A provider's error in OpenAI's shape.

use serde_json::{Value, json};

use super::words::{code_of, type_of};
use crate::dialect::neutral::Error;

/// The body of an error reply.
pub fn write_error(error: &Error) -> Vec<u8> {
    json!({ "error": error_value(error) })
        .to_string()
        .into_bytes()
}

/// What stands behind `error`: `message`, `type`, `param`, `code`.
pub fn error_value(error: &Error) -> Value {
    let code = error.code.as_deref().or(code_of(error.kind));
    json!({
        "message": error.message,
        "type": type_of(error.kind),
        "param": error.param,
        "code": code,
    })
}
