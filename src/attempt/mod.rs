//! The upstream role: one attempt of a request with one provider.
//!
//! ```text
//! Start ── no note ─────────────────────────────▶ Through   (not an LLM request)
//!   │ note read, head made this provider's
//!   ├─ body needs edits ─▶ Editing ── body ──▶ Sent
//!   └─ body is right ───────────────────────▶ Sent
//!                                              │ reply head
//!          first event or JSON body waits  ◀───┼──▶ Through  (status ≥ 400, other content)
//!                     Looking ── good ─────────┼──▶ Through
//!                        └────── an error ─────┼──▶ Failed   (status set, Envoy tries the next)
//!          another dialect: Foreign ───────────┴──▶ Through or Failed, translated as it comes
//! ```
//!
//! *Never*: answers by itself where Envoy could retry, or knows what the gateway decided and why.

mod auth;
mod editing;
mod foreign;
mod heads;
mod looking;
mod reply;
mod request;
mod speech;

use std::time::Duration;

use crate::host::Host;
use crate::runtime::Runtime;
use crate::step::{Body, Head};

use editing::Editing;
use foreign::Foreign;
use looking::Looking;
use speech::Speech;

/// One attempt.
#[derive(Debug, Default)]
pub struct Attempt {
    state: State,
    provider: Option<String>,
    /// How long a reply may be silent.
    idle: Option<Duration>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Start,
    Editing(Editing),
    Sent(Box<Speech>),
    Looking(Looking),
    Foreign(Box<Foreign>),
    Failed {
        body: Option<Vec<u8>>,
    },
    Through,
}

impl Attempt {
    /// The request's head, as the gateway left it.
    pub fn on_request_head(&mut self, runtime: &Runtime, host: &dyn Host, end: bool) -> Head {
        let head = request::head(&runtime.policy, host, end);
        self.state = head.state;
        self.provider = head.provider;
        self.idle = head.idle;
        head.step
    }

    /// A part of the request's body, or its end.
    pub fn on_request_body(&mut self, host: &dyn Host, end: bool) -> Body {
        match std::mem::take(&mut self.state) {
            State::Editing(editing) if end => {
                let (state, step) = editing.on_body(host);
                self.state = state;
                step
            }
            State::Editing(editing) => {
                self.state = State::Editing(editing);
                Body::Hold
            }
            state => {
                self.state = state;
                Body::Pass
            }
        }
    }

    /// The reply's head.
    pub fn on_reply_head(&mut self, runtime: &Runtime, host: &dyn Host, end: bool) -> Head {
        let speech = match std::mem::take(&mut self.state) {
            State::Sent(speech) => speech,
            state => {
                self.state = state;
                return Head::Continue(crate::step::Edits::default());
            }
        };
        let (state, step, cause) = reply::head(*speech, host, end, runtime.may_hold_replies);
        self.state = state;
        self.note_failure(runtime, host, cause);
        step
    }

    /// A part of the reply's body, `size` bytes of it that are buffered; or its end.
    pub fn on_reply_body(
        &mut self,
        runtime: &Runtime,
        host: &dyn Host,
        size: usize,
        end: bool,
    ) -> Body {
        match std::mem::take(&mut self.state) {
            State::Looking(looking) => {
                let (state, step, cause) = looking.on_body(host, size, end);
                self.state = state;
                self.note_failure(runtime, host, cause);
                step
            }
            State::Foreign(foreign) => {
                let (state, step, cause) = foreign.on_body(host, size, end);
                self.state = state;
                self.note_failure(runtime, host, cause);
                step
            }
            State::Failed { body } => {
                self.state = State::Failed { body: None };
                Body::Replace(body.unwrap_or_default())
            }
            state => {
                self.state = state;
                Body::Pass
            }
        }
    }

    /// The reply ends with trailers.
    pub fn on_reply_trailers(&mut self, runtime: &Runtime, host: &dyn Host) -> Body {
        match std::mem::take(&mut self.state) {
            State::Foreign(foreign) => {
                let (state, step, cause) = foreign.on_trailers(host);
                self.state = state;
                self.note_failure(runtime, host, cause);
                step
            }
            state @ State::Looking(_) => {
                self.state = state;
                self.on_reply_body(runtime, host, 0, true)
            }
            state => {
                self.state = state;
                Body::Pass
            }
        }
    }

    /// How long the reply may be silent; `None` while silence is none of ours.
    pub fn idle_limit(&self) -> Option<Duration> {
        match &self.state {
            State::Looking(looking) if looking.is_json() => self.idle,
            State::Foreign(foreign) if foreign.is_whole() => self.idle,
            _ => None,
        }
    }

    /// The attempt is over.
    pub fn on_done(&mut self, runtime: &Runtime, host: &dyn Host) {
        if matches!(
            self.state,
            State::Sent(_) | State::Editing(_) | State::Looking(_)
        ) || matches!(&self.state, State::Foreign(foreign) if foreign.is_held())
        {
            self.note_failure(runtime, host, Some("no_reply".to_owned()));
        }
        self.state = State::Through;
    }

    fn note_failure(&mut self, runtime: &Runtime, host: &dyn Host, cause: Option<String>) {
        if let (Some(cause), Some(provider)) = (cause, &self.provider) {
            runtime.meters.attempt_failed(host, provider, &cause);
        }
    }
}
