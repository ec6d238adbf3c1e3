//! Wire formats of LLM requests and replies, and the providers that speak them.
//!
//! *Never*: knows phases, buffers, or what the operator configured.

pub mod embeddings;
mod family;
mod fields;
pub mod media;
pub mod neutral;
pub mod openai;
pub mod openai_chat;
pub mod openai_completions;
mod quirks;
pub mod row;
mod usage;

pub use family::Family;
pub use fields::Fields;
pub use quirks::{EffortForm, Quirks, ThoughtsForm};
pub use row::{Auth, ROWS, Row, StreamUsage};
pub use usage::{Reported, Usage};
