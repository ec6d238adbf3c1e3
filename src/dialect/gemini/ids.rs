//! Ids of calls for those that have none: Gemini 2 gives none, and Gemini 3 not always.
//!
//! An id is made from what the call is and where it stands, so that it is the same in every turn, and
//! says by its first letters that it was made: it is left out again when the call is written for Gemini.

use crate::fnv::fnv;

const MADE: &str = "gcall_";

/// The id of the `number`th call of a conversation.
pub(super) fn of_history(number: usize, name: &str) -> String {
    format!("{MADE}{number}_{:016x}", hash(&[name]))
}

/// The id of the `number`th call of a reply. With the reply's own id it differs from those of other turns.
pub(super) fn of_reply(reply: Option<&str>, number: usize, name: &str, arguments: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let reply: String = reply.unwrap_or_default().chars().filter(fits).collect();
    match reply.is_empty() {
        // Anthropic and OpenAI take 40 characters at least.
        false => format!(
            "{MADE}{}_{number}",
            reply.chars().take(24).collect::<String>()
        ),
        true => format!("{MADE}{:016x}_{number}", hash(&[name, arguments])),
    }
}

/// The id as Gemini shall see it.
pub(super) fn written(id: &str) -> Option<&str> {
    (!id.is_empty() && !id.starts_with(MADE)).then_some(id)
}

/// No text holds the byte that ends each.
fn hash(texts: &[&str]) -> u64 {
    fnv(texts.iter().flat_map(|text| text.bytes().chain([0xff])))
}
