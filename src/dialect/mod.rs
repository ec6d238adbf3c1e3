//! Wire formats of LLM requests and replies, and the providers that speak them.
//!
//! *Never*: knows phases, buffers, or what the operator configured.

pub mod media;
pub mod openai_chat;
mod row;
mod usage;

pub use row::{Auth, Images, ROWS, Row, StreamUsage, Tokenizer};
pub use usage::Usage;
