//! A streamed reply: every event goes on as it comes, whole; usage is read on the way, values are
//! put back, and a stream that ends too early says so.

mod lanes;

use std::time::Duration;

use super::State;
use super::originals::Originals;
use crate::dialect::openai_chat::{Chunk, error_event};
use crate::host::{Host, Message};
use crate::sse::{Event, Piece, Splitter};
use crate::stage::count;
use crate::stage::record::Record;
use crate::step::Body;

use lanes::Lanes;

/// The last data of a stream (OpenAI's reference, chat streaming).
const DONE: &[u8] = b"[DONE]";

/// How much of what the model says is kept for counting, in bytes; more is counted at once.
const UNCOUNTED: usize = 64 << 10;

/// A stream on its way to the client.
#[derive(Debug)]
pub(super) struct Streaming {
    record: Box<Record>,
    splitter: Splitter,
    lanes: Lanes,
    strip_usage: bool,
    /// The last event was left out.
    left_out: bool,
    /// How long it may be silent.
    pub(super) idle: Duration,
    ending: Ending,
    said: String,
}

/// How the stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Not over.
    Open,
    /// `[DONE]` came.
    Done,
    /// The provider sent an error.
    Failed,
}

impl Streaming {
    pub(super) fn new(
        record: Box<Record>,
        originals: Option<Originals>,
        strip_usage: bool,
        idle: Duration,
    ) -> Self {
        Self {
            record,
            splitter: Splitter::default(),
            lanes: Lanes::new(originals),
            strip_usage,
            left_out: false,
            idle,
            ending: Ending::Open,
            said: String::new(),
        }
    }

    pub(super) fn on_body(mut self: Box<Self>, host: &dyn Host, end: bool) -> (State, Body) {
        let bytes = host.body(Message::Reply);
        if !bytes.is_empty() {
            self.record.first_byte.get_or_insert_with(|| host.now());
        }
        self.splitter.push(&bytes);
        let mut out = Vec::with_capacity(bytes.len());
        while let Some(piece) = self.splitter.next_piece() {
            match piece {
                Piece::Event(raw) => self.event(&raw, &mut out),
                Piece::Part(raw) => out.extend_from_slice(&raw),
                Piece::Lf if self.left_out => {}
                Piece::Lf => out.push(b'\n'),
            }
        }
        if end {
            self.finish(&mut out);
        }
        let step = match out == bytes {
            true => Body::Pass,
            false => Body::Replace(out),
        };
        match end {
            true => (State::Ended(self.record), step),
            false => (State::Streaming(self), step),
        }
    }

    /// The stream was cut: by the client, the provider, or a time limit.
    pub(super) fn cut(mut self) -> Box<Record> {
        self.count_said();
        self.record.complete = self.ending == Ending::Done;
        self.record
    }

    fn event(&mut self, raw: &[u8], out: &mut Vec<u8>) {
        self.left_out = false;
        let event = Event::read(raw);
        let Some(data) = event.data() else {
            out.extend_from_slice(raw);
            return;
        };
        if data.trim_ascii() == DONE {
            self.lanes.flush_all(out);
            self.ending = Ending::Done;
            out.extend_from_slice(raw);
            return;
        }
        let json = std::str::from_utf8(&data).unwrap_or_default();
        let Ok(chunk) = Chunk::read(json) else {
            out.extend_from_slice(raw);
            return;
        };
        self.note(json, &chunk, event.name);
        self.left_out = self.strip_usage && chunk.is_usage_only();
        if self.left_out {
            return;
        }
        self.lanes.event(&event, json, &chunk, out);
    }

    /// What a chunk says about the request.
    fn note(&mut self, json: &str, chunk: &Chunk, name: &[u8]) {
        if chunk.usage.is_some() {
            self.record.reported = chunk.usage;
        }
        if chunk.error.is_some() || name == b"error" {
            self.ending = Ending::Failed;
        }
        if let (None, Some((_, reason))) = (&self.record.finish_reason, chunk.finished.first()) {
            self.record.finish_reason = Some(reason.clone());
        }
        for said in &chunk.said {
            self.said.push_str(&said.token.text(json));
        }
        if self.said.len() > UNCOUNTED {
            self.count_said();
        }
    }

    fn count_said(&mut self) {
        let model = self.record.target.as_ref().map_or("", |(model, _)| model);
        let (encoding, _) = count::encoding(model);
        let tokens = crate::tokens::count(encoding, &self.said);
        self.record.heard = self.record.heard.saturating_add(tokens);
        self.said.clear();
    }

    /// The provider has ended the stream.
    fn finish(&mut self, out: &mut Vec<u8>) {
        let rest = self.splitter.rest();
        if is_complete(&rest) {
            self.event(&rest, out);
        }
        self.lanes.flush_all(out);
        self.record.complete = self.ending == Ending::Done;
        if self.ending == Ending::Open {
            let message = "The provider's stream ended before it was complete.";
            out.extend_from_slice(&error_event(message, "stream_cut"));
            self.record.finish_reason = Some("stream_cut".to_owned());
        }
        if self.record.reported.is_none() || !self.record.complete {
            self.count_said();
        }
    }
}

/// A last event without its blank line counts when its data is whole.
fn is_complete(rest: &[u8]) -> bool {
    let event = Event::read(rest);
    match event.data() {
        None => true,
        Some(data) if data.trim_ascii() == DONE => true,
        Some(data) => std::str::from_utf8(&data).is_ok_and(|json| Chunk::read(json).is_ok()),
    }
}
