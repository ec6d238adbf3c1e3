//! The head of a provider's reply: whether it counts as an answer.

use super::State;
use super::looking::Looking;
use crate::dialect::openai_chat::error_of_text;
use crate::host::{Host, Message};
use crate::step::{Edits, Head};

/// The state, the step, and the cause when the attempt has failed.
pub(super) fn head(host: &dyn Host, end: bool) -> (State, Head, Option<String>) {
    let headers = host.headers(Message::Reply);
    let status: u16 = headers
        .text(":status")
        .and_then(|status| status.parse().ok())
        .unwrap_or(0);
    let through = |cause| (State::Through, Head::Continue(Edits::default()), cause);
    let encoding = headers.text("content-encoding").unwrap_or("identity");
    if !encoding.eq_ignore_ascii_case("identity") && !end {
        return compressed(encoding, status);
    }
    if status >= 400 {
        return through(Some(status.to_string()));
    }
    let content = headers.text("content-type").unwrap_or_default();
    let stream = content.starts_with("text/event-stream");
    let json = content.starts_with("application/json");
    if !(200..300).contains(&status) || !(stream || json) {
        return through(None);
    }
    if end {
        let mut edits = Edits::default();
        edits.set(":status", "502");
        return (
            State::Through,
            Head::Continue(edits),
            Some("empty_reply".to_owned()),
        );
    }
    let (step, held) = Head::hold();
    (State::Looking(Looking::new(held, stream)), step, None)
}

/// A compressed reply cannot be read: identity was asked for.
fn compressed(encoding: &str, status: u16) -> (State, Head, Option<String>) {
    let message = format!(
        "The provider sent a reply with content-encoding {encoding} although identity was asked \
         for."
    );
    let mut edits = Edits::default();
    if status < 400 {
        edits.set(":status", "502");
    }
    edits.set("content-type", "application/json");
    edits.remove("content-encoding");
    edits.remove("content-length");
    let body = Some(error_of_text(&message, Some("compressed_reply")));
    let cause = Some("compressed_reply".to_owned());
    (State::Failed { body }, Head::Continue(edits), cause)
}
