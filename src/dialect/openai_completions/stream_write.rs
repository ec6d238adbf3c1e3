//! A neutral stream, written as chunks of a completion.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::reply::{id, item, usage_of};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Told};
use crate::dialect::openai_chat::error_event;
use crate::sse::write_event;

/// Writes chunks of completions.
#[derive(Debug)]
pub struct StreamWriter {
    told: Told,
    id: String,
    created: u64,
    /// The blocks whose words are not the answer's: thoughts and calls.
    silent: BTreeSet<(u32, u32)>,
    usage: Option<Reported>,
}

impl StreamWriter {
    /// A stream for this client.
    pub fn new(told: Told) -> Self {
        Self {
            id: id(&told),
            created: told.now,
            told,
            silent: BTreeSet::new(),
            usage: None,
        }
    }

    fn event(&self, choices: Value, usage: Option<Value>, out: &mut Vec<u8>) {
        let mut chunk = json!({
            "id": self.id,
            "object": "text_completion",
            "created": self.created,
            "model": self.told.model,
            "choices": choices,
        });
        if let (true, Some(fields)) = (self.told.usage, chunk.as_object_mut()) {
            fields.insert("usage".to_owned(), usage.unwrap_or_default());
        }
        out.extend(write_event("", chunk));
    }
}

impl DeltaWriter for StreamWriter {
    fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>) {
        match delta {
            Delta::Begin { id, created, .. } => {
                if let Some(id) = id {
                    self.id.clone_from(id);
                }
                self.created = created.unwrap_or(self.told.now);
            }
            Delta::Open {
                choice,
                block,
                kind,
            } => {
                if !matches!(kind, BlockKind::Text | BlockKind::Refusal) {
                    self.silent.insert((*choice, *block));
                }
            }
            Delta::Say {
                choice,
                block,
                text,
                ..
            } => {
                if !text.is_empty() && !self.silent.contains(&(*choice, *block)) {
                    self.event(json!([item(*choice, text, None)]), None, out);
                }
            }
            Delta::Finish { choice, stop } => {
                self.event(json!([item(*choice, "", Some(stop))]), None, out);
            }
            Delta::Usage(usage) => {
                self.usage = Some(self.usage.unwrap_or_default().or_more(*usage));
            }
            Delta::End => {
                if let (true, Some(usage)) = (self.told.usage, &self.usage) {
                    self.event(json!([]), Some(usage_of(usage)), out);
                }
                out.extend(write_event("", "[DONE]"));
            }
            Delta::Error(error) => out.extend(error_event(error)),
            Delta::Sign { .. } | Delta::Cite { .. } | Delta::Close { .. } => {}
        }
    }
}
