//! The part of JSON Schema that Anthropic holds a model to (guide "Structured outputs", "JSON Schema
//! limitations"): objects are closed, and there are no bounds. What it does not take goes into the
//! description, where the model reads it.

use serde_json::{Map, Value, json};

/// Keywords that make a request fail.
const BOUNDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "patternProperties",
    "propertyNames",
];

/// Formats that are taken.
const FORMATS: &[&str] = &[
    "date-time",
    "time",
    "date",
    "duration",
    "email",
    "hostname",
    "uri",
    "ipv4",
    "ipv6",
    "uuid",
];

/// A schema that is taken; one that fits already stays as it is.
pub fn fit(schema: &Value) -> Value {
    let Value::Object(schema) = schema else {
        return schema.clone();
    };
    let mut fitted = Map::new();
    let mut moved = Vec::new();
    for (key, value) in schema {
        match key.as_str() {
            key if !is_taken(key, value) => moved.push(format!("{key}: {value}")),
            "properties" | "$defs" | "definitions" => {
                fitted.insert(key.clone(), each(value));
            }
            "items" => {
                fitted.insert(key.clone(), fit(value));
            }
            "anyOf" | "allOf" | "oneOf" => {
                let name = if key == "oneOf" { "anyOf" } else { key };
                let all = value.as_array().into_iter().flatten().map(fit).collect();
                fitted.insert(name.to_owned(), Value::Array(all));
            }
            _ => {
                fitted.insert(key.clone(), value.clone());
            }
        }
    }
    if is_object(&fitted) && fitted.get("additionalProperties") != Some(&Value::Bool(false)) {
        fitted.insert("additionalProperties".to_owned(), json!(false));
    }
    if !moved.is_empty() {
        let moved = format!("{{{}}}", moved.join(", "));
        let text = match fitted.get("description").and_then(Value::as_str) {
            Some(description) => format!("{description}\n\n{moved}"),
            None => moved,
        };
        fitted.insert("description".to_owned(), json!(text));
    }
    Value::Object(fitted)
}

fn is_taken(key: &str, value: &Value) -> bool {
    match key {
        "format" => value
            .as_str()
            .is_some_and(|format| FORMATS.contains(&format)),
        "minItems" => matches!(value.as_u64(), Some(0 | 1)),
        key => !BOUNDS.contains(&key),
    }
}

fn is_object(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "object",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
        _ => schema.contains_key("properties"),
    }
}

fn each(schemas: &Value) -> Value {
    match schemas {
        Value::Object(schemas) => {
            let fitted = schemas
                .iter()
                .map(|(name, schema)| (name.clone(), fit(schema)));
            Value::Object(fitted.collect())
        }
        other => other.clone(),
    }
}
