//! The values that were masked in a request, and how each running text of its reply takes them back.

use std::rc::Rc;

use crate::dialect::splice::{Said, Voice, Way};
use crate::json::{Edit, Reader, Token, quote};
use crate::mask::{Form, Lane, Vault};
use crate::stage::review::{Review, Reviews};
use crate::window::{Stopped, Window};

/// What is put back into a reply.
#[derive(Debug)]
pub(super) struct Originals {
    pub(super) vault: Rc<Vault>,
    /// The operator wants the values put back.
    pub(super) restore: bool,
    /// The answer itself is JSON: the request asked for it by `response_format`.
    pub(super) json_answer: bool,
}

impl Originals {
    /// There are values to put back.
    pub(super) fn restores(&self) -> bool {
        self.restore && !self.vault.is_empty()
    }

    /// An answer in JSON with its values put back.
    pub(super) fn restored(&self, text: &str) -> String {
        match self.restores() {
            true => Lane::whole(text, Form::Json, &self.vault),
            false => text.to_owned(),
        }
    }

    /// A text that stands whole, looked through and with its values put back. The client's own words are not looked
    /// through.
    pub(super) fn whole(
        &self,
        said: &Said,
        json: &str,
        review: &mut Review<'_>,
        reviews: Reviews,
    ) -> Result<Option<Edit>, Stopped> {
        let text = said.text(json);
        let form = match said.voice {
            Voice::Aside if is_json(&text) => Form::Json,
            _ => self.form(said),
        };
        let reviews = match said.way {
            Way::Echo => Reviews::Nothing,
            _ => reviews,
        };
        let told = self.told(&text, form, review, reviews)?;
        Ok((told != text).then(|| said.edit(&told)))
    }

    /// A text with nothing in it that may not be told, and with its values put back.
    pub(super) fn told(
        &self,
        text: &str,
        form: Form,
        review: &mut Review<'_>,
        reviews: Reviews,
    ) -> Result<String, Stopped> {
        review.form = form;
        let looked = match reviews {
            Reviews::Nothing => None,
            _ => Some(Window::whole(text, form, review)?),
        };
        let looked = looked.filter(|_| reviews == Reviews::Holds);
        let said = looked.as_deref().unwrap_or(text);
        Ok(match self.restores() {
            true => Lane::whole(said, form, &self.vault),
            false => said.to_owned(),
        })
    }

    /// How a value must be written in a text.
    pub(super) fn form(&self, said: &Said) -> Form {
        let own = if self.json_answer {
            Form::Json
        } else {
            Form::Plain
        };
        said.form().unwrap_or(own)
    }
}

/// The text is an object or an array: what a tool gives back mostly is.
fn is_json(text: &str) -> bool {
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.end().is_ok()
}

/// The edit that says a name in place of the model's.
pub(super) fn renamed((name, token): (&str, Token)) -> Edit {
    Edit::new(token.span(), quote(name))
}
