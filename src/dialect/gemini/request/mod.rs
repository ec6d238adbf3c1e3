//! A request: `GenerateContentRequest` (ai.google.dev/api/generate-content#request-body).

mod join;
mod read;
mod turns;
mod write;

pub use read::read_request;
pub(super) use turns::arguments;
pub use write::write_request;
