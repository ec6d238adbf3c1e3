//! A stream, event by event.
//!
//! ```text
//! messageStart (contentBlockStart? contentBlockDelta* contentBlockStop)* messageStop metadata
//! ```
//!
//! Only calls have a `contentBlockStart`; other blocks begin with their first delta. A block that was never
//! stopped ends where the next one begins.

use serde_json::Value;

use super::reply::{read_citation, read_stop};
use super::{error, usage};
use crate::dialect::neutral::{BlockKind, Delta, DeltaReader, Error};
use crate::json;

/// Reads ConverseStream.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    /// `messageStop` has come.
    stopped: bool,
    /// `metadata` has come.
    counted: bool,
    /// Nothing more is to be said.
    over: bool,
    /// How many blocks were opened.
    blocks: u32,
    open: Vec<Open>,
    /// Bedrock's index of a block whose tool Bedrock runs itself.
    hidden: Vec<u64>,
}

/// A block that is not closed.
#[derive(Debug)]
struct Open {
    /// Bedrock's index.
    index: u64,
    block: u32,
    kind: Kind,
    /// Something of it has come.
    said: bool,
    signature: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Thought,
    Call,
}

impl DeltaReader for StreamReader {
    fn event(&mut self, name: &str, data: &str, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        if let Some(exception) = name.strip_prefix("exception:") {
            return self.fail(error::in_stream(exception, data), out);
        }
        let known = [
            "messageStart",
            "contentBlockStart",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata",
        ];
        if !known.contains(&name) {
            return;
        }
        let Ok(event) = serde_json::from_str::<Value>(data) else {
            let words = format!("AWS Bedrock sent a broken event of the type {name}");
            return self.fail(Error::broken(words), out);
        };
        if !self.begun {
            self.begun = true;
            out.push(Delta::Begin {
                id: None,
                model: None,
                created: None,
            });
        }
        let index = event.get("contentBlockIndex").and_then(Value::as_u64);
        match name {
            "contentBlockStart" if !self.stopped => self.start(index, &event, out),
            "contentBlockDelta" if !self.stopped => self.delta(index, &event, out),
            "contentBlockStop" => {
                let index = index.unwrap_or(0);
                self.hidden.retain(|hidden| *hidden != index);
                self.close(|open| open.index == index, out);
            }
            "messageStop" => self.stop(&event, out),
            "metadata" => {
                self.counted = true;
                let usage = usage::of_reply(&event);
                out.extend(usage.map(Delta::Usage));
                self.end_if_complete(out);
            }
            _ => {}
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        if self.stopped {
            self.over = true;
            return out.push(Delta::End);
        }
        self.fail(Error::broken("AWS Bedrock's stream broke off"), out);
    }
}

fn say(block: u32, words: &str) -> Delta {
    Delta::Say {
        choice: 0,
        block,
        text: words.to_owned(),
        logprobs: None,
    }
}

impl StreamReader {
    fn fail(&mut self, error: Error, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(error));
    }

    fn start(&mut self, index: Option<u64>, event: &Value, out: &mut Vec<Delta>) {
        let text = |path: &str| json::at(event, path).and_then(Value::as_str);
        let index = index.unwrap_or(u64::from(self.blocks));
        if json::at(event, "/start/toolUse").is_none() || text("/start/toolUse/type").is_some() {
            return self.hidden.push(index);
        }
        let kind = BlockKind::Call {
            id: text("/start/toolUse/toolUseId")
                .unwrap_or_default()
                .to_owned(),
            name: text("/start/toolUse/name").unwrap_or_default().to_owned(),
            custom: false,
        };
        self.open(index, Kind::Call, kind, out);
    }

    fn delta(&mut self, index: Option<u64>, event: &Value, out: &mut Vec<Delta>) {
        let index = index.unwrap_or(0);
        if self.hidden.contains(&index) {
            return;
        }
        let text = |path: &str| json::at(event, path).and_then(Value::as_str);
        if let Some(words) = text("/delta/text") {
            self.say(index, Kind::Text, words, out);
        } else if let Some(words) = text("/delta/toolUse/input") {
            self.say(index, Kind::Call, words, out);
        } else if let Some(words) = text("/delta/reasoningContent/text") {
            self.say(index, Kind::Thought, words, out);
        } else if let Some(signature) = text("/delta/reasoningContent/signature") {
            let open = self.find(index, Kind::Thought, out);
            if let Some(open) = open.and_then(|at| self.open.get_mut(at)) {
                open.signature.push_str(signature);
            }
        } else if let Some(sealed) = text("/delta/reasoningContent/redactedContent") {
            let kind = BlockKind::Sealed {
                data: sealed.to_owned(),
                id: None,
            };
            self.open(index, Kind::Thought, kind, out);
            self.close(|open| open.index == index, out);
        } else if let Some(raw) = json::at(event, "/delta/citation") {
            let open = self.find(index, Kind::Text, out);
            if let Some(open) = open.and_then(|at| self.open.get(at)) {
                out.push(Delta::Cite {
                    choice: 0,
                    block: open.block,
                    citation: read_citation(raw),
                });
            }
        }
    }

    fn say(&mut self, index: u64, kind: Kind, words: &str, out: &mut Vec<Delta>) {
        let found = self.find(index, kind, out);
        let open = found.and_then(|at| self.open.get_mut(at));
        if let Some(open) = open.filter(|_| !words.is_empty()) {
            open.said = true;
            out.push(say(open.block, words));
        }
    }

    /// The place of the open block of an index, which is opened if it is not.
    fn find(&mut self, index: u64, kind: Kind, out: &mut Vec<Delta>) -> Option<usize> {
        let fits = |open: &Open| open.index == index && open.kind == kind;
        if let Some(at) = self.open.iter().position(fits) {
            return Some(at);
        }
        let block = match kind {
            Kind::Text => BlockKind::Text,
            Kind::Thought => BlockKind::Thought,
            // A piece of a call that was never started belongs to the last one that was.
            Kind::Call => return self.open.iter().rposition(|open| open.kind == kind),
        };
        self.open(index, kind, block, out);
        self.open.len().checked_sub(1)
    }

    fn open(&mut self, index: u64, kind: Kind, block: BlockKind, out: &mut Vec<Delta>) {
        let beside = |open: &Open| kind == Kind::Call && open.kind == Kind::Call;
        self.close(|open| open.index == index || !beside(open), out);
        out.push(Delta::Open {
            choice: 0,
            block: self.blocks,
            kind: block,
        });
        self.open.push(Open {
            index,
            block: self.blocks,
            kind,
            said: false,
            signature: String::new(),
        });
        self.blocks = self.blocks.saturating_add(1);
    }

    fn close(&mut self, which: impl Fn(&Open) -> bool, out: &mut Vec<Delta>) {
        let all = std::mem::take(&mut self.open);
        let (closed, open) = all.into_iter().partition(which);
        self.open = open;
        let closed: Vec<Open> = closed;
        for one in closed {
            if one.kind == Kind::Call && !one.said {
                out.push(say(one.block, "{}"));
            }
            if !one.signature.is_empty() {
                out.push(Delta::Sign {
                    choice: 0,
                    block: one.block,
                    signature: one.signature,
                });
            }
            out.push(Delta::Close {
                choice: 0,
                block: one.block,
            });
        }
    }

    fn stop(&mut self, event: &Value, out: &mut Vec<Delta>) {
        if self.stopped {
            return;
        }
        self.close(|_| true, out);
        let reason = event.get("stopReason").and_then(Value::as_str);
        let more = event.get("additionalModelResponseFields");
        out.push(Delta::Finish {
            choice: 0,
            stop: read_stop(reason.unwrap_or_default(), more),
        });
        self.stopped = true;
        self.end_if_complete(out);
    }

    fn end_if_complete(&mut self, out: &mut Vec<Delta>) {
        if self.stopped && self.counted {
            self.over = true;
            out.push(Delta::End);
        }
    }
}
