//! OpenAI's chat completions (platform.openai.com/docs/api-reference/chat): what Tollgate reads of a
//! request, a reply and a chunk, and the errors and lists that it writes.

mod chunk;
mod chunk_with;
mod error;
mod media;
mod message;
mod models;
mod neutral;
mod passage;
mod passages;
mod request;
mod schema;
mod stream_options;

pub use chunk::{Chunk, Said, Voice};
pub use chunk_with::chunk_with;
pub use error::{error_body, error_event, error_of_text};
pub use models::{model, model_list};
pub use neutral::{
    StreamReader, StreamWriter, field_path, read_reply, read_request, write_reply, write_request,
};
pub use passage::Passage;
pub use request::{Line, Request};
pub use stream_options::StreamOptions;

#[cfg(test)]
mod tests;
