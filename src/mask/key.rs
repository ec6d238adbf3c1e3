//! The key under which placeholders, hashes and fakes are made.

use crate::digest::Digest;

/// What all that stands for values is made under. Without the key nobody can try out which value a
/// placeholder stands for. Its `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; 64]);

impl Key {
    /// The key that a secret text stands for.
    pub fn new(secret: &[u8]) -> Self {
        let mut key = [0; 64];
        let hex = Digest::of(&[b"tollgate redact key", &[0], secret]).hex();
        for (to, from) in key.iter_mut().zip(hex.bytes()) {
            *to = from;
        }
        Self(key)
    }

    /// The digest of these words for one purpose, which nothing can be learnt from without the key.
    pub(super) fn digest(&self, purpose: &str, words: [&str; 2]) -> Digest {
        let [one, other] = words.map(str::as_bytes);
        Digest::keyed(&self.0, &[purpose.as_bytes(), &[0], one, &[0], other])
    }

    /// A text that stands for the value everywhere and cannot be turned back, such as
    /// `email_9f86d081884c7d65`: 64 bits of an HMAC-SHA-256.
    pub fn hash(&self, label: &str, value: &str) -> String {
        let hex = self.digest("hash", [label, value]).hex();
        let label = label.to_ascii_lowercase();
        format!("{label}_{}", hex.get(..16).unwrap_or_default())
    }
}

/// The key of those who have none: anybody can make it.
impl Default for Key {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}
