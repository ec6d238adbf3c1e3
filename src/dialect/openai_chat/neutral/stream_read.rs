//! A provider's stream of chunks, read delta by delta.

use std::collections::BTreeMap;

use serde_json::Value;

use super::stream_calls::Calls;
use super::{reply_read, stop, thoughts, usage};
use crate::dialect::Fields;
use crate::dialect::neutral::{
    BlockKind, Delta, DeltaReader, Error, ErrorKind, PartKind, Stop, Thought,
};
use crate::dialect::openai;

/// Reads chat completion chunks.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    /// The reply's id, from which those of calls without one are made.
    id: String,
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
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over || data.trim().is_empty() {
            return;
        }
        if name == "error" {
            return self.fail(openai::read_error(0, data), out);
        }
        if data.trim() == "[DONE]" {
            if self.choices.is_empty() {
                return self.fail(cut(), out);
            }
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
            false => Delta::Error(cut()),
        });
    }
}

fn cut() -> Error {
    Error {
        status: 502,
        kind: ErrorKind::Server,
        code: Some("stream_cut".to_owned()),
        message: "The provider's stream ended before it was complete.".to_owned(),
        param: None,
    }
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn chunk(&mut self, chunk: Value, out: &mut Vec<Delta>) {
        // vLLM's errors are objects of their own, OpenRouter's may stand in a choice.
        let inner = chunk.pointer("/choices/0/error");
        let error = chunk
            .get("error")
            .or(inner)
            .filter(|error| !error.is_null());
        if error.is_some() || chunk.get("object").is_some_and(|kind| kind == "error") {
            let error = match (chunk.get("error"), error) {
                (None, Some(inner)) => openai::error_of(&serde_json::json!({"error": inner}), None),
                _ => openai::error_of(&chunk, None),
            };
            return self.fail(error, out);
        }
        let Ok(mut chunk) = Fields::of(chunk, "") else {
            return;
        };
        let choices = chunk.array("choices").unwrap_or_default();
        self.begin(&mut chunk, choices.is_empty(), out);
        for (nth, choice) in choices.into_iter().enumerate() {
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

    /// Azure's first chunk has neither an id nor choices: the reply begins with the next.
    fn begin(&mut self, chunk: &mut Fields, is_empty: bool, out: &mut Vec<Delta>) {
        let text = |value: Option<Value>| {
            let text = value?.as_str()?.to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let id = text(chunk.take("id"));
        if self.begun || (is_empty && id.is_none()) {
            return;
        }
        self.begun = true;
        self.id = id.clone().unwrap_or_default();
        out.push(Delta::Begin {
            id,
            model: text(chunk.take("model")),
            created: reply_read::time(chunk.take("created")),
        });
    }

    fn choice(&mut self, nth: usize, mut fields: Fields, out: &mut Vec<Delta>) {
        let index = fields.take("index").and_then(|index| index.as_u64());
        let index = index.and_then(|index| u32::try_from(index).ok());
        let index = index.unwrap_or_else(|| u32::try_from(nth).unwrap_or_default());
        let choice = self.choices.entry(index).or_default();
        let logprobs = fields.take("logprobs");
        if let (false, Ok(Some(mut delta))) = (choice.finished, fields.object("delta")) {
            choice.delta((index, &self.id), &mut delta, logprobs, out);
        }
        match fields.take("finish_reason") {
            Some(Value::String(reason)) if reason == "error" => self.fail(cut(), out),
            // Some servers write an empty reason in every chunk.
            Some(Value::String(reason)) if !reason.is_empty() => {
                choice.finish(index, stop::read(&reason), out);
            }
            _ => {}
        }
        // Moonshot reports usage within the choice.
        let usage = fields.take("usage");
        out.extend(usage.as_ref().and_then(usage::read).map(Delta::Usage));
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
            let block = self.block(index, &BlockKind::Text, out);
            out.push(Delta::Cite {
                choice: index,
                block,
                citation,
            });
        }
        if let Some(Value::String(text)) = delta.take("refusal") {
            self.say(index, BlockKind::Refusal, text, logprobs, out);
        }
        for call in delta.array("tool_calls").unwrap_or_default() {
            if let Ok(call) = Fields::of(call, "") {
                self.call((index, reply), call, out);
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

    fn call(&mut self, place: (u32, &str), call: Fields, out: &mut Vec<Delta>) {
        let (index, _) = place;
        let mut calls = std::mem::take(&mut self.calls);
        calls.fragment(place, call, out, |kind, out| {
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
