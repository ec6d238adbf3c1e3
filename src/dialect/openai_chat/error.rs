//! An error in the midst of a stream of chunks: OpenAI's servers send it as an event without a name.

use serde_json::json;

use crate::dialect::neutral::Error;
use crate::dialect::openai;
use crate::sse::write_event;

/// The event that ends a stream that broke.
pub fn error_event(error: &Error) -> Vec<u8> {
    write_event("", json!({ "error": openai::error_value(error) }))
}
