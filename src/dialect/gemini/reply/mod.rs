//! A whole reply: `GenerateContentResponse` (ai.google.dev/api/generate-content#GenerateContentResponse).

mod read;
mod write;

pub use read::read_reply;
pub(super) use read::{called, parts_of};
pub use write::write_reply;
pub(super) use write::{call_part, frame, text_part};
