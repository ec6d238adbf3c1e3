//! From deltas to Gemini's chunks.
//!
//! Words leave as they come. A call leaves when it is whole, since Gemini has no fragments; the chunk with
//! the finish reason leaves with the usage, or at the end.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::names::put;
use super::super::{error, grounding, logprobs, reply, signature, stop, usage};
use crate::dialect::Reported;
use crate::dialect::neutral::{BlockKind, Citation, Delta, DeltaWriter, Thought, Told, ToolCall};
use crate::sse::write_event;

/// Writes server-sent events (`alt=sse`).
#[derive(Debug, Default)]
pub struct StreamWriter(Chunks);

impl StreamWriter {
    /// A stream for one client.
    pub fn new(told: Told) -> Self {
        Self(Chunks::new(told))
    }
}

impl DeltaWriter for StreamWriter {
    fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>) {
        if let Some(chunk) = self.0.delta(delta) {
            out.extend(write_event("", chunk));
        }
    }
}

/// The chunks, without what frames them.
#[derive(Debug, Default)]
struct Chunks {
    told: Told,
    id: Option<String>,
    choices: BTreeMap<u32, Answer>,
    /// Finishing candidates that wait for the usage.
    held: Vec<Value>,
    usage: Option<Reported>,
    /// What of it has been sent.
    sent: Option<Reported>,
}

/// One answer so far.
#[derive(Debug, Default)]
struct Answer {
    blocks: BTreeMap<u32, Block>,
    said: String,
    cited: Vec<Citation>,
}

#[derive(Debug)]
enum Block {
    Text,
    Thought {
        /// Words have been said.
        spoke: bool,
    },
    /// Its arguments so far are gathered in it.
    Call(ToolCall),
}

impl Chunks {
    fn new(told: Told) -> Self {
        Self {
            told,
            ..Self::default()
        }
    }

    fn delta(&mut self, delta: &Delta) -> Option<Value> {
        match delta {
            Delta::Begin { id, .. } => {
                self.id.clone_from(id);
                None
            }
            Delta::Open {
                choice,
                block,
                kind,
            } => self.open(*choice, *block, kind),
            Delta::Say {
                choice,
                block,
                text,
                logprobs,
            } => self.say(*choice, *block, text, logprobs.as_ref()),
            Delta::Sign {
                choice,
                block,
                signature,
            } => self.sign(*choice, *block, signature),
            Delta::Cite {
                choice, citation, ..
            } => {
                let answer = self.choices.entry(*choice).or_default();
                answer.cited.push(citation.clone());
                None
            }
            Delta::Close { choice, block } => {
                let answer = self.choices.entry(*choice).or_default();
                match answer.blocks.remove(block) {
                    Some(Block::Call(call)) => self.part(*choice, reply::call_part(&call), None),
                    _ => None,
                }
            }
            Delta::Finish { choice, stop } => {
                self.finish(*choice, stop::write(stop));
                None
            }
            Delta::Usage(usage) => {
                let known = self.usage.unwrap_or_default();
                self.usage = Some(known.or_more(*usage));
                match self.held.is_empty() {
                    true => None,
                    false => self.flush(),
                }
            }
            Delta::End => match self.held.is_empty() && self.usage == self.sent {
                true => None,
                false => self.flush(),
            },
            Delta::Error(found) => Some(error::value(found)),
        }
    }

    fn open(&mut self, choice: u32, block: u32, kind: &BlockKind) -> Option<Value> {
        let answer = self.choices.entry(choice).or_default();
        let opened = match kind {
            BlockKind::Text | BlockKind::Refusal => Block::Text,
            BlockKind::Thought | BlockKind::Sealed { .. } => Block::Thought { spoke: false },
            BlockKind::Call { id, name, custom } => Block::Call(ToolCall {
                id: id.clone(),
                name: name.clone(),
                custom: *custom,
                ..ToolCall::default()
            }),
        };
        answer.blocks.insert(block, opened);
        let BlockKind::Sealed { data, id } = kind else {
            return None;
        };
        let thought = Thought {
            sealed: Some(data.clone()),
            id: id.clone(),
            ..Thought::default()
        };
        let part = reply::text_part("", true, signature::shown(&thought));
        self.part(choice, part, None)
    }

    fn say(&mut self, choice: u32, block: u32, text: &str, words: Option<&Value>) -> Option<Value> {
        let answer = self.choices.entry(choice).or_default();
        let thought = match answer.blocks.get_mut(&block) {
            Some(Block::Call(call)) => {
                call.arguments.push_str(text);
                return None;
            }
            Some(Block::Thought { spoke }) => {
                *spoke = true;
                true
            }
            Some(Block::Text) | None => {
                answer.said.push_str(text);
                false
            }
        };
        let part = reply::text_part(text, thought, None);
        self.part(choice, part, words)
    }

    fn sign(&mut self, choice: u32, block: u32, signature: &str) -> Option<Value> {
        let answer = self.choices.entry(choice).or_default();
        let thought = match answer.blocks.get_mut(&block) {
            Some(Block::Call(call)) => {
                call.signature = Some(signature.to_owned());
                return None;
            }
            // Without words it stands for a signature at a text.
            Some(Block::Thought { spoke }) => *spoke || signature::own(Some(signature)).is_none(),
            Some(Block::Text) | None => false,
        };
        let sealed = Thought {
            signature: Some(signature.to_owned()),
            ..Thought::default()
        };
        let part = reply::text_part("", thought, signature::shown(&sealed));
        self.part(choice, part, None)
    }

    fn part(&self, choice: u32, part: Value, words: Option<&Value>) -> Option<Value> {
        let mut map = content(vec![part]);
        put(&mut map, "index", Some(choice));
        put(&mut map, "logprobsResult", words.and_then(logprobs::write));
        let candidates = vec![Value::Object(map)];
        Some(reply::frame(
            candidates,
            None,
            self.id.as_deref(),
            &self.told,
        ))
    }

    fn finish(&mut self, choice: u32, reason: &str) {
        let answer = self.choices.remove(&choice).unwrap_or_default();
        // Calls that nobody closed.
        let calls = answer.blocks.values().filter_map(|block| match block {
            Block::Call(call) => Some(reply::call_part(call)),
            Block::Text | Block::Thought { .. } => None,
        });
        let mut parts: Vec<Value> = calls.collect();
        if parts.is_empty() {
            // As Gemini does it: SDKs want parts in every chunk.
            parts.push(reply::text_part("", false, None));
        }
        let mut map = content(parts);
        put(&mut map, "finishReason", Some(reason));
        put(&mut map, "index", Some(choice));
        let sources = grounding::write(&answer.cited, &answer.said);
        put(&mut map, "groundingMetadata", sources);
        self.held.push(Value::Object(map));
    }

    fn flush(&mut self) -> Option<Value> {
        self.sent = self.usage;
        let held = std::mem::take(&mut self.held);
        let usage = self.usage.as_ref().map(usage::write);
        Some(reply::frame(held, usage, self.id.as_deref(), &self.told))
    }
}

fn content(parts: Vec<Value>) -> Map<String, Value> {
    let mut content = Map::new();
    put(&mut content, "parts", Some(parts));
    put(&mut content, "role", Some("model"));
    let mut map = Map::new();
    put(&mut map, "content", Some(content));
    map
}
