//! Events of Anthropic's Messages: one message, its blocks one after the other, each with deltas of its own kind.

use serde_json::Value;

use super::{Checked, must, sse};

/// Where a stream is.
#[derive(Default)]
struct Stream {
    started: bool,
    /// The block that is open: its kind, and what came of it.
    open: Option<(String, String, bool)>,
    blocks: u64,
    calls: usize,
    delta: Option<String>,
    stopped: bool,
    failed: bool,
    /// A call's input that is no object, which only `max_tokens` explains.
    cut: Option<String>,
}

/// The blocks whose deltas are known.
const KNOWN: [&str; 5] = [
    "text",
    "thinking",
    "redacted_thinking",
    "tool_use",
    "server_tool_use",
];

/// Checks a stream.
pub fn check(text: &str) -> Checked {
    let mut stream = Stream::default();
    for (at, event) in sse::events(text)?.iter().enumerate() {
        let data = event.json()?;
        let kind = data["type"].as_str().unwrap_or_default();
        let in_event = |why: String| format!("event {at}: {why}: {}", event.data);
        must(event.name.as_deref() == Some(kind), || {
            in_event(format!("its event line says {:?}", event.name))
        })?;
        must(!stream.stopped && !stream.failed, || {
            in_event("something behind the end".to_owned())
        })?;
        stream.next(kind, &data).map_err(in_event)?;
    }
    must(stream.stopped || stream.failed, || {
        "the stream ends without message_stop".to_owned()
    })
}

impl Stream {
    fn next(&mut self, kind: &str, data: &Value) -> Checked {
        let started = self.started;
        must(
            started || matches!(kind, "message_start" | "error" | "ping"),
            || "before message_start".to_owned(),
        )?;
        match kind {
            "ping" => Ok(()),
            "error" => {
                self.failed = true;
                let error = &data["error"];
                must(
                    error["type"].is_string() && error["message"].is_string(),
                    || "an error without type or message".to_owned(),
                )
            }
            "message_start" => {
                must(!std::mem::replace(&mut self.started, true), || {
                    "message_start again".to_owned()
                })?;
                begun(&data["message"])
            }
            "content_block_start" => self.open(data),
            "content_block_delta" => self.say(data),
            "content_block_stop" => self.close(data),
            "message_delta" => self.end(data),
            "message_stop" => {
                self.stopped = true;
                must(self.delta.is_some(), || {
                    "message_stop without message_delta".to_owned()
                })
            }
            other => Err(format!("there is no event {other:?}")),
        }
    }

    fn open(&mut self, data: &Value) -> Checked {
        must(self.delta.is_none(), || {
            "a block behind message_delta".to_owned()
        })?;
        must(self.open.is_none(), || {
            "a block begins in another".to_owned()
        })?;
        must(data["index"] == self.blocks, || {
            format!("not the index {}", self.blocks)
        })?;
        let block = &data["content_block"];
        let kind = block["type"].as_str().ok_or("a block without a type")?;
        let empty = |name: &str| block[name].as_str() == Some("");
        match kind {
            "text" => must(empty("text"), || "a text does not begin empty".to_owned())?,
            "thinking" => must(empty("thinking") && block["signature"].is_string(), || {
                "a thought does not begin empty, or without a signature".to_owned()
            })?,
            "tool_use" => {
                self.calls += 1;
                let named = ["id", "name"]
                    .iter()
                    .all(|name| block[*name].as_str().is_some_and(|text| !text.is_empty()));
                must(named, || "a call without id or name".to_owned())?;
                let empty = block["input"]
                    .as_object()
                    .is_some_and(serde_json::Map::is_empty);
                must(empty, || "a call's input does not begin as {}".to_owned())?;
            }
            "redacted_thinking" => must(block["data"].is_string(), || {
                "a redacted thought without data".to_owned()
            })?,
            _ => {}
        }
        self.open = Some((kind.to_owned(), String::new(), false));
        Ok(())
    }

    fn say(&mut self, data: &Value) -> Checked {
        let at = self.blocks;
        let (kind, said, signed) = self.open.as_mut().ok_or("a delta of no block")?;
        must(data["index"] == at, || {
            format!("a delta of another block than {at}, which is open")
        })?;
        let delta = &data["delta"];
        let (fits, field) = match delta["type"].as_str().unwrap_or_default() {
            "text_delta" => (kind == "text", "text"),
            "citations_delta" => {
                return must(kind == "text", || {
                    "a citation of what is no text".to_owned()
                });
            }
            "thinking_delta" => (kind == "thinking" && !*signed, "thinking"),
            "signature_delta" => {
                *signed = true;
                (kind == "thinking", "signature")
            }
            "input_json_delta" => (
                kind == "tool_use" || kind == "server_tool_use",
                "partial_json",
            ),
            // A block that this checker does not know may have deltas that it does not know.
            _ if !KNOWN.contains(&kind.as_str()) => return Ok(()),
            other => return Err(format!("there is no delta {other:?}")),
        };
        must(fits, || {
            format!("a delta that does not fit a block of kind {kind}")
        })?;
        let text = delta[field].as_str().ok_or("a delta without its text")?;
        if field != "signature" {
            said.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self, data: &Value) -> Checked {
        let (kind, said, _) = self.open.take().ok_or("a block ends that is not open")?;
        must(data["index"] == self.blocks, || {
            format!("the block that is open is {}", self.blocks)
        })?;
        self.blocks += 1;
        let input = said.is_empty()
            || serde_json::from_str::<Value>(&said).is_ok_and(|input| input.is_object());
        if kind == "tool_use" && !input {
            self.cut = Some(said);
        }
        Ok(())
    }

    fn end(&mut self, data: &Value) -> Checked {
        must(self.open.is_none(), || {
            "message_delta while a block is open".to_owned()
        })?;
        must(self.delta.is_none(), || "message_delta again".to_owned())?;
        let reason = data["delta"]["stop_reason"]
            .as_str()
            .ok_or("no stop_reason")?;
        let known = [
            "end_turn",
            "max_tokens",
            "stop_sequence",
            "tool_use",
            "pause_turn",
            "refusal",
            "model_context_window_exceeded",
        ];
        must(known.contains(&reason), || {
            format!("{reason:?} is not one of Anthropic's reasons")
        })?;
        must(reason != "tool_use" || self.calls > 0, || {
            "tool_use without a call".to_owned()
        })?;
        must(self.cut.is_none() || reason == "max_tokens", || {
            format!("a call's input is no object: {:?}", self.cut)
        })?;
        let sequence = data["delta"]["stop_sequence"].is_string();
        must(sequence == (reason == "stop_sequence"), || {
            "stop_sequence does not fit the reason".to_owned()
        })?;
        must(data["usage"]["output_tokens"].is_u64(), || {
            "no output_tokens".to_owned()
        })?;
        self.delta = Some(reason.to_owned());
        Ok(())
    }
}

fn begun(message: &Value) -> Checked {
    let texts = ["id", "model"]
        .iter()
        .all(|name| message[*name].as_str().is_some_and(|text| !text.is_empty()));
    must(texts, || "a message without id or model".to_owned())?;
    must(
        message["type"] == "message" && message["role"] == "assistant",
        || "no message of the assistant".to_owned(),
    )?;
    must(
        message["content"].as_array().is_some_and(Vec::is_empty),
        || "the message does not begin empty".to_owned(),
    )?;
    let open = message.get("stop_reason") == Some(&Value::Null)
        && message.get("stop_sequence") == Some(&Value::Null);
    must(open, || {
        "stop_reason and stop_sequence are not null at the start".to_owned()
    })?;
    let usage = &message["usage"];
    must(
        usage["input_tokens"].is_u64() && usage["output_tokens"].is_u64(),
        || "no usage at the start".to_owned(),
    )
}
