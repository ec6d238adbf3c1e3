//! A streamed reply: every event goes on as it comes, whole; usage is read on the way, values are
//! put back, and a stream that ends too early says so.

mod heard;
mod lanes;

use std::time::Duration;

use super::State;
use super::originals::Originals;
use crate::dialect::Dialect;
use crate::dialect::neutral::Error;
use crate::dialect::splice::Chunk;
use crate::host::{Host, Message};
use crate::policy::ReplySchema;
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::schema::Unfit;
use crate::sse::{Event, Piece, Splitter};
use crate::stage::fit::Fit;
use crate::stage::record::Record;
use crate::stage::review::{Review, Reviews};
use crate::step::Body;

use heard::Heard;
use lanes::Lanes;

/// A stream on its way to the client.
#[derive(Debug)]
pub(super) struct Streaming {
    record: Box<Record>,
    splitter: Splitter,
    lanes: Lanes,
    /// What the reply is held to.
    fit: Option<Fit>,
    strip_usage: bool,
    /// The last event was left out.
    left_out: bool,
    /// The reply was ended with an error of ours: nothing more is told, what was used is still read.
    refused: bool,
    /// How long it may be silent.
    pub(super) idle: Duration,
    ending: Ending,
    heard: Heard,
}

/// How the stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Not over.
    Open,
    /// The last event came.
    Done,
    /// The provider sent an error.
    Failed,
}

impl Streaming {
    pub(super) fn new(
        record: Box<Record>,
        (originals, reviews): (Originals, Reviews),
        fit: Option<Fit>,
        strip_usage: bool,
        idle: Duration,
    ) -> Self {
        Self {
            splitter: Splitter::default(),
            lanes: Lanes::new(&record, originals, reviews),
            fit,
            record,
            strip_usage,
            left_out: false,
            refused: false,
            idle,
            ending: Ending::Open,
            heard: Heard::default(),
        }
    }

    pub(super) fn on_body(
        mut self: Box<Self>,
        runtime: &Runtime,
        host: &dyn Host,
        end: bool,
    ) -> (State, Body) {
        let bytes = host.body(Message::Reply);
        if !bytes.is_empty() {
            self.record.first_byte.get_or_insert_with(|| host.now());
        }
        self.splitter.push(&bytes);
        let mut out = Vec::with_capacity(bytes.len());
        while let Some(piece) = self.splitter.next_piece() {
            match piece {
                Piece::Event(raw) => self.event(runtime, &raw, &mut out),
                _ if self.refused => {}
                Piece::Part(_) if self.lanes.holds_replies() => self.unread(&mut out),
                Piece::Part(raw) => out.extend_from_slice(&raw),
                Piece::Lf if self.left_out => {}
                Piece::Lf => out.push(b'\n'),
            }
        }
        if end {
            self.finish(runtime, &mut out);
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

    /// The stream ends with trailers. If something is missing it cannot be told any more, so the stream
    /// must not look as if it had ended well.
    pub(super) fn on_trailers(mut self, runtime: &Runtime) -> (Box<Record>, Body) {
        let mut missing = Vec::new();
        self.finish(runtime, &mut missing);
        let step = match missing.is_empty() {
            true => Body::Pass,
            false => Body::Cut,
        };
        (self.record, step)
    }

    /// The stream was cut: by the client, the provider, or a time limit.
    pub(super) fn cut(mut self, runtime: &Runtime) -> Box<Record> {
        self.count_heard(runtime);
        self.record.complete = self.ending == Ending::Done;
        self.record
    }

    fn event(&mut self, runtime: &Runtime, raw: &[u8], out: &mut Vec<u8>) {
        self.left_out = false;
        let event = Event::read(raw);
        let data = event.data();
        let json = std::str::from_utf8(data.as_deref().unwrap_or_default()).unwrap_or_default();
        let chunk = self.record.dialect.read_chunk(json);
        let (Some(_), Ok(chunk)) = (&data, chunk) else {
            let says = data.as_ref().is_some_and(|data| !data.is_empty());
            match says && self.lanes.holds_replies() {
                _ if self.refused => {}
                true => self.unread(out),
                false => out.extend_from_slice(raw),
            }
            return;
        };
        self.note(runtime, json, &chunk, event.name);
        self.left_out = self.refused || self.strip_usage && chunk.usage_only;
        if self.left_out {
            return;
        }
        let broken = chunk.error.is_some() || event.name == b"error";
        if !broken && self.is_unfit(json, &chunk, out) {
            return;
        }
        let flushes = broken || chunk.ends && chunk.said.is_empty();
        let review = Review::new(&runtime.policy, &mut self.record.findings);
        let mut review = review.knowing(&self.lanes.originals().vault);
        let flushed = match flushes {
            true => self.lanes.flush_all(&mut review, out),
            false => Ok(()),
        };
        let told = flushed.and_then(|()| self.lanes.event(&event, json, &chunk, &mut review, out));
        let refusal = review.refusal;
        if told.is_err() {
            self.refuse(refusal, out);
        }
    }

    /// Where an answer ends that does not fit the request's own schema, an error ends the stream in place of this
    /// event, or a comment stands before it: the reply's head has gone.
    fn is_unfit(&mut self, json: &str, chunk: &Chunk, out: &mut Vec<u8>) -> bool {
        let Some(fit) = &mut self.fit else {
            return false;
        };
        for said in &chunk.said {
            fit.hear(said, &said.text(json));
        }
        let Some(reason) = chunk.finish_reason.as_deref() else {
            return false;
        };
        let originals = self.lanes.originals();
        let told = fit.judge(&chunk.closed, Some(reason), |text| originals.restored(text));
        let (rule, Err(Unfit { path, what })) = (fit.rule, told) else {
            return false;
        };
        self.record.findings.add("reply_schema", "mismatch");
        if rule == ReplySchema::Enforce {
            self.refuse(Some(Refusal::ReplyUnfit { path, what }), out);
            return true;
        }
        out.extend_from_slice(b": x-tollgate-schema: mismatch\n\n");
        false
    }

    /// The reply ends here, with a refusal in the client's dialect.
    fn refuse(&mut self, refusal: Option<Refusal>, out: &mut Vec<u8>) {
        let Some(refusal) = refusal else {
            return self.unread(out);
        };
        let answer = refusal.answer();
        self.end_with(&Error::from(&answer), out);
        self.record.stop(answer.code);
    }

    /// What cannot be read cannot be looked through, and does not pass.
    fn unread(&mut self, out: &mut Vec<u8>) {
        let message = "The provider sent an event that cannot be read.";
        self.end_with(&Error::new(502, message, "broken_reply"), out);
        self.ending = Ending::Failed;
    }

    fn end_with(&mut self, error: &Error, out: &mut Vec<u8>) {
        self.refused = true;
        self.left_out = true;
        let number = self.lanes.next_number();
        out.extend_from_slice(&self.record.dialect.error_event(error, number));
    }

    /// What a chunk says about the request.
    fn note(&mut self, runtime: &Runtime, json: &str, chunk: &Chunk, name: &[u8]) {
        if let Some(usage) = chunk.usage {
            self.record.report(usage);
        }
        if chunk.error.is_some() || name == b"error" {
            self.ending = Ending::Failed;
        }
        if chunk.ends && self.ending == Ending::Open {
            self.ending = Ending::Done;
        }
        if self.record.finish_reason.is_none() {
            self.record.finish_reason.clone_from(&chunk.finish_reason);
        }
        let model = self.record.target.as_ref().map_or("", |(model, _)| model);
        for said in chunk.said.iter().filter(|said| said.counts(&chunk.said)) {
            let text = said.text(json);
            self.heard
                .push(runtime, model, (said.lane, said.voice), &text);
        }
    }

    fn count_heard(&mut self, runtime: &Runtime) {
        let model = self.record.target.as_ref().map_or("", |(model, _)| model);
        self.record.heard = self.heard.tokens(runtime, model);
    }

    /// The provider has ended the stream.
    fn finish(&mut self, runtime: &Runtime, out: &mut Vec<u8>) {
        let rest = self.splitter.rest();
        if is_complete(self.record.dialect, &rest) {
            self.event(runtime, &rest, out);
        }
        if !self.refused {
            let review = Review::new(&runtime.policy, &mut self.record.findings);
            let mut review = review.knowing(&self.lanes.originals().vault);
            let told = self.lanes.flush_all(&mut review, out);
            let refusal = review.refusal;
            if told.is_err() {
                self.refuse(refusal, out);
            }
        }
        self.record.complete = self.ending == Ending::Done;
        if self.ending == Ending::Open && !self.refused {
            let number = self.lanes.next_number();
            out.extend_from_slice(&self.record.dialect.error_event(&Error::cut(), number));
            self.record.finish_reason = Some("stream_cut".to_owned());
        }
        let told = self.record.reported.and_then(|usage| usage.output);
        if told.is_none() || !self.record.complete {
            self.count_heard(runtime);
        }
    }
}

/// A last event without its blank line counts when its data is whole.
fn is_complete(dialect: Dialect, rest: &[u8]) -> bool {
    let event = Event::read(rest);
    match event.data() {
        None => true,
        Some(data) => std::str::from_utf8(&data).is_ok_and(|json| dialect.read_chunk(json).is_ok()),
    }
}
