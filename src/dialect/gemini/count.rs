//! `:countTokens` (ai.google.dev/api/tokens).

use super::names::one;

/// The reply.
pub fn count_tokens_reply(tokens: u64) -> Vec<u8> {
    one("totalTokens", tokens).to_string().into_bytes()
}
