//! `POST /v1/responses/input_tokens` (platform.openai.com/docs/api-reference/responses/input-tokens).

use serde_json::json;

/// How many tokens a request has.
pub fn count_tokens_reply(tokens: u64) -> Vec<u8> {
    json!({"object": "response.input_tokens", "input_tokens": tokens})
        .to_string()
        .into_bytes()
}
