//! The reply of a provider that does not speak the client's dialect: translated as it comes. The head is
//! held, where it can be, until the reply has begun well, so that an error inside a 200 still falls over.

use super::State;
use super::speech::Speech;
use crate::dialect::neutral::Error;
use crate::dialect::translate::{self, Begun, Stream};
use crate::dialect::{Dialect, Reported, bedrock, gemini};
use crate::host::{Host, Message};
use crate::note;
use crate::step::{Body, Edits, Head, Held};

/// How much of a stream is waited for, in bytes.
const LONGEST_LOOK: usize = 256 << 10;

/// A longer reply cannot be translated as a whole, in bytes.
const LONGEST_REPLY: usize = 8 << 20;

/// A reply on its way.
#[derive(Debug)]
pub(super) struct Foreign {
    speech: Speech,
    /// `None`: the head has gone.
    held: Option<Held>,
    content: Content,
    /// How much of what is buffered has been read.
    seen: usize,
}

#[derive(Debug)]
enum Content {
    Stream(Box<Stream>),
    Json,
    Error(Fault),
}

/// An error, as far as its head says it.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) status: u16,
    /// AWS names the kind of an error in a header.
    pub(super) kind: Option<String>,
    /// It says when to try again.
    pub(super) waits: bool,
}

impl Foreign {
    /// A reply with status 200, by its content type. `edits` are those of its head.
    pub(super) fn answer(
        speech: Speech,
        media_type: &str,
        mut edits: Edits,
        may_hold: bool,
    ) -> (State, Head) {
        let stream = matches!(
            media_type,
            "text/event-stream" | "application/vnd.amazon.eventstream"
        );
        let content = match stream {
            true => {
                let (from, to) = (speech.provider, speech.client);
                Content::Stream(Box::new(Stream::new(from, to, speech.told.clone())))
            }
            false => Content::Json,
        };
        let (step, held) = match may_hold {
            true => {
                let (step, held) = Head::hold_after(edits);
                (step, Some(held))
            }
            false => {
                retype(&content, &mut edits);
                (Head::Continue(edits), None)
            }
        };
        let foreign = Self {
            speech,
            held,
            content,
            seen: 0,
        };
        (State::Foreign(Box::new(foreign)), step)
    }

    /// An error: its head goes on at once, so that Envoy may try the next target; only where its body says when
    /// to try again, the head waits for that.
    pub(super) fn error(
        speech: Speech,
        fault: Fault,
        mut edits: Edits,
        may_hold: bool,
    ) -> (State, Head) {
        let of_body = speech.provider == Dialect::Gemini && matches!(fault.status, 429 | 503);
        let waits = fault.waits;
        let content = Content::Error(fault);
        retype(&content, &mut edits);
        let (step, held) = match may_hold && of_body && !waits {
            true => {
                let (step, held) = Head::hold_after(edits);
                (step, Some(held))
            }
            false => (Head::Continue(edits), None),
        };
        let foreign = Self {
            speech,
            held,
            content,
            seen: 0,
        };
        (State::Foreign(Box::new(foreign)), step)
    }

    /// Its head still waits.
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// A whole reply is on its way: it may not fall silent.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.content, Content::Json)
    }

    /// The state, the step, and the cause when the attempt has failed. `size` is what is buffered.
    pub(super) fn on_body(
        mut self: Box<Self>,
        host: &dyn Host,
        size: usize,
        end: bool,
    ) -> (State, Body, Option<String>) {
        if matches!(self.content, Content::Stream(_)) {
            return self.stream(host, end);
        }
        if !end && size <= LONGEST_REPLY {
            return (State::Foreign(self), Body::Hold, None);
        }
        let body = host.body(Message::Reply);
        let text = String::from_utf8_lossy(&body);
        if let Content::Error(fault) = &self.content {
            let fault = fault.clone();
            // What may follow of a long one has no place behind it.
            let rest = State::Failed { body: None };
            return (rest, self.refused(&fault, &text), None);
        }
        let Speech {
            provider,
            client,
            told,
        } = &self.speech;
        let error = match translate::reply(*provider, *client, &text, told) {
            _ if !end => {
                let message = "The provider's reply is too long to be translated.";
                Error::new(502, message, "reply_too_long")
            }
            _ if text.trim().is_empty() => {
                let message = "The provider's reply ended before it began.";
                Error::new(502, message, "empty_reply")
            }
            Ok((reply, usage)) => {
                tell(host, usage);
                return (State::Through, self.released(Some(reply)), None);
            }
            Err(why) if serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err() => {
                let message = format!("The provider's reply broke off in the middle: {why}.");
                Error::new(502, message, "broken_reply")
            }
            Err(_) => provider.read_error(502, &text),
        };
        self.failed(error)
    }

    /// A provider's error in the client's words.
    fn refused(&mut self, fault: &Fault, text: &str) -> Body {
        let error = match self.speech.provider {
            Dialect::Bedrock => {
                bedrock::read_error_typed(fault.status, text, fault.kind.as_deref())
            }
            provider => provider.read_error(fault.status, text),
        };
        let body = self.speech.client.write_error(&error);
        let Some(held) = self.held.take() else {
            return Body::Replace(body);
        };
        let mut edits = Edits::default();
        if let Some(seconds) = gemini::retry_after(text) {
            edits.set("retry-after", seconds.to_string());
        }
        Body::Release(held, edits, Some(body))
    }

    fn stream(mut self: Box<Self>, host: &dyn Host, end: bool) -> (State, Body, Option<String>) {
        let body = host.body(Message::Reply);
        let Content::Stream(stream) = &mut self.content else {
            return (State::Foreign(self), Body::Pass, None);
        };
        stream.push(body.get(self.seen..).unwrap_or_default());
        if end {
            stream.end();
        }
        if self.held.is_some() {
            self.seen = body.len();
            match stream.begun() {
                Err(error) => return self.failed(error),
                Ok(Begun::Unclear) if end => {
                    let message = "The provider's reply ended before it began.";
                    return self.failed(Error::new(502, message, "empty_reply"));
                }
                Ok(Begun::Unclear) if self.seen < LONGEST_LOOK => {
                    return (State::Foreign(self), Body::Hold, None);
                }
                Ok(_) => self.seen = 0,
            }
        }
        let mut out = Vec::with_capacity(body.len());
        let known = stream.used();
        stream.write(&mut out);
        tell(host, stream.used().filter(|used| known != Some(*used)));
        let step = self.released(Some(out));
        match end {
            true => (State::Through, step, None),
            false => (State::Foreign(self), step, None),
        }
    }

    /// The reply ends with trailers, behind which nothing can be written.
    pub(super) fn on_trailers(self: Box<Self>, host: &dyn Host) -> (State, Body, Option<String>) {
        let held = self.held.is_some();
        let (state, step, cause) = self.on_body(host, 0, true);
        match step {
            Body::Replace(out) if !held && !out.is_empty() => (state, Body::Cut, cause),
            step => (state, step, cause),
        }
    }

    /// The body that goes on, and the head with it if that was held.
    fn released(&mut self, body: Option<Vec<u8>>) -> Body {
        let Some(held) = self.held.take() else {
            return Body::Replace(body.unwrap_or_default());
        };
        let mut edits = Edits::default();
        retype(&self.content, &mut edits);
        if let (Content::Json, Some(body)) = (&self.content, &body) {
            edits.set("content-length", body.len().to_string());
        }
        Body::Release(held, edits, body)
    }

    fn failed(&mut self, error: Error) -> (State, Body, Option<String>) {
        // Only these statuses let Envoy try the next target.
        let status = match error.status {
            status @ (429 | 500..=599) => status,
            _ => 503,
        };
        let cause = error
            .code
            .clone()
            .unwrap_or_else(|| "error_in_200".to_owned());
        let body = self.speech.client.write_error(&error);
        let Some(held) = self.held.take() else {
            return (
                State::Failed { body: None },
                Body::Replace(body),
                Some(cause),
            );
        };
        let mut edits = Edits::default();
        retype(&Content::Json, &mut edits);
        edits.set(":status", status.to_string());
        let step = Body::Release(held, edits, Some(body));
        (State::Failed { body: None }, step, Some(cause))
    }
}

/// What the provider says was used, for the gateway.
fn tell(host: &dyn Host, usage: Option<Reported>) {
    if let Some(usage) = usage {
        host.tell(note::USAGE, &note::encode_usage(&usage));
    }
}

/// A head for what will come.
fn retype(content: &Content, edits: &mut Edits) {
    edits.set(
        "content-type",
        match content {
            Content::Stream(_) => "text/event-stream",
            Content::Json | Content::Error(_) => "application/json",
        },
    );
    edits.remove("content-length");
}
