//! OpenAI's chat completions (platform.openai.com/docs/api-reference/chat): what Tollgate reads of a
//! request, a reply and a chunk, and the errors and lists that it writes.

mod chunk;
mod chunk_with;
mod error;
mod ids;
mod media;
mod message;
mod models;
mod neutral;
mod request;
mod suit;

pub use chunk::read_chunk;
pub use chunk_with::chunk_with;
pub use error::error_event;
pub use ids::shorten;
pub use models::{model, model_list};
pub use neutral::{
    StreamReader, StreamWriter, field_path, read_reply, read_request, write_reply, write_request,
};
pub(in crate::dialect) use neutral::{charged, read_usage};
pub use request::GRAMMAR;
pub use suit::suit;

#[cfg(test)]
mod tests;
