//! A block of the neutral stream while it is written: what it has said so far, and the events about it.

use serde_json::{Map, Value, json};

use crate::dialect::neutral::Citation;
use crate::dialect::openai_responses::citation;
use crate::dialect::openai_responses::foreign::Sealed;
use crate::dialect::openai_responses::item::{self, Call};

/// An open block.
#[derive(Debug)]
pub(super) struct Open {
    /// The item's id.
    pub(super) id: String,
    /// The item's place in the output.
    pub(super) output: usize,
    /// Everything said so far.
    pub(super) text: String,
    /// The proof that came for it.
    pub(super) signature: Option<String>,
    /// What it is.
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A part of a message.
    Text {
        /// Its place in the message.
        content: usize,
        annotations: Vec<Value>,
        logprobs: Vec<Value>,
    },
    /// A part of a message.
    Refusal {
        /// Its place in the message.
        content: usize,
    },
    Thought,
    Call(Call),
}

/// An event without its sequence number: its type and its fields.
pub(super) type Event = (&'static str, Value);

impl Open {
    /// The block is a part of the message.
    pub(super) fn in_message(&self) -> bool {
        matches!(self.kind, Kind::Text { .. } | Kind::Refusal { .. })
    }

    /// Fields that tell the item, and the place in it.
    fn fields(&self, more: Value) -> Value {
        let mut map = Map::new();
        map.insert("item_id".to_owned(), self.id.as_str().into());
        map.insert("output_index".to_owned(), self.output.into());
        match &self.kind {
            Kind::Text { content, .. } | Kind::Refusal { content } => {
                map.insert("content_index".to_owned(), (*content).into());
            }
            Kind::Thought => {
                map.insert("summary_index".to_owned(), 0.into());
            }
            Kind::Call(_) => {}
        }
        if let Value::Object(more) = more {
            map.extend(more);
        }
        Value::Object(map)
    }

    /// The block as a part of its item.
    pub(super) fn part(&self) -> Value {
        match &self.kind {
            Kind::Text {
                annotations,
                logprobs,
                ..
            } => item::output_text(&self.text, annotations, logprobs),
            Kind::Refusal { .. } => item::refusal(&self.text),
            Kind::Thought | Kind::Call(_) => item::summary_text(&self.text),
        }
    }

    /// The event that a part begins; a part is empty then.
    pub(super) fn added(&self) -> Option<Event> {
        let fields = self.fields(json!({"part": self.part()}));
        match self.kind {
            Kind::Text { .. } | Kind::Refusal { .. } => {
                Some(("response.content_part.added", fields))
            }
            Kind::Thought => Some(("response.reasoning_summary_part.added", fields)),
            Kind::Call(_) => None,
        }
    }

    /// More words. A thought's part begins with its first word, as a thought may have none.
    pub(super) fn say(&mut self, words: &str, probs: Vec<Value>) -> Vec<Event> {
        let mut events = Vec::with_capacity(1);
        if words.is_empty() && probs.is_empty() {
            return events;
        }
        if matches!(self.kind, Kind::Thought) && self.text.is_empty() {
            events.extend(self.added());
        }
        self.text.push_str(words);
        let delta = json!({"delta": words});
        let event = match &mut self.kind {
            Kind::Text { logprobs, .. } => {
                logprobs.extend(probs.iter().cloned());
                let delta = json!({"delta": words, "logprobs": probs});
                ("response.output_text.delta", self.fields(delta))
            }
            Kind::Refusal { .. } => ("response.refusal.delta", self.fields(delta)),
            Kind::Thought => ("response.reasoning_summary_text.delta", self.fields(delta)),
            Kind::Call(call) if call.custom => {
                ("response.custom_tool_call_input.delta", self.fields(delta))
            }
            Kind::Call(_) => ("response.function_call_arguments.delta", self.fields(delta)),
        };
        events.push(event);
        events
    }

    /// A source that the text names.
    pub(super) fn cite(&mut self, citation: &Citation) -> Option<Event> {
        let annotation = citation::write(citation)?;
        let Kind::Text { annotations, .. } = &mut self.kind else {
            return None;
        };
        let index = annotations.len();
        annotations.push(annotation.clone());
        let more = json!({"annotation_index": index, "annotation": annotation});
        Some(("response.output_text.annotation.added", self.fields(more)))
    }

    /// The events that all has been said.
    pub(super) fn done(&self) -> Vec<Event> {
        let part = || self.fields(json!({"part": self.part()}));
        let text = || self.fields(json!({"text": self.text}));
        match &self.kind {
            Kind::Text { logprobs, .. } => {
                let text = self.fields(json!({"text": self.text, "logprobs": logprobs}));
                vec![
                    ("response.output_text.done", text),
                    ("response.content_part.done", part()),
                ]
            }
            Kind::Refusal { .. } => {
                let text = self.fields(json!({"refusal": self.text}));
                vec![
                    ("response.refusal.done", text),
                    ("response.content_part.done", part()),
                ]
            }
            Kind::Thought if self.text.is_empty() => Vec::new(),
            Kind::Thought => vec![
                ("response.reasoning_summary_text.done", text()),
                ("response.reasoning_summary_part.done", part()),
            ],
            Kind::Call(call) if call.custom => {
                let input = self.fields(json!({"input": self.text}));
                vec![("response.custom_tool_call_input.done", input)]
            }
            Kind::Call(call) => {
                let arguments = json!({"name": call.name, "arguments": self.text});
                vec![(
                    "response.function_call_arguments.done",
                    self.fields(arguments),
                )]
            }
        }
    }

    /// The proof of a thought, as its item carries it.
    pub(super) fn proof(&self) -> Sealed {
        match &self.signature {
            Some(signature) => Sealed::Signed(signature.clone()),
            None => Sealed::Plain,
        }
    }
}
