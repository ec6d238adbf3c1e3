//! The checksum of GitHub's and npm's tokens: CRC-32 (ISO/IEC 3309) of the drawn part, in base62, as the last
//! six characters.
//!
//! A token that fails it is still taken where it stands alone: people shorten and retype them, and some that
//! were given out before the checksum are still valid. What passes is taken wherever it stands.

/// The alphabet, in the order of its values.
const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Whether the token of 40 characters, `ghp_` and the like with it, carries its checksum.
pub(super) fn is_github(token: &str) -> bool {
    let known = matches!(
        token.get(..4),
        Some("ghp_" | "gho_" | "ghu_" | "ghs_" | "ghr_" | "npm_")
    );
    let (Some(body), Some(sum)) = (token.get(4..34), token.get(34..40)) else {
        return false;
    };
    known && base62(sum) == Some(crc32(body.as_bytes()))
}

fn base62(text: &str) -> Option<u32> {
    text.bytes().try_fold(0u32, |sum, byte| {
        let digit = BASE62.iter().position(|&letter| letter == byte)?;
        sum.checked_mul(62)?.checked_add(u32::try_from(digit).ok()?)
    })
}

fn crc32(bytes: &[u8]) -> u32 {
    let crc = bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            let carry = if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            (crc >> 1) ^ carry
        })
    });
    !crc
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A token with its checksum, made here.
    pub(in super::super) fn token(body: &str) -> String {
        let mut sum = crc32(body.as_bytes());
        let mut tail = Vec::new();
        for _ in 0..6 {
            tail.push(char::from(BASE62[(sum % 62) as usize]));
            sum /= 62;
        }
        format!("ghp_{body}{}", tail.iter().rev().collect::<String>())
    }

    #[test]
    fn checksums() {
        // The check value that every description of CRC-32 gives.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let good = token("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ");
        assert!(is_github(&good), "{good}");
        assert!(!is_github(&good.replace('Q', "q")));
    }
}
