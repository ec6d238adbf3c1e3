//! A minimal instance of a JSON schema, as a model under "structured output" would give.

use serde_json::{Map, Value, json};

/// Deeper than this only a schema goes that contains itself; its instance ends in null there.
const DEEPEST: usize = 16;

/// An instance of `schema` whose free strings all read `text`.
pub fn instance(schema: &Value, text: &str) -> Value {
    Schema { root: schema, text }.instance(schema, 0)
}

struct Schema<'a> {
    root: &'a Value,
    text: &'a str,
}

impl Schema<'_> {
    fn instance(&self, schema: &Value, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        let deeper = depth.saturating_add(1);
        if let Some(given) = given(schema) {
            return given.clone();
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = reference
                .strip_prefix('#')
                .and_then(|pointer| self.root.pointer(pointer));
            return self.instance(target.unwrap_or(&Value::Null), deeper);
        }
        if let Some(first) = ["anyOf", "oneOf", "allOf"]
            .iter()
            .find_map(|key| schema.get(*key)?.get(0))
        {
            return self.instance(first, deeper);
        }
        match kind(schema) {
            "object" => self.object(schema, deeper),
            "array" => {
                let fewest = schema
                    .get("minItems")
                    .and_then(Value::as_u64)
                    .unwrap_or(1)
                    .min(100);
                let item = schema.get("items").unwrap_or(&Value::Null);
                (0..fewest).map(|_| self.instance(item, deeper)).collect()
            }
            "string" => json!(self.string(schema)),
            "integer" | "number" => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            "boolean" => json!(true),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let required = schema.get("required").and_then(Value::as_array);
        let wanted = |name: &str| required.is_none_or(|names| names.iter().any(|n| n == name));
        let properties = schema.get("properties").and_then(Value::as_object);
        let members = properties
            .into_iter()
            .flatten()
            .filter(|(name, _)| wanted(name));
        members
            .map(|(name, schema)| (name.clone(), self.instance(schema, depth)))
            .collect::<Map<_, _>>()
            .into()
    }

    fn string(&self, schema: &Value) -> &str {
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => "2025-01-31",
            Some("time") => "12:00:00Z",
            Some("date-time") => "2025-01-31T12:00:00Z",
            Some("email") => "someone@example.com",
            Some("uri") => "https://example.com/",
            Some("uuid") => "00000000-0000-4000-8000-000000000000",
            _ => self.text,
        }
    }
}

fn given(schema: &Value) -> Option<&Value> {
    schema.get("const").or_else(|| schema.get("enum")?.get(0))
}

fn kind(schema: &Value) -> &str {
    let named = match schema.get("type") {
        Some(Value::Array(names)) => names.first().and_then(Value::as_str),
        Some(name) => name.as_str(),
        None => None,
    };
    named.unwrap_or(if schema.get("properties").is_some() {
        "object"
    } else {
        "null"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances() {
        let person = json!({"type": "object", "required": ["name", "pet"],
            "properties": {"name": {"type": "string"}, "age": {"type": "integer"}, "pet": {"$ref": "#/$defs/pet"}},
            "$defs": {"pet": {"anyOf": [{"enum": ["cat", "dog"]}, {"type": "null"}]}}});
        let knot = json!({"type": "object", "properties": {"next": {"$ref": "#"}}});
        for (schema, is) in [
            (person, json!({"name": "t", "pet": "cat"})),
            (
                json!({"type": "array", "minItems": 2, "items": {"type": "number", "minimum": 3}}),
                json!([3, 3]),
            ),
            (
                json!({"type": ["string", "null"], "format": "date"}),
                json!("2025-01-31"),
            ),
            (
                json!({"properties": {"b": {"type": "boolean"}}}),
                json!({"b": true}),
            ),
            (json!(true), Value::Null),
        ] {
            assert_eq!(instance(&schema, "t"), is, "{schema}");
        }
        assert!(instance(&knot, "t").is_object());
    }
}
