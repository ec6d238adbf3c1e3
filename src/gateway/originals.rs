//! The values that were masked in a request, and how each running text of its reply takes them back.

use crate::dialect::splice::Voice;
use crate::json::{Edit, Token, quote};
use crate::mask::{Form, Vault};

/// What is put back into a reply.
#[derive(Debug)]
pub(super) struct Originals {
    pub(super) vault: Vault,
    /// The answer itself is JSON: the request asked for it by `response_format`.
    pub(super) json_answer: bool,
}

impl Originals {
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
