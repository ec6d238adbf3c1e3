//! `GET /v1/models` and `/v1/models/{id}` (platform.openai.com/docs/api-reference/models).

use serde_json::{Value, json};

/// The list of models. `created` is in seconds since 1970.
pub fn model_list(names: &[&str], created: u64) -> Vec<u8> {
    let data: Vec<_> = names.iter().map(|id| object(id, created)).collect();
    json!({"object": "list", "data": data})
        .to_string()
        .into_bytes()
}

/// One model.
pub fn model(id: &str, created: u64) -> Vec<u8> {
    object(id, created).to_string().into_bytes()
}

fn object(id: &str, created: u64) -> Value {
    json!({"id": id, "object": "model", "created": created, "owned_by": "tollgate"})
}
