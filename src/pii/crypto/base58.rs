//! Base58 with Bitcoin's alphabet and XRP's, its check of four bytes, and Monero's blocks.

use sha2::{Digest as _, Sha256};

use super::keccak;

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const XRP: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Whether the last four bytes are the beginning of the twice hashed rest, in one of the two alphabets.
pub(super) fn is_checked(written: &str) -> bool {
    let by = |alphabet| decode_by(written, alphabet).is_some_and(|bytes| ends_in_check(&bytes));
    by(BITCOIN) || matches!(written.as_bytes().first(), Some(b'r' | b'X' | b'T')) && by(XRP)
}

fn ends_in_check(bytes: &[u8]) -> bool {
    let Some((payload, check)) = bytes.split_last_chunk::<4>() else {
        return false;
    };
    let hash = Sha256::digest(Sha256::digest(payload));
    payload.len() >= 21 && hash.starts_with(check)
}

/// The bytes that Bitcoin's alphabet stands for.
pub(super) fn decode(written: &str) -> Option<Vec<u8>> {
    decode_by(written, BITCOIN)
}

fn decode_by(written: &str, alphabet: &[u8; 58]) -> Option<Vec<u8>> {
    // The number, lowest byte first.
    let mut number: Vec<u8> = Vec::with_capacity(written.len());
    for byte in written.bytes() {
        let mut carry = u32::try_from(alphabet.iter().position(|own| *own == byte)?).ok()?;
        for digit in &mut number {
            carry = carry.saturating_add(u32::from(*digit).saturating_mul(58));
            *digit = u8::try_from(carry & 0xff).unwrap_or(0);
            carry >>= 8;
        }
        while carry > 0 {
            number.push(u8::try_from(carry & 0xff).unwrap_or(0));
            carry >>= 8;
        }
    }
    let zero = alphabet.first();
    number.extend(
        written
            .bytes()
            .take_while(|byte| Some(byte) == zero)
            .map(|_| 0),
    );
    number.reverse();
    Some(number)
}

/// Monero's address: blocks of eleven signs for eight bytes, checked by four bytes of Keccak.
pub(super) fn is_monero(written: &str) -> bool {
    let mut bytes = Vec::with_capacity(80);
    for block in written.as_bytes().chunks(11) {
        let width = match block.len() {
            11 => 8usize,
            7 => 5,
            _ => return false,
        };
        let mut number = 0u64;
        for byte in block {
            let Some(value) = BITCOIN.iter().position(|own| own == byte) else {
                return false;
            };
            let value = u64::try_from(value).unwrap_or(0);
            let next = number
                .checked_mul(58)
                .and_then(|number| number.checked_add(value));
            let Some(next) = next else { return false };
            number = next;
        }
        let all = number.to_be_bytes();
        bytes.extend(all.iter().skip(8usize.saturating_sub(width)));
    }
    let Some((payload, check)) = bytes.split_last_chunk::<4>() else {
        return false;
    };
    keccak::hash(payload).starts_with(check)
}
