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

/// The signs of a cash address of 20 bytes, its version and its check with them.
pub(super) const CASH: usize = 42;

/// The chains with cash addresses, whose name is checked with the address whether or not it stands before it.
const CHAINS: [&str; 2] = ["bitcoincash", "ecash"];

/// The generator of their check.
const CASH_FACTORS: [u64; 5] = [
    0x98_f2bc_8e61,
    0x79_b76d_99e2,
    0xf3_3e5f_b3c4,
    0xae_2eab_e2a8,
    0x1e_4f43_e470,
];

/// Whether the word is an address of Bitcoin Cash or eCash: as Bech32, with a check of 40 bits.
pub(super) fn is_cash(written: &str) -> bool {
    let value = |byte: u8| ALPHABET.iter().position(|own| *own == byte);
    let known = written.starts_with(['q', 'p']) && written.bytes().all(|b| value(b).is_some());
    let data = || written.bytes().filter_map(value);
    let check = |chain: &str| {
        let name = chain.bytes().map(|byte| usize::from(byte & 31));
        let all = name.chain([0]).chain(data());
        all.fold(1, cash_step)
    };
    known && written.len() == CASH && CHAINS.iter().any(|chain| check(chain) == 1)
}

fn cash_step(check: u64, value: usize) -> u64 {
    let top = check >> 35;
    let next = ((check & 0x07_ffff_ffff) << 5) ^ u64::try_from(value).unwrap_or(0);
    let factors = CASH_FACTORS.iter().enumerate();
    factors.fold(next, |next, (bit, factor)| {
        if (top >> bit) & 1 == 1 {
            next ^ factor
        } else {
            next
        }
    })
}
