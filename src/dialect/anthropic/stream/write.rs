//! Deltas as a stream for a client of this dialect.
//!
//! ```text
//! message_start (content_block_start content_block_delta* content_block_stop)* message_delta message_stop
//! ```
//!
//! One block is open at a time. Calls whose fragments a provider interleaves wait until the one before them
//! is closed; all else leaves as it comes. `message_delta` carries the usage, which may be known only after
//! the last block, so it is written at the end.

use serde_json::{Value, json};

use super::block::{Block, event};
use crate::dialect::Reported;
use crate::dialect::anthropic::error::error_event;
use crate::dialect::anthropic::reply::message_id;
use crate::dialect::anthropic::stop::write_stop;
use crate::dialect::anthropic::usage::write_usage;
use crate::dialect::neutral::{BlockKind, Delta, DeltaWriter, Stop, Told};

/// Writes a stream: its only choice, for this dialect has no more.
#[derive(Debug, Clone)]
pub struct StreamWriter {
    told: Told,
    began: bool,
    over: bool,
    /// The open block, by its number.
    open: Option<(u32, Block)>,
    /// Blocks that wait for it, in their order.
    waiting: Vec<Waiting>,
    /// The index of the next block.
    next: u64,
    called: bool,
    stop: Stop,
    usage: Reported,
}

#[derive(Debug, Clone)]
struct Waiting {
    number: u32,
    kind: BlockKind,
    deltas: Vec<Delta>,
    closed: bool,
}

impl StreamWriter {
    /// A writer for one reply.
    pub fn new(told: Told) -> Self {
        Self {
            told,
            began: false,
            over: false,
            open: None,
            waiting: Vec::new(),
            next: 0,
            called: false,
            stop: Stop::End,
            usage: Reported::default(),
        }
    }

    fn begin(&mut self, id: Option<&str>, out: &mut Vec<u8>) {
        if self.began {
            return;
        }
        self.began = true;
        let message = json!({
            "id": message_id(id, &self.told),
            "type": "message",
            "role": "assistant",
            "model": self.told.model,
            "content": [],
            "stop_reason": Value::Null,
            "stop_sequence": Value::Null,
            "usage": write_usage(&self.usage),
        });
        let data = json!({"type": "message_start", "message": message});
        event("message_start", &data, out);
    }

    fn start(&mut self, number: u32, kind: &BlockKind, out: &mut Vec<u8>) {
        self.begin(None, out);
        self.called |= matches!(kind, BlockKind::Call { .. });
        if self.open.is_none() {
            let block = Block::start(self.next, kind.clone(), out);
            self.open = Some((number, block));
        } else {
            self.waiting.push(Waiting {
                number,
                kind: kind.clone(),
                deltas: Vec::new(),
                closed: false,
            });
        }
    }

    fn inside(&mut self, number: u32, delta: &Delta, out: &mut Vec<u8>) {
        if let Some((open, block)) = &mut self.open
            && *open == number
        {
            return block.delta(delta, out);
        }
        let mut waiting = self.waiting.iter_mut();
        if let Some(waiting) = waiting.find(|waiting| waiting.number == number && !waiting.closed) {
            waiting.deltas.push(delta.clone());
        }
    }

    fn close(&mut self, number: u32, out: &mut Vec<u8>) {
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            let mut waiting = self.waiting.iter_mut();
            if let Some(waiting) = waiting.find(|waiting| waiting.number == number) {
                waiting.closed = true;
            }
            return;
        }
        self.shut(out);
    }

    /// Closes the open block and opens the next that waits, until one stays open.
    fn shut(&mut self, out: &mut Vec<u8>) {
        while let Some((_, block)) = self.open.take() {
            self.next = block.stop(out);
            if self.waiting.is_empty() {
                return;
            }
            let waiting = self.waiting.remove(0);
            let mut block = Block::start(self.next, waiting.kind, out);
            for delta in &waiting.deltas {
                block.delta(delta, out);
            }
            self.open = Some((waiting.number, block));
            if !waiting.closed {
                return;
            }
        }
    }

    /// Closes all blocks, whether the provider did or not.
    fn shut_all(&mut self, out: &mut Vec<u8>) {
        self.waiting
            .iter_mut()
            .for_each(|waiting| waiting.closed = true);
        self.shut(out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        self.begin(None, out);
        self.shut_all(out);
        let (reason, sequence) = write_stop(&self.stop, self.called);
        let data = json!({
            "type": "message_delta",
            "delta": {"stop_reason": reason, "stop_sequence": sequence},
            "usage": write_usage(&self.usage),
        });
        event("message_delta", &data, out);
        event("message_stop", &json!({"type": "message_stop"}), out);
    }
}

impl DeltaWriter for StreamWriter {
    fn delta(&mut self, delta: &Delta, out: &mut Vec<u8>) {
        if self.over {
            return;
        }
        match delta {
            Delta::Begin { id, .. } => self.begin(id.as_deref(), out),
            Delta::Open {
                choice: 0,
                block,
                kind,
            } => self.start(*block, kind, out),
            Delta::Say {
                choice: 0, block, ..
            }
            | Delta::Sign {
                choice: 0, block, ..
            }
            | Delta::Cite {
                choice: 0, block, ..
            } => self.inside(*block, delta, out),
            Delta::Close { choice: 0, block } => self.close(*block, out),
            Delta::Finish { choice: 0, stop } => {
                self.shut_all(out);
                self.stop = stop.clone();
            }
            Delta::Usage(usage) => self.usage = self.usage.or_more(*usage),
            Delta::End => {
                self.end(out);
                self.over = true;
            }
            Delta::Error(error) => {
                self.shut_all(out);
                out.extend_from_slice(&error_event(error));
                self.over = true;
            }
            // Other choices: a client of this dialect cannot ask for them.
            _ => {}
        }
    }
}
