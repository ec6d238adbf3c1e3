//! Anthropic's requests and replies in place.

mod chunk;
mod foreign;
mod request;

pub use chunk::{late_event, read_chunk};
pub use foreign::take_out;
pub use request::GRAMMAR;
