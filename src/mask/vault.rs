//! What stands for which value within one request.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use super::key::Key;
use super::written::{self, Names};

/// The values of one request and what stands for them: placeholders such as `[EMAIL_7F3A]`, of a label and
/// the beginning of a keyed hash, and fakes.
#[derive(Debug, Clone, Default)]
pub struct Vault {
    key: Key,
    /// The placeholder of each label and value.
    given: HashMap<(String, String), String>,
    names: Names,
    /// The fake of each value.
    likes: HashMap<String, String>,
    /// The value of each fake. None begins with another.
    fakes: BTreeMap<String, String>,
    longest_fake: usize,
    starts: Starts,
}

/// With which bytes something begins that stands for a value.
#[derive(Debug, Clone)]
struct Starts([bool; 256]);

impl Default for Starts {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Starts {
    fn add(&mut self, byte: u8) {
        for byte in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
            if let Some(start) = self.0.get_mut(usize::from(byte)) {
                *start = true;
            }
        }
    }

    fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }
}

/// What a text begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<'v> {
    /// This many bytes stand for this value.
    Value(usize, &'v str),
    /// Nothing that stands for a value.
    Nothing,
    /// More of the text must come before it can be said. It is this if no more comes.
    Open(Option<(usize, &'v str)>),
}

/// How many hexadecimal digits a placeholder has: the first number that no other of the request has too.
const DIGITS: [usize; 4] = [4, 8, 16, 64];

impl Vault {
    /// An empty vault.
    pub fn new(key: Key) -> Self {
        Self {
            key,
            ..Self::default()
        }
    }

    /// The key under which it makes what stands for values.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Nothing was put in that is to be put back.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.likes.is_empty()
    }

    /// The placeholder of a value of the kind that `label` names (upper case, digits and `_`).
    pub fn placeholder(&mut self, label: &str, value: &str) -> String {
        let of = (label.to_owned(), value.to_owned());
        if let Some(name) = self.given.get(&of) {
            return name.clone();
        }
        let hash = self.key.digest("mask", [label, value]).hex();
        let hash = hash.to_ascii_uppercase();
        let mut name = String::new();
        for digits in DIGITS {
            name = [label, "_", hash.get(..digits).unwrap_or(&hash)].concat();
            if self.names.is_free(&name) {
                break;
            }
        }
        for byte in [b'[', b'\\'].into_iter().chain(name.bytes().next()) {
            self.starts.add(byte);
        }
        self.names.add(&name, value);
        let placeholder = ["[", &name, "]"].concat();
        self.given.insert(of, placeholder.clone());
        placeholder
    }

    /// `text` without the placeholders that were made here: what is left of it is the writer's own.
    pub fn without_placeholders<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.given.is_empty() {
            return Cow::Borrowed(text);
        }
        let given = |found: &&str| {
            let name = found.get(1..found.len().saturating_sub(1));
            name.is_some_and(|name| self.names.has(name))
        };
        let (mut left, mut from) = (String::with_capacity(text.len()), 0);
        for (at, placeholder) in placeholders(text).filter(|(_, found)| given(found)) {
            left.push_str(text.get(from..at).unwrap_or_default());
            from = at.saturating_add(placeholder.len());
        }
        left.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(left)
    }

    /// The fake that was taken for this value before.
    pub fn fake(&self, value: &str) -> Option<&str> {
        self.likes.get(value).map(String::as_str)
    }

    /// Whether `text` is the fake of some value.
    pub fn is_fake(&self, text: &str) -> bool {
        self.fakes.contains_key(text)
    }

    /// Takes a fake for a value; `false` when it could be mistaken for another of the request.
    pub fn take_fake(&mut self, value: &str, fake: &str) -> bool {
        let after = (Bound::Included(fake), Bound::Unbounded);
        let next = self.fakes.range::<str, _>(after).next();
        let begins_one = next.is_some_and(|(own, _)| own.starts_with(fake));
        if fake.is_empty() || fake == value || begins_one || self.fake_at(fake).is_some() {
            return false;
        }
        self.starts.add(fake.bytes().next().unwrap_or_default());
        self.longest_fake = self.longest_fake.max(fake.len());
        self.fakes.insert(fake.to_owned(), value.to_owned());
        self.likes.insert(value.to_owned(), fake.to_owned());
        true
    }

    /// Whether something that stands for a value may begin with this byte.
    pub(super) fn may_start(&self, byte: u8) -> bool {
        self.starts.has(byte)
    }

    /// What `text` begins with. `inside`: a word goes on there.
    pub(super) fn read(&self, text: &str, inside: bool) -> Reading<'_> {
        if let Some((fake, value)) = self.fake_at(text) {
            return Reading::Value(fake.len(), value);
        }
        let open = text.len() < self.longest_fake && self.begins_fake(text);
        match written::read(&self.names, text, inside) {
            Reading::Nothing if open => Reading::Open(None),
            reading => reading,
        }
    }

    /// As no fake begins with another, only the last one that is not behind `text` in their order can be at
    /// its beginning.
    fn fake_at(&self, text: &str) -> Option<(&str, &str)> {
        let before = (Bound::Unbounded, Bound::Included(text));
        let (fake, value) = self.fakes.range::<str, _>(before).next_back()?;
        text.starts_with(fake.as_str())
            .then_some((fake.as_str(), value.as_str()))
    }

    fn begins_fake(&self, text: &str) -> bool {
        let after = (Bound::Included(text), Bound::Unbounded);
        let next = self.fakes.range::<str, _>(after).next();
        next.is_some_and(|(fake, _)| fake.starts_with(text))
    }
}

/// What looks like a placeholder in `text`, and where: `[`, a label, `_`, four hexadecimal digits or more, `]`.
pub fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let opens = memchr::memchr_iter(b'[', text.as_bytes());
    opens.filter_map(|open| Some((open, looks(text.get(open..)?)?)))
}

fn looks(text: &str) -> Option<&str> {
    const LONGEST: usize = 120;
    let inner = text.get(1..)?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let word = inner.bytes().take(LONGEST).take_while(is_word).count();
    let (label, hash) = inner.get(..word)?.rsplit_once('_')?;
    let is_hash = hash.len() >= 4 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_closed = inner.as_bytes().get(word) == Some(&b']');
    (is_hash && is_closed && !label.is_empty())
        .then(|| text.get(..word.saturating_add(2)))
        .flatten()
}
