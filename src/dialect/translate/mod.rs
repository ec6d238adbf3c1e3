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
use super::{Dialect, Reported, embeddings};

/// A provider's whole reply, in the client's dialect, and what it says was used.
///
/// # Errors
///
/// It is no reply of the provider's dialect; why.
pub fn reply(
    from: Dialect,
    to: Dialect,
    body: &str,
    told: &Told,
) -> Result<(Vec<u8>, Option<Reported>), String> {
    if to.embeds() {
        return embeddings::reply(from, to, body, told).map(|body| (body, None));
    }
    let mut reply = from.read_reply(body)?;
    agree::reply(&mut reply);
    Ok((to.write_reply(&reply, told), reply.usage))
}
