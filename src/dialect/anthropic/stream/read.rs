//! Anthropic's stream as deltas.
//!
//! Blocks come one after the other, each with its own index. Those that have no neutral form, such as those of
//! the tools that Anthropic runs itself, are passed over, and the others numbered anew.

use serde_json::Value;

use crate::dialect::anthropic::error::read_event;
use crate::dialect::anthropic::reply::read_citation;
use crate::dialect::anthropic::stop::read_stop;
use crate::dialect::anthropic::usage::Figures;
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, Error, Stop};
use crate::json;

/// Reads a stream.
#[derive(Debug, Clone, Default)]
pub struct StreamReader {
    began: bool,
    /// The id of the message.
    id: Option<String>,
    finished: bool,
    /// Why it ends, if the start said so already.
    planned: Option<Stop>,
    /// `End` or `Error` has been told.
    over: bool,
    /// The block that is open.
    open: Option<Open>,
    /// How many blocks have been told.
    blocks: u32,
    figures: Figures,
}

#[derive(Debug, Clone)]
struct Open {
    index: u64,
    /// Its number; `None`: it is passed over.
    block: Option<u32>,
    /// Arguments that came with the start of a call, in case no fragments follow.
    input: Option<String>,
}

impl DeltaReader for StreamReader {
    fn event(&mut self, _name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over || data.is_empty() {
            return;
        }
        let Ok(event) = serde_json::from_str::<Value>(data) else {
            return self.fail("the provider sent an event that is not JSON", out);
        };
        match event.get("type").and_then(Value::as_str).unwrap_or("") {
            "message_start" => self.start(&event, out),
            "content_block_start" => {
                let block = event.get("content_block").unwrap_or(&Value::Null);
                self.open(index(&event), block, out);
            }
            "content_block_delta" => self.delta(&event, out),
            "content_block_stop" => self.close(out),
            "message_delta" => self.finish(&event, out),
            "message_stop" => {
                self.close(out);
                if !self.finished {
                    let stop = self.planned.take().unwrap_or_default();
                    self.stop(stop, out);
                }
                self.over = true;
                out.push(Delta::End);
            }
            "error" => {
                self.over = true;
                out.push(Delta::Error(read_event(&event)));
            }
            // `ping`, and whatever comes to be.
            _ => {}
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if !self.over {
            self.fail("the provider's stream ended before it was complete", out);
        }
    }
}

impl StreamReader {
    fn fail(&mut self, message: &str, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(Error::broken(message)));
    }

    fn start(&mut self, event: &Value, out: &mut Vec<Delta>) {
        let text = |path: &str| json::at(event, path).and_then(Value::as_str);
        let id = text("/message/id");
        if self.began {
            // Told twice, or another message amidst this one, of which nothing can be trusted any more.
            if id != self.id.as_deref() {
                self.fail("the provider began another reply amidst this one", out);
            }
            return;
        }
        self.id = id.map(str::to_owned);
        self.begin(id, text("/message/model"), out);
        if let Some(usage) = json::at(event, "/message/usage") {
            self.figures.add(usage);
            out.push(Delta::Usage(self.figures.reported()));
        }
        // A turn that goes on from hosted tools may begin with whole blocks.
        let content = json::at(event, "/message/content").and_then(Value::as_array);
        for block in content.into_iter().flatten() {
            self.open(u64::MAX, block, out);
        }
        self.close(out);
        self.planned = text("/message/stop_reason").map(|reason| read_stop(reason, None));
    }

    fn begin(&mut self, id: Option<&str>, model: Option<&str>, out: &mut Vec<Delta>) {
        if self.began {
            return;
        }
        self.began = true;
        out.push(Delta::Begin {
            id: id.map(str::to_owned),
            model: model.map(str::to_owned),
            created: None,
        });
    }

    fn open(&mut self, index: u64, block: &Value, out: &mut Vec<Delta>) {
        self.begin(None, None, out);
        self.close(out);
        let text = |key: &str| block.get(key).and_then(Value::as_str).unwrap_or("");
        let kind = match text("type") {
            "text" => Some(BlockKind::Text),
            "thinking" => Some(BlockKind::Thought),
            "redacted_thinking" => Some(BlockKind::Sealed {
                data: text("data").to_owned(),
                id: None,
            }),
            "tool_use" => Some(BlockKind::Call {
                id: text("id").to_owned(),
                name: text("name").to_owned(),
                custom: false,
            }),
            _ => None,
        };
        let input = block.get("input").and_then(Value::as_object);
        let input = input.filter(|input| !input.is_empty());
        let mut open = Open {
            index,
            block: None,
            input: input.and_then(|input| serde_json::to_string(input).ok()),
        };
        if let Some(kind) = kind {
            let number = self.blocks;
            self.blocks = number.saturating_add(1);
            open.block = Some(number);
            out.push(Delta::Open {
                choice: 0,
                block: number,
                kind,
            });
        }
        self.open = Some(open);
        match text("type") {
            "text" => self.say(text("text"), out),
            "thinking" => {
                self.say(text("thinking"), out);
                self.sign(text("signature"), out);
            }
            _ => {}
        }
    }

    fn number(&self) -> Option<u32> {
        self.open.as_ref()?.block
    }

    fn say(&mut self, text: &str, out: &mut Vec<Delta>) {
        if let (Some(block), false) = (self.number(), text.is_empty()) {
            out.push(Delta::Say {
                choice: 0,
                block,
                text: text.to_owned(),
                logprobs: None,
            });
        }
    }

    fn sign(&mut self, signature: &str, out: &mut Vec<Delta>) {
        if let (Some(block), false) = (self.number(), signature.is_empty()) {
            out.push(Delta::Sign {
                choice: 0,
                block,
                signature: signature.to_owned(),
            });
        }
    }

    fn delta(&mut self, event: &Value, out: &mut Vec<Delta>) {
        let Some(open) = &mut self.open else {
            return;
        };
        if open.index != index(event) {
            return;
        }
        let text = |key: &str| {
            let text = event.get("delta").and_then(|delta| delta.get(key));
            text.and_then(Value::as_str).unwrap_or("")
        };
        match text("type") {
            "text_delta" => self.say(text("text"), out),
            "thinking_delta" => self.say(text("thinking"), out),
            "signature_delta" => self.sign(text("signature"), out),
            "input_json_delta" => {
                let fragment = text("partial_json");
                if !fragment.is_empty() {
                    open.input = None;
                }
                self.say(fragment, out);
            }
            "citations_delta" => {
                if let (Some(block), Some(raw)) = (open.block, json::at(event, "/delta/citation")) {
                    out.push(Delta::Cite {
                        choice: 0,
                        block,
                        citation: read_citation(raw),
                    });
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, out: &mut Vec<Delta>) {
        let input = self.open.as_mut().and_then(|open| open.input.take());
        if let Some(input) = input {
            self.say(&input, out);
        }
        let Some(Open {
            block: Some(block), ..
        }) = self.open.take()
        else {
            return;
        };
        out.push(Delta::Close { choice: 0, block });
    }

    fn finish(&mut self, event: &Value, out: &mut Vec<Delta>) {
        self.begin(None, None, out);
        let text = |path: &str| json::at(event, path).and_then(Value::as_str);
        if let Some(reason) = text("/delta/stop_reason") {
            self.close(out);
            let sequence = text("/delta/stop_sequence").map(str::to_owned);
            self.stop(read_stop(reason, sequence), out);
        }
        if let Some(usage) = event.get("usage") {
            self.figures.add(usage);
            out.push(Delta::Usage(self.figures.reported()));
        }
    }

    fn stop(&mut self, stop: Stop, out: &mut Vec<Delta>) {
        self.begin(None, None, out);
        if !self.finished {
            self.finished = true;
            out.push(Delta::Finish { choice: 0, stop });
        }
    }
}

fn index(event: &Value) -> u64 {
    event.get("index").and_then(Value::as_u64).unwrap_or(0)
}
