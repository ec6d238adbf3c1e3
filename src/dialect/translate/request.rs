//! A client's request in a provider's dialect.

use crate::dialect::endpoint::Call;
use crate::dialect::neutral::{Aim, Cannot, Place, Written};
use crate::dialect::{Dialect, embeddings};

/// Why a target cannot carry a request, in the client's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The path of the field in the client's body.
    pub path: String,
    /// Why, as the end of the sentence "Invalid 'PATH': …".
    pub reason: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.path.as_str() {
            "" => write!(
                f,
                "The body cannot be sent to this provider: {}.",
                self.reason
            ),
            path => write!(f, "Invalid '{path}': {}.", self.reason),
        }
    }
}

/// Writes a client's request for a provider: the body, and the paths of the client's fields that were dropped
/// because the answer is the same without them.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn request(
    call: &Call,
    body: &str,
    to: Dialect,
    aim: &Aim<'_>,
) -> Result<(Vec<u8>, Vec<String>), Refused> {
    let refused = |cannot: Cannot| Refused {
        path: path(call.dialect, cannot.place),
        reason: cannot.reason,
    };
    let written = match call.dialect.embeds() {
        true => embeddings::request(call, body, to, aim),
        false => call
            .dialect
            .read_request(call, body)
            .and_then(|request| to.write_request(&request, aim)),
    };
    let Written { body, dropped } = written.map_err(refused)?;
    let dropped = dropped.into_iter().map(|place| path(call.dialect, place));
    Ok((body, dropped.collect()))
}

fn path(dialect: Dialect, place: Place) -> String {
    match place {
        Place::At(path) => path,
        Place::Field(field) => dialect.field_path(field).to_owned(),
    }
}
