//! The events of a provider's stream as deltas.
//!
//! What an event leaves out, a later one makes good: some providers send the whole text only when it is
//! done, or the whole answer only at the end.

use serde_json::Value;

use super::state::{Blocks, Key};
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, Error, ErrorKind, PartKind};
use crate::dialect::openai;
use crate::dialect::openai_responses::{citation, logprobs, reply, usage};
use crate::json;

/// Reads one stream.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    blocks: Blocks,
    /// Whether the thought at hand is told by its summary or by itself; the other one is passed over.
    by_content: bool,
}

impl DeltaReader for StreamReader {
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over || data.trim().is_empty() || data.trim() == "[DONE]" {
            return;
        }
        let Ok(event) = serde_json::from_str::<Value>(data) else {
            self.fail(broken("the provider sent an event that is not JSON"), out);
            return;
        };
        let event = Event(&event);
        let kind = event.text("type").unwrap_or(name);
        if kind == "error" || (event.0.get("response").is_none() && event.has("error")) {
            self.fail(event.error(), out);
            return;
        }
        if kind.starts_with("response.") {
            self.begin(event.0.get("response"), out);
            self.response(kind, event, out);
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if !self.over {
            let what = "the provider's stream ended before the response was complete";
            self.fail(broken(what), out);
        }
    }
}

impl StreamReader {
    fn begin(&mut self, response: Option<&Value>, out: &mut Vec<Delta>) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        let text = |key: &str| Some(response?.get(key)?.as_str()?.to_owned());
        out.push(Delta::Begin {
            id: text("id"),
            model: text("model"),
            created: response
                .and_then(|response| response.get("created_at"))
                .and_then(reply::seconds),
        });
    }

    fn response(&mut self, kind: &str, event: Event<'_>, out: &mut Vec<Delta>) {
        let (part, thought) = (event.part(), Key::Thought(event.output()));
        match kind {
            "response.output_item.added" => self.item_added(event, out),
            "response.output_item.done" => self.item_done(event, out),
            "response.content_part.added" => match event.kind_of("part") {
                "output_text" => self.blocks.open(part, BlockKind::Text, out),
                "refusal" => self.blocks.open(part, BlockKind::Refusal, out),
                _ => {}
            },
            "response.output_text.delta" => {
                self.blocks.open(part, BlockKind::Text, out);
                let probs = logprobs::read(event.0.get("logprobs"));
                self.blocks.say(part, event.delta(), probs, out);
            }
            "response.refusal.delta" => self.speak(part, BlockKind::Refusal, event.delta(), out),
            "response.output_text.done" => self.make_good(part, event.text("text"), out),
            "response.refusal.done" => self.make_good(part, event.text("refusal"), out),
            "response.output_text.annotation.added" => {
                if let Some(annotation) = event.0.get("annotation").filter(|value| !value.is_null())
                {
                    self.blocks.open(part, BlockKind::Text, out);
                    self.blocks
                        .cite(part, citation::read(annotation.clone()), out);
                }
            }
            "response.content_part.done" => {
                if let Some(value) = event.0.get("part") {
                    self.part_done(part, value, out);
                }
            }
            // The parts of a summary are paragraphs.
            "response.reasoning_summary_part.added"
                if !self.by_content && self.blocks.has_said(thought) =>
            {
                self.blocks.say(thought, "\n\n", None, out);
            }
            "response.reasoning_summary_text.delta" if !self.by_content => {
                self.speak(thought, BlockKind::Thought, event.delta(), out);
            }
            "response.reasoning_text.delta" => {
                if !self.blocks.has_said(thought) {
                    self.by_content = true;
                }
                if self.by_content {
                    self.speak(thought, BlockKind::Thought, event.delta(), out);
                }
            }
            "response.function_call_arguments.delta" | "response.custom_tool_call_input.delta" => {
                let key = Key::Call(event.output());
                self.blocks.say(key, event.delta(), None, out);
            }
            "response.function_call_arguments.done" => {
                self.make_good(Key::Call(event.output()), event.text("arguments"), out);
            }
            "response.custom_tool_call_input.done" => {
                self.make_good(Key::Call(event.output()), event.text("input"), out);
            }
            "response.completed" | "response.incomplete" | "response.done" => {
                self.finish(event, out);
            }
            "response.failed" | "response.cancelled" => self.fail(event.error(), out),
            // Tools that the provider runs itself tell of their progress.
            _ => {}
        }
    }

    fn speak(&mut self, key: Key, kind: BlockKind, text: &str, out: &mut Vec<Delta>) {
        if !text.is_empty() {
            self.blocks.open(key, kind, out);
            self.blocks.say(key, text, None, out);
        }
    }

    /// Says the whole of what came in no piece.
    fn make_good(&mut self, key: Key, text: Option<&str>, out: &mut Vec<Delta>) {
        let text = text.unwrap_or_default();
        if !text.is_empty() && self.blocks.knows(key) && !self.blocks.has_said(key) {
            self.blocks.say(key, text, None, out);
        }
    }

    fn item_added(&mut self, event: Event<'_>, out: &mut Vec<Delta>) {
        let key = Key::Call(event.output());
        match event.kind_of("item") {
            kind @ ("function_call" | "custom_tool_call") if !self.blocks.knows(key) => {
                let kind = event.call(kind == "custom_tool_call");
                self.blocks.open(key, kind, out);
            }
            "reasoning" => self.by_content = false,
            _ => {}
        }
    }

    fn item_done(&mut self, event: Event<'_>, out: &mut Vec<Delta>) {
        let Some(item) = event.0.get("item") else {
            return;
        };
        let list = |key: &str| {
            item.get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        match event.kind_of("item") {
            "function_call" | "custom_tool_call" => {
                let key = Key::Call(event.output());
                self.item_added(event, out);
                let said = item.get("arguments").or_else(|| item.get("input"));
                self.make_good(key, said.and_then(Value::as_str), out);
                self.blocks.close(key, out);
            }
            "message" => {
                for (part, nth) in list("content").zip(0..) {
                    self.part_done(Key::Part(event.output(), nth), part, out);
                }
            }
            "reasoning" => {
                let key = Key::Thought(event.output());
                for part in reply::parts_of(std::slice::from_ref(item)) {
                    let PartKind::Thought(thought) = part.kind else {
                        continue;
                    };
                    if !self.blocks.knows(key) {
                        self.speak(key, BlockKind::Thought, &thought.text, out);
                    }
                    self.blocks.close(key, out);
                    if let Some(data) = thought.sealed {
                        let kind = BlockKind::Sealed {
                            data,
                            id: thought.id,
                        };
                        self.blocks.whole(kind, out);
                    }
                }
                self.blocks.close(key, out);
            }
            _ => {}
        }
    }

    /// A part of a message as it is in the end.
    fn part_done(&mut self, key: Key, part: &Value, out: &mut Vec<Delta>) {
        let text = |key: &str| part.get(key).and_then(Value::as_str);
        let (kind, said) = match text("type") {
            Some("output_text") => (BlockKind::Text, text("text")),
            Some("refusal") => (BlockKind::Refusal, text("refusal")),
            _ => return,
        };
        if !self.blocks.knows(key) {
            self.blocks.open(key, kind, out);
        }
        self.make_good(key, said, out);
        let annotations = part.get("annotations").and_then(Value::as_array);
        let left = annotations.into_iter().flatten();
        for annotation in left.skip(self.blocks.cited(key)) {
            let citation = citation::read(annotation.clone());
            self.blocks.cite(key, citation, out);
        }
        self.blocks.close(key, out);
    }

    fn finish(&mut self, event: Event<'_>, out: &mut Vec<Delta>) {
        let empty = Value::Null;
        let response = event.0.get("response").unwrap_or(&empty);
        if response.get("error").is_some_and(|error| !error.is_null()) {
            self.fail(event.error(), out);
            return;
        }
        let output = response.get("output").and_then(Value::as_array);
        if self.blocks.is_empty() {
            for (item, nth) in output.into_iter().flatten().zip(0_u64..) {
                let event = serde_json::json!({"output_index": nth, "item": item});
                self.item_done(Event(&event), out);
            }
        }
        self.blocks.close_all(out);
        out.push(Delta::Finish {
            choice: 0,
            stop: reply::stop_of(response, self.blocks.has_call()),
        });
        out.extend(usage::of_response(response).map(Delta::Usage));
        out.push(Delta::End);
        self.over = true;
    }

    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.begin(None, out);
        out.push(Delta::Error(error));
        self.over = true;
    }
}

fn broken(message: &str) -> Error {
    Error {
        status: ErrorKind::Server.status(),
        kind: ErrorKind::Server,
        code: None,
        message: message.to_owned(),
        param: None,
    }
}

/// One event's data.
#[derive(Clone, Copy)]
struct Event<'a>(&'a Value);

impl<'a> Event<'a> {
    fn text(self, key: &str) -> Option<&'a str> {
        self.0.get(key)?.as_str()
    }

    fn has(self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| !value.is_null())
    }

    fn delta(self) -> &'a str {
        self.text("delta").unwrap_or_default()
    }

    fn index(self, key: &str) -> u64 {
        self.0.get(key).and_then(Value::as_u64).unwrap_or(0)
    }

    fn output(self) -> u64 {
        self.index("output_index")
    }

    fn part(self) -> Key {
        Key::Part(self.output(), self.index("content_index"))
    }

    /// The `type` of an object in the event.
    fn kind_of(self, key: &str) -> &'a str {
        let kind = self.0.get(key).and_then(|value| value.get("type"));
        kind.and_then(Value::as_str).unwrap_or_default()
    }

    fn call(self, custom: bool) -> BlockKind {
        let item = self.0.get("item");
        let text = |key: &str| item.and_then(|item| item.get(key)?.as_str());
        let text = |key: &str| text(key).unwrap_or_default().to_owned();
        BlockKind::Call {
            id: text("call_id"),
            name: text("name"),
            custom,
        }
    }

    /// The error that the event tells of: behind `error`, in its response, or itself.
    fn error(self) -> Error {
        let inner = [self.0.get("error"), json::at(self.0, "/response/error")];
        let inner = inner.into_iter().flatten().find(|value| !value.is_null());
        let mut error = match inner {
            Some(inner) => openai::error_of(inner, None),
            None => {
                let mut flat = self.0.clone();
                if let Some(map) = flat.as_object_mut() {
                    // It says that this is an error, not which.
                    map.shift_remove("type");
                    map.shift_remove("response");
                }
                openai::error_of(&flat, None)
            }
        };
        if error.message.is_empty() {
            error.message = "the provider says that the response failed".to_owned();
        }
        error
    }
}
