//! A look at a reply while its head waits, so that an error inside a 200, or a reply that breaks off, can
//! still fall over: of a stream the first event, of a JSON reply the whole.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::State;
use super::speech::Speech;
use crate::dialect::Dialect;
use crate::host::{Host, Message};
use crate::sse::{Event, Piece, Splitter};
use crate::step::{Body, Edits, Held};

/// How much of a stream is waited for, in bytes.
const LONGEST_LOOK: usize = 16 << 10;

/// A longer JSON reply goes on unread, in bytes.
const LONGEST_JSON: usize = 8 << 20;

/// What every reply is searched for.
static ERROR: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\"error\""));

/// What a reply is.
#[derive(Debug)]
pub(super) enum Content {
    Stream(Splitter),
    Json,
    /// Its head does not say.
    Untold,
}

/// A held head and what came behind it so far.
#[derive(Debug)]
pub(super) struct Looking {
    speech: Speech,
    held: Held,
    content: Content,
    seen: usize,
    /// The head does not say plainly what the reply is.
    retype: bool,
}

/// What the first words say.
enum First {
    /// Not enough has come.
    Unclear,
    Good,
    /// An error, as a JSON body, and the status that it asks for.
    Error(Vec<u8>, u16),
    /// What came is no reply.
    Broken,
}

impl Looking {
    /// `plain`: the head says what the reply is in the words that the gateway reads.
    pub(super) fn new(speech: Speech, held: Held, content: Content, plain: bool) -> Self {
        Self {
            speech,
            held,
            content,
            seen: 0,
            retype: !plain,
        }
    }

    /// A JSON reply is on its way: it may not fall silent.
    pub(super) fn is_json(&self) -> bool {
        matches!(self.content, Content::Json)
    }

    /// The state, the step, and the cause when the attempt has failed. `size` is what is buffered.
    pub(super) fn on_body(
        mut self,
        host: &dyn Host,
        size: usize,
        end: bool,
    ) -> (State, Body, Option<String>) {
        if self.is_json() && !end {
            return match size > LONGEST_JSON {
                true => self.release(),
                false => (State::Looking(self), Body::Hold, None),
            };
        }
        let body = host.body(Message::Reply);
        if matches!(self.content, Content::Untold) {
            self.content = match body.trim_ascii_start().first() {
                Some(b'{') => Content::Json,
                Some(_) => Content::Stream(Splitter::default()),
                None => Content::Untold,
            };
        }
        let first = match &mut self.content {
            Content::Stream(events) => {
                events.push(body.get(self.seen..).unwrap_or_default());
                self.seen = body.len();
                first_event(self.speech.client, events, end)
            }
            Content::Json if end => whole_json(self.speech.client, &body),
            Content::Json | Content::Untold => First::Unclear,
        };
        match first {
            First::Error(error, status) => self.fail(error, status, "error_in_200"),
            First::Broken => {
                let message = "The provider's reply broke off in the middle.";
                let error = self.speech.error(502, message, "broken_reply");
                self.fail(error, 502, "broken_reply")
            }
            First::Unclear if end => {
                let message = "The provider's reply ended before it began.";
                let error = self.speech.error(502, message, "empty_reply");
                self.fail(error, 502, "empty_reply")
            }
            First::Unclear if self.seen < LONGEST_LOOK => (State::Looking(self), Body::Hold, None),
            _ => self.release(),
        }
    }

    fn release(self) -> (State, Body, Option<String>) {
        let mut edits = Edits::default();
        if self.retype {
            edits.set(
                "content-type",
                match self.content {
                    Content::Json => "application/json",
                    _ => "text/event-stream",
                },
            );
        }
        (State::Through, Body::Release(self.held, edits, None), None)
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
fn first_event(dialect: Dialect, events: &mut Splitter, end: bool) -> First {
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
            Ok(json) => judged(dialect, json, named),
            Err(_) => First::Good,
        };
    }
}

fn judged(dialect: Dialect, json: &str, named: bool) -> First {
    let chunk = dialect.read_chunk(json).ok();
    let error = chunk.and_then(|chunk| chunk.error);
    match (error, named) {
        (Some(at), _) => {
            let inner = json.get(at).unwrap_or_default();
            First::Error(whole(dialect, json, inner), status_of(inner))
        }
        (None, true) => First::Error(dialect.write_error(&dialect.read_error(503, json)), 503),
        (None, false) => First::Good,
    }
}

/// A reply that speaks of an error is read; any other must at least be closed.
fn whole_json(dialect: Dialect, body: &[u8]) -> First {
    let body = body.trim_ascii();
    if body.is_empty() {
        return First::Unclear;
    }
    if ERROR.find(body).is_some()
        && let Ok(text) = std::str::from_utf8(body)
        && let First::Error(error, status) = judged(dialect, text, false)
    {
        return First::Error(error, status);
    }
    match body.last() {
        Some(b'}') => First::Good,
        _ => First::Broken,
    }
}

/// The error as a body of its own.
fn whole(dialect: Dialect, json: &str, inner: &str) -> Vec<u8> {
    match inner.starts_with('{') {
        true => dialect.wrapped_error(inner),
        false => dialect.write_error(&dialect.read_error(503, json)),
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
