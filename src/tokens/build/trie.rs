//! The trie of all tokens of two bytes and more, packed into one array of 32-bit units.
//!
//! A double array (Aoe, "An efficient digital search algorithm by using a double-array structure", 1989)
//! whose check is the label itself, which takes one base per parent. A token that other tokens start with
//! is kept in a child of its own, labelled with a byte that UTF-8 never has.

use super::{
    hash::{CHARACTERS, END_LABEL},
    vocabulary::Vocabulary,
};

const LEAF: u32 = 1 << 31;
const HAS_END: u32 = 1 << 30;
/// A unit nothing leads to.
const EMPTY: u32 = END_LABEL as u32;

pub struct Trie {
    /// `label: 8 | base or slot: 22 | has an end child: 1 | leaf: 1`, low bits first.
    pub units: Vec<u32>,
    /// For each first byte: its node's unit in the low half, the slot of the single byte in the high.
    pub roots: Vec<u64>,
    /// For each 64 of [`CHARACTERS`]: in the low half which of them are tokens, one bit each, in the high half the
    /// place of the first one's unit in `characters`.
    pub blocks: Vec<u128>,
    /// The units of the characters that are tokens.
    pub characters: Vec<u32>,
}

#[derive(Default)]
struct Node {
    children: Vec<(u8, usize)>,
    slot: Option<u32>,
    /// The lowest rank among the tokens through this node.
    first_rank: u32,
}

impl Node {
    fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    fn labels(&self) -> Vec<usize> {
        let end = self.slot.map(|_| usize::from(END_LABEL));
        self.children
            .iter()
            .map(|&(label, _)| usize::from(label))
            .chain(end)
            .collect()
    }
}

impl Trie {
    pub fn pack(vocabulary: &Vocabulary, slot_of_rank: &[u32]) -> Self {
        let (nodes, mut roots) = nodes(vocabulary, slot_of_rank);
        let bases = Packing::default().place(&nodes);
        let last = bases
            .iter()
            .flatten()
            .max()
            .expect("some token is longer than a byte");
        let mut units = vec![EMPTY; last + 256];
        let unit = |label: u8, node: usize| {
            let own = &nodes[node];
            match bases[node] {
                None => LEAF | own.slot.expect("a leaf is a token") << 8 | u32::from(label),
                Some(base) => {
                    let end = if own.slot.is_some() { HAS_END } else { 0 };
                    end | (base as u32) << 8 | u32::from(label)
                }
            }
        };
        for (node, base) in nodes
            .iter()
            .zip(&bases)
            .filter_map(|(node, base)| Some((node, (*base)?)))
        {
            for &(label, child) in &node.children {
                units[base + usize::from(label)] = unit(label, child);
            }
            if let Some(slot) = node.slot {
                units[base + usize::from(END_LABEL)] = slot << 8 | u32::from(END_LABEL);
            }
        }
        for (byte, root) in (0..=u8::MAX).zip(&mut roots) {
            let node = usize::from(byte);
            // A first byte that begins no longer token is a leaf, whose unit never sends the walk on.
            let own = if nodes[node].is_leaf() {
                LEAF
            } else {
                unit(byte, node)
            };
            *root = *root << 32 | u64::from(own);
        }
        let mut blocks = Vec::new();
        let mut characters = Vec::new();
        for first in CHARACTERS.step_by(64) {
            let mut block = (characters.len() as u128) << 64;
            for nth in 0..64 {
                if let Some((label, node)) = walk(&nodes, first + nth)
                    && nodes[node].slot.is_some()
                {
                    block |= 1 << nth;
                    characters.push(unit(label, node));
                }
            }
            blocks.push(block);
        }
        Self {
            units,
            roots,
            blocks,
            characters,
        }
    }
}

/// The last byte of a character and its node.
fn walk(nodes: &[Node], code: u32) -> Option<(u8, usize)> {
    let character = char::from_u32(code)?.to_string();
    let (first, rest) = character.as_bytes().split_first()?;
    let step = |node: usize, label: &u8| {
        let mut children = nodes[node].children.iter();
        children
            .find(|(own, _)| own == label)
            .map(|&(_, child)| child)
    };
    let node = rest.iter().try_fold(usize::from(*first), step)?;
    Some((*rest.last()?, node))
}

/// Nodes 0–255 are the first bytes; their own slots are returned apart, for they never need an end child.
fn nodes(vocabulary: &Vocabulary, slot_of_rank: &[u32]) -> (Vec<Node>, Vec<u64>) {
    let mut sorted: Vec<(&[u8], u32, u32)> = vocabulary
        .tokens
        .iter()
        .zip((0_u32..).zip(slot_of_rank))
        .filter_map(|(token, (rank, &slot))| Some((token.as_deref()?, rank, slot)))
        .collect();
    sorted.sort_unstable();
    let mut nodes: Vec<Node> = (0..256).map(|_| Node::default()).collect();
    let mut roots = vec![0_u64; 256];
    let mut path: Vec<usize> = Vec::new();
    let mut before: &[u8] = &[];
    for &(token, rank, slot) in &sorted {
        let first = usize::from(token[0]);
        if token.len() == 1 {
            roots[first] = u64::from(slot);
        }
        let shared = token.iter().zip(before).take_while(|(a, b)| a == b).count();
        path.truncate(shared);
        if path.is_empty() {
            path.push(first);
        }
        while path.len() < token.len() {
            let label = token[path.len()];
            nodes.push(Node {
                first_rank: u32::MAX,
                ..Node::default()
            });
            let child = nodes.len() - 1;
            nodes[path[path.len() - 1]].children.push((label, child));
            path.push(child);
        }
        for &node in &path {
            nodes[node].first_rank = nodes[node].first_rank.min(rank);
        }
        if token.len() > 1 {
            nodes[path[token.len() - 1]].slot = Some(slot);
        }
        before = token;
    }
    (nodes, roots)
}

/// First fit, the nodes with most children first, 64 bases tried at a time.
#[derive(Default)]
struct Packing {
    used: Vec<u64>,
    base_used: Vec<u64>,
}

impl Packing {
    fn place(mut self, nodes: &[Node]) -> Vec<Option<usize>> {
        let mut order: Vec<(usize, Vec<usize>)> = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| !node.is_leaf())
            .map(|(index, node)| (index, node.labels()))
            .collect();
        order.sort_by_key(|(node, labels)| {
            (
                nodes[*node].first_rank.max(1).ilog2().max(11),
                std::cmp::Reverse(labels.len()),
            )
        });
        let mut bases = vec![None; nodes.len()];
        let mut from = [0; 257];
        for (node, labels) in &order {
            let base = self.fit(labels, &mut from[labels.len()]);
            bases[*node] = Some(base);
        }
        bases
    }

    /// The first base that suits the labels; `from` keeps the word to begin at for the next node of this size.
    fn fit(&mut self, labels: &[usize], from: &mut usize) -> usize {
        let mut word = *from;
        loop {
            let needed = word + 8;
            if self.used.len() < needed {
                self.used.resize(needed, 0);
                self.base_used.resize(needed, 0);
            }
            let mut fits = !self.base_used[word];
            for &label in labels {
                fits &= !self.window(word * 64 + label);
                if fits == 0 {
                    break;
                }
            }
            if fits != 0 {
                // Words far behind a success hardly ever suit a node of the same size.
                *from = word
                    .saturating_sub(if labels.len() < 4 { 6 } else { 2 })
                    .max(*from);
                let base = word * 64 + fits.trailing_zeros() as usize;
                self.base_used[base / 64] |= 1 << (base % 64);
                for &label in labels {
                    self.used[(base + label) / 64] |= 1 << ((base + label) % 64);
                }
                return base;
            }
            word += 1;
        }
    }

    /// Sixty-four bits of `used`, beginning anywhere.
    fn window(&self, bit: usize) -> u64 {
        let (word, shift) = (bit / 64, bit % 64);
        if shift == 0 {
            self.used[word]
        } else {
            self.used[word] >> shift | self.used[word + 1] << (64 - shift)
        }
    }
}
