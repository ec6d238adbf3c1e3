//! A reply that is read as a whole before it goes on: JSON, or an error in words.

use std::time::Duration;

use super::State;
use super::answered::REFUSAL;
use super::header_value;
use super::originals::{Originals, renamed};
use crate::dialect::Family;
use crate::dialect::neutral::Error;
use crate::dialect::splice::{Chunk, Voice};
use crate::host::{Host, Message};
use crate::json::{Edit, apply, plain};
use crate::mask::Form;
use crate::policy::{Credential, ReplySchema};
use crate::refusal::Refusal;
use crate::runtime::Runtime;
use crate::schema::Unfit;
use crate::stage::fit::Fit;
use crate::stage::record::Record;
use crate::stage::review::{Review, Reviews};
use crate::step::{Body, Edits, Held};

/// A reply whose head is held.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) held: Held,
    pub(super) record: Box<Record>,
    pub(super) originals: Originals,
    /// What it is held to.
    pub(super) fit: Option<Fit>,
    pub(super) words: Words,
    /// How long it may be silent.
    pub(super) idle: Duration,
}

/// What the body is.
#[derive(Debug)]
pub(super) enum Words {
    /// A reply or an error in the provider's dialect.
    Json,
    /// An error in plain text or HTML, which clients cannot read.
    Text,
    /// Envoy's own words, for which these stand.
    Envoy {
        /// What the client is told.
        message: String,
        /// The error's code.
        code: &'static str,
    },
}

/// Headers that describe the bytes of a body (RFC 9110, section 8.8.3; RFC 9530).
const DIGESTS: [&str; 5] = [
    "etag",
    "digest",
    "content-md5",
    "content-digest",
    "repr-digest",
];

/// How much of an error's text is passed on, in characters.
const LONGEST_ERROR: usize = 2000;

impl Whole {
    pub(super) fn on_body(
        mut self: Box<Self>,
        runtime: &Runtime,
        host: &dyn Host,
        end: bool,
    ) -> (State, Body) {
        self.record.first_byte.get_or_insert_with(|| host.now());
        if !end {
            return (State::Whole(self), Body::Hold);
        }
        self.record.complete = true;
        let body = host.body(Message::Reply);
        let (edits, body) = match &self.words {
            Words::Json => self.json(runtime, host, &body),
            Words::Text => {
                let text = String::from_utf8_lossy(&body);
                let text: String = text.chars().take(LONGEST_ERROR).collect();
                match self.checked(runtime, &text, Form::Plain) {
                    Ok(text) => {
                        let text = hide_key(runtime, &self.record, &text).unwrap_or(text);
                        let message =
                            format!("The provider sent an error that is not JSON: {text}");
                        let (mut edits, body) = self.error(&message, "provider_error");
                        self.decide(runtime, &mut edits);
                        (edits, body)
                    }
                    Err(refusal) => self.refused(runtime, &refusal, Edits::default()),
                }
            }
            Words::Envoy { message, code } => self.error(message, code),
        };
        let Self { held, record, .. } = *self;
        (State::Ended(record), Body::Release(held, edits, body))
    }

    fn json(
        &mut self,
        runtime: &Runtime,
        host: &dyn Host,
        body: &[u8],
    ) -> (Edits, Option<Vec<u8>>) {
        let mut edits = Edits::default();
        let text = std::str::from_utf8(body).unwrap_or_default();
        let failed = self.record.status.is_some_and(|status| status >= 400);
        let chunk = self.record.dialect.read_chunk(text);
        let reviews = Reviews::of(&runtime.policy);
        if chunk.is_err() && !failed && reviews == Reviews::Holds {
            return self.unread();
        }
        if chunk.is_err() || failed {
            // Nothing in it has a known place: it is looked at as a whole.
            self.record.complete = chunk.is_ok();
            let said = plain(text);
            let told = match self.checked(runtime, &said, Form::Json) {
                Ok(told) => told,
                Err(refusal) => return self.refused(runtime, &refusal, edits),
            };
            let told = hide_key(runtime, &self.record, &told).unwrap_or(told);
            let new = (told != said).then(|| told.into_bytes());
            if let Some(body) = &new {
                edits.set("content-length", body.len().to_string());
            }
            self.decide(runtime, &mut edits);
            return (edits, new);
        }
        let chunk = chunk.unwrap_or_default();
        // The head may have said something of it already.
        if let Some(usage) = chunk.usage {
            self.record.report(usage);
        }
        self.record.learn(&runtime.policy, host);
        self.record.finish_reason = chunk.finish_reason.clone();
        if chunk.usage.is_none_or(|usage| usage.output.is_none()) {
            let model = self.record.target.as_ref().map_or("", |(model, _)| model);
            let encoding = Family::of(model).encoding;
            let said = chunk.said.iter().filter(|said| said.counts(&chunk.said));
            let said = said.map(|said| said.text(text));
            self.record.heard = runtime.counting(|counter| {
                said.map(|text| counter.count(encoding, &text))
                    .filter_map(|tokens| u64::try_from(tokens).ok())
                    .fold(0, u64::saturating_add)
            });
        }
        if let Some((usage, _)) = self.record.usage() {
            edits.set("x-tollgate-output-tokens", usage.output.to_string());
            edits.set("x-tollgate-input-tokens", usage.input.to_string());
            if let Some(cost) = self.record.cost(&runtime.policy) {
                edits.set("x-tollgate-cost-usd", cost.to_string());
            }
        }
        let mut changes = match self.told(runtime, text, &chunk) {
            Ok(changes) => changes,
            Err(refusal) => return self.refused(runtime, &refusal, edits),
        };
        if let Some((rule, unfit)) = self.unfit(text, &chunk) {
            self.record.findings.add("reply_schema", "mismatch");
            if rule == ReplySchema::Enforce {
                let Unfit { path, what } = unfit;
                return self.refused(runtime, &Refusal::ReplyUnfit { path, what }, edits);
            }
            edits.set("x-tollgate-schema", "mismatch");
        }
        self.decide(runtime, &mut edits);
        changes.extend(self.record.alias().zip(chunk.model).map(renamed));
        let restored = (!changes.is_empty()).then(|| apply(body, &mut changes));
        if let Some(body) = &restored {
            edits.set("content-length", body.len().to_string());
            for name in DIGESTS {
                edits.remove(name);
            }
        }
        (edits, restored)
    }

    /// The edits after which a reply's texts say what the client may read.
    fn told(&mut self, runtime: &Runtime, json: &str, chunk: &Chunk) -> Result<Vec<Edit>, Refusal> {
        let (originals, reviews) = (&self.originals, Reviews::of(&runtime.policy));
        let mut changes = Vec::new();
        if !originals.restores() && reviews == Reviews::Nothing {
            return Ok(changes);
        }
        let review = Review::new(&runtime.policy, &mut self.record.findings);
        let mut review = review.knowing(&originals.vault);
        for said in &chunk.said {
            // What was found in it is counted once.
            review.again = !said.counts(&chunk.said) && said.voice != Voice::Aside;
            let Ok(change) = originals.whole(said, json, &mut review, reviews) else {
                return Err(review.refusal.unwrap_or(Refusal::Interrupted));
            };
            changes.extend(change);
        }
        if reviews == Reviews::Holds {
            let echoes = chunk.echoes.iter();
            changes.extend(echoes.map(|(at, empty)| Edit::new(at.clone(), *empty)));
        }
        Ok(changes)
    }

    /// Whether the reply does not fit the request's own schema, and what is done about that.
    fn unfit(&mut self, json: &str, chunk: &Chunk) -> Option<(ReplySchema, Unfit)> {
        let fit = self.fit.as_mut()?;
        for said in &chunk.said {
            fit.hear(said, &said.text(json));
        }
        let lanes: Vec<u32> = chunk.said.iter().map(|said| said.lane).collect();
        let restored = |text: &str| self.originals.restored(text);
        let told = fit.judge(&lanes, chunk.finish_reason.as_deref(), restored);
        Some((fit.rule, told.err()?))
    }

    /// What was found in the reply was not known when its head came.
    fn decide(&self, runtime: &Runtime, edits: &mut Edits) {
        let policy = &runtime.policy;
        let known = Reviews::of(policy) == Reviews::Nothing && self.fit.is_none();
        if policy.observe.decision_header && !known {
            edits.set("x-tollgate-decision", header_value(&self.record.decision()));
        }
    }

    /// What cannot be read cannot be looked through, and does not pass.
    fn unread(&mut self) -> (Edits, Option<Vec<u8>>) {
        self.record.complete = false;
        self.record.status = Some(502);
        let message = "The provider's reply is no JSON that can be looked through.";
        let (mut edits, body) = self.error(message, "broken_reply");
        edits.set(":status", "502");
        (edits, body)
    }

    /// The reply is not given.
    fn refused(
        &mut self,
        runtime: &Runtime,
        refusal: &Refusal,
        mut edits: Edits,
    ) -> (Edits, Option<Vec<u8>>) {
        let answer = refusal.answer();
        self.record.stop(answer.code);
        self.record.status = Some(answer.status);
        let body = self.record.dialect.write_error(&Error::from(&answer));
        let (more, body) = as_json(body);
        edits.set(":status", answer.status.to_string());
        edits.set(REFUSAL, answer.code);
        self.decide(runtime, &mut edits);
        edits.headers.extend(more.headers);
        for name in DIGESTS {
            edits.remove(name);
        }
        (edits, body)
    }

    /// An error that Tollgate words itself.
    fn error(&self, message: &str, code: &str) -> (Edits, Option<Vec<u8>>) {
        let status = self.record.status.unwrap_or(502);
        let error = Error::new(status, message, code);
        as_json(self.record.dialect.write_error(&error))
    }

    /// The words of an error, looked through and with their values put back.
    fn checked(&mut self, runtime: &Runtime, text: &str, form: Form) -> Result<String, Refusal> {
        let (originals, reviews) = (&self.originals, Reviews::of(&runtime.policy));
        let review = Review::new(&runtime.policy, &mut self.record.findings);
        let mut review = review.knowing(&originals.vault);
        let told = originals.told(text, form, &mut review, reviews);
        told.map_err(|_| review.refusal.unwrap_or(Refusal::Interrupted))
    }
}

/// An error text that quotes the provider's key does not pass on that key.
fn hide_key(runtime: &Runtime, record: &Record, text: &str) -> Option<String> {
    let (_, name) = record.target.as_ref()?;
    match &runtime.policy.provider(name)?.credential {
        Credential::Key(key) if text.contains(key.reveal()) => {
            Some(text.replace(key.reveal(), "…"))
        }
        _ => None,
    }
}

fn as_json(body: Vec<u8>) -> (Edits, Option<Vec<u8>>) {
    let mut edits = Edits::default();
    edits.set("content-type", "application/json");
    edits.set("content-length", body.len().to_string());
    (edits, Some(body))
}
