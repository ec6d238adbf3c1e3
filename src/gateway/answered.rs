//! The gateway has answered by itself.

use std::borrow::Cow;

use super::{State, header_value};
use crate::dialect::neutral::Error;
use crate::host::{Host, Message};
use crate::refusal::{Reached, Refusal};
use crate::runtime::Runtime;
use crate::stage::record::Record;
use crate::step::{Body, Edits, Head, Held, LocalReply};

/// Clients wait no longer than this by themselves, in seconds; beyond it they are told not to try again.
const LONGEST_WAIT: u64 = 60;

/// The header by which a refusal is told apart from a provider's error.
pub(super) const REFUSAL: &str = "x-tollgate-refusal";

/// A refusal that is on its way. It comes back through the reply callbacks, and must be left alone
/// there; but another reply may come in its place (Envoy's own 413, when the rest of a large body
/// came in the same moment), and is then made into it.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) record: Box<Record>,
    reply: LocalReply,
    replace: bool,
}

impl Answered {
    /// Refuses at the request's head.
    pub(super) fn head(runtime: &Runtime, record: Record, refusal: &Refusal) -> (State, Head) {
        let (state, reply) = Self::refuse(runtime, Box::new(record), refusal);
        (state, Head::Answer(reply))
    }

    /// Refuses while the request's head is held.
    pub(super) fn body(
        runtime: &Runtime,
        record: Box<Record>,
        held: Held,
        refusal: &Refusal,
    ) -> (State, Body) {
        let (state, reply) = Self::refuse(runtime, record, refusal);
        (state, Body::Answer(held, reply))
    }

    fn refuse(
        runtime: &Runtime,
        mut record: Box<Record>,
        refusal: &Refusal,
    ) -> (State, LocalReply) {
        let answer = refusal.answer();
        record.refusal = Some(answer.code);
        record.status = Some(answer.status);
        let mut headers = vec![
            ("content-type".into(), b"application/json".to_vec()),
            (REFUSAL.into(), answer.code.as_bytes().to_vec()),
        ];
        if let Refusal::Method { allow, .. } = refusal {
            headers.push(("allow".into(), allow.as_bytes().to_vec()));
        }
        if let Refusal::Limited(reached) = refusal {
            headers.extend(limits(reached));
        }
        for (name, value) in &record.limited.told {
            headers.push((name.clone().into(), value.clone().into_bytes()));
        }
        if runtime.policy.observe.decision_header {
            let decision = header_value(&record.decision());
            headers.push(("x-tollgate-decision".into(), decision));
        }
        let reply = LocalReply {
            status: answer.status,
            headers,
            body: record.dialect.write_error(&Error::from(&answer)),
            states: Vec::new(),
        };
        let answered = Self {
            record,
            reply: reply.clone(),
            replace: false,
        };
        (State::Answered(answered), reply)
    }

    pub(super) fn on_reply_head(mut self, host: &dyn Host, end: bool) -> (State, Head) {
        let mut edits = Edits::default();
        let own = host.header(Message::Reply, REFUSAL).is_some();
        if !own && !end {
            self.replace = true;
            edits.set(":status", self.reply.status.to_string());
            edits.remove("content-length");
            for (name, value) in &self.reply.headers {
                edits.set(name.clone(), value.clone());
            }
        }
        (State::Answered(self), Head::Continue(edits))
    }

    pub(super) fn on_reply_body(mut self) -> (State, Body) {
        let step = if self.replace {
            Body::Replace(std::mem::take(&mut self.reply.body))
        } else {
            Body::Pass
        };
        (State::Answered(self), step)
    }
}

/// Which limit it is, and when to come back. `x-should-retry` is what the SDKs of OpenAI and Anthropic go by.
fn limits(reached: &Reached) -> Vec<(Cow<'static, str>, Vec<u8>)> {
    let name = header_value(&reached.limit);
    let mut headers = vec![("x-tollgate-limit".into(), name)];
    let too_large = reached.is_too_large();
    if !too_large {
        let wait = reached.wait.to_string().into_bytes();
        headers.push(("retry-after".into(), wait));
    }
    if too_large || reached.wait > LONGEST_WAIT {
        headers.push(("x-should-retry".into(), b"false".to_vec()));
    }
    headers
}
