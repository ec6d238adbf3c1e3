//! Anthropic's Messages API (`POST /v1/messages`), as a client's dialect and as a provider's.
//!
//! Facts: platform.claude.com, API reference "Messages", "Streaming messages", "Errors", "Versions"; guides
//! "Thinking" (with "Troubleshooting thinking"), "Effort", "Structured outputs", "Tool use", "Prompt caching",
//! "Citations", "PDF support", "Mid-conversation system messages"; the types of anthropic-sdk-python.
//!
//! What is written is for the API version `2023-06-01`; all of it but the sampling fields is the same in
//! `2026-10-21`, which takes none of them. What differs from model to model stands in `model`.
//!
//! # What has several answers, and which one is given
//!
//! | what | here |
//! | --- | --- |
//! | instructions before the first message | blocks of `system`, one for each part |
//! | instructions later on | a message of the role `system` where the model takes one there; else text of the user, inside `<system-instruction>` |
//! | nothing but instructions | the last ones are sent as the user's message, for there must be one |
//! | a speaker's name | of a user: a text block `Message from NAME:` before theirs; of others: dropped |
//! | no `max_tokens` | the most the model writes, at most 64,000; 8,192 for models of other makers |
//! | more `max_tokens` than the model writes | the most it writes |
//! | `temperature` above 1 | 1 |
//! | sampling that the model fixes (from Claude 4.7 on, and while it thinks) | the model's own; told as dropped |
//! | `temperature` and `top_p` where only one is taken | a value of 1 is dropped; else refused |
//! | effort, budget | see `request::thinking` |
//! | thoughts that Anthropic did not sign | dropped: it takes no other |
//! | `json_schema` | `output_config.format`; keywords that it does not take move into the description, as the official SDKs do it. Older models: an instruction, unless `strict` asks for a guarantee |
//! | `json_object` | an instruction after `system`: there is no such mode, a forced tool would change the reply's shape and is not taken while the model thinks |
//! | tools with free text | refused: their calls could not be told from those of functions |
//! | allowed tools | only those are sent |
//! | `flex` and other tiers | dropped |
//! | `seed`, `user` of others, `metadata` | dropped: best effort, or for the provider's records only |
//!
//! Signatures that have no place in a block of their own travel in `redacted_thinking` and `signature` with
//! a tag (see `opaque`), so that an application that sends its blocks back, as it must, keeps them.

mod error;
mod lists;
mod model;
mod opaque;
mod reply;
mod request;
mod splice;
mod stop;
mod stream;
mod usage;

#[cfg(test)]
mod tests;

/// The version of the API in which a translated request is written.
pub const VERSION: &str = "2023-06-01";

pub use error::{error_event, read_error, write_error};
pub use lists::{count_tokens_reply, model, model_list};
pub use reply::{read_reply, write_reply};
pub use request::{field_path, read_request, write_request};
pub use splice::{GRAMMAR, late_event, read_chunk, take_out};
pub use stream::{StreamReader, StreamWriter};
