//! From Gemini's chunks to deltas.
//!
//! There is no last event: a stream ends well when every candidate has its finish reason.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{error, grounding, logprobs, reply, signature, stop, usage};
use super::partial::Partial;
use crate::dialect::neutral::{BlockKind, Citation, Delta, DeltaReader, Error, Stop, ToolCall};

/// Reads a stream of chunks.
#[derive(Debug, Default)]
pub struct StreamReader {
    begun: bool,
    over: bool,
    id: Option<String>,
    calls: usize,
    candidates: BTreeMap<u32, Candidate>,
}

/// One answer so far.
#[derive(Debug, Default)]
struct Candidate {
    choice: u32,
    open: Option<Open>,
    blocks: u32,
    called: bool,
    finished: bool,
    cited: Vec<Citation>,
}

/// The block that is open.
#[derive(Debug)]
struct Open {
    block: u32,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// With its words, by which Google's places of sources are understood.
    Text(String),
    Thought,
    Call(Partial),
}

impl DeltaReader for StreamReader {
    fn event(&mut self, _: &str, data: &str, out: &mut Vec<Delta>) {
        let data = data.trim();
        if self.over || data.is_empty() || data == "[DONE]" {
            return;
        }
        match serde_json::from_str(data) {
            Ok(Value::Array(chunks)) => {
                for chunk in &chunks {
                    self.chunk(chunk, out);
                }
            }
            Ok(chunk) => self.chunk(&chunk, out),
            Err(fault) => self.fail(format!("the provider sent broken JSON: {fault}"), out),
        }
    }

    fn end(&mut self, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        let whole = self.candidates.values().all(|one| one.finished);
        if whole && !self.candidates.is_empty() {
            self.over = true;
            out.push(Delta::End);
        } else {
            self.fail("the provider's stream ended early".to_owned(), out);
        }
    }
}

impl StreamReader {
    fn fail(&mut self, message: String, out: &mut Vec<Delta>) {
        self.over = true;
        out.push(Delta::Error(Error::broken(message)));
    }

    fn chunk(&mut self, chunk: &Value, out: &mut Vec<Delta>) {
        if self.over {
            return;
        }
        if let Some(found) = error::error_of(chunk) {
            self.over = true;
            out.push(Delta::Error(error::read(200, found)));
            return;
        }
        if !chunk.is_object() {
            return;
        }
        let string = |name: &str| chunk.get(name).and_then(Value::as_str).map(str::to_owned);
        if !self.begun {
            self.begun = true;
            self.id = string("responseId");
            out.push(Delta::Begin {
                id: self.id.clone(),
                model: string("modelVersion"),
                created: None,
            });
        }
        let candidates = chunk.get("candidates").and_then(Value::as_array);
        for candidate in candidates.into_iter().flatten() {
            if let Err(message) = self.candidate(candidate, out) {
                return self.fail(message, out);
            }
        }
        let feedback = chunk.get("promptFeedback");
        let blocked = feedback.and_then(|feedback| feedback.get("blockReason"));
        if blocked.is_some() && self.candidates.is_empty() {
            let finished = Candidate {
                finished: true,
                ..Candidate::default()
            };
            self.candidates.insert(0, finished);
            let stop = Stop::Filter;
            out.push(Delta::Finish { choice: 0, stop });
        }
        let used = usage::of_reply(chunk);
        out.extend(used.map(Delta::Usage));
    }

    fn candidate(&mut self, from: &Value, out: &mut Vec<Delta>) -> Result<(), String> {
        let choice = from.get("index").and_then(Value::as_u64);
        let choice = choice.and_then(|choice| u32::try_from(choice).ok());
        let choice = choice.unwrap_or(0);
        let state = self.candidates.entry(choice).or_default();
        state.choice = choice;
        if state.finished {
            return Ok(());
        }
        let mut words = from.get("logprobsResult").and_then(logprobs::read);
        for part in reply::parts_of(from) {
            let seal = part.get("thoughtSignature").and_then(Value::as_str);
            if let Some(text) = part.get("text").and_then(Value::as_str) {
                let thought = part.get("thought").and_then(Value::as_bool) == Some(true);
                state.say(text, thought, seal, &mut words, out);
            } else if let Some(call) = part.get("functionCall") {
                let signature = seal.map(str::to_owned);
                state.call(call, signature, self.id.as_deref(), &mut self.calls, out);
            } else if part.get("inlineData").is_some() {
                return Err("the model sent media, which a stream cannot carry".to_owned());
            }
        }
        state.cite(from, out);
        if let Some(reason) = from.get("finishReason").and_then(Value::as_str) {
            state.close(out);
            state.finished = true;
            let stop = stop::read(reason, state.called);
            out.push(Delta::Finish { choice, stop });
        }
        Ok(())
    }
}

impl Candidate {
    fn say(
        &mut self,
        text: &str,
        thought: bool,
        seal: Option<&str>,
        words: &mut Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        let fits = match self.open.as_ref().map(|open| &open.kind) {
            Some(Kind::Text(_)) => !thought,
            Some(Kind::Thought) => thought,
            Some(Kind::Call(_)) | None => false,
        };
        if !fits {
            if text.is_empty() && seal.is_none() {
                return;
            }
            // A signature with no words before it is a thought of its own.
            match thought || text.is_empty() {
                true => self.open(Kind::Thought, BlockKind::Thought, out),
                false => self.open(Kind::Text(String::new()), BlockKind::Text, out),
            };
        }
        let choice = self.choice;
        let Some(open) = &mut self.open else {
            return;
        };
        let block = open.block;
        if !text.is_empty() {
            let mut logprobs = None;
            if let Kind::Text(whole) = &mut open.kind {
                whole.push_str(text);
                logprobs = words.take();
            }
            out.push(Delta::Say {
                choice,
                block,
                text: text.to_owned(),
                logprobs,
            });
        }
        if let Some(seal) = seal {
            out.push(Delta::Sign {
                choice,
                block,
                signature: signature::marked(seal),
            });
        }
    }

    fn call(
        &mut self,
        from: &Value,
        signature: Option<String>,
        reply: Option<&str>,
        calls: &mut usize,
        out: &mut Vec<Delta>,
    ) {
        let named = from.get("name").is_some();
        let pieces = from.get("partialArgs").and_then(Value::as_array);
        let more = from.get("willContinue").and_then(Value::as_bool) == Some(true);
        if named {
            let call = reply::called(from, signature, reply, calls);
            self.called = true;
            self.begin_call(&call, out);
            if !more && pieces.is_none() {
                self.say_arguments(call.arguments, out);
                self.close_block(out);
                return;
            }
        }
        if let Some(Open {
            kind: Kind::Call(partial),
            ..
        }) = &mut self.open
        {
            for piece in pieces.into_iter().flatten() {
                partial.take(piece);
            }
            if !more {
                self.close(out);
            }
        }
    }

    fn begin_call(&mut self, call: &ToolCall, out: &mut Vec<Delta>) {
        let kind = BlockKind::Call {
            id: call.id.clone(),
            name: call.name.clone(),
            custom: false,
        };
        let block = self.open(Kind::Call(Partial::default()), kind, out);
        if let Some(signature) = call.signature.clone() {
            out.push(Delta::Sign {
                choice: self.choice,
                block,
                signature,
            });
        }
    }

    fn cite(&mut self, from: &Value, out: &mut Vec<Delta>) {
        let Some(Open {
            block,
            kind: Kind::Text(text),
        }) = &self.open
        else {
            return;
        };
        for (_, citation) in grounding::read(from, |_| Some(text.as_str())) {
            // Google repeats what it said before.
            if !self.cited.contains(&citation) {
                self.cited.push(citation.clone());
                out.push(Delta::Cite {
                    choice: self.choice,
                    block: *block,
                    citation,
                });
            }
        }
    }

    fn open(&mut self, kind: Kind, shown: BlockKind, out: &mut Vec<Delta>) -> u32 {
        self.close(out);
        let block = self.blocks;
        self.blocks = self.blocks.saturating_add(1);
        self.open = Some(Open { block, kind });
        out.push(Delta::Open {
            choice: self.choice,
            block,
            kind: shown,
        });
        block
    }

    /// Closes what is open; a call in pieces gets its arguments.
    fn close(&mut self, out: &mut Vec<Delta>) {
        if let Some(Open {
            kind: Kind::Call(partial),
            ..
        }) = &mut self.open
        {
            let arguments = std::mem::take(partial).text();
            self.say_arguments(arguments, out);
        }
        self.close_block(out);
    }

    fn say_arguments(&self, text: String, out: &mut Vec<Delta>) {
        if let Some(open) = &self.open {
            out.push(Delta::Say {
                choice: self.choice,
                block: open.block,
                text,
                logprobs: None,
            });
        }
    }

    fn close_block(&mut self, out: &mut Vec<Delta>) {
        if let Some(open) = self.open.take() {
            out.push(Delta::Close {
                choice: self.choice,
                block: open.block,
            });
        }
    }
}
