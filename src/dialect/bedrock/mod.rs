//! AWS Bedrock Converse and ConverseStream, the provider's side.
//!
//! Facts: "Converse", "ConverseStream" and the types that they name in the Amazon Bedrock API reference
//! (<https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>); in the user guide
//! "Inference using Converse API", "Prompt caching", "Adaptive thinking" and "Get validated JSON results
//! from models"; in the Nova 2 guide "Extended thinking".
//!
//! Where Converse has several habits, or none:
//!
//! - Instructions at the head go to `system`. Later ones stay where they were said, as the user's words, so
//!   that the earlier bytes of a conversation never change.
//! - Turns of one side that follow each other become one message. Words that are blank are left out, for
//!   Bedrock refuses them.
//! - What only some models know goes to `additionalModelRequestFields`, by the model's family: `top_k`, `thinking`
//!   and `tool_choice` for Claude, `inferenceConfig.topK` and `reasoningConfig` for Nova, `k`, `seed` and penalties
//!   for Command R, penalties for Jamba, `top_k` for Mistral, `reasoning_effort` for gpt-oss.
//! - Thoughts go back only with their signature or sealed, for only then a model takes them.
//! - "Any JSON object" (`json_object`) has no field: one line of instruction stands in for it.
//!
//! *Never*: knows headers, credentials or signatures of requests.

mod draft;
mod error;
mod family;
mod framing;
mod media;
mod message;
mod naming;
mod path;
mod reply;
mod stream;
mod thinking;
mod tools;
mod usage;
mod write;

pub use error::{read_error, read_error_typed};
pub use framing::event;
pub use path::path;
pub use reply::read_reply;
pub use stream::StreamReader;
pub use write::write_request;

#[cfg(test)]
mod tests;
