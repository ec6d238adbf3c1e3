//! Lists of models (ai.google.dev/api/models).

use serde_json::{Value, json};

/// The list of models.
pub fn model_list(names: &[&str]) -> Vec<u8> {
    let models: Vec<Value> = names.iter().map(|name| object(name)).collect();
    json!({"models": models}).to_string().into_bytes()
}

/// One model.
pub fn model(name: &str) -> Vec<u8> {
    object(name).to_string().into_bytes()
}

fn object(name: &str) -> Value {
    json!({
        "name": format!("models/{name}"),
        "displayName": name,
        "supportedGenerationMethods": ["generateContent", "countTokens"],
    })
}
