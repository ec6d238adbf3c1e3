//! Errors: `{"message": …}`, sometimes with an `id`.

use serde_json::Value;

use crate::dialect::neutral::{Error, ErrorKind};
use crate::json;

/// Reads an error's body, of whatever kind.
pub fn read_error(status: u16, body: &str) -> Error {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let texts = ["/message", "/error/message", "/error", "/detail"];
    let found = texts
        .into_iter()
        .find_map(|path| json::at(&json, path).and_then(Value::as_str));
    let message = match found.unwrap_or(body).trim() {
        "" => format!("Cohere answered {status}"),
        message => message.to_owned(),
    };
    Error {
        status,
        kind: kind(status),
        code: None,
        message,
        param: None,
    }
}

/// An error in the midst of a stream.
pub(super) fn in_stream(kind: ErrorKind, message: &str) -> Error {
    Error {
        status: kind.status(),
        kind,
        code: None,
        message: message.to_owned(),
        param: None,
    }
}

/// 498 is an invalid token (a text that the request was refused for), 499 a request that was given up.
fn kind(status: u16) -> ErrorKind {
    match status {
        499 => ErrorKind::Timeout,
        status => ErrorKind::of_status(status),
    }
}
