//! `GET /v1/models` (platform.openai.com/docs/api-reference/models).

use serde_json::json;

/// The list of models. `created` is in seconds since 1970.
pub fn model_list<'a>(names: impl Iterator<Item = &'a str>, created: u64) -> Vec<u8> {
    let data: Vec<_> = names
        .map(|id| json!({"id": id, "object": "model", "created": created, "owned_by": "tollgate"}))
        .collect();
    json!({"object": "list", "data": data})
        .to_string()
        .into_bytes()
}
