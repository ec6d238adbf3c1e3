//! Which blocks a stream that is being read has opened, by where they stand in the output.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::dialect::neutral::{BlockKind, Citation, Delta};

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A part of the message at this place of the output, and its place in the message.
    Part(u64, u64),
    /// A reasoning item.
    Thought(u64),
    /// A call.
    Call(u64),
}

#[derive(Debug)]
struct Block {
    number: u32,
    open: bool,
    said: bool,
    cited: usize,
}

/// The blocks so far.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    next: u32,
    map: BTreeMap<Key, Block>,
}

impl Blocks {
    /// Nothing has been said yet.
    pub(super) fn is_empty(&self) -> bool {
        self.next == 0
    }

    /// A call has been made.
    pub(super) fn has_call(&self) -> bool {
        self.map.keys().any(|key| matches!(key, Key::Call(_)))
    }

    /// The block has been opened at some time.
    pub(super) fn knows(&self, key: Key) -> bool {
        self.map.contains_key(&key)
    }

    /// The block has said something.
    pub(super) fn has_said(&self, key: Key) -> bool {
        self.map.get(&key).is_some_and(|block| block.said)
    }

    /// Opens a block, unless it is open. What speaks beside it ends; calls may go on.
    pub(super) fn open(&mut self, key: Key, kind: BlockKind, out: &mut Vec<Delta>) {
        if self.map.get(&key).is_some_and(|block| block.open) {
            return;
        }
        for (other, block) in &mut self.map {
            if !matches!(other, Key::Call(_)) {
                block.close(out);
            }
        }
        let before = self.map.get(&key);
        let block = Block {
            number: self.next,
            open: true,
            said: before.is_some_and(|block| block.said),
            cited: before.map_or(0, |block| block.cited),
        };
        self.next = self.next.saturating_add(1);
        out.push(Delta::Open {
            choice: 0,
            block: block.number,
            kind,
        });
        self.map.insert(key, block);
    }

    /// More words of an open block.
    pub(super) fn say(
        &mut self,
        key: Key,
        text: &str,
        logprobs: Option<Value>,
        out: &mut Vec<Delta>,
    ) {
        if let Some(block) = self.map.get_mut(&key).filter(|block| block.open) {
            block.said |= !text.is_empty();
            out.push(Delta::Say {
                choice: 0,
                block: block.number,
                text: text.to_owned(),
                logprobs,
            });
        }
    }

    /// A source that an open block names.
    pub(super) fn cite(&mut self, key: Key, citation: Citation, out: &mut Vec<Delta>) {
        if let Some(block) = self.map.get_mut(&key).filter(|block| block.open) {
            block.cited = block.cited.saturating_add(1);
            out.push(Delta::Cite {
                choice: 0,
                block: block.number,
                citation,
            });
        }
    }

    /// How many sources a block has named.
    pub(super) fn cited(&self, key: Key) -> usize {
        self.map.get(&key).map_or(0, |block| block.cited)
    }

    /// Ends a block, if it is open.
    pub(super) fn close(&mut self, key: Key, out: &mut Vec<Delta>) {
        if let Some(block) = self.map.get_mut(&key) {
            block.close(out);
        }
    }

    /// Ends every block.
    pub(super) fn close_all(&mut self, out: &mut Vec<Delta>) {
        for block in self.map.values_mut() {
            block.close(out);
        }
    }

    /// A block that has no more to say than what it is.
    pub(super) fn whole(&mut self, kind: BlockKind, out: &mut Vec<Delta>) {
        for (key, block) in &mut self.map {
            if !matches!(key, Key::Call(_)) {
                block.close(out);
            }
        }
        let (choice, block) = (0, self.next);
        self.next = self.next.saturating_add(1);
        out.push(Delta::Open {
            choice,
            block,
            kind,
        });
        out.push(Delta::Close { choice, block });
    }
}

impl Block {
    fn close(&mut self, out: &mut Vec<Delta>) {
        if std::mem::replace(&mut self.open, false) {
            out.push(Delta::Close {
                choice: 0,
                block: self.number,
            });
        }
    }
}
