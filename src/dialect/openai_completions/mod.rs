//! OpenAI's legacy completions (platform.openai.com/docs/api-reference/completions): one prompt, one
//! text. As a client's dialect it meets chat models, which see the prompt as one message of the user; as
//! a provider's dialect it is for models that only complete.
//!
//! *Never*: holds a conversation, calls a tool.

mod reply;
mod request;
mod splice;
mod stream_read;
mod stream_write;

pub use reply::{read_reply, write_reply};
pub use request::{field_path, read_request, write_request};
pub(in crate::dialect) use splice::input;
pub use splice::{GRAMMAR, chunk_with, read_chunk};
pub use stream_read::StreamReader;
pub use stream_write::StreamWriter;

#[cfg(test)]
mod tests;
