//! What the bytes around a seam between two tokens say about merges across it.

use super::{hash, merges::Merges, vocabulary::Vocabulary};

/// The code of a rank behind all ranks.
const NO_RANK_CODE: u8 = 0xff;

pub struct Seams {
    /// For each two bytes the code of the first merge whose left part ends with the one and whose right part
    /// begins with the other.
    pub first_merge: Vec<u8>,
    /// For each two bytes one bit: whether some such merge has a part too short for `wide`.
    pub narrow: Vec<u8>,
    /// One bit for each hash of the two bytes before and the three behind the seam of some other merge.
    pub wide: Vec<u8>,
}

impl Seams {
    pub fn find(vocabulary: &Vocabulary, merges: &Merges) -> Self {
        let bytes = |rank: u32| {
            vocabulary.tokens[rank as usize]
                .as_deref()
                .expect("a part is a token")
        };
        let mut seams = Self {
            first_merge: vec![NO_RANK_CODE; 1 << 16],
            narrow: vec![0; 1 << 13],
            wide: vec![0; (vocabulary.tokens.len() * 4).next_power_of_two() / 8],
        };
        for (rank, split) in (0_u32..).zip(&merges.split) {
            let &Some((left, right)) = split else {
                continue;
            };
            let (left, right) = (bytes(left), bytes(right));
            let pair = u16::from_le_bytes([left[left.len() - 1], right[0]]);
            let first = &mut seams.first_merge[usize::from(pair)];
            *first = code_of_rank(rank).min(*first);
            let (bits, (byte, bit)) =
                if left.len() >= hash::WIDE_BEFORE && right.len() >= hash::WIDE_BEHIND {
                    let around = [
                        &left[left.len() - hash::WIDE_BEFORE..],
                        &right[..hash::WIDE_BEHIND],
                        &[0; 3],
                    ]
                    .concat();
                    let place = hash::wide_bit(
                        u64::from_le_bytes(around.try_into().unwrap()),
                        seams.wide.len(),
                    );
                    (&mut seams.wide, place)
                } else {
                    (&mut seams.narrow, hash::narrow_bit(pair))
                };
            bits[byte] |= 1 << bit;
        }
        seams
    }
}

/// A rank as one byte, rounded down: four bits of exponent, four of mantissa; `hash::rank_of_code` undoes it.
fn code_of_rank(rank: u32) -> u8 {
    let exponent = rank.ilog2();
    let code = (((exponent - 8) << 4) | ((rank >> (exponent - 4)) & 15)) as u8;
    assert!(
        code < NO_RANK_CODE && hash::rank_of_code(code) <= rank,
        "rank {rank} has no code"
    );
    code
}
