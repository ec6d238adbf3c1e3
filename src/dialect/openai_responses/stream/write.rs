//! Deltas as the events of a client's stream.
//!
//! ```text
//! created in_progress (item)* completed|incomplete|(error failed)
//! item:   output_item.added  (part.added delta* done part.done)*  output_item.done
//! ```
//!
//! The last event repeats the whole answer, so that the writer keeps what it has said. Usage may come
//! after the finish: the last event waits for the end.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::open::{Event, Kind, Open};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Error, Stop, Told};
use crate::dialect::openai_responses::foreign::Sealed;
use crate::dialect::openai_responses::item::{self, Call, Envelope, Status};
use crate::dialect::openai_responses::{error, logprobs};
use crate::sse::write_event;

/// Writes one stream.
#[derive(Debug, Default)]
pub struct StreamWriter {
    told: Told,
    sequence: u64,
    begun: bool,
    over: bool,
    id: String,
    created: u64,
    /// The items, each at its place; `null` until it is done.
    output: Vec<Value>,
    open: BTreeMap<u32, Open>,
    message: Option<Message>,
    /// Proofs of texts, whose items follow the message's.
    proofs: Vec<String>,
    declined: bool,
    stop: Stop,
    usage: Reported,
}

/// The message that is being written: its item's id and place, and the parts that are done.
#[derive(Debug)]
struct Message {
    id: String,
    output: usize,
    content: Vec<Value>,
    /// How many parts have begun.
    parts: usize,
}

impl DeltaWriter for StreamWriter {
    fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>) {
        if self.over || of_other_choice(delta) {
            return;
        }
        if let Delta::Begin { id, created, .. } = delta {
            self.begin(id.as_deref(), *created, out);
            return;
        }
        self.begin(None, None, out);
        match delta {
            Delta::Begin { .. } => {}
            Delta::Open { block, kind, .. } => self.open(*block, kind, out),
            Delta::Say {
                block,
                text,
                logprobs,
                ..
            } => {
                let probs = logprobs::write(logprobs.as_ref());
                let open = self.open.get_mut(block);
                let events = open.map(|open| open.say(text, probs));
                self.emit(events.unwrap_or_default(), out);
            }
            Delta::Sign {
                block, signature, ..
            } => {
                if let Some(open) = self.open.get_mut(block) {
                    open.signature = Some(signature.clone());
                }
            }
            Delta::Cite {
                block, citation, ..
            } => {
                let open = self.open.get_mut(block);
                let event = open.and_then(|open| open.cite(citation));
                self.emit(event, out);
            }
            Delta::Close { block, .. } => self.close(*block, out),
            Delta::Finish { stop, .. } => {
                self.stop = stop.clone();
                self.close_all(out);
                let status = Status::of_stop(stop, self.declined);
                self.end_message(status, out);
            }
            Delta::Usage(usage) => self.usage = self.usage.or_more(*usage),
            Delta::End => self.end(None, out),
            Delta::Error(error) => self.end(Some(error), out),
        }
    }
}

fn of_other_choice(delta: &Delta) -> bool {
    match delta {
        Delta::Open { choice, .. }
        | Delta::Say { choice, .. }
        | Delta::Sign { choice, .. }
        | Delta::Cite { choice, .. }
        | Delta::Close { choice, .. }
        | Delta::Finish { choice, .. } => *choice != 0,
        _ => false,
    }
}

impl StreamWriter {
    /// A writer at the beginning of a stream.
    pub fn new(told: Told) -> Self {
        Self {
            told,
            ..Self::default()
        }
    }

    fn begin(&mut self, id: Option<&str>, created: Option<u64>, out: &mut Vec<u8>) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        self.id = item::response_id(id, &self.told);
        self.created = created.unwrap_or(self.told.now);
        for kind in ["response.created", "response.in_progress"] {
            let response = self.response(Status::Going, None, Vec::new());
            self.emit([(kind, json!({"response": response}))], out);
        }
    }

    fn response(&self, status: Status, error: Option<&Error>, output: Vec<Value>) -> Value {
        let envelope = Envelope {
            id: &self.id,
            created: self.created,
            model: &self.told.model,
            status,
            stop: &self.stop,
            error,
            usage: Some(&self.usage),
            service_tier: None,
        };
        envelope.with(output)
    }

    fn open(&mut self, block: u32, kind: &BlockKind, out: &mut Vec<u8>) {
        self.close(block, out);
        let (kind, said) = match kind {
            BlockKind::Text | BlockKind::Refusal => {
                self.declined |= *kind == BlockKind::Refusal;
                self.open_part(block, kind, out);
                return;
            }
            BlockKind::Sealed { data, id } => {
                self.close_spoken(out);
                self.end_message(Status::Done, out);
                let sealed = item::sealed(data, id.as_deref());
                let made = item::item_id("rs", &self.told, self.output.len());
                let id = id.as_deref().unwrap_or(&made);
                self.whole(item::reasoning(id, "", Some(&sealed)), out);
                return;
            }
            BlockKind::Thought => (Kind::Thought, None),
            BlockKind::Call { id, name, custom } => {
                let call = Call {
                    call_id: id.clone(),
                    name: name.clone(),
                    custom: *custom,
                };
                (Kind::Call(call.clone()), Some(call))
            }
        };
        self.close_spoken(out);
        self.end_message(Status::Done, out);
        let prefix = said.as_ref().map_or("rs", Call::prefix);
        let id = item::item_id(prefix, &self.told, self.output.len());
        let added = match &said {
            Some(call) => call.item(&id, Status::Going, ""),
            None => item::reasoning(&id, "", None),
        };
        let output = self.add(added, out);
        let open = Open {
            id,
            output,
            text: String::new(),
            signature: None,
            kind,
        };
        self.open.insert(block, open);
    }

    /// Begins a part of a message, and the message if there is none.
    fn open_part(&mut self, block: u32, kind: &BlockKind, out: &mut Vec<u8>) {
        self.close_spoken(out);
        let mut message = match self.message.take() {
            Some(message) => message,
            None => {
                let id = item::item_id("msg", &self.told, self.output.len());
                let added = item::message(&id, Status::Going, Vec::new());
                Message {
                    output: self.add(added, out),
                    id,
                    content: Vec::new(),
                    parts: 0,
                }
            }
        };
        let content = message.parts;
        message.parts = content.saturating_add(1);
        let open = Open {
            id: message.id.clone(),
            output: message.output,
            text: String::new(),
            signature: None,
            kind: match kind {
                BlockKind::Refusal => Kind::Refusal { content },
                _ => Kind::Text {
                    content,
                    annotations: Vec::new(),
                    logprobs: Vec::new(),
                },
            },
        };
        self.message = Some(message);
        self.emit(open.added(), out);
        self.open.insert(block, open);
    }

    fn close(&mut self, block: u32, out: &mut Vec<u8>) {
        let Some(mut open) = self.open.remove(&block) else {
            return;
        };
        // A call without arguments has an empty object of them.
        if matches!(&open.kind, Kind::Call(call) if !call.custom) && open.text.is_empty() {
            let events = open.say("{}", Vec::new());
            self.emit(events, out);
        }
        self.emit(open.done(), out);
        match &open.kind {
            Kind::Text { .. } | Kind::Refusal { .. } => {
                if let Some(message) = &mut self.message {
                    message.content.push(open.part());
                }
                self.proofs.extend(open.signature);
            }
            Kind::Thought => {
                let done = item::reasoning(&open.id, &open.text, Some(&open.proof()));
                self.done(open.output, done, out);
            }
            Kind::Call(call) => {
                let done = call.item(&open.id, Status::Done, &open.text);
                let id = call.call_id.clone();
                self.done(open.output, done, out);
                if let Some(signature) = open.signature {
                    self.prove(&Sealed::Call { id, signature }, out);
                }
            }
        }
    }

    /// Ends whatever must not go on beside something else: all but calls.
    fn close_spoken(&mut self, out: &mut Vec<u8>) {
        let spoken = |open: &Open| open.in_message() || matches!(open.kind, Kind::Thought);
        let open = self.open.iter().filter(|(_, open)| spoken(open));
        let blocks: Vec<u32> = open.map(|(block, _)| *block).collect();
        for block in blocks {
            self.close(block, out);
        }
    }

    fn close_all(&mut self, out: &mut Vec<u8>) {
        let blocks: Vec<u32> = self.open.keys().copied().collect();
        for block in blocks {
            self.close(block, out);
        }
    }

    /// Ends the message, if there is one.
    fn end_message(&mut self, status: Status, out: &mut Vec<u8>) {
        if let Some(message) = self.message.take() {
            let done = item::message(&message.id, status, message.content);
            self.done(message.output, done, out);
        }
        for signature in std::mem::take(&mut self.proofs) {
            self.prove(&Sealed::Signed(signature), out);
        }
    }

    /// A reasoning item that only carries a proof.
    fn prove(&mut self, proof: &Sealed, out: &mut Vec<u8>) {
        let id = item::item_id("rs", &self.told, self.output.len());
        self.whole(item::reasoning(&id, "", Some(proof)), out);
    }

    /// An item that is there at once.
    fn whole(&mut self, item: Value, out: &mut Vec<u8>) {
        let place = self.add(item.clone(), out);
        self.done(place, item, out);
    }

    fn add(&mut self, item: Value, out: &mut Vec<u8>) -> usize {
        let place = self.output.len();
        self.output.push(Value::Null);
        let fields = json!({"output_index": place, "item": item});
        self.emit([("response.output_item.added", fields)], out);
        place
    }

    fn done(&mut self, place: usize, item: Value, out: &mut Vec<u8>) {
        let fields = json!({"output_index": place, "item": item});
        self.emit([("response.output_item.done", fields)], out);
        if let Some(slot) = self.output.get_mut(place) {
            *slot = item;
        }
    }

    fn end(&mut self, error: Option<&Error>, out: &mut Vec<u8>) {
        if let Some(error) = error {
            let data = error::error_data(error, self.sequence);
            self.put("error", &data, out);
            // What was not finished is no part of the answer.
            let mut output = std::mem::take(&mut self.output);
            output.retain(|item| !item.is_null());
            let response = self.response(Status::Failed, Some(error), output);
            self.emit([("response.failed", json!({"response": response}))], out);
        } else {
            let status = Status::of_stop(&self.stop, self.declined);
            self.close_all(out);
            self.end_message(status, out);
            let output = std::mem::take(&mut self.output);
            let response = self.response(status, None, output);
            let kind = match status {
                Status::Cut => "response.incomplete",
                _ => "response.completed",
            };
            self.emit([(kind, json!({"response": response}))], out);
        }
        self.over = true;
    }

    fn emit(&mut self, events: impl IntoIterator<Item = Event>, out: &mut Vec<u8>) {
        for (kind, fields) in events {
            let mut data = serde_json::Map::new();
            data.insert("type".to_owned(), kind.into());
            data.insert("sequence_number".to_owned(), self.sequence.into());
            if let Value::Object(fields) = fields {
                data.extend(fields);
            }
            self.put(kind, &Value::Object(data), out);
        }
    }

    fn put(&mut self, kind: &str, data: &Value, out: &mut Vec<u8>) {
        self.sequence = self.sequence.saturating_add(1);
        out.extend(write_event(kind, data));
    }
}
