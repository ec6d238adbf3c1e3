//! Putting the values back into one running text.

use super::vault::{Reading, Vault};
use crate::json::Nesting;

/// What the text is, which says how a value must be written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Plain,
    /// JSON: a value stands inside a JSON string, perhaps in JSON within one, and is escaped as such.
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
    /// Where in JSON what is held begins.
    nesting: Nesting,
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
        let mut place = (self.inside, std::mem::take(&mut self.nesting));
        let held = said(&text, &mut place, false, (form, vault), &mut out);
        self.held = held.to_owned();
        (self.inside, self.nesting) = place.clone();
        self.rest.clear();
        said(held, &mut place, true, (form, vault), &mut self.rest);
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
        self.nesting = Nesting::default();
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

/// Says `text` as far as it can be said; the rest, which must wait. `place`: whether a word goes on where it begins,
/// and where in JSON that is; both are moved on.
fn said<'t>(
    text: &'t str,
    place: &mut (bool, Nesting),
    ended: bool,
    (form, vault): (Form, &Vault),
    out: &mut String,
) -> &'t str {
    let (inside, nesting) = place;
    let say = |text: &str, nesting: &mut Nesting, out: &mut String| {
        out.push_str(text);
        if form == Form::Json {
            nesting.advance(text);
        }
    };
    let mut rest = text;
    while let Some(start) = rest.bytes().position(|byte| vault.may_start(byte)) {
        let Some((plain, at)) = rest.split_at_checked(start) else {
            break;
        };
        say(plain, nesting, out);
        *inside = ends_in_word(plain).unwrap_or(*inside);
        let found = match vault.read(at, *inside) {
            Reading::Value(len, value) => Some((len, value)),
            Reading::Open(found) if ended => found,
            Reading::Open(_) => return at,
            Reading::Nothing => None,
        };
        let len = match found {
            Some((len, value)) => {
                match form {
                    Form::Plain => out.push_str(value),
                    Form::Json => {
                        let written = nesting.written(value);
                        out.push_str(&written);
                        nesting.advance(&written);
                    }
                }
                len
            }
            None => at.chars().next().map_or(at.len(), char::len_utf8),
        };
        let Some((told, behind)) = at.split_at_checked(len) else {
            break;
        };
        if found.is_none() {
            say(told, nesting, out);
        }
        *inside = ends_in_word(told).unwrap_or(*inside);
        rest = behind;
    }
    say(rest, nesting, out);
    *inside = ends_in_word(rest).unwrap_or(*inside);
    ""
}

/// Whether the text ends with a letter, a digit or `_`; `None` for an empty one.
fn ends_in_word(text: &str) -> Option<bool> {
    let last = text.bytes().next_back()?;
    Some(last.is_ascii_alphanumeric() || last == b'_')
}
