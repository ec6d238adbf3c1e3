//! Which placeholder stands for which value within one request.

use std::collections::{HashMap, HashSet};

/// The values of one request and their placeholders, `[EMAIL_1]`, `[EMAIL_2]`, …: the same value
/// has the same placeholder. A placeholder that the request itself contains is not used.
#[derive(Debug, Clone, Default)]
pub struct Vault {
    taken: HashSet<String>,
    names: HashMap<(String, String), String>,
    numbers: HashMap<String, usize>,
    values: HashMap<String, String>,
    longest: usize,
}

impl Vault {
    /// An empty vault for a request with these texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let taken = texts
            .flat_map(placeholders)
            .map(str::to_ascii_uppercase)
            .collect();
        Self {
            taken,
            ..Self::default()
        }
    }

    /// Nothing was put in.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The placeholder of a value of the kind that `label` names (upper case, digits and `_`).
    pub fn placeholder(&mut self, label: &str, value: &str) -> String {
        let key = (label.to_owned(), value.to_owned());
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let number = self.numbers.entry(label.to_owned()).or_default();
        let name = loop {
            *number = number.saturating_add(1);
            let name = format!("[{label}_{number}]");
            if !self.taken.contains(&name) {
                break name;
            }
        };
        self.longest = self.longest.max(name.len());
        self.names.insert(key, name.clone());
        self.values.insert(name.clone(), value.to_owned());
        name
    }

    /// The placeholder that `text` begins with, in any case: its length and its value.
    pub(super) fn at_start(&self, text: &str) -> Option<(usize, &str)> {
        let name = written(text)?;
        let value = self.values.get(&name.to_ascii_uppercase())?;
        Some((name.len(), value))
    }

    /// Whether `text` could become a placeholder when more of it comes.
    pub(super) fn may_become(&self, text: &str) -> bool {
        text.len() < self.longest
            && self.values.keys().any(|name| {
                name.get(..text.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(text))
            })
    }
}

/// What looks like a placeholder in `text`.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(|open| written(text.get(open..)?))
}

/// What looks like a placeholder at the beginning of `text`: `[`, a label, `_`, a number, `]`.
fn written(text: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let inner = text.get(1..)?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let word = inner.bytes().take(LONGEST).take_while(is_word).count();
    let (label, number) = inner.get(..word)?.rsplit_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_closed = inner.as_bytes().get(word) == Some(&b']');
    (is_number && is_closed && !label.is_empty())
        .then(|| text.get(..word.saturating_add(2)))
        .flatten()
}
