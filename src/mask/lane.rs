//! Putting the values back into one running text.

use super::vault::Vault;
use crate::json;

/// What the text is, which says how a value must be written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Plain,
    /// JSON: a value stands inside a JSON string and is escaped as such.
    Json,
}

/// One running text, such as the content of one choice. Nothing is held back but the beginning of
/// what may become a placeholder.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    held: String,
}

impl Lane {
    /// Takes in the next part of the text; what can be said now, with values in place of
    /// placeholders.
    pub fn push(&mut self, part: &str, form: Form, vault: &Vault) -> String {
        let mut text = std::mem::take(&mut self.held);
        text.push_str(part);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(open) = memchr::memchr(b'[', rest.as_bytes()) {
            let (plain, at) = rest.split_at_checked(open).unwrap_or((rest, ""));
            out.push_str(plain);
            if let Some((len, value)) = vault.at_start(at) {
                match form {
                    Form::Plain => out.push_str(value),
                    Form::Json => json::quote_into(value, &mut out),
                }
                rest = at.get(len..).unwrap_or_default();
            } else if vault.may_become(at) {
                self.held = at.to_owned();
                return out;
            } else {
                out.push('[');
                rest = at.get(1..).unwrap_or_default();
            }
        }
        out.push_str(rest);
        out
    }

    /// Nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What is held back: the text has ended.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.held)
    }

    /// A whole text with its values put back.
    pub fn whole(text: &str, form: Form, vault: &Vault) -> String {
        let mut lane = Self::default();
        let mut out = lane.push(text, form, vault);
        out.push_str(&lane.finish());
        out
    }
}
