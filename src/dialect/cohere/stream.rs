//! A stream, event by event.
//!
//! ```text
//! message-start tool-plan-delta* (content-start content-delta* content-end | citation-start citation-end |
//!   tool-call-start tool-call-delta* tool-call-end)* message-end
//! ```
//!
//! A text is closed only where something else begins, for its citations may come after its `content-end`.

use serde_json::Value;

use super::{chat, citation, error, usage};
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, Error, ErrorKind};
use crate::json;

/// Reads a stream of Chat.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    /// How many blocks were opened.
    blocks: u32,
    open: Option<Open>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    block: u32,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plan,
    /// Cohere's index of the content.
    Thought(u64),
    Text(u64),
    /// Cohere's index of the call; nothing of its arguments has come.
    Call(u64),
    /// The same, after the first piece.
    Called(u64),
}

impl DeltaReader for StreamReader {
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over || data.trim() == "[DONE]" || (name.is_empty() && data.trim().is_empty()) {
            return;
        }
        let Ok(event) = serde_json::from_str::<Value>(data) else {
            return self.fail(Error::broken("Cohere sent a broken event"), out);
        };
        let kind = text(&event, "/type").unwrap_or(name);
        let index = event.get("index").and_then(Value::as_u64).unwrap_or(0);
        match kind {
            "message-start" => self.begin(text(&event, "/id"), out),
            "content-start" | "content-delta" => self.content(index, &event, out),
            "tool-plan-delta" => {
                let words = text(&event, "/delta/message/tool_plan");
                self.say(Kind::Plan, BlockKind::Thought, words, None, out);
            }
            "tool-call-start" => self.call(index, &event, out),
            "tool-call-delta" => {
                let path = "/delta/message/tool_calls/function/arguments";
                let same = [Some(Kind::Call(index)), Some(Kind::Called(index))];
                if same.contains(&self.open.map(|open| open.kind)) {
                    self.argue(index, text(&event, path), out);
                }
            }
            "content-end" | "tool-call-end" => {
                let text = |open: Open| matches!(open.kind, Kind::Text(_));
                if self.open.is_some_and(|open| !text(open)) {
                    self.close(out);
                }
            }
            "citation-start" => self.cite(index, &event, out),
            "message-end" => self.finish(&event, out),
            _ if event.get("type").is_none() && text(&event, "/message").is_some() => {
                let message = text(&event, "/message").unwrap_or_default();
                self.fail(error::in_stream(ErrorKind::Server, message), out);
            }
            _ => {}
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if !self.over {
            self.fail(Error::broken("Cohere's stream broke off"), out);
        }
    }
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    json::at(value, path).and_then(Value::as_str)
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn begin(&mut self, id: Option<&str>, out: &mut Vec<Delta>) {
        if !self.begun {
            self.begun = true;
            out.push(Delta::Begin {
                id: id.map(str::to_owned),
                model: None,
                created: None,
            });
        }
    }

    fn content(&mut self, index: u64, event: &Value, out: &mut Vec<Delta>) {
        let of = |key: &str| {
            json::at(event, "/delta/message/content")?
                .get(key)?
                .as_str()
        };
        let thinks = of("thinking").is_some() || of("type") == Some("thinking");
        if thinks {
            let kind = Kind::Thought(index);
            self.say(kind, BlockKind::Thought, of("thinking"), None, out);
        } else if of("text").is_some() || of("type") == Some("text") {
            let item = event.get("logprobs").filter(|item| item.is_object());
            let logprobs = chat::logprobs(item);
            self.say(
                Kind::Text(index),
                BlockKind::Text,
                of("text"),
                logprobs,
                out,
            );
        }
    }

    /// Says words in the block of a kind, which is opened if it is not open.
    fn say(
        &mut self,
        kind: Kind,
        block: BlockKind,
        words: Option<&str>,
        logprobs: Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        let words = words.unwrap_or_default();
        if kind == Kind::Plan && words.is_empty() {
            return;
        }
        let open = match self.open.filter(|open| open.kind == kind) {
            Some(open) => open,
            None => self.open(kind, block, out),
        };
        if !words.is_empty() || logprobs.is_some() {
            out.push(Delta::Say {
                choice: 0,
                block: open.block,
                text: words.to_owned(),
                logprobs,
            });
        }
    }

    fn call(&mut self, index: u64, event: &Value, out: &mut Vec<Delta>) {
        let calls = json::at(event, "/delta/message/tool_calls");
        let word = |path: &str| calls.and_then(|call| text(call, path)).unwrap_or_default();
        let kind = BlockKind::Call {
            id: word("/id").to_owned(),
            name: word("/function/name").to_owned(),
            custom: false,
        };
        self.open(Kind::Call(index), kind, out);
        self.argue(index, Some(word("/function/arguments")), out);
    }

    /// A piece of a call's arguments. `null`, which stands for none, is the only piece then, and is left out.
    fn argue(&mut self, index: u64, words: Option<&str>, out: &mut Vec<Delta>) {
        let words = words.filter(|words| !words.is_empty());
        let Some((open, words)) = self.open.as_mut().zip(words) else {
            return;
        };
        if open.kind == Kind::Call(index) && words.trim() == "null" {
            return;
        }
        open.kind = Kind::Called(index);
        out.push(Delta::Say {
            choice: 0,
            block: open.block,
            text: words.to_owned(),
            logprobs: None,
        });
    }

    fn cite(&mut self, index: u64, event: &Value, out: &mut Vec<Delta>) {
        let Some(raw) = json::at(event, "/delta/message/citations") else {
            return;
        };
        let kind = Kind::Text(citation::content(raw).unwrap_or(index));
        let is_text = |open: &Open| matches!(open.kind, Kind::Text(_));
        // An index beside the citation may be that of the citation; then the open text is meant.
        let Some(open) = self.open.filter(|open| open.kind == kind || is_text(open)) else {
            return;
        };
        for citation in citation::read(raw).into_iter().flatten() {
            out.push(Delta::Cite {
                choice: 0,
                block: open.block,
                citation,
            });
        }
    }

    fn open(&mut self, kind: Kind, block: BlockKind, out: &mut Vec<Delta>) -> Open {
        self.begin(None, out);
        self.close(out);
        let open = Open {
            block: self.blocks,
            kind,
        };
        self.blocks = self.blocks.saturating_add(1);
        self.open = Some(open);
        out.push(Delta::Open {
            choice: 0,
            block: open.block,
            kind: block,
        });
        open
    }

    fn close(&mut self, out: &mut Vec<Delta>) {
        if let Some(open) = self.open.take() {
            if matches!(open.kind, Kind::Call(_)) {
                out.push(Delta::Say {
                    choice: 0,
                    block: open.block,
                    text: chat::arguments("").to_owned(),
                    logprobs: None,
                });
            }
            out.push(Delta::Close {
                choice: 0,
                block: open.block,
            });
        }
    }

    fn finish(&mut self, event: &Value, out: &mut Vec<Delta>) {
        self.begin(text(event, "/id"), out);
        let usage = json::at(event, "/delta/usage").and_then(usage::read);
        let reason = text(event, "/delta/finish_reason").unwrap_or_default();
        match chat::read_stop(reason) {
            Ok(stop) => {
                self.close(out);
                out.push(Delta::Finish { choice: 0, stop });
                out.extend(usage.map(Delta::Usage));
                out.push(Delta::End);
                self.over = true;
            }
            Err(words) => {
                // What was used before it broke off is billed all the same.
                out.extend(usage.map(Delta::Usage));
                let kind = match reason {
                    "TIMEOUT" => ErrorKind::Timeout,
                    _ => ErrorKind::Server,
                };
                let said = text(event, "/delta/error").unwrap_or(words);
                self.fail(error::in_stream(kind, said), out);
            }
        }
    }
}
