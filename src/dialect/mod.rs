//! Wire formats of LLM requests and replies, and the providers that speak them.
//!
//! *Never*: knows phases, buffers, or what the operator configured.

pub mod bedrock;
pub mod cohere;
mod family;
mod fields;
pub mod media;
pub mod neutral;
pub mod openai_chat;
mod row;
mod usage;

pub use family::Family;
pub use fields::Fields;
pub use row::{Auth, ROWS, Row, StreamUsage};
pub use usage::{Reported, Usage};
