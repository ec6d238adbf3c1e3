//! Chat completions and the neutral form: requests, replies and streams, read and written
//! (platform.openai.com/docs/api-reference/chat; for fields of other providers see each file).

mod cache_marks;
mod call_id;
mod reply_read;
mod reply_write;
mod request_parts;
mod request_read;
mod request_tools;
mod request_write;
mod stop;
mod stream_calls;
mod stream_choice;
mod stream_read;
mod stream_write;
mod thoughts;
mod turns_write;
mod usage;

pub use call_id::fitting;
pub use reply_read::read_reply;
pub use reply_write::write_reply;
pub use request_read::{field_path, read_request};
pub use request_write::write_request;
pub use stream_read::StreamReader;
pub use stream_write::StreamWriter;
pub(in crate::dialect) use usage::{charged, read as read_usage};

#[cfg(test)]
mod tests;
