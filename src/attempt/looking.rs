//! A look at the first event of a stream, or the first bytes of a JSON reply, while the head waits:
//! an error inside a 200 can still fall over.

use super::State;
use crate::dialect::openai_chat::{Chunk, error_of_text};
use crate::host::{Host, Message};
use crate::json::{FaultKind, Kind, Reader};
use crate::sse::{Event, Piece, Splitter};
use crate::step::{Body, Edits, Held};

/// How many bytes are waited for, at the most.
const LONGEST_LOOK: usize = 16 << 10;

/// A held head and what came behind it so far.
#[derive(Debug)]
pub(super) struct Looking {
    held: Held,
    /// A stream's events; `None` for a JSON reply.
    events: Option<Splitter>,
    seen: usize,
}

/// What the first words say.
enum First {
    /// Not enough has come.
    Unclear,
    Good,
    /// An error, as a JSON body, and the status that it asks for.
    Error(Vec<u8>, u16),
    /// A JSON reply begins with an error: it must be complete to be judged.
    Suspect,
}

impl Looking {
    pub(super) fn new(held: Held, stream: bool) -> Self {
        Self {
            held,
            events: stream.then(Splitter::default),
            seen: 0,
        }
    }

    /// The state, the step, and the cause when the attempt has failed.
    pub(super) fn on_body(mut self, host: &dyn Host, end: bool) -> (State, Body, Option<String>) {
        let body = host.body(Message::Reply);
        let first = match &mut self.events {
            Some(events) => {
                events.push(body.get(self.seen..).unwrap_or_default());
                self.seen = body.len();
                first_event(events, end)
            }
            None => first_json(&body, end),
        };
        match first {
            First::Error(error, status) => self.fail(error, status, "error_in_200"),
            First::Unclear if end => {
                let message = "The provider's reply ended before it began.";
                let error = error_of_text(message, Some("empty_reply"));
                self.fail(error, 502, "empty_reply")
            }
            First::Unclear | First::Suspect if !end && self.seen.max(body.len()) < LONGEST_LOOK => {
                (State::Looking(self), Body::Hold, None)
            }
            _ => {
                let step = Body::Release(self.held, Edits::default(), None);
                (State::Through, step, None)
            }
        }
    }

    fn fail(self, error: Vec<u8>, status: u16, cause: &str) -> (State, Body, Option<String>) {
        let mut edits = Edits::default();
        edits.set(":status", status.to_string());
        edits.set("content-type", "application/json");
        edits.remove("content-length");
        let step = Body::Release(self.held, edits, Some(error));
        (State::Failed { body: None }, step, Some(cause.to_owned()))
    }
}

/// Comments and events without data say nothing yet.
fn first_event(events: &mut Splitter, end: bool) -> First {
    loop {
        let raw = match events.next_piece() {
            Some(Piece::Event(raw)) => raw,
            Some(Piece::Lf) => continue,
            Some(Piece::Part(_)) => return First::Good,
            None if end => events.rest(),
            None => return First::Unclear,
        };
        if raw.is_empty() {
            return First::Unclear;
        }
        let event = Event::read(&raw);
        let Some(data) = event.data().filter(|data| !data.is_empty()) else {
            continue;
        };
        let named = event.name == b"error";
        return match std::str::from_utf8(&data) {
            Ok(json) => judged(json, named),
            Err(_) => First::Good,
        };
    }
}

fn judged(json: &str, named: bool) -> First {
    let error = Chunk::read(json).ok().and_then(|chunk| chunk.error);
    match (error, named) {
        (Some(at), _) => {
            let inner = json.get(at).unwrap_or_default();
            First::Error(whole(json, inner), status_of(inner))
        }
        (None, true) => First::Error(error_of_text(json, None), 503),
        (None, false) => First::Good,
    }
}

/// The first member of a JSON reply tells: an error object has `error` as its first key.
fn first_json(body: &[u8], end: bool) -> First {
    let valid = match std::str::from_utf8(body) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let text = body
        .get(..valid)
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    let mut reader = Reader::new(&text);
    let kind = reader
        .enter_object()
        .and_then(|()| reader.next_key())
        .and_then(|key| match key {
            Some(key) if key.text(&text) == "error" => reader.kind().map(Some),
            _ => Ok(None),
        });
    match kind {
        Ok(Some(kind)) if kind != Kind::Null => match end {
            true => judged(&text, false),
            false => First::Suspect,
        },
        Err(fault) if fault.kind == FaultKind::Ended && (!end || text.trim().is_empty()) => {
            First::Unclear
        }
        _ => First::Good,
    }
}

/// The error as a body of its own.
fn whole(json: &str, inner: &str) -> Vec<u8> {
    if inner.starts_with('{') {
        format!("{{\"error\":{inner}}}").into_bytes()
    } else {
        error_of_text(json, None)
    }
}

/// The status for an error that came with a 200: its own when that lets the next target be tried,
/// else one that does.
fn status_of(error: &str) -> u16 {
    let value: serde_json::Value = serde_json::from_str(error).unwrap_or_default();
    let number = |key: &str| {
        let number = value.get(key)?.as_u64()?;
        let status = u16::try_from(number).ok()?;
        matches!(status, 429 | 500..=599).then_some(status)
    };
    let kind = value.get("type").and_then(|kind| kind.as_str());
    number("status")
        .or_else(|| number("code"))
        .unwrap_or(match kind {
            Some("rate_limit_error" | "rate_limit_exceeded" | "insufficient_quota") => 429,
            _ => 503,
        })
}
