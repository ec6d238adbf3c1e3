//! The one pair of tokens each token is merged from: its canonical split.
//!
//! Byte-pair encoding as in <https://github.com/openai/tiktoken/blob/0.12.0/src/lib.rs>: the adjacent pair
//! whose bytes are the token of lowest rank is merged, the leftmost of equals first.

use super::vocabulary::Vocabulary;

/// `(left, right)` ranks of every token by rank; single bytes and holes have none.
pub struct Merges {
    pub split: Vec<Option<(u32, u32)>>,
}

impl Merges {
    /// Finds the splits in order of rank: a token's last merge joins two tokens of lower rank.
    pub fn find(vocabulary: &Vocabulary) -> Self {
        let mut byte_rank = [0_u32; 256];
        let mut pairs = PairMap::new(vocabulary.tokens.len());
        let mut split = Vec::with_capacity(vocabulary.tokens.len());
        let mut parts: Vec<u32> = Vec::new();
        for (rank, token) in vocabulary.tokens.iter().enumerate() {
            let rank = u32::try_from(rank).unwrap();
            let Some(token) = token else {
                split.push(None);
                continue;
            };
            if let [byte] = token[..] {
                byte_rank[usize::from(byte)] = rank;
                split.push(None);
                continue;
            }
            parts.clear();
            parts.extend(token.iter().map(|&byte| byte_rank[usize::from(byte)]));
            merge_to_two(&mut parts, &pairs);
            let [left, right] = parts[..] else {
                panic!(
                    "{}: rank {rank} has no canonical split, it falls into {parts:?}",
                    vocabulary.name
                )
            };
            assert!(
                left < rank && right < rank,
                "{}: rank {rank} is merged from later tokens",
                vocabulary.name
            );
            let before = pairs.insert(left, right, rank);
            assert!(
                before.is_none(),
                "{}: ranks {before:?} and {rank} share a split",
                vocabulary.name
            );
            split.push(Some((left, right)));
        }
        Self { split }
    }
}

/// Merges until two parts are left, or nothing merges any more.
fn merge_to_two(parts: &mut Vec<u32>, pairs: &PairMap) {
    while parts.len() > 2 {
        let mut best = (u32::MAX, 0);
        for at in 0..parts.len() - 1 {
            if let Some(rank) = pairs.find(parts[at], parts[at + 1])
                && rank < best.0
            {
                best = (rank, at);
            }
        }
        if best.0 == u32::MAX {
            return;
        }
        parts[best.1] = best.0;
        parts.remove(best.1 + 1);
    }
}

/// A map from pairs to ranks; open addressing, because the standard map is slow in an unoptimised build script.
struct PairMap {
    keys: Vec<u64>,
    ranks: Vec<u32>,
    mask: usize,
}

impl PairMap {
    fn new(tokens: usize) -> Self {
        let size = (tokens * 2).next_power_of_two();
        Self {
            keys: vec![u64::MAX; size],
            ranks: vec![0; size],
            mask: size - 1,
        }
    }

    fn place(&self, left: u32, right: u32) -> (usize, u64) {
        let key = u64::from(left) << 32 | u64::from(right);
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & self.mask;
        while self.keys[at] != key && self.keys[at] != u64::MAX {
            at = (at + 1) & self.mask;
        }
        (at, key)
    }

    fn find(&self, left: u32, right: u32) -> Option<u32> {
        let (at, key) = self.place(left, right);
        (self.keys[at] == key).then(|| self.ranks[at])
    }

    fn insert(&mut self, left: u32, right: u32, rank: u32) -> Option<u32> {
        let (at, key) = self.place(left, right);
        let before = (self.keys[at] == key).then(|| self.ranks[at]);
        self.keys[at] = key;
        self.ranks[at] = rank;
        before
    }
}
