//! From any client's dialect to any provider's and back, by way of the neutral form.
//!
//! *Never*: knows a dialect's fields.

mod agree;
mod request;
mod stream;

pub use agree::Agreement;
pub use request::{Refused, request};
pub use stream::{Begun, Stream};

use super::neutral::Told;
use super::{Dialect, embeddings};

/// A provider's whole reply, in the client's dialect.
///
/// # Errors
///
/// It is no reply of the provider's dialect; why.
pub fn reply(from: Dialect, to: Dialect, body: &str, told: &Told) -> Result<Vec<u8>, String> {
    if to.embeds() {
        return embeddings::reply(from, to, body, told);
    }
    let mut reply = from.read_reply(body)?;
    agree::reply(&mut reply);
    Ok(to.write_reply(&reply, told))
}
