//! The hash functions and codes of the tables; the build script and the counter share this file.

/// Bits of a slot number in an entry of the pair table.
pub const SLOT_BITS: u32 = 18;
/// A slot number no token has.
pub const NO_SLOT: u32 = (1 << SLOT_BITS) - 1;
/// The byte that marks the end of a token in the trie; UTF-8 never has it.
pub const END_LABEL: u8 = 0xff;

/// Characters of three bytes that the trie leads to in one step: kana, other East Asian marks and Han.
pub const CHARACTERS: std::ops::Range<u32> = 0x3000..0xa000;

/// Scrambles the ranks of a pair.
#[inline(always)]
pub const fn pair_hash(seed: u64, left_rank: u32, right_rank: u32) -> u64 {
    let key = ((left_rank as u64) << 32) | right_rank as u64;
    let mixed = (key ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// The pilot of a pair's bucket.
#[inline(always)]
pub const fn bucket(hash: u64, buckets: u32) -> usize {
    reduce(hash, buckets)
}

/// The byte and the bit of a pair of slots in a filter of a power of two of bytes.
#[inline(always)]
pub const fn filter_bit(left: u32, right: u32, bytes: usize) -> (usize, u32) {
    let key = ((left as u64) << 32) | right as u64;
    let high = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (
        (high >> 3) as usize & bytes.wrapping_sub(1),
        high as u32 & 7,
    )
}

/// Bytes before a seam that the wide filter of seams looks at.
pub const WIDE_BEFORE: usize = 2;
/// Bytes behind a seam that the wide filter of seams looks at.
pub const WIDE_BEHIND: usize = 3;

/// The byte and the bit, in a filter of a power of two of bytes, of the text around a seam that begins with
/// the low byte of `around`.
#[inline(always)]
pub const fn wide_bit(around: u64, bytes: usize) -> (usize, u32) {
    // The shift leaves the bytes that count.
    let hash =
        (around << (64 - 8 * (WIDE_BEFORE + WIDE_BEHIND))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let high = hash >> 32;
    (
        (high >> 3) as usize & bytes.wrapping_sub(1),
        high as u32 & 7,
    )
}

/// The byte and the bit of the two bytes at a seam.
#[inline(always)]
pub const fn narrow_bit(pair: u16) -> (usize, u32) {
    ((pair >> 3) as usize, pair as u32 & 7)
}

/// The slot of a pair under its bucket's pilot.
#[inline(always)]
pub const fn slot(hash: u64, pilot: u16, slots: u32) -> usize {
    let moved = (hash ^ (pilot as u64).wrapping_mul(0xa076_1d64_78bd_642f))
        .wrapping_mul(0xe703_7ed1_a0b4_28db);
    reduce(moved, slots)
}

/// The least rank with a code: four bits of exponent, four of mantissa; 0xFF is behind all ranks.
#[inline(always)]
pub const fn rank_of_code(code: u8) -> u32 {
    (16 | (code as u32 & 15)) << (code >> 4).wrapping_add(4)
}

/// Maps the high half of a hash to `0..range` without a division.
#[inline(always)]
const fn reduce(hash: u64, range: u32) -> usize {
    (((hash >> 32).wrapping_mul(range as u64)) >> 32) as usize
}
