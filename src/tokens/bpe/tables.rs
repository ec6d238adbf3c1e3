//! The tables of one vocabulary, read where the linker put them.
//!
//! *Never* copies or builds anything: a table is bytes in the data segment, read as little-endian words.

use super::hash;

/// A token, named by its slot in the pair table; its rank is in its entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token(pub(super) u32);

impl Token {
    /// No token at all; the entry of it is empty.
    pub(super) const NONE: Self = Self(hash::NO_SLOT);
}

/// What the pair table says of a token:
/// `left: 18 | right: 18 | rank: 18 | length: 8`, low bits first.
#[derive(Clone, Copy)]
pub(super) struct Entry(u64);

const SLOT_MASK: u64 = hash::NO_SLOT as u64;

impl Entry {
    /// An entry of no token.
    pub(super) const NONE: Self = Self(SLOT_MASK | (SLOT_MASK << hash::SLOT_BITS));

    /// The left of the two tokens this one is merged from.
    #[inline(always)]
    pub(super) const fn left(self) -> Token {
        Token((self.0 & SLOT_MASK) as u32)
    }

    /// The right of the two tokens this one is merged from.
    #[inline(always)]
    pub(super) const fn right(self) -> Token {
        Token(((self.0 >> hash::SLOT_BITS) & SLOT_MASK) as u32)
    }

    /// The rank, which is also the token's public id.
    #[inline(always)]
    pub(super) const fn rank(self) -> u32 {
        ((self.0 >> (2 * hash::SLOT_BITS)) & SLOT_MASK) as u32
    }

    /// Bytes of the token; 0 for an empty entry.
    #[inline(always)]
    pub(super) const fn len(self) -> usize {
        ((self.0 >> (3 * hash::SLOT_BITS)) & 0xff) as usize
    }

    #[inline(always)]
    fn is_merge_of(self, left: Token, right: Token) -> bool {
        let pair = u64::from(left.0) | (u64::from(right.0) << hash::SLOT_BITS);
        self.0 & (SLOT_MASK | (SLOT_MASK << hash::SLOT_BITS)) == pair
    }
}

/// The bytes around a seam between two tokens: two before it in the low bytes, then those behind it.
#[derive(Clone, Copy)]
pub(super) struct Seam(u64);

impl Seam {
    /// The seam at position `at` of `text`.
    #[inline(always)]
    pub(super) fn of(text: &[u8], at: usize) -> Self {
        let start = at.wrapping_sub(hash::WIDE_BEFORE);
        match text.get(start..).and_then(|rest| rest.first_chunk()) {
            Some(&around) => Self(u64::from_le_bytes(around)),
            None => Self::near_an_end(text, start),
        }
    }

    fn near_an_end(text: &[u8], start: usize) -> Self {
        let mut around = [0; 8];
        for (byte, behind) in around
            .iter_mut()
            .zip(0..hash::WIDE_BEFORE.wrapping_add(hash::WIDE_BEHIND))
        {
            *byte = text
                .get(start.wrapping_add(behind))
                .copied()
                .unwrap_or_default();
        }
        Self(u64::from_le_bytes(around))
    }

    /// The bytes on both sides.
    #[inline(always)]
    const fn pair(self) -> u16 {
        (self.0 >> 8) as u16
    }
}

/// Everything the build script wrote for one vocabulary.
pub(in crate::tokens) struct Tables {
    /// Entries by slot.
    pub(super) entries: &'static [[u8; 8]],
    /// The number that moves the pairs of a bucket to their slots.
    pub(super) pilots: &'static [[u8; 2]],
    /// One bit for each hash of a pair that merges.
    pub(super) filter: &'static [[u8; 1]],
    /// The trie of all tokens, see [`super::trie`].
    pub(super) units: &'static [[u8; 4]],
    /// By first byte: its unit in the low half, the single byte's slot in the high.
    pub(super) roots: &'static [[u8; 8]],
    /// For each 64 of [`hash::CHARACTERS`]: in the low half which of them are tokens, one bit each, in the high half
    /// the place of the first one's unit in `characters`.
    pub(super) blocks: &'static [[u8; 16]],
    /// Units of the characters that are tokens.
    pub(super) characters: &'static [[u8; 4]],
    /// By the two bytes at a seam: the first merge across it, see [`hash::rank_of_code`].
    pub(super) seams: &'static [[u8; 1]],
    /// One bit for each two bytes at the seam of a merge with a part too short for `wide`.
    pub(super) narrow: &'static [[u8; 1]],
    /// One bit for each hash of the bytes around the seam of any other merge.
    pub(super) wide: &'static [[u8; 1]],
    /// Seed of the pair hash.
    pub(super) seed: u64,
    /// Bytes of the longest token.
    pub(super) longest: usize,
}

impl Tables {
    /// What is known of a token.
    #[inline(always)]
    pub(super) fn entry(&self, token: Token) -> Entry {
        self.entries
            .get(token.0 as usize)
            .map_or(Entry::NONE, |&bytes| Entry(u64::from_le_bytes(bytes)))
    }

    /// Whether no merge at all has a seam with the bytes around this one.
    #[inline(always)]
    pub(super) fn never_merges(&self, seam: Seam) -> bool {
        let is_set = |bits: &[[u8; 1]], (byte, bit): (usize, u32)| {
            bits.get(byte).is_none_or(|&[bits]| (bits >> bit) & 1 == 1)
        };
        !is_set(self.wide, hash::wide_bit(seam.0, self.wide.len()))
            && !is_set(self.narrow, hash::narrow_bit(seam.pair()))
    }

    /// The rank of the token that `left` and `right` merge into; `u32::MAX` if they do not.
    #[inline(always)]
    pub(super) fn merge_rank(&self, left: (Token, Entry), right: (Token, Entry)) -> u32 {
        let (byte, bit) = hash::filter_bit(left.0.0, right.0.0, self.filter.len());
        if self
            .filter
            .get(byte)
            .is_none_or(|&[bits]| (bits >> bit) & 1 == 0)
        {
            return u32::MAX;
        }
        let hash = hash::pair_hash(self.seed, left.1.rank(), right.1.rank());
        let bucket = hash::bucket(hash, self.pilots.len() as u32);
        let pilot = self
            .pilots
            .get(bucket)
            .map_or(0, |&bytes| u16::from_le_bytes(bytes));
        let slot = hash::slot(hash, pilot, self.entries.len() as u32);
        let merged = self.entry(Token(slot as u32));
        if merged.is_merge_of(left.0, right.0) {
            merged.rank()
        } else {
            u32::MAX
        }
    }

    /// A rank no merge comes before whose left part ends with the one and whose right part begins with the
    /// other byte at the seam.
    #[inline(always)]
    pub(super) fn first_merge_across(&self, seam: Seam) -> u32 {
        let code = self
            .seams
            .get(usize::from(seam.pair()))
            .map_or(0, |&[code]| code);
        hash::rank_of_code(code)
    }
}

/// Aligns the bytes of a table so that no word of it lies across two cache lines.
#[repr(C, align(64))]
pub(super) struct Aligned<T: ?Sized>(pub(super) T);

/// The bytes of one file of the build script, as words of `$bytes` bytes.
macro_rules! table {
    ($file:expr, $bytes:literal) => {{
        static BYTES: &$crate::tokens::bpe::tables::Aligned<[u8]> =
            &$crate::tokens::bpe::tables::Aligned(*include_bytes!(concat!(
                env!("OUT_DIR"),
                "/",
                $file
            )));
        BYTES.0.as_chunks::<$bytes>().0
    }};
}
pub(super) use table;

/// The tables of the vocabulary whose files begin with `$name`.
macro_rules! tables {
    ($name:literal, $seed:expr, $longest:expr) => {
        Tables {
            entries: table!(concat!($name, ".entries.bin"), 8),
            pilots: table!(concat!($name, ".pilots.bin"), 2),
            units: table!(concat!($name, ".units.bin"), 4),
            roots: table!(concat!($name, ".roots.bin"), 8),
            blocks: table!(concat!($name, ".blocks.bin"), 16),
            characters: table!(concat!($name, ".characters.bin"), 4),
            filter: table!(concat!($name, ".filter.bin"), 1),
            seams: table!(concat!($name, ".seams.bin"), 1),
            narrow: table!(concat!($name, ".narrow.bin"), 1),
            wide: table!(concat!($name, ".wide.bin"), 1),
            seed: $seed,
            longest: $longest,
        }
    };
}

mod numbers {
    include!(concat!(env!("OUT_DIR"), "/tokens.rs"));
}

/// Tables of o200k_base and o200k_harmony.
pub(super) static O200K: Tables = tables!("o200k", numbers::O200K_SEED, numbers::O200K_LONGEST);
/// Tables of cl100k_base.
pub(super) static CL100K: Tables = tables!("cl100k", numbers::CL100K_SEED, numbers::CL100K_LONGEST);
#[cfg(feature = "p50k")]
/// Tables of p50k_base, which hold those of r50k_base.
pub(super) static P50K: Tables = tables!("p50k", numbers::P50K_SEED, numbers::P50K_LONGEST);
