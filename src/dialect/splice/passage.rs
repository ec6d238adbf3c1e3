//! A text that stands in a request: unescaped, named and masked only when somebody asks.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::json::Token;
use crate::mask::Form;
use crate::seen::{Name, Seen};

/// A text that stands in the request.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    /// Where.
    pub token: Token,
    /// Tool-call arguments are JSON within a string.
    pub form: Form,
    json: &'a str,
    text: OnceCell<Cow<'a, str>>,
    name: OnceCell<Option<Name>>,
}

impl<'a> Passage<'a> {
    /// The string that stands at `token` in `json`.
    pub fn new(json: &'a str, token: Token, form: Form) -> Self {
        Self {
            token,
            form,
            json,
            text: OnceCell::new(),
            name: OnceCell::new(),
        }
    }

    /// As it stands between the quotes.
    pub fn raw(&self) -> &'a str {
        self.json.get(self.token.inner()).unwrap_or_default()
    }

    /// What it says.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| self.token.text(self.json))
    }

    /// Its name, for which it need not be unescaped; `None` when it is short or masked. A request is only
    /// ever asked with the texts seen by its own worker.
    pub fn name(&self, seen: &Seen) -> Option<Name> {
        *self.name.get_or_init(|| seen.name(self.raw().as_bytes()))
    }

    /// It says this from now on.
    pub fn mask(&mut self, text: String) {
        self.text = OnceCell::from(Cow::Owned(text));
        self.name = OnceCell::from(None);
    }
}
