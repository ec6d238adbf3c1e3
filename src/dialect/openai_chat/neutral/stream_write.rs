//! A neutral stream, written as chunks for a client of chat completions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{reply_write, stop, thoughts, usage};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Stop, Thought, Told};
use crate::dialect::openai_chat::error_event;
use crate::sse::write_event;

/// Writes chat completion chunks.
#[derive(Debug)]
pub struct StreamWriter {
    told: Told,
    id: String,
    created: u64,
    /// The choices whose first chunk, with the role, is out.
    begun: BTreeSet<u32>,
    finished: BTreeSet<u32>,
    blocks: BTreeMap<(u32, u32), Block>,
    calls: BTreeMap<u32, u32>,
    usage: Option<Reported>,
}

#[derive(Debug)]
enum Block {
    Text,
    Refusal,
    /// With its words, which stand beside their signature once more.
    Thought(String),
    /// A call of a tool.
    Call {
        index: u32,
        custom: bool,
        /// Its arguments have begun.
        said: bool,
    },
}

impl StreamWriter {
    /// A stream for this client.
    pub fn new(told: Told) -> Self {
        Self {
            id: reply_write::id(&told),
            created: told.now,
            told,
            begun: BTreeSet::new(),
            finished: BTreeSet::new(),
            blocks: BTreeMap::new(),
            calls: BTreeMap::new(),
            usage: None,
        }
    }

    fn event(&self, choices: Value, usage: Option<Value>, out: &mut Vec<u8>) {
        let mut chunk = json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.told.model,
            "choices": choices,
        });
        if let (true, Some(fields)) = (self.told.usage, chunk.as_object_mut()) {
            fields.insert("usage".to_owned(), usage.unwrap_or_default());
        }
        out.extend(write_event("", chunk));
    }

    fn chunk(&mut self, choice: u32, delta: Value, logprobs: Option<&Value>, out: &mut Vec<u8>) {
        self.begin(choice, out);
        let mut item = json!({"index": choice, "delta": delta, "finish_reason": null});
        if let (Some(logprobs), Some(fields)) = (logprobs, item.as_object_mut()) {
            fields.insert("logprobs".to_owned(), logprobs.clone());
        }
        self.event(json!([item]), None, out);
    }

    fn begin(&mut self, choice: u32, out: &mut Vec<u8>) {
        if self.begun.insert(choice) {
            let delta = json!({"role": "assistant", "content": ""});
            let item = json!({"index": choice, "delta": delta, "finish_reason": null});
            self.event(json!([item]), None, out);
        }
    }

    fn finish(&mut self, choice: u32, stop: &Stop, out: &mut Vec<u8>) {
        self.begin(choice, out);
        if self.finished.insert(choice) {
            let reason = stop::write(stop);
            let item = json!({"index": choice, "delta": {}, "finish_reason": reason});
            self.event(json!([item]), None, out);
        }
    }

    fn open(&mut self, choice: u32, block: u32, kind: &BlockKind, out: &mut Vec<u8>) {
        let open = match kind {
            BlockKind::Text => Block::Text,
            BlockKind::Refusal => Block::Refusal,
            BlockKind::Thought => Block::Thought(String::new()),
            BlockKind::Sealed { data, id } => {
                let thought = Thought {
                    sealed: Some(data.clone()),
                    id: id.clone(),
                    ..Thought::default()
                };
                self.detail(choice, block, &thought, out);
                return;
            }
            BlockKind::Call { id, name, custom } => {
                let next = self.calls.entry(choice).or_default();
                let index = *next;
                *next = index.saturating_add(1);
                let call = match custom {
                    true => json!({
                        "index": index, "id": id, "type": "custom",
                        "custom": {"name": name, "input": ""},
                    }),
                    false => json!({
                        "index": index, "id": id, "type": "function",
                        "function": {"name": name, "arguments": ""},
                    }),
                };
                self.chunk(choice, json!({"tool_calls": [call]}), None, out);
                Block::Call {
                    index,
                    custom: *custom,
                    said: false,
                }
            }
        };
        self.blocks.insert((choice, block), open);
    }

    /// A thought that the provider wants back as it is.
    fn detail(&mut self, choice: u32, block: u32, thought: &Thought, out: &mut Vec<u8>) {
        if let Some(mut item) = thoughts::detail(thought) {
            if let Some(fields) = item.as_object_mut() {
                fields.insert("index".to_owned(), block.into());
            }
            self.chunk(choice, json!({"reasoning_details": [item]}), None, out);
        }
    }

    fn say(&mut self, place: (u32, u32), text: &str, logprobs: Option<&Value>, out: &mut Vec<u8>) {
        let delta = match self.blocks.get_mut(&place) {
            Some(Block::Text) => json!({"content": text}),
            Some(Block::Refusal) => json!({"refusal": text}),
            Some(Block::Thought(words)) => {
                words.push_str(text);
                json!({"reasoning_content": text})
            }
            Some(Block::Call {
                index,
                custom,
                said,
            }) => {
                *said = true;
                json!({"tool_calls": [fragment(*index, *custom, text)]})
            }
            None => return,
        };
        self.chunk(place.0, delta, logprobs, out);
    }

    /// A call without arguments has empty ones, which is an object.
    fn close(&mut self, place: (u32, u32), out: &mut Vec<u8>) {
        if let Some(Block::Call {
            index,
            custom: false,
            said: false,
        }) = self.blocks.remove(&place)
        {
            let call = fragment(index, false, "{}");
            self.chunk(place.0, json!({"tool_calls": [call]}), None, out);
        }
    }

    fn sign(&mut self, place: (u32, u32), signature: &str, out: &mut Vec<u8>) {
        match self.blocks.get(&place) {
            Some(Block::Thought(words)) => {
                let thought = Thought {
                    text: words.clone(),
                    signature: Some(signature.to_owned()),
                    ..Thought::default()
                };
                self.detail(place.0, place.1, &thought, out);
            }
            Some(Block::Call { index, custom, .. }) => {
                let mut call = fragment(*index, *custom, "");
                if let Some(fields) = call.as_object_mut() {
                    fields.insert("extra_content".to_owned(), thoughts::signed(signature));
                }
                self.chunk(place.0, json!({"tool_calls": [call]}), None, out);
            }
            _ => {}
        }
    }
}

/// The next piece of a call.
fn fragment(index: u32, custom: bool, words: &str) -> Value {
    match custom {
        true => json!({"index": index, "custom": {"input": words}}),
        false => json!({"index": index, "function": {"arguments": words}}),
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
                self.begin(0, out);
            }
            Delta::Open {
                choice,
                block,
                kind,
            } => self.open(*choice, *block, kind, out),
            Delta::Say {
                choice,
                block,
                text,
                logprobs,
            } => self.say((*choice, *block), text, logprobs.as_ref(), out),
            Delta::Sign {
                choice,
                block,
                signature,
            } => self.sign((*choice, *block), signature, out),
            Delta::Cite {
                choice, citation, ..
            } => {
                if let Some(annotation) = reply_write::annotation(citation) {
                    self.chunk(*choice, json!({"annotations": [annotation]}), None, out);
                }
            }
            Delta::Close { choice, block } => self.close((*choice, *block), out),
            Delta::Finish { choice, stop } => self.finish(*choice, stop, out),
            Delta::Usage(usage) => {
                let known = self.usage.unwrap_or_default();
                self.usage = Some(known.or_more(*usage));
            }
            Delta::End => {
                // A choice that only has its role: the provider has others, but not this one.
                let left: Vec<u32> = self.begun.difference(&self.finished).copied().collect();
                for choice in left {
                    self.finish(choice, &Stop::End, out);
                }
                if let (true, Some(usage)) = (self.told.usage, &self.usage) {
                    self.event(json!([]), Some(usage::write(usage)), out);
                }
                out.extend(write_event("", "[DONE]"));
            }
            Delta::Error(error) => {
                out.extend(error_event(error));
            }
        }
    }
}
