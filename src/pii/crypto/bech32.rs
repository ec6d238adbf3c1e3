//! Bech32 and Bech32m: BIP 173, BIP 350. Longer than 90 signs too, as Cardano writes them.

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const FACTORS: [u32; 5] = [
    0x3b6a_57b2,
    0x2650_8e6d,
    0x1ea1_19fa,
    0x3d42_33dd,
    0x2a14_62b3,
];
const CHECKS: [u32; 2] = [1, 0x2bc8_30a3];

/// The fewest signs of data, the six of the check included, that are not somebody's file name.
const FEWEST: usize = 25;

/// Whether the word, in one case, has a right check.
pub(super) fn holds(written: &str) -> bool {
    let lower = written.bytes().any(|byte| byte.is_ascii_lowercase());
    let upper = written.bytes().any(|byte| byte.is_ascii_uppercase());
    let Some((prefix, data)) = written.rsplit_once('1') else {
        return false;
    };
    if lower == upper || prefix.is_empty() || data.len() < FEWEST {
        return false;
    }
    let prefix = prefix.bytes().map(|byte| byte.to_ascii_lowercase());
    let mut check = prefix
        .clone()
        .fold(1, |check, byte| step(check, u32::from(byte >> 5)));
    check = step(check, 0);
    check = prefix.fold(check, |check, byte| step(check, u32::from(byte & 31)));
    for byte in data.bytes() {
        let place = ALPHABET
            .iter()
            .position(|own| *own == byte.to_ascii_lowercase());
        let Some(value) = place.and_then(|place| u32::try_from(place).ok()) else {
            return false;
        };
        check = step(check, value);
    }
    CHECKS.contains(&check)
}

fn step(check: u32, value: u32) -> u32 {
    let top = check >> 25;
    let next = ((check & 0x1ff_ffff) << 5) ^ value;
    FACTORS
        .iter()
        .enumerate()
        .fold(next, |next, (bit, factor)| {
            if (top >> bit) & 1 == 1 {
                next ^ factor
            } else {
                next
            }
        })
}
