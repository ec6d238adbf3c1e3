//! A request that is answered from its head alone: the list of models, or one of them.

use super::State;
use super::answered::Answered;
use super::caller::{self, Need};
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
    one: Option<String>,
    unknown: Digest,
}

const ENDPOINT: &str = "models";

/// The models that the caller may ask for, or one: any name that leads to a provider.
pub(super) fn head(
    runtime: &Runtime,
    host: &dyn Host,
    mut record: Record,
    (headers, query): (&Headers, &str),
    one: Option<String>,
) -> (State, Head) {
    record.caller = caller::claimed(headers);
    let admitted = caller::admit(
        runtime,
        host,
        &mut record.caller,
        (headers, query),
        ENDPOINT,
    );
    let unknown = match admitted {
        Ok(admitted) => admitted.unknown,
        Err(refusal) => return Answered::head(runtime, record, &refusal),
    };
    let need = unknown.and_then(|digest| {
        let asked = (&digest, None);
        let settled = caller::settle(runtime, host, &mut record.caller, asked, ENDPOINT);
        Some((digest, settled.err()?))
    });
    match need {
        Some((unknown, Need::Ask(call))) => {
            let (step, held) = Head::ask(call);
            let listing = Listing {
                record: Box::new(record),
                held,
                one,
                unknown,
            };
            return (State::Listing(Box::new(listing)), step);
        }
        Some((_, Need::Refuse(refusal))) => return Answered::head(runtime, record, &refusal),
        None => {}
    }
    match listed(runtime, &record, one.as_deref()) {
        Ok(body) => {
            record.complete = true;
            (State::Ended(Box::new(record)), Head::Answer(reply(body)))
        }
        Err(refusal) => Answered::head(runtime, record, &refusal),
    }
}

impl Listing {
    pub(super) fn on_answer(
        self,
        runtime: &Runtime,
        host: &dyn Host,
        answer: &Answer,
    ) -> (State, Body) {
        let (mut record, held) = (self.record, self.held);
        let asked = (&self.unknown, Some(answer));
        let settled = caller::settle(runtime, host, &mut record.caller, asked, ENDPOINT);
        let listed = match settled {
            Ok(()) => listed(runtime, &record, self.one.as_deref()),
            Err(Need::Refuse(refusal)) => Err(refusal),
            // It has answered, and is not asked twice.
            Err(Need::Ask(_)) => Err(Refusal::KeySource),
        };
        match listed {
            Ok(body) => {
                record.complete = true;
                (State::Ended(record), Body::Answer(held, reply(body)))
            }
            Err(refusal) => Answered::body(runtime, record, held, &refusal),
        }
    }

    /// Envoy answers before the source does.
    pub(super) fn into_record(self) -> Box<Record> {
        self.record
    }
}

fn listed(runtime: &Runtime, record: &Record, one: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let (policy, caller) = (&runtime.policy, &record.caller);
    // Models count as made when the configuration was read; in seconds since 1970.
    let created = runtime.since.0 / 1_000_000_000;
    match one {
        Some(id) => {
            caller.may_ask(policy, id)?;
            route::chain(policy, id, None, 0)?;
            Ok(record.dialect.model(id, created))
        }
        None => {
            let mut names = policy.models.names();
            names.retain(|name| caller.sees(name));
            Ok(record.dialect.model_list(&names, created))
        }
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
