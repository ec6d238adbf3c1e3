//! The numbers of tokens of short pieces met before: nine pieces in ten of ordinary text.
//!
//! *Never* decides a count: it repeats what was counted.

/// Places; with sixteen bytes each they fit the second cache level of a processor.
const PLACES: usize = 1 << 14;
/// Bytes of the longest piece kept.
pub(super) const LONGEST: usize = 15;
/// The bits of an entry's high half that are the number of tokens.
const COUNT: u64 = 0x0f << 56;

/// A piece of at most 15 bytes as two little-endian words: behind its bytes 0xFF, which UTF-8 never has, and
/// the last byte is the model's number times sixteen, with room for the number of tokens.
#[derive(Clone, Copy)]
pub(super) struct Key(u64, u64);

impl Key {
    /// The key of the first `length` of the bytes of `words`, at most [`LONGEST`], under a model.
    #[inline(always)]
    pub(super) fn new(words: [u64; 2], length: usize, model: u8) -> Self {
        let [low_filler, high_filler] = FILLERS.get(length & 15).copied().unwrap_or_default();
        let high = ((words[1] | high_filler) & (u64::MAX >> 8)) | ((model as u64) << 60);
        Self(words[0] | low_filler, high)
    }

    #[inline(always)]
    const fn place(self) -> usize {
        let mixed =
            self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.1.wrapping_mul(0xd6e8_feb8_6659_fd93);
        ((mixed ^ (mixed >> 29)) as usize) & PLACES.wrapping_sub(1)
    }
}

/// What fills up pieces of each length.
static FILLERS: [[u64; 2]; 16] = fillers();

const fn fillers() -> [[u64; 2]; 16] {
    let mut fillers = [[0; 2]; 16];
    let mut rest: &mut [[u64; 2]] = &mut fillers;
    let mut bits = 0_u32;
    while let Some((filler, others)) = rest.split_first_mut() {
        *filler = if bits < 64 {
            [u64::MAX << bits, u64::MAX]
        } else {
            [0, u64::MAX << (bits & 63)]
        };
        bits = bits.wrapping_add(8);
        rest = others;
    }
    fillers
}

/// The counts, each where its key's hash says; a later piece takes the place of an earlier one.
#[derive(Default)]
pub(super) struct Cache {
    places: Vec<[u64; 2]>,
}

impl Cache {
    /// Takes the memory, once.
    pub(super) fn prepare(&mut self) {
        if self.places.is_empty() {
            self.places.resize(PLACES, [0; 2]);
        }
    }

    /// The number of tokens kept for a piece, or 0.
    #[inline(always)]
    pub(super) fn find(&self, key: Key) -> usize {
        match self.places.get(key.place()) {
            Some(&[low, high]) if (low == key.0) & ((high ^ key.1) & !COUNT == 0) => {
                ((high & COUNT) >> 56) as usize
            }
            _ => 0,
        }
    }

    /// Keeps the number of tokens of a piece, which is at most its number of bytes.
    #[inline(always)]
    pub(super) fn keep(&mut self, key: Key, tokens: usize) {
        if let Some(place) = self.places.get_mut(key.place()) {
            *place = [key.0, key.1 | ((tokens as u64) << 56)];
        }
    }
}
