//! Keccak-256, as Ethereum and Monero have it: the sponge of FIPS 202 with the older padding.

const ROUNDS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// Where each lane goes, and by how many bits it is turned on the way.
const TURNS: [(usize, u32); 24] = [
    (10, 1),
    (7, 3),
    (11, 6),
    (17, 10),
    (18, 15),
    (3, 21),
    (5, 28),
    (16, 36),
    (8, 45),
    (21, 55),
    (24, 2),
    (4, 14),
    (15, 27),
    (23, 41),
    (19, 56),
    (13, 8),
    (12, 25),
    (2, 43),
    (20, 62),
    (14, 18),
    (22, 39),
    (9, 61),
    (6, 20),
    (1, 44),
];

/// Bytes taken in at a time.
const RATE: usize = 136;

/// The hash of `input`.
pub(super) fn hash(input: &[u8]) -> [u8; 32] {
    let mut state = [0u64; 25];
    let mut padded = input.to_vec();
    padded.push(1);
    let blocks = padded.len().div_ceil(RATE);
    padded.resize(blocks.saturating_mul(RATE), 0);
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    for block in padded.chunks_exact(RATE) {
        for (lane, bytes) in state.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane ^= u64::from_le_bytes(*bytes);
        }
        permute(&mut state);
    }
    let mut out = [0u8; 32];
    for (bytes, lane) in out.as_chunks_mut::<8>().0.iter_mut().zip(state) {
        *bytes = lane.to_le_bytes();
    }
    out
}

fn permute(state: &mut [u64; 25]) {
    let lane = |state: &[u64; 25], place: usize| state.get(place % 25).copied().unwrap_or(0);
    for round in ROUNDS {
        let mut sums = [0u64; 5];
        for (place, value) in state.iter().enumerate() {
            if let Some(sum) = sums.get_mut(place % 5) {
                *sum ^= value;
            }
        }
        let sum = |column: usize| sums.get(column % 5).copied().unwrap_or(0);
        for (place, value) in state.iter_mut().enumerate() {
            *value ^= sum(place.saturating_add(4)) ^ sum(place.saturating_add(1)).rotate_left(1);
        }
        let mut held = lane(state, 1);
        for (to, turn) in TURNS {
            if let Some(slot) = state.get_mut(to) {
                let next = *slot;
                *slot = held.rotate_left(turn);
                held = next;
            }
        }
        let before = *state;
        for (place, value) in state.iter_mut().enumerate() {
            let row = (place / 5).saturating_mul(5);
            let next = lane(&before, row.saturating_add(place.saturating_add(1) % 5));
            let after = lane(&before, row.saturating_add(place.saturating_add(2) % 5));
            *value ^= !next & after;
        }
        if let Some(first) = state.first_mut() {
            *first ^= round;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_nothing_and_of_more_than_a_block() {
        let hex = |input: &[u8]| {
            super::hash(input)
                .map(|byte| format!("{byte:02x}"))
                .concat()
        };
        assert_eq!(
            hex(b""),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        );
        assert_eq!(
            hex(b"abc"),
            "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
        );
    }
}
