//! A provider's stream of a completion, read delta by delta.

use std::collections::BTreeMap;

use serde_json::Value;

use super::reply::{index_of, stop_of};
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, Error, Stop};
use crate::dialect::openai;
use crate::dialect::openai_chat::read_usage;

/// Reads chunks of completions.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    choices: BTreeMap<u32, State>,
}

/// How far a choice is: each has one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Silent,
    Open,
    Finished,
}

impl DeltaReader for StreamReader {
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>) {
        let data = data.trim();
        if self.over || data.is_empty() {
            return;
        }
        if name == "error" {
            return self.fail(openai::read_error(0, data), out);
        }
        if data == "[DONE]" {
            let unfinished: Vec<u32> = self.choices.keys().copied().collect();
            for choice in unfinished {
                self.finish(choice, Stop::End, out);
            }
            return self.end(out);
        }
        match serde_json::from_str::<Value>(data) {
            Ok(chunk) if chunk.get("error").is_some_and(|error| !error.is_null()) => {
                self.fail(openai::read_error(0, data), out);
            }
            Ok(chunk) => self.chunk(&chunk, out),
            Err(_) => self.fail(openai::read_error(502, data), out),
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        self.over = true;
        let mut states = self.choices.values();
        let complete = !self.choices.is_empty() && states.all(|state| *state == State::Finished);
        out.push(match complete {
            true => Delta::End,
            false => Delta::Error(Error::cut()),
        });
    }
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn chunk(&mut self, chunk: &Value, out: &mut Vec<Delta>) {
        let text = |key: &str| {
            let text = chunk.get(key)?.as_str()?.to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        if !chunk.is_object() {
            return;
        }
        if !std::mem::replace(&mut self.begun, true) {
            out.push(Delta::Begin {
                id: text("id"),
                model: text("model"),
                created: chunk.get("created").and_then(Value::as_u64),
            });
        }
        let choices = chunk.get("choices").and_then(Value::as_array);
        for (nth, choice) in (0..).zip(choices.into_iter().flatten()) {
            self.choice(index_of(choice, nth), choice, out);
        }
        let usage = chunk.get("usage").and_then(|usage| read_usage(usage));
        out.extend(usage.map(Delta::Usage));
    }

    fn choice(&mut self, choice: u32, value: &Value, out: &mut Vec<Delta>) {
        let state = self.choices.entry(choice).or_insert(State::Silent);
        let text = value
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !text.is_empty() && *state != State::Finished {
            if *state == State::Silent {
                *state = State::Open;
                out.push(Delta::Open {
                    choice,
                    block: 0,
                    kind: BlockKind::Text,
                });
            }
            out.push(Delta::Say {
                choice,
                block: 0,
                text: text.to_owned(),
                logprobs: None,
            });
        }
        let reason = value.get("finish_reason").and_then(Value::as_str);
        if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
            self.finish(choice, stop_of(reason), out);
        }
    }

    fn finish(&mut self, choice: u32, stop: Stop, out: &mut Vec<Delta>) {
        match self.choices.insert(choice, State::Finished) {
            Some(State::Finished) => return,
            Some(State::Open) => out.push(Delta::Close { choice, block: 0 }),
            Some(State::Silent) | None => {}
        }
        out.push(Delta::Finish { choice, stop });
    }
}
