//! Log probabilities: an array beside a text here, an object with `content` in the neutral form.

use serde_json::{Value, json};

/// Reads the array; `None` for an empty one.
pub(super) fn read(array: Option<&Value>) -> Option<Value> {
    let array = array?.as_array().filter(|array| !array.is_empty())?;
    Some(json!({"content": array, "refusal": null}))
}

/// Writes the array.
pub(super) fn write(object: Option<&Value>) -> Vec<Value> {
    let content = object.and_then(|object| object.get("content"));
    let content = content.and_then(Value::as_array).cloned();
    content.unwrap_or_default()
}
