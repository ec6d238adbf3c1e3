//! A provider's stream of chunks, read delta by delta.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{stop, thoughts, usage};
use crate::dialect::Fields;
use crate::dialect::neutral::{
    BlockKind, Delta, DeltaReader, Error, ErrorKind, PartKind, Stop, Thought,
};
use crate::dialect::openai;

use super::stream_calls::Calls;

/// Reads chat completion chunks.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    choices: BTreeMap<u32, Choice>,
}

/// One choice on its way.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// The next block's number.
    next: u32,
    /// The open text, thought or refusal.
    open: Option<(u32, BlockKind)>,
    calls: Calls,
    finished: bool,
}

impl DeltaReader for StreamReader {
    fn event(&mut self, _name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over || data.trim().is_empty() {
            return;
        }
        if data.trim() == "[DONE]" {
            self.over = true;
            self.finish_all(out);
            out.push(Delta::End);
            return;
        }
        match serde_json::from_str(data) {
            Ok(chunk) => self.chunk(chunk, out),
            Err(_) => self.fail(openai::read_error(502, data), out),
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        self.over = true;
        let complete = !self.choices.is_empty() && self.choices.values().all(|own| own.finished);
        out.push(match complete {
            true => Delta::End,
            false => Delta::Error(Error {
                status: 502,
                kind: ErrorKind::Server,
                code: Some("stream_cut".to_owned()),
                message: "The provider's stream ended before it was complete.".to_owned(),
                param: None,
            }),
        });
    }
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn chunk(&mut self, chunk: Value, out: &mut Vec<Delta>) {
        if chunk.get("error").is_some_and(|error| !error.is_null()) {
            let error = openai::error_of(&chunk, None);
            return self.fail(error, out);
        }
        let Ok(mut chunk) = Fields::of(chunk, "") else {
            return;
        };
        if !self.begun {
            self.begun = true;
            let text = |value: Option<Value>| Some(value?.as_str()?.to_owned());
            out.push(Delta::Begin {
                id: text(chunk.take("id")),
                model: text(chunk.take("model")),
                created: chunk.take("created").and_then(|time| time.as_u64()),
            });
        }
        for (nth, choice) in chunk
            .array("choices")
            .unwrap_or_default()
            .into_iter()
            .enumerate()
        {
            if let Ok(choice) = Fields::of(choice, "") {
                self.choice(nth, choice, out);
            }
        }
        let groq = chunk
            .take("x_groq")
            .and_then(|own| own.get("usage").cloned());
        let usage = chunk.take("usage").or(groq);
        out.extend(usage.as_ref().and_then(usage::read).map(Delta::Usage));
    }

    fn choice(&mut self, nth: usize, mut fields: Fields, out: &mut Vec<Delta>) {
        let index = fields.take("index").and_then(|index| index.as_u64());
        let index = index.and_then(|index| u32::try_from(index).ok());
        let index = index.unwrap_or_else(|| u32::try_from(nth).unwrap_or_default());
        let choice = self.choices.entry(index).or_default();
        let logprobs = fields.take("logprobs");
        if let Some(mut delta) = fields.object("delta").ok().flatten() {
            choice.delta(index, &mut delta, logprobs, out);
        }
        if let Some(Value::String(reason)) = fields.take("finish_reason") {
            choice.finish(index, stop::read(&reason), out);
        }
    }

    /// A provider that says `[DONE]` without a reason has ended all the same.
    fn finish_all(&mut self, out: &mut Vec<Delta>) {
        for (index, choice) in &mut self.choices {
            choice.finish(*index, Stop::End, out);
        }
    }
}

impl Choice {
    fn delta(
        &mut self,
        index: u32,
        delta: &mut Fields,
        logprobs: Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        for part in thoughts::read(delta).unwrap_or_default() {
            if let PartKind::Thought(thought) = part.kind {
                self.think(index, thought, out);
            }
        }
        match delta.take("content") {
            Some(Value::String(text)) => self.say(index, BlockKind::Text, text, logprobs, out),
            Some(Value::Array(items)) => {
                for item in items {
                    self.item(index, item, out);
                }
            }
            _ => {}
        }
        let citations = super::reply_read::citations(delta).unwrap_or_default();
        for citation in citations {
            let block = self.block(index, &BlockKind::Text, out);
            out.push(Delta::Cite {
                choice: index,
                block,
                citation,
            });
        }
        if let Some(Value::String(text)) = delta.take("refusal") {
            self.say(index, BlockKind::Refusal, text, None, out);
        }
        for call in delta.array("tool_calls").unwrap_or_default() {
            if let Ok(call) = Fields::of(call, "") {
                self.call(index, call, out);
            }
        }
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
                self.calls.close_complete(index, out);
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

    fn call(&mut self, index: u32, call: Fields, out: &mut Vec<Delta>) {
        let mut calls = std::mem::take(&mut self.calls);
        calls.fragment(index, call, out, |kind, out| {
            self.close(index, out);
            self.open(index, kind, out)
        });
        self.calls = calls;
    }

    fn finish(&mut self, index: u32, stop: Stop, out: &mut Vec<Delta>) {
        if std::mem::replace(&mut self.finished, true) {
            return;
        }
        self.close(index, out);
        let called = self.calls.close_all(index, out);
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
