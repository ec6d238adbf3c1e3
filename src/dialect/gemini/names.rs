//! Fields by their camel-case names, in a body that may have them in snake case: Google's JSON parser
//! accepts both (protobuf.dev/programming-guides/json).

use serde_json::{Map, Number, Value};

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Rest};

/// The fields of an object that have not been taken yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(Fields);

impl Names {
    pub(super) fn of(value: Value, path: impl Into<String>) -> Result<Self, Cannot> {
        Fields::of(value, path).map(Self)
    }

    /// The field's name as the client wrote it.
    fn key(&self, camel: &str) -> String {
        let snake = snake(camel);
        match self.0.peek(camel).is_none() && self.0.peek(&snake).is_some() {
            true => snake,
            false => camel.to_owned(),
        }
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.0.path(&self.key(name))
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.take(&self.key(name))
    }

    pub(super) fn peek(&self, name: &str) -> Option<&Value> {
        self.0.peek(name).or_else(|| self.0.peek(&snake(name)))
    }

    pub(super) fn string(&mut self, name: &str) -> Result<Option<String>, Cannot> {
        self.0.string(&self.key(name))
    }

    pub(super) fn bool(&mut self, name: &str) -> Result<Option<bool>, Cannot> {
        self.0.bool(&self.key(name))
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<Number>, Cannot> {
        self.0.number(&self.key(name))
    }

    pub(super) fn whole(&mut self, name: &str) -> Result<Option<u64>, Cannot> {
        self.0.whole(&self.key(name))
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Option<Self>, Cannot> {
        Ok(self.0.object(&self.key(name))?.map(Self))
    }

    /// Takes an object whose fields are free.
    pub(super) fn object_value(
        &mut self,
        name: &str,
    ) -> Result<Option<Map<String, Value>>, Cannot> {
        let path = self.path(name);
        match self.take(name) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(map)),
            Some(_) => Err(Cannot::new(path, "expected an object")),
        }
    }

    /// Takes the items of an array, each with its path. Google takes a lone object for an array of one,
    /// and its own examples use that.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<(String, Value)>, Cannot> {
        let path = self.path(name);
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let named = items.into_iter().enumerate();
                Ok(named
                    .map(|(i, item)| (format!("{path}[{i}]"), item))
                    .collect())
            }
            Some(item @ Value::Object(_)) => Ok(vec![(path, item)]),
            Some(_) => Err(Cannot::new(path, "expected an array")),
        }
    }

    /// Takes an array of strings.
    pub(super) fn strings(&mut self, name: &str) -> Result<Vec<String>, Cannot> {
        let texts = self.list(name)?.into_iter();
        let text = |(path, item)| match item {
            Value::String(text) => Ok(text),
            _ => Err(Cannot::new(path, "expected a string")),
        };
        texts.map(text).collect()
    }

    /// What nobody took. `idle` are the camel-case names of fields without which the answer is the same.
    pub(super) fn rest(self, idle: &[&str]) -> Vec<Rest> {
        let mut rest = self.0.rest(&[]);
        for one in &mut rest {
            let name = one.path.rsplit('.').next().unwrap_or_default();
            one.idle = idle.contains(&camel(name).as_str());
        }
        rest
    }
}

/// `fooBar` for `foo_bar`.
pub(super) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut raised = false;
    for c in name.chars() {
        match (c, raised) {
            ('_', _) => raised = true,
            (c, true) => {
                out.extend(c.to_uppercase());
                raised = false;
            }
            (c, false) => out.push(c),
        }
    }
    out
}

/// `foo_bar` for `fooBar`.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Sets a field that is there.
pub(super) fn put(map: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        map.insert(name.to_owned(), value.into());
    }
}

/// An object of one field.
pub(super) fn one(name: &str, value: impl Into<Value>) -> Value {
    let mut map = Map::new();
    map.insert(name.to_owned(), value.into());
    Value::Object(map)
}
