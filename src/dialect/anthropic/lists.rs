//! What Tollgate answers by itself: lists of models (platform.claude.com, "List Models"), and counts ("Count
//! tokens in a Message").

use serde_json::{Value, json};

use crate::units::rfc3339;

/// The list of models. `created` is in seconds since 1970.
pub fn model_list(names: &[&str], created: u64) -> Vec<u8> {
    let data: Vec<Value> = names.iter().map(|name| object(name, created)).collect();
    json!({"data": data, "has_more": false, "first_id": names.first(), "last_id": names.last()})
        .to_string()
        .into_bytes()
}

/// One model.
pub fn model(name: &str, created: u64) -> Vec<u8> {
    object(name, created).to_string().into_bytes()
}

fn object(name: &str, created: u64) -> Value {
    json!({"type": "model", "id": name, "display_name": name, "created_at": rfc3339(created)})
}

/// How many tokens a request has.
pub fn count_tokens_reply(tokens: u64) -> Vec<u8> {
    json!({"input_tokens": tokens}).to_string().into_bytes()
}
