//! The events of one block of a written stream.

use serde_json::{Value, json};

use crate::dialect::anthropic::opaque::{Opaque, sealed};
use crate::dialect::anthropic::reply::write_citation;
use crate::dialect::neutral::{BlockKind, Delta};
use crate::sse::write_event;

/// A block that is being written.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its index in the written stream.
    index: u64,
    kind: BlockKind,
    /// The signature of a call, which goes into a block after it.
    signature: Option<String>,
}

impl Block {
    /// Begins a block.
    pub fn start(index: u64, kind: BlockKind, out: &mut Vec<u8>) -> Self {
        let block = match &kind {
            BlockKind::Text | BlockKind::Refusal => json!({"type": "text", "text": ""}),
            BlockKind::Thought => json!({"type": "thinking", "thinking": "", "signature": ""}),
            BlockKind::Sealed { data, id } => {
                let data = sealed(data, id.as_deref());
                json!({"type": "redacted_thinking", "data": data})
            }
            BlockKind::Call { id, name, .. } => {
                json!({"type": "tool_use", "id": id, "name": name, "input": {}})
            }
        };
        start(index, &block, out);
        let block = Self {
            index,
            kind,
            signature: None,
        };
        if block.is_custom() {
            block.fragment("{\"input\":\"", out);
        }
        block
    }

    /// Writes what belongs into the block.
    pub fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>) {
        match (delta, &self.kind) {
            // An empty fragment would begin an argument that is not there.
            (Delta::Say { text, .. }, _) if text.is_empty() => {}
            (Delta::Say { text, .. }, BlockKind::Text | BlockKind::Refusal) => {
                self.write(&json!({"type": "text_delta", "text": text}), out);
            }
            (Delta::Say { text, .. }, BlockKind::Thought) => {
                self.write(&json!({"type": "thinking_delta", "thinking": text}), out);
            }
            (Delta::Say { text, .. }, BlockKind::Call { custom: false, .. }) => {
                self.fragment(text, out);
            }
            (Delta::Say { text, .. }, BlockKind::Call { custom: true, .. }) => {
                let quoted = Value::from(text.as_str()).to_string();
                let inner = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"'));
                self.fragment(inner.unwrap_or_default(), out);
            }
            (Delta::Sign { signature, .. }, BlockKind::Thought) => {
                let delta = json!({"type": "signature_delta", "signature": signature});
                self.write(&delta, out);
            }
            (Delta::Sign { signature, .. }, BlockKind::Call { .. }) => {
                self.signature = Some(signature.clone());
            }
            (Delta::Cite { citation, .. }, BlockKind::Text) => {
                if let Some(citation) = write_citation(citation) {
                    let delta = json!({"type": "citations_delta", "citation": citation});
                    self.write(&delta, out);
                }
            }
            _ => {}
        }
    }

    /// Ends the block; gives the index of the next one.
    pub fn stop(self, out: &mut Vec<u8>) -> u64 {
        if self.is_custom() {
            self.fragment("\"}", out);
        }
        stop(self.index, out);
        let next = self.index.saturating_add(1);
        let (Some(signature), BlockKind::Call { id, .. }) = (self.signature, self.kind) else {
            return next;
        };
        let data = Opaque::Call { id, signature }.write();
        let block = json!({"type": "redacted_thinking", "data": data});
        start(next, &block, out);
        stop(next, out);
        next.saturating_add(1)
    }

    fn is_custom(&self) -> bool {
        matches!(self.kind, BlockKind::Call { custom: true, .. })
    }

    fn fragment(&self, json: &str, out: &mut Vec<u8>) {
        let delta = json!({"type": "input_json_delta", "partial_json": json});
        self.write(&delta, out);
    }

    fn write(&self, delta: &Value, out: &mut Vec<u8>) {
        let data = json!({"type": "content_block_delta", "index": self.index, "delta": delta});
        event("content_block_delta", &data, out);
    }
}

fn start(index: u64, block: &Value, out: &mut Vec<u8>) {
    let data = json!({"type": "content_block_start", "index": index, "content_block": block});
    event("content_block_start", &data, out);
}

fn stop(index: u64, out: &mut Vec<u8>) {
    let data = json!({"type": "content_block_stop", "index": index});
    event("content_block_stop", &data, out);
}

/// One event.
pub fn event(name: &str, data: &Value, out: &mut Vec<u8>) {
    out.extend(write_event(name, data));
}
