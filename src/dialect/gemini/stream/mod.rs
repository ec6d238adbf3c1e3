//! Streams: each event is a whole `GenerateContentResponse` with what is new.

mod partial;
mod read;
mod write;

pub use read::StreamReader;
pub use write::StreamWriter;
