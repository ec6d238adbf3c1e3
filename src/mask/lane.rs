//! Putting the values back into one running text.

use super::vault::{Reading, Vault};
use crate::json;

/// What the text is, which says how a value must be written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Plain,
    /// JSON: a value stands inside a JSON string and is escaped as such.
    Json,
}

/// One running text, such as the content of one choice. Nothing is held back but what may become a
/// placeholder or a fake when more comes.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    held: String,
    /// What is held, should nothing more come.
    rest: String,
    /// The text before what is held ends within a word.
    inside: bool,
}

impl Lane {
    /// Takes in the next part of the text; what can be said now, with values in place of what stands for
    /// them.
    pub fn push(&mut self, part: &str, form: Form, vault: &Vault) -> String {
        if vault.is_empty() {
            return part.to_owned();
        }
        let mut text = std::mem::take(&mut self.held);
        text.push_str(part);
        let mut out = String::with_capacity(text.len());
        let (held, inside) = said(&text, self.inside, false, (form, vault), &mut out);
        self.rest.clear();
        said(held, inside, true, (form, vault), &mut self.rest);
        (self.held, self.inside) = (held.to_owned(), inside);
        out
    }

    /// Nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What is held back: the text has ended.
    pub fn finish(&mut self) -> String {
        self.held.clear();
        self.inside = false;
        std::mem::take(&mut self.rest)
    }

    /// A whole text with its values put back.
    pub fn whole(text: &str, form: Form, vault: &Vault) -> String {
        let mut lane = Self::default();
        let mut out = lane.push(text, form, vault);
        out.push_str(&lane.finish());
        out
    }
}

/// Says `text` as far as it can be said; the rest, which must wait, and whether it begins within a word.
fn said<'t>(
    text: &'t str,
    mut inside: bool,
    ended: bool,
    (form, vault): (Form, &Vault),
    out: &mut String,
) -> (&'t str, bool) {
    let mut rest = text;
    while let Some(start) = rest.bytes().position(|byte| vault.may_start(byte)) {
        let Some((plain, at)) = rest.split_at_checked(start) else {
            break;
        };
        out.push_str(plain);
        inside = ends_in_word(plain).unwrap_or(inside);
        let found = match vault.read(at, inside) {
            Reading::Value(len, value) => Some((len, value)),
            Reading::Open(found) if ended => found,
            Reading::Open(_) => return (at, inside),
            Reading::Nothing => None,
        };
        let len = match found {
            Some((len, value)) => {
                match form {
                    Form::Plain => out.push_str(value),
                    Form::Json => json::quote_into(value, out),
                }
                len
            }
            None => at.chars().next().map_or(at.len(), char::len_utf8),
        };
        let Some((told, behind)) = at.split_at_checked(len) else {
            break;
        };
        if found.is_none() {
            out.push_str(told);
        }
        inside = ends_in_word(told).unwrap_or(inside);
        rest = behind;
    }
    out.push_str(rest);
    inside = ends_in_word(rest).unwrap_or(inside);
    ("", inside)
}

/// Whether the text ends with a letter, a digit or `_`; `None` for an empty one.
fn ends_in_word(text: &str) -> Option<bool> {
    let last = text.bytes().next_back()?;
    Some(last.is_ascii_alphanumeric() || last == b'_')
}
