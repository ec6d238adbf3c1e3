//! The values that were masked in a request, and how each running text of its reply takes them back.

use std::rc::Rc;

use crate::dialect::splice::Voice;
use crate::json::{Edit, Token, quote};
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

    /// A text that stands whole, looked through and with its values put back.
    pub(super) fn whole(
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

    /// How a value must be written in a text of this voice.
    pub(super) fn form(&self, voice: Voice) -> Form {
        match voice {
            Voice::Arguments(_) => Form::Json,
            Voice::Content if self.json_answer => Form::Json,
            _ => Form::Plain,
        }
    }
}

/// The edit that says a name in place of the model's.
pub(super) fn renamed((name, token): (&str, Token)) -> Edit {
    Edit::new(token.span(), quote(name))
}
