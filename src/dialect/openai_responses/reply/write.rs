//! A neutral reply as a client's response.

use serde_json::Value;

use crate::dialect::neutral::{Choice, MediaKind, Part, PartKind, Reply, Source, Told};
use crate::dialect::openai_responses::foreign::Sealed;
use crate::dialect::openai_responses::item::{self, Call, Envelope, Status};
use crate::dialect::openai_responses::{citation, logprobs};

/// Writes a response. Responses has one answer; others than the first, which nobody can have asked for in
/// this dialect, are left out.
pub fn write_reply(reply: &Reply, told: &Told) -> Vec<u8> {
    let none = Choice::default();
    let choice = reply.choices.first().unwrap_or(&none);
    let mut parts = choice.parts.iter();
    let declined = parts.any(|part| matches!(part.kind, PartKind::Refusal(_)));
    let status = Status::of_stop(&choice.stop, declined);
    let envelope = Envelope {
        id: &item::response_id(reply.id.as_deref(), told),
        created: reply.created.unwrap_or(told.now),
        model: &told.model,
        status,
        stop: &choice.stop,
        error: None,
        usage: reply.usage.as_ref(),
        service_tier: reply.service_tier.as_deref(),
    };
    let output = Items::of(choice, told, status);
    envelope.with(output).to_string().into_bytes()
}

/// Collects items.
struct Items<'a> {
    told: &'a Told,
    done: Vec<Value>,
    /// The content of the message that is being put together.
    content: Vec<Value>,
    logprobs: Vec<Value>,
}

impl<'a> Items<'a> {
    fn of(choice: &Choice, told: &'a Told, status: Status) -> Vec<Value> {
        let mut items = Self {
            told,
            done: Vec::new(),
            content: Vec::new(),
            logprobs: logprobs::write(choice.logprobs.as_ref()),
        };
        for part in &choice.parts {
            items.part(part);
        }
        items.message(status);
        items.done
    }

    fn part(&mut self, part: &Part) {
        match &part.kind {
            PartKind::Text { text, citations } => {
                let logprobs = std::mem::take(&mut self.logprobs);
                let annotations = citation::write_all(citations);
                let text = item::output_text(text, &annotations, &logprobs);
                self.content.push(text);
            }
            PartKind::Refusal(text) => self.content.push(item::refusal(text)),
            PartKind::Thought(thought) => {
                self.message(Status::Done);
                // The text stands alone where the data is OpenAI's own, whose item has its own id.
                if !thought.text.is_empty() || thought.signature.is_some() {
                    let proof = match &thought.signature {
                        Some(signature) => Sealed::Signed(signature.clone()),
                        None => Sealed::Plain,
                    };
                    let id = self.id("rs");
                    self.done
                        .push(item::reasoning(&id, &thought.text, Some(&proof)));
                }
                if let Some(data) = &thought.sealed {
                    let id = thought.id.clone();
                    let sealed = item::sealed(data, id.as_deref());
                    let id = id.unwrap_or_else(|| self.id("rs"));
                    self.done.push(item::reasoning(&id, "", Some(&sealed)));
                }
            }
            PartKind::Call(call) => {
                self.message(Status::Done);
                let head = Call {
                    call_id: call.id.clone(),
                    name: call.name.clone(),
                    custom: call.custom,
                };
                let said = match call.arguments.as_str() {
                    "" if !call.custom => "{}",
                    said => said,
                };
                let id = self.id(head.prefix());
                self.done.push(head.item(&id, Status::Done, said));
                if let Some(signature) = &call.signature {
                    let proof = Sealed::Call {
                        id: call.id.clone(),
                        signature: signature.clone(),
                    };
                    let id = self.id("rs");
                    self.done.push(item::reasoning(&id, "", Some(&proof)));
                }
            }
            PartKind::Media(medium) => {
                if let (MediaKind::Image, Source::Base64(image)) = (medium.kind, &medium.source) {
                    self.message(Status::Done);
                    let id = self.id("ig");
                    self.done.push(item::image(&id, image));
                }
            }
            // Models give none.
            PartKind::Result(_) => {}
        }
    }

    fn id(&self, prefix: &str) -> String {
        item::item_id(prefix, self.told, self.done.len())
    }

    /// Ends the message, if there is one.
    fn message(&mut self, status: Status) {
        if self.content.is_empty() {
            return;
        }
        let content = std::mem::take(&mut self.content);
        let id = self.id("msg");
        self.done.push(item::message(&id, status, content));
    }
}
