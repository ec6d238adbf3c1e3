//! Errors, and the event of an error in a stream.

use serde_json::{Value, json};

use crate::dialect::neutral::{Error, ErrorKind};
use crate::dialect::openai;
use crate::sse::write_event;

pub use crate::dialect::openai::{read_error, write_error};

/// The event of an error with this number, for a stream whose writer is not at hand.
pub fn error_event(error: &Error, number: u64) -> Vec<u8> {
    write_event("error", error_data(error, number))
}

/// The data of the `error` event: the fields where the API reference has them, and once more behind
/// `error`, where the API sends them and where the SDKs look before they raise.
pub(super) fn error_data(error: &Error, sequence: u64) -> Value {
    let inner = openai::error_value(error);
    let code = inner.get("code").cloned().unwrap_or_default();
    json!({
        "type": "error",
        "sequence_number": sequence,
        "code": code,
        "message": error.message,
        "param": error.param,
        "error": inner,
    })
}

/// `error` of a failed response, with a code that the API's reference lists, or one that clients are
/// known to look for.
pub(super) fn response_error(error: &Error) -> Value {
    const KNOWN: [&str; 8] = [
        "server_error",
        "rate_limit_exceeded",
        "invalid_prompt",
        "insufficient_quota",
        "context_length_exceeded",
        "image_content_policy_violation",
        "failed_to_download_image",
        "unsupported_image_media_type",
    ];
    let code = match (error.code.as_deref(), error.kind) {
        (Some(code), _) if KNOWN.contains(&code) => code,
        (_, ErrorKind::RateLimit) => "rate_limit_exceeded",
        (_, ErrorKind::Billing) => "insufficient_quota",
        (_, ErrorKind::Invalid | ErrorKind::TooLarge) => "invalid_prompt",
        _ => "server_error",
    };
    json!({"code": code, "message": error.message})
}
