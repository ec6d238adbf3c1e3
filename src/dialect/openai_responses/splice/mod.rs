//! Requests and replies of the Responses API in place.

mod chunk;
mod request;

pub use chunk::{late_event, read_chunk};
pub use request::GRAMMAR;
