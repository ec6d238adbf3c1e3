//! Streams, both ways (guide "Streaming messages").

mod block;
mod read;
mod write;

pub use read::StreamReader;
pub use write::StreamWriter;
