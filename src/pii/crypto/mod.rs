//! Addresses of cryptocurrencies, and their keys in the same forms, each by its own check.
//!
//! Base58Check (Bitcoin and what descends from it, Tron, Zcash, Dash; XRP with its own alphabet), Bech32 and
//! Bech32m (BIP 173 and 350, with any prefix: Cardano, Cosmos, Nostr …), cash
//! addresses (Bitcoin Cash, eCash), Ethereum (EIP-55 where the letters
//! are in both cases), Monero, Stellar. An Ethereum address in one case and a Solana address have no check:
//! a word must stand before them.

mod base58;
mod bech32;
mod keccak;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::context::{self, Say};
use super::text::Text;

/// How far before an address without a check a word may stand, in characters.
const REACH: usize = 48;

/// Words that announce an address, sorted.
const WORDS: &[&str] = &[
    "address",
    "airdrop",
    "blockchain",
    "coin",
    "coinbase",
    "contract",
    "crypto",
    "defi",
    "donate",
    "erc",
    "eth",
    "ether",
    "ethereum",
    "etherscan",
    "metamask",
    "mint",
    "nft",
    "phantom",
    "sol",
    "solana",
    "spl",
    "token",
    "tokens",
    "usdc",
    "usdt",
    "wallet",
    "web",
];

/// The address that the word is, if it is one.
pub(super) fn at(text: &Text<'_>, word: &Range<usize>) -> Option<Range<usize>> {
    let written = text.slice(word.start, word.end);
    let len = written.len();
    if !(25..=120).contains(&len) {
        return None;
    }
    let found = match len {
        42 if written.starts_with("0x") => is_ethereum(text, word.start, written),
        bech32::CASH if bech32::is_cash(written) => true,
        56 if written.starts_with('G') && is_stellar(written) => true,
        _ => bech32::holds(written) || is_base58(text, word.start, written),
    };
    found.then(|| word.clone())
}

fn is_base58(text: &Text<'_>, start: usize, written: &str) -> bool {
    match written.len() {
        25..=36 | 47 | 51 | 52 | 111 if base58::is_checked(written) => true,
        95 | 106 => base58::is_monero(written),
        43 | 44 => {
            base58::decode(written).is_some_and(|bytes| bytes.len() == 32)
                && is_announced(text, start)
        }
        _ => false,
    }
}

/// EIP-55: a letter is a capital where the hash of the lower-case address has a high digit.
fn is_ethereum(text: &Text<'_>, start: usize, written: &str) -> bool {
    let digits = written.get(2..).unwrap_or("");
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let small = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let large = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if !(small && large) {
        return is_announced(text, start);
    }
    let hash = keccak::hash(digits.to_ascii_lowercase().as_bytes());
    let high = hash
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| digit >= 8);
    digits
        .bytes()
        .zip(high)
        .all(|(byte, high)| !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == high)
}

/// Stellar's addresses: base32, CRC-16/XMODEM in the last two bytes.
fn is_stellar(written: &str) -> bool {
    let (mut bits, mut held, mut bytes) = (0u32, 0u32, Vec::with_capacity(35));
    for byte in written.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'2'..=b'7' => byte.wrapping_sub(b'2').wrapping_add(26),
            _ => return false,
        };
        bits = (bits << 5) | u32::from(value);
        held = held.saturating_add(5);
        if held >= 8 {
            held = held.saturating_sub(8);
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap_or(0));
            bits &= (1 << held).max(1u32).saturating_sub(1);
        }
    }
    let Some((payload, check)) = bytes.split_last_chunk::<2>() else {
        return false;
    };
    let crc = payload.iter().fold(0u16, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            let shifted = crc << 1;
            if crc & 0x8000 == 0 {
                shifted
            } else {
                shifted ^ 0x1021
            }
        })
    });
    u16::from_le_bytes(*check) == crc
}

/// Whether a word before `start` speaks of such an address.
fn is_announced(text: &Text<'_>, start: usize) -> bool {
    context::says(text, start, REACH, |word| match word {
        "commit" | "hash" | "sha" | "tx" | "txid" | "transaction" | "block" => Say::No,
        _ if context::among(WORDS, word) => Say::Yes,
        _ => Say::Nothing,
    })
}
