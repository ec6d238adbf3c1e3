//! The request's body, made this target's: edited in place where the provider speaks the client's dialect,
//! else translated.

use super::State;
use super::speech::Speech;
use crate::dialect::Row;
use crate::dialect::endpoint::Call;
use crate::dialect::neutral::Aim;
use crate::dialect::splice::Request;
use crate::dialect::{embeddings, translate};
use crate::host::{Host, Message};
use crate::json::apply;
use crate::step::{Body, Edits, Held, LocalReply};

/// A body that is waited for.
#[derive(Debug)]
pub(super) struct Editing {
    pub(super) held: Held,
    pub(super) speech: Box<Speech>,
    /// What the client asked.
    pub(super) call: Call,
    /// What the provider calls the model.
    pub(super) model: String,
    /// What kind of provider it is.
    pub(super) row: &'static Row,
    pub(super) mark_cache: bool,
}

impl Editing {
    /// The whole body is there.
    pub(super) fn on_body(mut self, host: &dyn Host) -> (State, Body) {
        let body = host.body(Message::Request);
        let made = match self.speech.is_foreign() {
            true => self.translated(&body),
            false => Ok(self.edited(&body)),
        };
        match made {
            Ok(body) => {
                let mut edits = Edits::default();
                edits.set("content-length", body.len().to_string());
                let step = Body::Release(self.held, edits, Some(body));
                (State::Sent(self.speech), step)
            }
            Err(message) => {
                let reply = LocalReply {
                    status: 400,
                    headers: vec![("content-type".into(), b"application/json".to_vec())],
                    body: self.speech.error(400, &message, "unsupported_by_provider"),
                    states: Vec::new(),
                };
                (State::Through, Body::Answer(self.held, reply))
            }
        }
    }

    fn edited(&self, body: &[u8]) -> Vec<u8> {
        let request = Request::read(self.speech.client, body);
        let mut edits = request
            .map(|request| request.suited(&self.model, self.row, self.mark_cache))
            .unwrap_or_default();
        apply(body, &mut edits)
    }

    /// The gateway has left out the targets that cannot carry the request, so this only fails where Envoy
    /// goes its own way through the chain.
    fn translated(&mut self, body: &[u8]) -> Result<Vec<u8>, String> {
        let text = String::from_utf8_lossy(body);
        if self.speech.client.embeds() {
            self.speech.told.base64 = embeddings::wants_base64(&self.call, &text);
        }
        let aim = Aim {
            model: &self.model,
            kind: self.row.kind,
            mark_cache: self.mark_cache,
        };
        match translate::request(&self.call, &text, self.speech.provider, &aim) {
            Ok((body, _)) => Ok(body),
            Err(refused) => Err(refused.to_string()),
        }
    }
}
