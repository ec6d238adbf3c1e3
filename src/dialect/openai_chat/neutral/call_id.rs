//! Ids of tool calls, where a provider gives none or wants them in a form of its own.

use std::hash::Hasher;

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// An id for a call without one: it differs from reply to reply, as long as those have ids.
pub(super) fn made(reply: &str, choice: u32, nth: usize) -> String {
    let mut hash = Fnv::default();
    hash.write(format!("{reply}/{choice}/{nth}").as_bytes());
    format!("call_{:016x}", hash.finish())
}

/// The id that stands for one which is not nine letters or digits.
pub fn fitting(id: &str) -> Option<String> {
    let fits = id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!fits).then(|| short(id))
}

/// Nine letters or digits that stand for an id, the same in every turn.
fn short(id: &str) -> String {
    let mut hash = Fnv::default();
    hash.write(id.as_bytes());
    let mut left = hash.finish();
    let mut digit = || {
        let place = usize::try_from(left.checked_rem(62)?).ok()?;
        left = left.checked_div(62)?;
        Some(char::from(*LETTERS.get(place)?))
    };
    (0..9).filter_map(|_| digit()).collect()
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
