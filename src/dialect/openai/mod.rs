//! What OpenAI's dialects have in common (chat, Responses, embeddings, completions): the shape of errors,
//! with the variations of the providers that are compatible with them.
//!
//! *Never*: knows a request or an answer.

mod error_read;
mod error_write;
mod words;

pub use error_read::{error_of, read_error};
pub use error_write::{error_value, write_error};

#[cfg(test)]
mod tests;
