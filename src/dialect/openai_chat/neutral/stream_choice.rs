//! One choice of a stream of chunks: its blocks, one after the other.

use serde_json::Value;

use super::stream_calls::Calls;
use super::{reply_read, thoughts};
use crate::dialect::Fields;
use crate::dialect::neutral::{BlockKind, Citation, Delta, PartKind, Stop, Thought};

/// One choice on its way.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// The next block's number.
    next: u32,
    /// The open text, thought or refusal.
    open: Option<(u32, BlockKind)>,
    calls: Calls,
    /// What came while the arguments of a call were open: it waits until they are closed, for no block
    /// may open beside a call but another call.
    held: Vec<Held>,
    pub(super) finished: bool,
}

#[derive(Debug)]
enum Held {
    Thought(Thought),
    Words(BlockKind, String, Option<Value>),
    Citation(Citation),
}

impl Choice {
    pub(super) fn delta(
        &mut self,
        (index, reply): (u32, &str),
        delta: &mut Fields,
        logprobs: Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        let mut logprobs = logprobs.filter(tells);
        for part in thoughts::read(delta).unwrap_or_default() {
            if let PartKind::Thought(thought) = part.kind {
                self.think(index, thought, out);
            }
        }
        match delta.take("content") {
            Some(Value::String(text)) => {
                let own = match delta.peek("refusal") {
                    Some(Value::String(refusal)) if !refusal.is_empty() => None,
                    _ => logprobs.take(),
                };
                self.say(index, BlockKind::Text, text, own, out);
            }
            Some(Value::Array(items)) => {
                for item in items {
                    self.item(index, item, out);
                }
            }
            _ => {}
        }
        let citations = reply_read::citations(delta).unwrap_or_default();
        for citation in citations {
            self.cite(index, citation, out);
        }
        if let Some(Value::String(text)) = delta.take("refusal") {
            self.say(index, BlockKind::Refusal, text, logprobs, out);
        }
        for call in delta.array("tool_calls").unwrap_or_default() {
            if let Ok(call) = Fields::of(call, "") {
                self.call((index, reply), call, out);
            }
        }
        if !self.held.is_empty() && !self.waits(index, out) {
            self.release(index, out);
        }
    }

    /// Whether a block has to wait for a call.
    fn waits(&mut self, index: u32, out: &mut Vec<Delta>) -> bool {
        self.calls.close_complete(index, out);
        self.calls.any_open()
    }

    fn release(&mut self, index: u32, out: &mut Vec<Delta>) {
        for held in std::mem::take(&mut self.held) {
            match held {
                Held::Thought(thought) => self.think(index, thought, out),
                Held::Words(kind, text, logprobs) => self.say(index, kind, text, logprobs, out),
                Held::Citation(citation) => self.cite(index, citation, out),
            }
        }
    }

    fn cite(&mut self, index: u32, citation: Citation, out: &mut Vec<Delta>) {
        if self.waits(index, out) {
            self.held.push(Held::Citation(citation));
            return;
        }
        let block = self.block(index, &BlockKind::Text, out);
        out.push(Delta::Cite {
            choice: index,
            block,
            citation,
        });
    }

    /// A part of content, as Mistral streams them.
    fn item(&mut self, index: u32, item: Value, out: &mut Vec<Delta>) {
        let Ok(mut item) = Fields::of(item, "") else {
            return;
        };
        match item.string("type").ok().flatten().as_deref() {
            Some("text") => {
                let text = item.string("text").ok().flatten().unwrap_or_default();
                self.say(index, BlockKind::Text, text, None, out);
            }
            Some("thinking") => {
                let thought = thoughts::of_part(&mut item).unwrap_or_default();
                self.think(index, thought, out);
            }
            _ => {}
        }
    }

    fn think(&mut self, index: u32, thought: Thought, out: &mut Vec<Delta>) {
        if self.waits(index, out) {
            self.held.push(Held::Thought(thought));
            return;
        }
        if let Some(data) = thought.sealed {
            self.close(index, out);
            let id = thought.id;
            let block = self.open(index, BlockKind::Sealed { data, id }, out);
            out.push(Delta::Close {
                choice: index,
                block,
            });
            return;
        }
        self.say(index, BlockKind::Thought, thought.text, None, out);
        if let Some(signature) = thought.signature.filter(|text| !text.is_empty()) {
            let block = self.block(index, &BlockKind::Thought, out);
            out.push(Delta::Sign {
                choice: index,
                block,
                signature,
            });
            // What is thought from here on wants a proof of its own.
            self.close(index, out);
        }
    }

    fn say(
        &mut self,
        index: u32,
        kind: BlockKind,
        text: String,
        logprobs: Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        if text.is_empty() && logprobs.is_none() {
            return;
        }
        if self.waits(index, out) {
            self.held.push(Held::Words(kind, text, logprobs));
            return;
        }
        let block = self.block(index, &kind, out);
        out.push(Delta::Say {
            choice: index,
            block,
            text,
            logprobs,
        });
    }

    /// The open block of this kind; one is opened if it is not there.
    fn block(&mut self, index: u32, kind: &BlockKind, out: &mut Vec<Delta>) -> u32 {
        match &self.open {
            Some((block, open)) if open == kind => *block,
            _ => {
                self.close(index, out);
                let block = self.open(index, kind.clone(), out);
                self.open = Some((block, kind.clone()));
                block
            }
        }
    }

    fn open(&mut self, choice: u32, kind: BlockKind, out: &mut Vec<Delta>) -> u32 {
        let block = self.next;
        self.next = block.saturating_add(1);
        out.push(Delta::Open {
            choice,
            block,
            kind,
        });
        block
    }

    fn close(&mut self, choice: u32, out: &mut Vec<Delta>) {
        if let Some((block, _)) = self.open.take() {
            out.push(Delta::Close { choice, block });
        }
    }

    fn call(&mut self, place: (u32, &str), call: Fields, out: &mut Vec<Delta>) {
        let (index, _) = place;
        let mut calls = std::mem::take(&mut self.calls);
        calls.fragment(place, call, out, |kind, out| {
            self.close(index, out);
            self.open(index, kind, out)
        });
        self.calls = calls;
    }

    pub(super) fn finish(&mut self, index: u32, stop: Stop, out: &mut Vec<Delta>) {
        if std::mem::replace(&mut self.finished, true) {
            return;
        }
        self.close(index, out);
        let called = self.calls.close_all(index, out);
        self.release(index, out);
        self.close(index, out);
        let stop = match (called, stop) {
            (true, Stop::End) => Stop::Tool,
            (_, stop) => stop,
        };
        out.push(Delta::Finish {
            choice: index,
            stop,
        });
    }
}

/// Logprobs of at least one token: the first chunk has empty lists.
fn tells(logprobs: &Value) -> bool {
    let full = |list: &Value| list.as_array().is_none_or(|list| !list.is_empty());
    let lists = ["content", "refusal"];
    let mut found = lists
        .iter()
        .filter_map(|key| logprobs.get(key))
        .filter(|list| !list.is_null());
    found.any(full) || (logprobs.get("content").is_none() && !logprobs.is_null())
}
