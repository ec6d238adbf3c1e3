//! Whether a JSON value fits a JSON Schema (draft 2020-12, and what OpenAPI 3.0 has in its place): the keywords
//! that providers' structured outputs know, and the others that are about one value. What else a schema says is
//! told, and not checked.
//!
//! *Never*: fetches anything; a value's own words are in no answer.

mod check;

use std::collections::BTreeSet;

use serde_json::Value;

use check::Check;

/// A schema.
#[derive(Debug, Clone)]
pub struct Schema {
    root: Value,
    unchecked: BTreeSet<String>,
}

/// How a value does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// A JSON pointer (RFC 6901); a name that is not in the schema is a `*`.
    pub path: String,
    /// What is wrong there.
    pub what: String,
}

/// Keywords that are checked, or that say nothing about a value.
const KNOWN: [&str; 55] = [
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "default",
    "definitions",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "name",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "propertyOrdering",
    "readOnly",
    "required",
    "strict",
    "then",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "x-order",
];

/// Keywords whose value is a schema.
const ONE: [&str; 9] = [
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "additionalItems",
];

/// Keywords whose value is a list of schemas, or an object of them by names.
const MANY: [&str; 10] = [
    "$defs",
    "allOf",
    "anyOf",
    "definitions",
    "dependentSchemas",
    "items",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
];

impl Schema {
    /// Reads a schema; `None` when it is not JSON.
    pub fn read(text: &str) -> Option<Self> {
        let root: Value = serde_json::from_str(text).ok()?;
        let mut unchecked = BTreeSet::new();
        look(&root, &mut unchecked);
        Some(Self { root, unchecked })
    }

    /// The keywords that are not checked.
    pub fn unchecked(&self) -> impl Iterator<Item = &str> {
        self.unchecked.iter().map(String::as_str)
    }

    /// Whether a text is JSON that fits.
    ///
    /// # Errors
    ///
    /// It does not; how.
    pub fn fits(&self, text: &str) -> Result<(), Unfit> {
        let value: Value = serde_json::from_str(text).map_err(|_| Unfit {
            path: String::new(),
            what: "no JSON".to_owned(),
        })?;
        Check::new(&self.root).fits(&value)
    }
}

/// Notes the keywords of a schema, and of those within it, that are not checked.
fn look(schema: &Value, unchecked: &mut BTreeSet<String>) {
    let Some(fields) = schema.as_object() else {
        return;
    };
    for (key, value) in fields {
        let remote = key == "$ref" && !value.as_str().is_some_and(|to| to.starts_with('#'));
        let pattern = key == "pattern" && value.as_str().and_then(check::pattern).is_none();
        if KNOWN.binary_search(&key.as_str()).is_err() || remote || pattern {
            unchecked.insert(key.clone());
        }
        match value {
            Value::Array(all) if MANY.contains(&key.as_str()) => {
                all.iter().for_each(|own| look(own, unchecked));
            }
            Value::Object(all) if MANY.contains(&key.as_str()) && key != "items" => {
                all.values().for_each(|own| look(own, unchecked));
            }
            Value::Object(_) if ONE.contains(&key.as_str()) => look(value, unchecked),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
