//! How a model may write a placeholder: `[EMAIL_7F3A]` in any case, with spaces, hyphens or nothing in place of
//! `_`, with Markdown's backslashes, or without its brackets.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::vault::Reading;

/// What stands in a placeholder besides letters and digits, at the most.
const MOST_ODD: usize = 8;

/// The names in placeholders, which stand between their brackets, and the values.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// By their letters and digits.
    letters: BTreeMap<String, String>,
    /// As they are written, and their letters and digits.
    written: BTreeMap<String, String>,
    /// With which two bytes they begin: most words of a text begin with others.
    begins: Vec<[u8; 2]>,
    longest: usize,
}

impl Names {
    /// No other name has these letters and digits.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.letters.contains_key(&letters(name))
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        let letters = letters(name);
        self.letters.insert(letters.clone(), value.to_owned());
        self.written.insert(name.to_owned(), letters);
        self.longest = self.longest.max(name.len());
        if let Some(first) = name.as_bytes().first_chunk()
            && !self.begins.contains(first)
        {
            self.begins.push(*first);
        }
    }

    /// There is a name that is written so.
    pub(super) fn has(&self, name: &str) -> bool {
        self.written.contains_key(name)
    }

    fn of_letters(&self, letters: &str) -> Option<&str> {
        self.letters.get(letters).map(String::as_str)
    }

    fn of_written(&self, name: &str) -> Option<&str> {
        self.of_letters(self.written.get(name)?)
    }
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_uppercase())
        .collect()
}

/// Whether one of `names` begins with `start`.
fn begins(names: &BTreeMap<String, String>, start: &str) -> bool {
    let after = (Bound::Included(start), Bound::Unbounded);
    let next = names.range::<str, _>(after).next();
    next.is_some_and(|(name, _)| name.starts_with(start))
}

/// What `text` begins with. `inside`: a word goes on there.
pub(super) fn read<'n>(names: &'n Names, text: &str, inside: bool) -> Reading<'n> {
    match text.bytes().next() {
        Some(b'[' | b'\\') => in_brackets(names, text),
        Some(_) if !inside => bare(names, text),
        _ => Reading::Nothing,
    }
}

/// `[`, the name, `]`. A backslash before the first goes with it only where one stands before the last, as
/// Markdown has it: else it is somebody's own.
fn in_brackets<'n>(names: &'n Names, text: &str) -> Reading<'n> {
    let slashes = text.bytes().take(2).take_while(|byte| *byte == b'\\');
    let slashes = slashes.count();
    match text.as_bytes().get(slashes) {
        None => return Reading::Open(None),
        Some(b'[') => {}
        Some(_) => return Reading::Nothing,
    }
    let (mut name, mut odd, mut last) = (String::new(), 0_usize, b'[');
    for (at, byte) in text.bytes().enumerate().skip(slashes.saturating_add(1)) {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' if name.len() < names.longest => {
                name.push(char::from(byte.to_ascii_uppercase()));
            }
            b' ' | b'_' | b'-' | b'\\' if odd < MOST_ODD => odd = odd.saturating_add(1),
            b']' if slashes == 0 || last == b'\\' => {
                let end = at.saturating_add(1);
                let value = names.of_letters(&name);
                return value.map_or(Reading::Nothing, |value| Reading::Value(end, value));
            }
            _ => return Reading::Nothing,
        }
        last = byte;
    }
    match begins(&names.letters, &name) {
        true => Reading::Open(None),
        false => Reading::Nothing,
    }
}

/// The name alone, as a word of its own; a `_` may have a backslash before it.
fn bare<'n>(names: &'n Names, text: &str) -> Reading<'n> {
    if let Some(first) = text.as_bytes().first_chunk::<2>() {
        let first = first.map(|byte| byte.to_ascii_uppercase());
        let [_, second] = first;
        if second != b'\\' && !names.begins.contains(&first) {
            return Reading::Nothing;
        }
    }
    let mut name = String::new();
    let mut slashes = 0_usize;
    let whole = |names: &'n Names, name: &str, end: usize| {
        let value = names.of_written(name);
        value.map_or(Reading::Nothing, |value| Reading::Value(end, value))
    };
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'_' | b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' if slashes == 0 || byte == b'_' => {
                if name.len() >= names.longest {
                    return Reading::Nothing;
                }
                slashes = 0;
                name.push(char::from(byte.to_ascii_uppercase()));
            }
            b'\\' if slashes == 0 => {
                if let found @ Reading::Value(..) = whole(names, &name, at) {
                    return found;
                }
                slashes = 1;
            }
            b'\\' if slashes == 1 => slashes = 2,
            _ if slashes == 0 => return whole(names, &name, at),
            _ => return Reading::Nothing,
        }
    }
    match begins(&names.written, &name) {
        true => Reading::Open(names.of_written(&name).map(|value| (text.len(), value))),
        false => Reading::Nothing,
    }
}
