//! The pair table: a perfect hash from the two tokens of a merge to the merged token.
//!
//! A token is named by its slot in this table, so that the entry of a slot is at once what a merge is
//! looked up in and what a token is taken apart with. A bucket's pilot moves its pairs to free slots
//! (Pibiri & Trani, "PTHash", 2021); a lookup is two loads whether it hits or misses.

use super::{
    hash::{self, NO_SLOT, SLOT_BITS},
    merges::Merges,
    vocabulary::Vocabulary,
};

/// Slots per hundred tokens; fewer take longer to find pilots for.
const SPACE_PERCENT: usize = 103;
const PAIRS_PER_BUCKET: usize = 4;

pub struct Pairs {
    pub seed: u64,
    /// `left: 18 | right: 18 | rank: 18 | length: 8`, low bits first.
    pub entries: Vec<u64>,
    pub pilots: Vec<u16>,
    /// One bit for each hash of a pair that merges, and for others by chance.
    pub filter: Vec<u8>,
    pub slot_of_rank: Vec<u32>,
}

impl Pairs {
    pub fn place(merges: &Merges, vocabulary: &Vocabulary) -> Self {
        let count = vocabulary.tokens.iter().flatten().count();
        let slots = u32::try_from(count * SPACE_PERCENT / 100).unwrap();
        assert!(
            slots < NO_SLOT,
            "{}: slot numbers no longer fit {SLOT_BITS} bits",
            vocabulary.name
        );
        let buckets = u32::try_from(count.div_ceil(PAIRS_PER_BUCKET)).unwrap();
        let (seed, pilots, mut slot_of_rank) = (1..64)
            .find_map(|seed: u64| {
                let seed = seed.wrapping_mul(0x2545_f491_4f6c_dd1d);
                pilots(seed, merges, slots, buckets).map(|(pilots, placed)| (seed, pilots, placed))
            })
            .expect("some seed gives a perfect hash");
        give_bytes_free_slots(vocabulary, slots, &mut slot_of_rank);
        let entries = entries(merges, vocabulary, slots, &slot_of_rank);
        let filter = filter(merges, count, &slot_of_rank);
        Self {
            seed,
            entries,
            pilots,
            filter,
            slot_of_rank,
        }
    }
}

/// Finds a pilot for every bucket, the fullest first; `None` when this seed has a bucket without one.
fn pilots(seed: u64, merges: &Merges, slots: u32, buckets: u32) -> Option<(Vec<u16>, Vec<u32>)> {
    let mut members: Vec<Vec<(u64, u32)>> = vec![Vec::new(); buckets as usize];
    for (rank, split) in merges.split.iter().enumerate() {
        if let &Some((left, right)) = split {
            let hash = hash::pair_hash(seed, left, right);
            members[hash::bucket(hash, buckets)].push((hash, rank as u32));
        }
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&bucket| std::cmp::Reverse(members[bucket].len()));

    let mut used = vec![false; slots as usize];
    let mut pilots = vec![0_u16; buckets as usize];
    let mut slot_of_rank = vec![NO_SLOT; merges.split.len()];
    let mut taken: Vec<usize> = Vec::new();
    for bucket in order {
        let pilot = (0..=u16::MAX).find(|&pilot| {
            taken.clear();
            for &(hash, _) in &members[bucket] {
                let slot = hash::slot(hash, pilot, slots);
                if used[slot] || taken.contains(&slot) {
                    return false;
                }
                taken.push(slot);
            }
            true
        })?;
        pilots[bucket] = pilot;
        for (&slot, &(_, rank)) in taken.iter().zip(&members[bucket]) {
            used[slot] = true;
            slot_of_rank[rank as usize] = slot as u32;
        }
    }
    Some((pilots, slot_of_rank))
}

/// A filter of eight to sixteen bits a token: what it leaves out needs no look at the pilots and entries.
fn filter(merges: &Merges, count: usize, slot_of_rank: &[u32]) -> Vec<u8> {
    let mut filter = vec![0; (count * 8).next_power_of_two() / 8];
    for &(left, right) in merges.split.iter().flatten() {
        let (left, right) = (slot_of_rank[left as usize], slot_of_rank[right as usize]);
        let (byte, bit) = hash::filter_bit(left, right, filter.len());
        filter[byte] |= 1 << bit;
    }
    filter
}

/// Single bytes are merged from nothing: they live in the slots no merge took.
fn give_bytes_free_slots(vocabulary: &Vocabulary, slots: u32, slot_of_rank: &mut [u32]) {
    let mut used = vec![false; slots as usize];
    for &slot in slot_of_rank.iter().filter(|&&slot| slot != NO_SLOT) {
        used[slot as usize] = true;
    }
    let mut free = (0..slots).filter(|&slot| !used[slot as usize]);
    for (rank, token) in vocabulary.tokens.iter().enumerate() {
        if token.as_ref().is_some_and(|token| token.len() == 1) {
            slot_of_rank[rank] = free.next().expect("three slots in a hundred are free");
        }
    }
}

fn entries(merges: &Merges, vocabulary: &Vocabulary, slots: u32, slot_of_rank: &[u32]) -> Vec<u64> {
    let none = u64::from(NO_SLOT);
    let mut entries = vec![none | none << SLOT_BITS; slots as usize];
    for (rank, token) in vocabulary.tokens.iter().enumerate() {
        let Some(token) = token else { continue };
        let slot_of = |part: u32| u64::from(slot_of_rank[part as usize]);
        let (left, right) = merges.split[rank].map_or((none, none), |(left, right)| {
            (slot_of(left), slot_of(right))
        });
        entries[slot_of_rank[rank] as usize] = left
            | right << SLOT_BITS
            | (rank as u64) << (2 * SLOT_BITS)
            | (token.len() as u64) << (3 * SLOT_BITS);
    }
    entries
}
