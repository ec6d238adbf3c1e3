//! Ids of tool calls, where a provider gives none or wants them in a form of its own.

use crate::fnv::fnv;

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// An id for a call without one: it differs from reply to reply, as long as those have ids.
pub(super) fn made(reply: &str, choice: u32, nth: usize) -> String {
    let hash = fnv(format!("{reply}/{choice}/{nth}").bytes());
    format!("call_{hash:016x}")
}

/// The id that stands for one which is not nine letters or digits.
pub fn fitting(id: &str) -> Option<String> {
    let fits = id.len() == 9 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!fits).then(|| short(id))
}

/// Nine letters or digits that stand for an id, the same in every turn.
fn short(id: &str) -> String {
    let mut left = fnv(id.bytes());
    let mut digit = || {
        let place = usize::try_from(left.checked_rem(62)?).ok()?;
        left = left.checked_div(62)?;
        Some(char::from(*LETTERS.get(place)?))
    };
    (0..9).filter_map(|_| digit()).collect()
}
