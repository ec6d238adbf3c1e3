//! The head of a provider's reply: whether it counts as an answer.

use super::State;
use super::foreign::{Fault, Foreign};
use super::heads;
use super::looking::{Content, Looking};
use super::speech::Speech;
use crate::host::{Host, Message};
use crate::sse::Splitter;
use crate::step::{Edits, Head};

/// The state, the step, and the cause when the attempt has failed.
pub(super) fn head(
    speech: Speech,
    host: &dyn Host,
    end: bool,
    may_hold: bool,
) -> (State, Head, Option<String>) {
    let headers = host.headers(Message::Reply);
    let status: u16 = headers
        .text(":status")
        .and_then(|status| status.parse().ok())
        .unwrap_or(0);
    let through = |cause| (State::Through, Head::Continue(Edits::default()), cause);
    let encoding = headers.text("content-encoding").unwrap_or("identity");
    if !encoding.eq_ignore_ascii_case("identity") && !end {
        return compressed(&speech, encoding, status);
    }
    if status >= 400 {
        let cause = Some(status.to_string());
        if end || !speech.is_foreign() {
            return through(cause);
        }
        let edits = heads::reply(&speech, &headers, host.now());
        let fault = Fault {
            status,
            kind: headers.text("x-amzn-errortype").map(str::to_owned),
            waits: headers.bytes("retry-after").is_some(),
        };
        let (state, step) = Foreign::error(speech, fault, edits, may_hold);
        return (state, step, cause);
    }
    if (300..400).contains(&status) {
        // Who follows it posts the request past the gateway.
        let message = format!("The provider answered with a redirect ({status}).");
        return failed(&speech, &message, "redirect", true);
    }
    if !(200..300).contains(&status) {
        return through(None);
    }
    let told = headers.text("content-type").unwrap_or_default();
    let plain = told.starts_with("text/event-stream") || told.starts_with("application/json");
    let media_type = told.split(';').next().unwrap_or_default().trim();
    let media_type = media_type.to_ascii_lowercase();
    let content = match media_type.as_str() {
        "text/event-stream" => Content::Stream(Splitter::default()),
        "application/json" => Content::Json,
        "text/html" => return html(&speech),
        _ => Content::Untold,
    };
    if end {
        let mut edits = Edits::default();
        edits.set(":status", "502");
        let cause = Some("empty_reply".to_owned());
        return (State::Through, Head::Continue(edits), cause);
    }
    if speech.is_foreign() {
        let edits = heads::reply(&speech, &headers, host.now());
        let (state, step) = Foreign::answer(speech, &media_type, edits, may_hold);
        return (state, step, None);
    }
    if !may_hold {
        return through(None);
    }
    let (step, held) = Head::hold();
    let looking = Looking::new(speech, held, content, plain);
    (State::Looking(looking), step, None)
}

/// A page is no answer, whatever its status says.
fn html(speech: &Speech) -> (State, Head, Option<String>) {
    failed(
        speech,
        "The provider answered with a page of HTML.",
        "html_reply",
        true,
    )
}

/// A compressed reply cannot be read: identity was asked for.
fn compressed(speech: &Speech, encoding: &str, status: u16) -> (State, Head, Option<String>) {
    let message = format!(
        "The provider sent a reply with content-encoding {encoding} although identity was asked \
         for."
    );
    failed(speech, &message, "compressed_reply", status < 400)
}

/// The reply's body is replaced; its status too when it says that all is well.
fn failed(speech: &Speech, message: &str, code: &str, well: bool) -> (State, Head, Option<String>) {
    let mut edits = Edits::default();
    if well {
        edits.set(":status", "502");
    }
    edits.set("content-type", "application/json");
    edits.remove("location");
    edits.remove("content-encoding");
    edits.remove("content-length");
    let body = Some(speech.error(502, message, code));
    (
        State::Failed { body },
        Head::Continue(edits),
        Some(code.to_owned()),
    )
}
