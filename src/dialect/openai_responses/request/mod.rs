//! Requests: `read` takes a client's body apart, `write` puts a provider's together.

mod conversation;
mod message;
mod options;
mod read;
mod tools;
mod turns;
mod write;

pub(super) use conversation::of_reasoning;
pub use read::read_request;
pub use write::write_request;
