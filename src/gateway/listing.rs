//! A request that is answered from its head alone: the list of models, or one of them, or what was used.

use super::State;
use super::answered::Answered;
use super::caller::{self, Need};
use super::usage;
use crate::digest::Digest;
use crate::host::{Answer, Headers, Host};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::stage::record::Record;
use crate::stage::route;
use crate::step::{Body, Head, Held, LocalReply};

/// Such a request, while a source says whose its key is.
#[derive(Debug)]
pub(super) struct Listing {
    record: Box<Record>,
    held: Held,
    asked: Asked,
    unknown: Digest,
}

/// What is asked for.
#[derive(Debug)]
pub(super) enum Asked {
    /// The models that the caller may ask for.
    Models,
    /// One of them: any name that leads to a provider.
    Model(String),
    /// What the caller has used.
    Usage(usage::Form),
}

impl Asked {
    /// The name that keys allow it by.
    fn endpoint(&self) -> &'static str {
        match self {
            Self::Models | Self::Model(_) => "models",
            Self::Usage(_) => "usage",
        }
    }
}

/// Finds out who asks, and answers.
pub(super) fn head(
    runtime: &Runtime,
    host: &dyn Host,
    mut record: Record,
    (headers, query): (&Headers, &str),
    asked: Asked,
) -> (State, Head) {
    record.caller = caller::claimed(headers);
    let endpoint = asked.endpoint();
    let admitted = caller::admit(
        runtime,
        host,
        &mut record.caller,
        (headers, query),
        endpoint,
    );
    let unknown = match admitted {
        Ok(admitted) => admitted.unknown,
        Err(refusal) => return Answered::head(runtime, record, &refusal),
    };
    let need = unknown.and_then(|digest| {
        let known = (&digest, None);
        let settled = caller::settle(runtime, host, &mut record.caller, known, endpoint);
        Some((digest, settled.err()?))
    });
    match need {
        Some((unknown, Need::Ask(call))) => {
            let (step, held) = Head::ask(call);
            let listing = Listing {
                record: Box::new(record),
                held,
                asked,
                unknown,
            };
            return (State::Listing(Box::new(listing)), step);
        }
        Some((_, Need::Refuse(refusal))) => return Answered::head(runtime, record, &refusal),
        None => {}
    }
    match answer(runtime, host, &record, &asked) {
        Ok(reply) => {
            record.complete = true;
            (State::Ended(Box::new(record)), Head::Answer(reply))
        }
        Err(refusal) => Answered::head(runtime, record, &refusal),
    }
}

impl Listing {
    pub(super) fn on_answer(
        self,
        runtime: &Runtime,
        host: &dyn Host,
        said: &Answer,
    ) -> (State, Body) {
        let (mut record, held) = (self.record, self.held);
        let known = (&self.unknown, Some(said));
        let endpoint = self.asked.endpoint();
        let settled = caller::settle(runtime, host, &mut record.caller, known, endpoint);
        let answered = match settled {
            Ok(()) => answer(runtime, host, &record, &self.asked),
            Err(Need::Refuse(refusal)) => Err(refusal),
            // It has answered, and is not asked twice.
            Err(Need::Ask(_)) => Err(Refusal::KeySource),
        };
        match answered {
            Ok(reply) => {
                record.complete = true;
                (State::Ended(record), Body::Answer(held, reply))
            }
            Err(refusal) => Answered::body(runtime, record, held, &refusal),
        }
    }

    /// Envoy answers before the source does.
    pub(super) fn into_record(self) -> Box<Record> {
        self.record
    }
}

fn answer(
    runtime: &Runtime,
    host: &dyn Host,
    record: &Record,
    asked: &Asked,
) -> Result<LocalReply, Refusal> {
    let (policy, caller) = (&runtime.policy, &record.caller);
    // Models count as made when the configuration was read; in seconds since 1970.
    let created = runtime.since.0 / 1_000_000_000;
    match asked {
        Asked::Model(id) => {
            caller.may_ask(policy, id)?;
            route::chain(policy, id, None, 0)?;
            Ok(reply(record.dialect.model(id, created)))
        }
        Asked::Models => {
            let names = caller.sees(policy);
            Ok(reply(record.dialect.model_list(&names, created)))
        }
        Asked::Usage(form) => Ok(usage::reply(runtime, host, caller, *form)),
    }
}

fn reply(body: Vec<u8>) -> LocalReply {
    LocalReply {
        status: 200,
        headers: vec![("content-type".into(), b"application/json".to_vec())],
        body,
        states: Vec::new(),
    }
}
