//! Streams, both ways.

mod open;
mod read;
mod state;
mod write;

pub use read::StreamReader;
pub use write::StreamWriter;
