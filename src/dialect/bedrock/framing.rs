//! Frames of the event stream as events of the dialect.

use serde_json::json;

use crate::event_stream::Frame;

/// The name and the data of a frame, for the reader of the stream: an exception's name is
/// `exception:TYPE`, and so is that of an error without a payload.
pub fn event(frame: &Frame) -> (String, String) {
    let data = String::from_utf8_lossy(&frame.payload).into_owned();
    let text = |name| frame.text(name).unwrap_or_default();
    match text(":message-type") {
        "exception" => (format!("exception:{}", text(":exception-type")), data),
        "error" => {
            let said = json!({"message": text(":error-message")});
            (
                format!("exception:{}", text(":error-code")),
                said.to_string(),
            )
        }
        _ => (text(":event-type").to_owned(), data),
    }
}
