//! Cohere's Chat, version 2 (`POST /v2/chat`), the provider's side.
//!
//! Facts: "Chat" and "Errors" in Cohere's API reference (<https://docs.cohere.com/reference/chat>,
//! <https://docs.cohere.com/reference/errors>), the guides "A Guide to Streaming Responses", "RAG Streaming",
//! "Streaming for tool use" and "Reasoning", and the types of Cohere's Python SDK.
//!
//! Where Cohere has several habits, or none:
//!
//! - Instructions at the head are one `system` message. Cohere takes no other, so later ones stay where they were
//!   said, as the user's words.
//! - What a model that does not reason thinks before it calls a tool is `tool_plan`; with models that reason it is
//!   content of the type `thinking`. Both are thoughts.
//! - Usage is what is billed (`billed_units`): Cohere does not bill the prompt that it puts around a
//!   conversation, which `tokens` and `cached_tokens` count too. Without `billed_units` those two count.
//! - A tool's choice by name narrows the tools to that one, and one must be called.
//! - A citation that came after its text was ended still goes with that text.
//!
//! *Never*: knows HTTP.

mod chat;
mod citation;
mod error;
mod message;
mod reply;
mod stream;
mod tools;
mod usage;
mod write;

pub use error::read_error;
pub use reply::read_reply;
pub use stream::StreamReader;
pub use write::write_request;

#[cfg(test)]
mod tests;
