//! A provider's stream of chunks, read delta by delta.

use std::collections::BTreeMap;

use serde_json::Value;

use super::stream_choice::Choice;
use super::{reply_read, stop, usage};
use crate::dialect::neutral::{Delta, DeltaReader, Error, Stop};
use crate::dialect::openai;
use crate::dialect::{Fields, Reported, Tier};
use crate::json;

/// Reads chat completion chunks.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    /// The reply's id, from which those of calls without one are made.
    id: String,
    choices: BTreeMap<u32, Choice>,
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
                return self.fail(Error::cut(), out);
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
            false => Delta::Error(Error::cut()),
        });
    }
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn chunk(&mut self, chunk: Value, out: &mut Vec<Delta>) {
        // vLLM's errors are objects of their own, OpenRouter's may stand in a choice.
        let inner = json::at(&chunk, "/choices/0/error");
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
        let tier = chunk.take("service_tier");
        let tier = tier.as_ref().and_then(Value::as_str).map(Tier::of);
        let usage = usage
            .and_then(|usage| usage::read(&usage))
            .map(|usage| Reported {
                tier: tier.unwrap_or_default(),
                ..usage
            });
        out.extend(usage.map(Delta::Usage));
    }

    /// Azure's first chunk has neither an id nor choices: the reply begins with the next.
    fn begin(&mut self, chunk: &mut Fields, is_empty: bool, out: &mut Vec<Delta>) {
        let text = |value: Option<Value>| {
            let text = value?.as_str()?.to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let id = text(chunk.take("id"));
        let is_empty = is_empty && chunk.peek("usage").is_none() && chunk.peek("x_groq").is_none();
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
            Some(Value::String(reason)) if reason == "error" => self.fail(Error::cut(), out),
            // Some servers write an empty reason in every chunk.
            Some(Value::String(reason)) if !reason.is_empty() => {
                choice.finish(index, stop::read(&reason), out);
            }
            _ => {}
        }
        // Moonshot reports usage within the choice.
        let usage = fields.take("usage");
        out.extend(
            usage
                .and_then(|usage| usage::read(&usage))
                .map(Delta::Usage),
        );
    }

    /// A provider that says `[DONE]` without a reason has ended all the same.
    fn finish_all(&mut self, out: &mut Vec<Delta>) {
        for (index, choice) in &mut self.choices {
            choice.finish(*index, Stop::End, out);
        }
    }
}
