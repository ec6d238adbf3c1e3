//! One stream's callbacks, handed to its role.

use std::cell::Cell;
use std::rc::Rc;

use proxy_wasm::traits::{Context, HttpContext};
use proxy_wasm::types::Action;

use super::calls;
use super::host::{self, Envoy};
use super::pulse::{self, Pulse};
use crate::attempt::Attempt;
use crate::gateway::Gateway;
use crate::host::{Answer, Host, Message};
use crate::runtime::Runtime;
use crate::stage::meters::Phase;
use crate::step::{Body, Head};

/// What stands in the access log's `response_code_details` when Tollgate answers.
const DETAILS: &str = "tollgate_answered";

/// Which end of the exchange.
#[derive(Debug)]
pub(super) enum Role {
    Gateway {
        gateway: Box<Gateway>,
        context: u32,
        pulse: Rc<Pulse>,
    },
    Attempt {
        attempt: Box<Attempt>,
        context: u32,
        pulse: Rc<Pulse>,
    },
}

impl Role {
    pub(super) fn gateway(context: u32) -> Self {
        Self::Gateway {
            gateway: Box::default(),
            context,
            pulse: Pulse::of(context),
        }
    }

    pub(super) fn attempt(context: u32) -> Self {
        Self::Attempt {
            attempt: Box::default(),
            context,
            pulse: Pulse::of(context),
        }
    }
}

impl Role {
    fn answer(&mut self, runtime: &Runtime, answer: Answer) -> Body {
        match self {
            Self::Gateway { gateway, .. } => gateway.on_answer(runtime, &Envoy, answer),
            Self::Attempt { .. } => Body::Hold,
        }
    }
}

/// A stream and what it works with.
#[derive(Debug)]
pub(super) struct Stream {
    role: Role,
    /// The root context: calls that nobody waits for are its own, so that they outlive the stream.
    root: u32,
    runtime: Rc<Runtime>,
    /// The time of Tollgate's own work is taken of this stream.
    timed: bool,
}

/// One stream in so many is timed: reading the clock is work too. An odd number, as the two roles' streams
/// come in turn.
const TIMED: u32 = 15;

thread_local! {
    static STREAMS: Cell<u32> = const { Cell::new(0) };
}

impl Stream {
    pub(super) fn new(role: Role, root: u32, runtime: Rc<Runtime>) -> Self {
        let nth = STREAMS.get();
        STREAMS.set(nth.wrapping_add(1));
        let timed = runtime.meters.times_overhead() && nth.is_multiple_of(TIMED);
        Self {
            role,
            root,
            runtime,
            timed,
        }
    }

    /// Does a part of the work, and takes its time if that is wanted.
    fn timed<T>(&mut self, phases: [Phase; 2], work: impl FnOnce(&mut Role, &Runtime) -> T) -> T {
        let [gateway, attempt] = phases;
        let phase = match &self.role {
            Role::Gateway { .. } => gateway,
            Role::Attempt { .. } => attempt,
        };
        if !self.timed {
            return work(&mut self.role, &self.runtime);
        }
        let start = Envoy.now();
        let done = work(&mut self.role, &self.runtime);
        self.runtime.meters.overhead(&Envoy, phase, start);
        done
    }

    fn request_body(&mut self, size: usize, end: bool) -> Action {
        self.timed(
            [Phase::RequestBody, Phase::AttemptRequest],
            |role, runtime| {
                let step = match role {
                    Role::Gateway { gateway, .. } => {
                        gateway.on_request_body(runtime, &Envoy, size, end)
                    }
                    Role::Attempt { attempt, .. } => attempt.on_request_body(&Envoy, end),
                };
                take_request(role, runtime, step)
            },
        )
    }

    /// A service has answered: the request, which was paused, goes on or is answered.
    fn answered(&mut self, answer: Answer) {
        self.timed(
            [Phase::RequestBody, Phase::AttemptRequest],
            |role, runtime| {
                let step = role.answer(runtime, answer);
                if take_request(role, runtime, step) == Action::Continue {
                    calls::resume_request();
                }
            },
        );
    }

    fn reply_body(&mut self, size: usize, end: bool) -> Action {
        self.timed([Phase::Chunk, Phase::AttemptReply], |role, runtime| {
            let step = match role {
                Role::Gateway { gateway, pulse, .. } => {
                    let step = gateway.on_reply_body(runtime, &Envoy, end);
                    pulse.beat(gateway.idle_limit());
                    step
                }
                Role::Attempt { attempt, pulse, .. } => {
                    let step = attempt.on_reply_body(runtime, &Envoy, size, end);
                    pulse.beat(attempt.idle_limit());
                    step
                }
            };
            take_body(Message::Reply, step)
        })
    }
}

impl Context for Stream {
    fn on_done(&mut self) -> bool {
        if let Role::Attempt {
            attempt, context, ..
        } = &mut self.role
        {
            pulse::forget(*context);
            attempt.on_done(&self.runtime, &Envoy);
        }
        true
    }

    /// Without headers there was no answer.
    fn on_http_call_response(&mut self, _token: u32, headers: usize, _body: usize, _end: usize) {
        self.answered(match headers {
            0 => Answer::Nothing,
            _ => host::http_answer(),
        });
    }

    fn on_grpc_call_response(&mut self, _token: u32, status: u32, _size: usize) {
        self.answered(host::grpc_answer(status));
    }
}

impl HttpContext for Stream {
    fn on_http_request_headers(&mut self, _count: usize, end: bool) -> Action {
        self.timed(
            [Phase::RequestHead, Phase::AttemptRequest],
            |role, runtime| {
                let step = match role {
                    Role::Gateway { gateway, .. } => gateway.on_request_head(runtime, &Envoy, end),
                    Role::Attempt { attempt, .. } => attempt.on_request_head(runtime, &Envoy, end),
                };
                if let Head::Ask(call) = step {
                    return take_request(role, runtime, Body::Ask(call));
                }
                take_head(Message::Request, step)
            },
        )
    }

    fn on_http_request_body(&mut self, size: usize, end: bool) -> Action {
        self.request_body(size, end)
    }

    fn on_http_request_trailers(&mut self, _count: usize) -> Action {
        self.request_body(0, true)
    }

    fn on_http_response_headers(&mut self, _count: usize, end: bool) -> Action {
        self.timed([Phase::ReplyHead, Phase::AttemptReply], |role, runtime| {
            let step = match role {
                Role::Gateway { gateway, pulse, .. } => {
                    let step = gateway.on_reply_head(runtime, &Envoy, end);
                    pulse.beat(gateway.idle_limit());
                    step
                }
                Role::Attempt { attempt, pulse, .. } => {
                    let step = attempt.on_reply_head(runtime, &Envoy, end);
                    pulse.beat(attempt.idle_limit());
                    step
                }
            };
            take_head(Message::Reply, step)
        })
    }

    fn on_http_response_body(&mut self, size: usize, end: bool) -> Action {
        self.reply_body(size, end)
    }

    fn on_http_response_trailers(&mut self, _count: usize) -> Action {
        let step = match &mut self.role {
            Role::Gateway { gateway, .. } => gateway.on_reply_trailers(&self.runtime, &Envoy),
            Role::Attempt { attempt, .. } => attempt.on_reply_trailers(&self.runtime, &Envoy),
        };
        take_body(Message::Reply, step)
    }

    fn on_log(&mut self) {
        let root = self.root;
        self.timed([Phase::Settle, Phase::Settle], |role, runtime| {
            if let Role::Gateway {
                gateway, context, ..
            } = role
            {
                pulse::forget(*context);
                let end = gateway.on_log(runtime, &Envoy);
                host::apply(Message::Reply, &end.edits);
                if !end.calls.is_empty() {
                    host::tell((root, *context), &end.calls);
                }
            }
        });
    }
}

/// Asks for as long as the core asks and nothing is on its way.
fn take_request(role: &mut Role, runtime: &Runtime, mut step: Body) -> Action {
    while let Body::Ask(call) = &step {
        if host::call(call) {
            return Action::Pause;
        }
        step = role.answer(runtime, Answer::Nothing);
    }
    take_body(Message::Request, step)
}

fn take_head(message: Message, step: Head) -> Action {
    match step {
        Head::Continue(edits) => {
            host::apply(message, &edits);
            Action::Continue
        }
        Head::Hold(edits) => {
            host::apply(message, &edits);
            Action::Pause
        }
        // Only requests ask, and what they ask is taken in `take_request`.
        Head::Ask(_) => Action::Pause,
        Head::Answer(reply) => {
            host::answer(&reply, DETAILS);
            Action::Pause
        }
    }
}

fn take_body(message: Message, step: Body) -> Action {
    match step {
        Body::Pass => Action::Continue,
        // Only requests ask, and what they ask is taken in `take_request`.
        Body::Hold | Body::Ask(_) => Action::Pause,
        Body::Replace(bytes) => {
            host::replace_body(message, &bytes);
            Action::Continue
        }
        Body::Release(_, edits, bytes) => {
            if let Some(bytes) = bytes {
                host::replace_body(message, &bytes);
            }
            host::apply(message, &edits);
            Action::Continue
        }
        Body::Cut => {
            host::cut("tollgate_stream_cut");
            Action::Pause
        }
        Body::Answer(_, reply) => {
            host::answer(&reply, DETAILS);
            Action::Pause
        }
    }
}
