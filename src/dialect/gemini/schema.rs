//! Google's `Schema`, a dialect of OpenAPI 3.0, as JSON Schema (ai.google.dev/api/caching#Schema).
//!
//! Only what differs is changed: types in capitals, `nullable`, and counts that protobuf writes as texts.

use serde_json::{Map, Value};

use super::names::camel;

/// The JSON Schema of the same meaning.
pub(super) fn json_schema(schema: Value) -> Value {
    let Value::Object(old) = schema else {
        return schema;
    };
    let mut new = Map::new();
    let mut nullable = false;
    for (key, value) in old {
        // Names with a `$`, such as `$defs`, have no underscore.
        let key = camel(&key);
        let value = match (key.as_str(), value) {
            ("nullable", Value::Bool(value)) => {
                nullable = value;
                continue;
            }
            ("type", Value::String(kind)) => Value::String(kind.to_ascii_lowercase()),
            ("type", Value::Array(kinds)) => kinds.into_iter().map(lower).collect(),
            ("properties" | "$defs" | "defs", Value::Object(of)) => {
                let each = of.into_iter().map(|(name, of)| (name, json_schema(of)));
                Value::Object(each.collect())
            }
            ("items" | "additionalProperties", of) => json_schema(of),
            ("anyOf" | "oneOf" | "prefixItems", Value::Array(of)) => {
                of.into_iter().map(json_schema).collect()
            }
            (
                "minItems" | "maxItems" | "minLength" | "maxLength" | "minProperties"
                | "maxProperties",
                Value::String(count),
            ) => match count.parse::<u64>() {
                Ok(count) => Value::from(count),
                Err(_) => Value::String(count),
            },
            (_, value) => value,
        };
        new.insert(key, value);
    }
    if nullable {
        allow_null(&mut new);
    }
    Value::Object(new)
}

fn lower(kind: Value) -> Value {
    match kind {
        Value::String(kind) => Value::String(kind.to_ascii_lowercase()),
        other => other,
    }
}

fn allow_null(schema: &mut Map<String, Value>) {
    match schema.get_mut("type") {
        Some(Value::Array(kinds)) => kinds.push(Value::from("null")),
        Some(kind) => *kind = Value::from(vec![kind.take(), Value::from("null")]),
        None => {
            if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
                any.push(super::names::one("type", "null"));
            }
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum")
        && !words.contains(&Value::Null)
    {
        words.push(Value::Null);
    }
}
