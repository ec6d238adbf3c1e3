//! The downstream role: one client request.
//!
//! ```text
//! Start ── another path ──▶ Passing
//!   │  ── refused ────────▶ Answered                       (the reply is ours)
//!   │ head held
//! Gathering ── refused ───▶ Answered
//!   │ body complete: pipeline, released once
//!   ├──▶ Asking, until a service beside the providers has answered; the pipeline runs again then
//! Sent ── reply head ──┬─ event stream ─▶ Streaming ─┐
//!                      ├─ JSON or error ▶ Whole ─────┼──▶ Ended
//!                      └─ anything else ▶ Relaying ──┘
//! ```
//!
//! `on_log` comes last, whatever happened before it, and settles.

mod answered;
mod asking;
mod caller;
mod entry;
mod gathering;
mod guarding;
mod listing;
mod originals;
mod release;
mod sent;
mod streaming;
mod usage;
mod whole;

use std::time::Duration;

use crate::host::{Answer, Host, Message};
use crate::note;
use crate::policy::Store;
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::limit;
use crate::stage::record::Record;
use crate::step::{Body, Edits, End, Head};

use answered::Answered;
use asking::Asking;
use gathering::Gathering;
use listing::Listing;
use sent::Sent;
use streaming::Streaming;
use whole::Whole;

/// One client request.
#[derive(Debug, Default)]
pub struct Gateway {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Start,
    Passing,
    Gathering(Gathering),
    Asking(Box<Asking>),
    Answered(Answered),
    Sent(Box<Sent>),
    Whole(Box<Whole>),
    Streaming(Box<Streaming>),
    Listing(Box<Listing>),
    Relaying(Box<Record>),
    Ended(Box<Record>),
}

impl Gateway {
    /// The request's head.
    pub fn on_request_head(&mut self, runtime: &Runtime, host: &dyn Host, end: bool) -> Head {
        let (state, step) = entry::head(runtime, host, end);
        self.state = state;
        step
    }

    /// A part of the request's body, `size` bytes of it so far; or its end.
    pub fn on_request_body(
        &mut self,
        runtime: &Runtime,
        host: &dyn Host,
        size: usize,
        end: bool,
    ) -> Body {
        let (state, step) = match std::mem::take(&mut self.state) {
            State::Gathering(gathering) => gathering.on_body(runtime, host, size, end),
            state => (state, Body::Pass),
        };
        self.state = state;
        step
    }

    /// A service that was asked has answered, or will not.
    pub fn on_answer(&mut self, runtime: &Runtime, host: &dyn Host, answer: Answer) -> Body {
        let (state, step) = match std::mem::take(&mut self.state) {
            State::Asking(asking) => asking.on_answer(runtime, host, answer),
            State::Listing(listing) => listing.on_answer(runtime, host, &answer),
            state => (state, Body::Pass),
        };
        self.state = state;
        step
    }

    /// The reply's head.
    pub fn on_reply_head(&mut self, runtime: &Runtime, host: &dyn Host, end: bool) -> Head {
        let (state, step) = match std::mem::take(&mut self.state) {
            State::Sent(sent) => sent.on_reply_head(runtime, host, end),
            State::Answered(answered) => answered.on_reply_head(host, end),
            State::Gathering(gathering) => gathering.on_reply_head(runtime, host),
            State::Asking(asking) => asking.gathering.on_reply_head(runtime, host),
            State::Listing(listing) => {
                let record = *listing.into_record();
                Answered::head(runtime, record, &Refusal::Interrupted)
            }
            state => (state, Head::Continue(Edits::default())),
        };
        self.state = state;
        step
    }

    /// A part of the reply's body, or its end.
    pub fn on_reply_body(&mut self, runtime: &Runtime, host: &dyn Host, end: bool) -> Body {
        let (state, step) = match std::mem::take(&mut self.state) {
            State::Whole(whole) => whole.on_body(runtime, host, end),
            State::Streaming(streaming) => streaming.on_body(runtime, host, end),
            State::Answered(answered) => answered.on_reply_body(),
            State::Relaying(mut record) => {
                record.first_byte.get_or_insert_with(|| host.now());
                record.complete = end;
                (State::Relaying(record), Body::Pass)
            }
            state => (state, Body::Pass),
        };
        self.state = state;
        step
    }

    /// The reply ends with trailers: nothing can be added to its body any more.
    pub fn on_reply_trailers(&mut self, runtime: &Runtime, host: &dyn Host) -> Body {
        match std::mem::take(&mut self.state) {
            State::Streaming(streaming) => {
                let (record, step) = streaming.on_trailers(runtime);
                self.state = State::Ended(record);
                step
            }
            state @ (State::Whole(_) | State::Relaying(_)) => {
                self.state = state;
                self.on_reply_body(runtime, host, true)
            }
            state => {
                self.state = state;
                Body::Pass
            }
        }
    }

    /// The request is over, in whatever way: stats, and the filter state for the access log.
    pub fn on_log(&mut self, runtime: &Runtime, host: &dyn Host) -> End {
        let mut end = End::default();
        let mut record = match std::mem::take(&mut self.state) {
            State::Start | State::Passing => return end,
            State::Gathering(gathering) => gathering.record,
            State::Asking(asking) => asking.gathering.record,
            State::Answered(answered) => answered.record,
            State::Sent(sent) => sent.cut(runtime, host),
            State::Whole(whole) => whole.record,
            State::Streaming(streaming) => streaming.cut(runtime),
            State::Listing(listing) => listing.into_record(),
            State::Relaying(record) | State::Ended(record) => record,
        };
        record.learn(&runtime.policy, host);
        let reported = record.reported.and_then(|usage| usage.input);
        if let (Some(target), Some(counted), Some(input)) =
            (&record.target, record.counted, reported)
        {
            runtime.calibration.learn(target, counted, input);
        }
        let now = host.now();
        limit::settle(runtime, &host, &mut record, now);
        if let Store::Rls(fleet) = &runtime.policy.limits.store {
            end.calls.extend(runtime.outbox.calls(fleet));
        }
        for limit in &record.limited.warned {
            let key = record.caller.key.as_deref().unwrap_or("none");
            log::warn!("limit {limit}: warn_at is reached, by a request of key {key}");
        }
        runtime.meters.ended(host, &runtime.policy, &record, now);
        let line = record.line(&runtime.policy, now);
        let line = match (&runtime.policy.audit, std::str::from_utf8(&line)) {
            (Some(key), Ok(text)) => {
                let prompt = record.prompt.as_ref();
                let sealed = runtime.audit.seal(key, text, prompt, || host.random());
                sealed.into_bytes()
            }
            _ => line,
        };
        end.edits.state(note::LOG, line);
        end
    }

    /// How long the reply may be silent; `None` while no reply is on its way.
    pub fn idle_limit(&self) -> Option<Duration> {
        match &self.state {
            State::Streaming(streaming) => Some(streaming.idle),
            State::Whole(whole) => Some(whole.idle),
            _ => None,
        }
    }
}

/// Only what a header may carry (RFC 9110, section 5.5), and no more than clients take.
fn header_value(text: &str) -> Vec<u8> {
    const LONGEST: usize = 512;
    let shown = |byte: u8| if byte.is_ascii_control() { b'?' } else { byte };
    text.bytes().map(shown).take(LONGEST).collect()
}

/// The status of a reply's head.
fn status(host: &dyn Host) -> u16 {
    let value = host.header(Message::Reply, ":status").unwrap_or_default();
    let text = std::str::from_utf8(&value).unwrap_or_default();
    text.parse().unwrap_or_default()
}
