//! Signatures of thoughts: made from what is signed, so that any server of this program knows its own again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The signature of `text`.
pub fn seal(text: &str) -> String {
    STANDARD.encode(format!("scripted:{:016x}", hash(text)))
}

/// Is it the signature of `text`?
pub fn holds(seal_of_it: &str, text: &str) -> bool {
    seal_of_it == seal(text)
}

/// What cannot be read by those it is given to: `text` and its signature.
pub fn hidden(text: &str) -> String {
    STANDARD.encode(format!("scripted:{:016x}:{text}", hash(text)))
}

/// What [`hidden`] hid; nothing if it did not.
pub fn revealed(hidden: &str) -> Option<String> {
    let plain = String::from_utf8(STANDARD.decode(hidden).ok()?).ok()?;
    let (hash_of_it, text) = plain.strip_prefix("scripted:")?.split_once(':')?;
    (hash_of_it == format!("{:016x}", hash(text))).then(|| text.to_owned())
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_hold_for_their_own_text() {
        assert!(holds(&seal("a thought"), "a thought"));
        assert!(!holds(&seal("a thought"), "another"));
        assert_eq!(
            revealed(&hidden("žlutý: kůň")).as_deref(),
            Some("žlutý: kůň")
        );
        assert_eq!(revealed("c2NyaXB0ZWQ="), None);
    }
}
