//! The longest token a text begins with, by a walk through the packed trie of all tokens.
//!
//! A unit is `label: 8 | base or slot: 22 | has an end child: 1 | leaf: 1`, low bits first. The child of a
//! node for byte `b` is the unit at `base + b` if that unit's label is `b`.

use super::{
    hash::{CHARACTERS, END_LABEL},
    tables::{Tables, Token},
};

/// A node of the trie, by its unit. Where a token ends it stands for the token, and each token has only the
/// one node; which slot that is takes another look into the table, mostly never needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(u32);

const HAS_END: u32 = 1 << 30;
const LEAF: u32 = 1 << 31;

impl Node {
    /// A node no text leads to.
    pub(super) const NONE: Self = Self(END_LABEL as u32);

    /// A hash of this node and another.
    #[inline(always)]
    pub(super) const fn mix(self, other: Self) -> usize {
        let both = ((self.0 as u64) << 32) | other.0 as u64;
        (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
    }

    #[inline(always)]
    const fn label(self) -> u8 {
        self.0 as u8
    }

    /// The base of an inner node, the slot of a leaf or an end child.
    #[inline(always)]
    const fn value(self) -> u32 {
        (self.0 >> 8) & 0x3f_ffff
    }

    #[inline(always)]
    const fn is_leaf(self) -> bool {
        self.0 & LEAF != 0
    }

    #[inline(always)]
    const fn is_token(self) -> bool {
        self.0 >= HAS_END
    }
}

impl Tables {
    #[inline(always)]
    fn child(&self, node: Node, label: u8) -> Node {
        let at = (node.value() as usize).wrapping_add(usize::from(label));
        self.units
            .get(at)
            .map_or(Node::NONE, |&bytes| Node(u32::from_le_bytes(bytes)))
    }

    /// The node of a first byte, and that of the byte as a token.
    #[inline(always)]
    fn root(&self, byte: u8) -> (Node, Node) {
        let root = self
            .roots
            .get(usize::from(byte))
            .map_or(0, |&bytes| u64::from_le_bytes(bytes));
        (Node(root as u32), Node(LEAF | ((root >> 32) as u32) << 8))
    }

    /// The node of the character `text` begins with, if that is a token of [`CHARACTERS`].
    #[inline(always)]
    fn character(&self, text: &[u8]) -> Option<Node> {
        let (&first, rest) = text.split_first()?;
        if first < 0xe3 {
            return None;
        }
        let &[second, third] = rest.first_chunk()?;
        // What begins a character of four bytes lies behind the table.
        let block = (u32::from(first & 0x1f) << 6) | u32::from(second & 0x3f);
        let block = block.wrapping_sub(CHARACTERS.start >> 6) as usize;
        let block = self
            .blocks
            .get(block)
            .map(|&bytes| u128::from_le_bytes(bytes))?;
        let (tokens, first) = (block as u64, (block >> 64) as usize);
        let from_here = tokens >> (third & 0x3f);
        if from_here & 1 == 0 {
            return None;
        }
        let before = tokens.count_ones().wrapping_sub(from_here.count_ones());
        let unit = self.characters.get(first.wrapping_add(before as usize))?;
        Some(Node(u32::from_le_bytes(*unit)))
    }

    /// The longest token `text` begins with, and its length; every byte is a token, so there is one unless
    /// `text` is empty.
    #[inline(always)]
    pub(super) fn longest(&self, text: &[u8]) -> (Node, usize) {
        let Some(&first) = text.first() else {
            return (Node::NONE, 0);
        };
        let (mut node, mut best) = match self.character(text) {
            Some(node) => (node, (node, 3)),
            None => {
                let (node, byte) = self.root(first);
                (node, (byte, 1))
            }
        };
        let mut depth = best.1;
        for &label in text.get(depth..).unwrap_or_default() {
            // A leaf's value is a slot; what stands there as a base must not be followed.
            if node.is_leaf() {
                break;
            }
            let next = self.child(node, label);
            if next.label() != label {
                break;
            }
            node = next;
            depth = depth.wrapping_add(1);
            if node.is_token() {
                best = (node, depth);
            }
        }
        best
    }

    /// Calls `each` with every token `text` begins with, shortest first.
    pub(super) fn prefixes(&self, text: &[u8], mut each: impl FnMut(Node, usize)) {
        let Some((&first, rest)) = text.split_first() else {
            return;
        };
        let (mut node, byte) = self.root(first);
        each(byte, 1);
        for (&label, length) in rest.iter().zip(2..) {
            if node.is_leaf() {
                return;
            }
            node = self.child(node, label);
            if node.label() != label {
                return;
            }
            if node.is_token() {
                each(node, length);
            }
        }
    }

    /// Bytes of the token a node stands for.
    pub(super) fn length(&self, node: Node) -> usize {
        self.entry(self.token(node)).len()
    }

    /// The token a node stands for.
    #[inline(always)]
    pub(super) fn token(&self, node: Node) -> Token {
        let end = if node.is_leaf() {
            node
        } else {
            self.child(node, END_LABEL)
        };
        Token(end.value())
    }
}
