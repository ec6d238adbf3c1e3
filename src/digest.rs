//! SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), and digests as text.

use sha2::Digest as _;

/// The SHA-256 of something. Two are compared in a time that does not depend on where they differ.
#[derive(Clone, Copy)]
pub struct Digest([u8; 32]);

/// The length of a block of SHA-256, in bytes.
const BLOCK: usize = 64;

impl Digest {
    /// Of the parts, one behind the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        #[cfg(test)]
        work::MADE.set(work::MADE.get().wrapping_add(1));
        let mut hash = sha2::Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The keyed one of the parts, one behind the other.
    pub fn keyed(key: &[u8], parts: &[&[u8]]) -> Self {
        let mut block = [0_u8; BLOCK];
        let short = match key.len() > BLOCK {
            true => Self::of(&[key]).0.to_vec(),
            false => key.to_vec(),
        };
        for (to, from) in block.iter_mut().zip(short) {
            *to = from;
        }
        let pad = |with: u8| block.map(|byte| byte ^ with);
        let (inner, outer) = (pad(0x36), pad(0x5c));
        let mut all: Vec<&[u8]> = Vec::with_capacity(parts.len().saturating_add(1));
        all.push(&inner);
        all.extend(parts);
        Self::of(&[&outer, &Self::of(&all).0])
    }

    /// Reads 64 hexadecimal digits.
    pub fn read(text: &str) -> Option<Self> {
        let digits: Vec<u32> = text
            .chars()
            .map(|char| char.to_digit(16))
            .collect::<Option<_>>()?;
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = pair
                .iter()
                .fold(0, |sum: u32, digit| sum.wrapping_mul(16) | digit);
            *byte = u8::try_from(value).ok()?;
        }
        Some(Self(bytes))
    }

    /// As 64 hexadecimal digits in lower case.
    pub fn hex(&self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .collect()
    }

    /// A digest that stands for none.
    pub const fn nothing() -> Self {
        Self([0; 32])
    }

    /// Its first eight bytes as a number, to find it by.
    pub fn beginning(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(test)]
        work::COMPARED.set(work::COMPARED.get().wrapping_add(1));
        let pairs = self.0.iter().zip(&other.0);
        std::hint::black_box(pairs.fold(0, |differs, (a, b)| differs | (a ^ b))) == 0
    }
}

impl Eq for Digest {}

/// A digest of a short text can be undone by trying: it is not shown by accident.
impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Digest(…)")
    }
}

/// How often digests were made and compared in this thread, for tests of how much work something is.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::Cell;

    thread_local! {
        pub(crate) static MADE: Cell<u32> = const { Cell::new(0) };
        pub(crate) static COMPARED: Cell<u32> = const { Cell::new(0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        // FIPS 180-4's examples, and the empty text.
        let rows = [
            (
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ];
        for (text, hex) in rows {
            assert_eq!(Digest::of(&[text.as_bytes()]).hex(), hex);
            assert_eq!(Digest::read(hex), Some(Digest::of(&[text.as_bytes()])));
        }
        assert_eq!(Digest::of(&[b"a", b"", b"bc"]), Digest::of(&[b"abc"]));
    }

    #[test]
    fn keyed_digests_are_those_of_the_standard() {
        // RFC 4231, test cases 1, 2 and 6.
        let long = [0xaa_u8; 131];
        let rows: [(&[u8], &[u8], &str); 3] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &long,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, text, hex) in rows {
            assert_eq!(Digest::keyed(key, &[text]).hex(), hex);
            let (front, back) = text.split_at(5);
            assert_eq!(Digest::keyed(key, &[front, back]).hex(), hex);
        }
    }

    #[test]
    fn only_sixty_four_digits_are_a_digest() {
        let hex = "0".repeat(63);
        for text in ["", &hex, &format!("{hex}g"), &format!("{hex}00"), "é"] {
            assert_eq!(Digest::read(text), None, "{text}");
        }
        let upper = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        assert_eq!(Digest::read(upper), Some(Digest::of(&[b"abc"])));
        assert_eq!(format!("{:?}", Digest::of(&[b"abc"])), "Digest(…)");
    }
}
