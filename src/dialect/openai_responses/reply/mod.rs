//! Whole replies, both ways.

mod read;
mod write;

pub use read::read_reply;
pub(super) use read::{parts_of, seconds, stop_of};
pub use write::write_reply;
