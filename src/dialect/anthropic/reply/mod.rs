//! Whole replies, both ways, and citations.

mod citation;
mod read;
mod write;

pub use citation::{read_citation, return_citation, write_citation};
pub use read::read_reply;
pub use write::{message_id, write_reply};
