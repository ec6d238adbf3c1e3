//! A value of the configuration with its path, and the faults that are found on the way.

use std::fmt;

use serde_json::Value;

/// A fault: where, and what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Such as `providers.openai.kind`; empty for the whole.
    pub path: String,
    /// What is wrong, what is allowed, what was perhaps meant.
    pub message: String,
}

impl Fault {
    pub(super) fn new(path: &str, message: String) -> Self {
        Self {
            path: path.to_owned(),
            message,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}

/// The faults so far.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, node: &Node<'_>, message: impl Into<String>) {
        self.0.push(Fault::new(&node.path, message.into()));
    }

    pub(super) fn into_sorted(mut self) -> Vec<Fault> {
        self.0.sort();
        self.0
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
}

/// The members of an object, all of them known.
#[derive(Debug)]
pub(super) struct Fields<'a, 'n> {
    node: &'n Node<'a>,
}

impl<'a> Fields<'a, '_> {
    /// A member; one that is null counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.node.value.get(key)?;
        let node = Node {
            value,
            path: self.node.child(key).path,
        };
        (!value.is_null()).then_some(node)
    }
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        let path = String::new();
        Self { value, path }
    }

    /// A place below this one, whether or not something stands there.
    pub(super) fn child(&self, key: &str) -> Node<'static> {
        let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
        let path = match (self.path.as_str(), key.chars().all(plain)) {
            ("", true) => key.to_owned(),
            (path, true) => format!("{path}.{key}"),
            (path, false) => format!("{path}[{key:?}]"),
        };
        Node {
            value: &Value::Null,
            path,
        }
    }

    /// A member, of an object whose keys somebody else looks at.
    pub(super) fn member(&self, key: &str) -> Option<Node<'a>> {
        Fields { node: self }.get(key)
    }

    /// The members of an object whose keys are all in `known`; `later` are keys of the contract
    /// that are not acted on.
    pub(super) fn fields<'n>(
        &'n self,
        faults: &mut Faults,
        known: &[&str],
        later: &[&str],
    ) -> Option<Fields<'a, 'n>> {
        let Some(map) = self.value.as_object() else {
            self.expected(faults, "an object");
            return None;
        };
        for key in map.keys().map(String::as_str) {
            if later.contains(&key) {
                faults.add(&self.child(key), "not supported yet");
            } else if !known.contains(&key) {
                let message = format!("unknown key; {}", meant(key, known));
                faults.add(&self.child(key), message);
            }
        }
        Some(Fields { node: self })
    }

    /// The members of an object whose keys are names.
    pub(super) fn entries(&self, faults: &mut Faults) -> Vec<(&'a str, Node<'a>)> {
        let Some(map) = self.value.as_object() else {
            self.expected(faults, "an object");
            return Vec::new();
        };
        let member = |(key, value): (&'a String, &'a Value)| {
            let path = self.child(key).path;
            (key.as_str(), Node { value, path })
        };
        map.iter().map(member).collect()
    }

    /// The keys of an object.
    pub(super) fn keys(&self) -> Vec<String> {
        let map = self.value.as_object();
        map.map(|map| map.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// The items of a list.
    pub(super) fn items(&self, faults: &mut Faults) -> Vec<Node<'a>> {
        let Some(list) = self.value.as_array() else {
            self.expected(faults, "a list");
            return Vec::new();
        };
        let item = |(nth, value): (usize, &'a Value)| Node {
            value,
            path: format!("{}[{nth}]", self.path),
        };
        list.iter().enumerate().map(item).collect()
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    pub(super) fn as_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        self.value.as_bool()
    }

    pub(super) fn text(&self, faults: &mut Faults) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.expected(faults, "a text");
        }
        text
    }

    /// A text that is not empty and may stand in a header.
    pub(super) fn name(&self, faults: &mut Faults) -> Option<String> {
        let text = self.text(faults)?;
        if text.is_empty() || text.chars().any(|char| char.is_control() || char == ' ') {
            self.expected(faults, "a name without spaces or control characters");
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn bool(&self, faults: &mut Faults) -> Option<bool> {
        match self.value {
            Value::Bool(on) => Some(*on),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => {
                self.expected(faults, "true or false");
                None
            }
        }
    }

    /// A number, or a text that is one: Envoy's YAML reader makes a text of `1.5`.
    pub(super) fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// A number's digits as they are written.
    pub(super) fn decimal(&self) -> Option<String> {
        match self.value {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn number(&self, faults: &mut Faults) -> Option<f64> {
        let number = self.as_number();
        if number.is_none() {
            self.expected(faults, "a number");
        }
        number
    }

    /// A whole number within bounds.
    pub(super) fn whole(&self, faults: &mut Faults, from: u32, to: u32) -> Option<u32> {
        let number = self.number(faults)?;
        if number.fract() != 0.0 || number < f64::from(from) || number > f64::from(to) {
            self.expected(faults, &format!("a whole number from {from} to {to}"));
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "in range"
        )]
        Some(number as u32)
    }

    /// One of the words.
    pub(super) fn one_of<'w>(
        &self,
        faults: &mut Faults,
        what: &str,
        words: &[&'w str],
    ) -> Option<&'w str> {
        let text = self.text(faults)?;
        let word = words.iter().find(|word| **word == text).copied();
        if word.is_none() {
            faults.add(
                self,
                format!("unknown {what} {text:?}; {}", meant(text, words)),
            );
        }
        word
    }

    pub(super) fn expected(&self, faults: &mut Faults, what: &str) {
        let found = match self.value {
            Value::Null => "nothing".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            other => other.to_string(),
        };
        faults.add(self, format!("expected {what}, found {found}"));
    }
}

/// What could have been meant, else what is allowed.
pub(super) fn meant(word: &str, known: &[&str]) -> String {
    match crate::near::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("expected one of: {}", known.join(", ")),
    }
}
