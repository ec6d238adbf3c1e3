//! What OpenAI's dialects have in common.

use crate::dialect::neutral::{Error, ErrorKind};

/// Reads an error.
pub fn read_error(status: u16, body: &str) -> Error {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let message = value
        .pointer("/error/message")
        .and_then(|text| text.as_str());
    let status = if status == 0 { 500 } else { status };
    Error {
        status,
        kind: ErrorKind::of_status(status),
        code: None,
        message: message.unwrap_or(body).to_owned(),
        param: None,
    }
}

/// Writes an error.
pub fn write_error(error: &Error) -> Vec<u8> {
    serde_json::json!({"error": {"message": error.message, "code": error.code}})
        .to_string()
        .into_bytes()
}
