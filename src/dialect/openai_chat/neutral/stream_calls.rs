//! Tool calls in a stream of chunks: which fragment belongs to which call, and when a call is complete.
//!
//! Fragments are told apart by `index`. Some providers leave it out, or always write 0: then a new id with a
//! name begins a new call, and so does a name after arguments that are complete.

use serde_json::Value;

use super::{call_id, thoughts};
use crate::dialect::Fields;
use crate::dialect::neutral::{BlockKind, Delta};

/// The calls of one choice.
#[derive(Debug, Default)]
pub(super) struct Calls {
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    index: u64,
    id: String,
    block: u32,
    closed: bool,
    custom: bool,
    arguments: Balance,
}

impl Calls {
    /// Takes in a fragment. `open` opens a block and gives its number.
    pub(super) fn fragment(
        &mut self,
        (choice, reply): (u32, &str),
        mut fields: Fields,
        out: &mut Vec<Delta>,
        mut open: impl FnMut(BlockKind, &mut Vec<Delta>) -> u32,
    ) {
        let index = fields.take("index").and_then(|index| index.as_u64());
        let id = fields.string("id").ok().flatten().unwrap_or_default();
        let custom = fields.peek("custom").is_some();
        let signature = thoughts::signature_of(&mut fields).ok().flatten();
        let own = fields.object(if custom { "custom" } else { "function" });
        let mut own = own.ok().flatten().unwrap_or_default();
        let name = own.string("name").ok().flatten().unwrap_or_default();
        let words = match own.take(if custom { "input" } else { "arguments" }) {
            Some(Value::String(words)) => words,
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let place = match self.find(index, &id, &name, &words) {
            Some(place) => place,
            None => {
                self.close_complete(choice, out);
                let count = self.calls.len();
                let id = match id.is_empty() {
                    true => call_id::made(reply, choice, count),
                    false => id,
                };
                let kind = BlockKind::Call {
                    id: id.clone(),
                    name,
                    custom,
                };
                let block = open(kind, out);
                self.calls.push(Call {
                    index: index.unwrap_or_else(|| u64::try_from(count).unwrap_or(u64::MAX)),
                    id,
                    block,
                    closed: false,
                    custom,
                    arguments: Balance::default(),
                });
                count
            }
        };
        let Some(call) = self.calls.get_mut(place).filter(|call| !call.closed) else {
            return;
        };
        if let Some(signature) = signature {
            let block = call.block;
            out.push(Delta::Sign {
                choice,
                block,
                signature,
            });
        }
        if !words.is_empty() {
            call.arguments.push(&words);
            out.push(Delta::Say {
                choice,
                block: call.block,
                text: words,
                logprobs: None,
            });
        }
    }

    /// The call that a fragment goes on with; `None`: it begins a new one.
    fn find(&self, index: Option<u64>, id: &str, name: &str, words: &str) -> Option<usize> {
        let place = match index {
            Some(index) => self.calls.iter().rposition(|call| call.index == index),
            None if id.is_empty() => self.calls.len().checked_sub(1),
            None => {
                let known = self.calls.iter().rposition(|call| call.id == id);
                let last = self.calls.len().checked_sub(1);
                known.or(last.filter(|_| name.is_empty()))
            }
        }?;
        let call = self.calls.get(place)?;
        // A new call has a name: without one, a new id is a whim of the server.
        let is_other = !name.is_empty() && !id.is_empty() && id != call.id;
        // Whole calls one after the other, with neither ids nor indexes of their own.
        let is_next = !name.is_empty()
            && !words.is_empty()
            && (id.is_empty() || index.is_none())
            && id != call.id
            && call.arguments.is_even();
        (!is_other && !is_next).then_some(place)
    }

    /// Closes the calls whose arguments are complete: another block is about to open.
    pub(super) fn close_complete(&mut self, choice: u32, out: &mut Vec<Delta>) {
        for call in self
            .calls
            .iter_mut()
            .filter(|call| call.custom || call.arguments.is_even())
        {
            call.close(choice, out);
        }
    }

    /// Whether a call is open.
    pub(super) fn any_open(&self) -> bool {
        self.calls.iter().any(|call| !call.closed)
    }

    /// Closes all; whether there are any.
    pub(super) fn close_all(&mut self, choice: u32, out: &mut Vec<Delta>) -> bool {
        for call in &mut self.calls {
            call.close(choice, out);
        }
        !self.calls.is_empty()
    }
}

impl Call {
    fn close(&mut self, choice: u32, out: &mut Vec<Delta>) {
        if !std::mem::replace(&mut self.closed, true) {
            let block = self.block;
            out.push(Delta::Close { choice, block });
        }
    }
}

/// Whether every bracket of a JSON text that comes in pieces is closed again.
#[derive(Debug, Default)]
struct Balance {
    depth: u32,
    begun: bool,
    in_string: bool,
    escaped: bool,
}

impl Balance {
    fn push(&mut self, piece: &str) {
        for byte in piece.bytes() {
            match (self.in_string, byte) {
                (true, _) if self.escaped => self.escaped = false,
                (true, b'\\') => self.escaped = true,
                (_, b'"') => self.in_string = !self.in_string,
                (false, b'{' | b'[') => {
                    self.begun = true;
                    self.depth = self.depth.saturating_add(1);
                }
                (false, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn is_even(&self) -> bool {
        self.begun && self.depth == 0 && !self.in_string
    }
}
