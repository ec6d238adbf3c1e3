//! An object's fields, taken out one by one, so that what nobody took is known in the end.

use serde_json::{Map, Number, Value};

use super::neutral::{Cannot, Rest};

/// The fields of an object that have not been taken yet. A field that is `null` counts as absent.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    path: String,
    map: Map<String, Value>,
}

impl Fields {
    /// The fields of the object at `path`; the path of a whole body is empty.
    ///
    /// # Errors
    ///
    /// It is no object.
    pub fn of(value: Value, path: impl Into<String>) -> Result<Self, Cannot> {
        let path = path.into();
        match value {
            Value::Object(map) => Ok(Self { path, map }),
            other => Err(Cannot::new(path, wrong("an object", &other))),
        }
    }

    /// The path of a field.
    pub fn path(&self, key: &str) -> String {
        match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    /// Takes a field, unless it is an object without members.
    pub fn filled(&mut self, key: &str) -> Option<Value> {
        let is_empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
        self.take(key).filter(|value| !is_empty(value))
    }

    /// Takes a text, or several.
    ///
    /// # Errors
    ///
    /// It is something else.
    pub fn texts(&mut self, key: &str) -> Result<Vec<String>, Cannot> {
        if let Some(Value::String(_)) = self.peek(key) {
            return Ok(self.string(key)?.into_iter().collect());
        }
        let texts = self.array(key)?.into_iter().map(|text| match text {
            Value::String(text) => Ok(text),
            _ => Err(Cannot::new(self.path(key), "expected strings")),
        });
        texts.collect()
    }

    /// Takes a field.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        // The order of what is left is the client's.
        self.map.shift_remove(key).filter(|value| !value.is_null())
    }

    /// Looks at a field without taking it.
    pub fn peek(&self, key: &str) -> Option<&Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// Takes a string.
    ///
    /// # Errors
    ///
    /// The field is something else. So with the other kinds.
    pub fn string(&mut self, key: &str) -> Result<Option<String>, Cannot> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Cannot::new(self.path(key), wrong("a string", &other))),
        }
    }

    /// Takes a boolean.
    ///
    /// # Errors
    ///
    /// The field is something else.
    pub fn bool(&mut self, key: &str) -> Result<Option<bool>, Cannot> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(other) => Err(Cannot::new(self.path(key), wrong("a boolean", &other))),
        }
    }

    /// Takes a number.
    ///
    /// # Errors
    ///
    /// The field is something else.
    pub fn number(&mut self, key: &str) -> Result<Option<Number>, Cannot> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(Some(number)),
            Some(other) => Err(Cannot::new(self.path(key), wrong("a number", &other))),
        }
    }

    /// Takes a whole number that is not negative.
    ///
    /// # Errors
    ///
    /// The field is something else.
    pub fn whole(&mut self, key: &str) -> Result<Option<u64>, Cannot> {
        match self.number(key)? {
            None => Ok(None),
            Some(number) => match number.as_u64() {
                Some(whole) => Ok(Some(whole)),
                None => Err(Cannot::new(self.path(key), "expected a whole number")),
            },
        }
    }

    /// Takes an array; an absent one is empty.
    ///
    /// # Errors
    ///
    /// The field is something else.
    pub fn array(&mut self, key: &str) -> Result<Vec<Value>, Cannot> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(Cannot::new(self.path(key), wrong("an array", &other))),
        }
    }

    /// Takes an object.
    ///
    /// # Errors
    ///
    /// The field is something else.
    pub fn object(&mut self, key: &str) -> Result<Option<Fields>, Cannot> {
        let path = self.path(key);
        self.take(key)
            .map(|value| Self::of(value, path))
            .transpose()
    }

    /// What nobody took. `idle` are the names of fields without which the answer is the same.
    pub fn rest(self, idle: &[&str]) -> Vec<Rest> {
        let path = |key: &str| match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        let left = self.map.into_iter().filter(|(_, value)| !value.is_null());
        left.map(|(key, value)| Rest {
            path: path(&key),
            value,
            idle: idle.contains(&key.as_str()),
        })
        .collect()
    }
}

fn wrong(wanted: &str, found: &Value) -> String {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    format!("expected {wanted}, found {found}")
}
