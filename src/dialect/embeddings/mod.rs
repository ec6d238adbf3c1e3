//! Embeddings: texts become vectors. They meet at a neutral form of their own, since they share nothing
//! with a conversation; each provider's wire format is one module.
//!
//! | module  | client | provider |
//! | ------- | ------ | -------- |
//! | openai  | yes    | yes, with Azure, Mistral and all who speak `/embeddings` |
//! | gemini  | yes    | yes |
//! | vertex  | no     | yes |
//! | cohere  | no     | yes, v2, also on Bedrock |
//! | titan   | no     | yes, on Bedrock |
//!
//! *Never*: changes a number: a vector is the very text that the provider wrote, unless a client wants
//! the other of the two encodings.

mod bedrock;
mod carry;
pub mod cohere;
mod form;
pub mod gemini;
mod lift;
pub mod openai;
mod splice;
pub mod titan;
mod vector;
pub mod vertex;

pub use bedrock::path as bedrock_path;
pub use carry::{reply, request, wants_base64};
pub use form::{EmbeddingReply, EmbeddingRequest, Encoding, Input, Names, Task};
pub use splice::{GEMINI, GEMINI_BATCH, OPENAI, read_chunk, renamed};
pub use vector::Vector;

#[cfg(test)]
mod tests;
