//! Wire formats of LLM requests and replies, and the providers that speak them.
//!
//! *Never*: knows phases, buffers, or what the operator configured.

pub mod anthropic;
pub mod bedrock;
pub mod cohere;
mod dialects;
pub mod embeddings;
pub mod endpoint;
mod family;
mod fields;
pub mod gemini;
pub mod limits;
pub mod media;
pub mod neutral;
pub mod openai;
pub mod openai_chat;
pub mod openai_completions;
pub mod openai_responses;
mod quirks;
pub mod row;
mod segment;
pub mod shape;
pub mod splice;
pub mod translate;
mod usage;

pub use dialects::Dialect;
pub use family::Family;
pub use fields::Fields;
pub use quirks::{EffortForm, Quirks, SoundForm, ThoughtsForm};
pub use row::{Auth, ROWS, Row, StreamUsage};
pub use segment::{aws_segment, decoded, segment};
pub use usage::{Reported, Tier, Usage, whole};
