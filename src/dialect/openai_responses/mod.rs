//! OpenAI's Responses (platform.openai.com/docs/api-reference/responses and …/responses-streaming), without
//! what needs a server's memory: as the dialect of a client, and as the one of a provider.
//!
//! Decisions where the API leaves room:
//!
//! - The first turn, when it is the system's plain text, is `instructions`; every other turn is an item.
//! - Ids and states of input items (`id`, `status`, `created_by`) are bookkeeping, and are passed over.
//! - Signatures of other providers travel in `encrypted_content` (see [`foreign`]).
//! - A reasoning item of OpenAI with a summary and encrypted content is two thoughts with one id: the
//!   summary for whoever shows it, and the sealed one for OpenAI's next turn.
//! - `store` is sent as `false` unless the client wants it: what passes a gateway is not kept elsewhere.
//! - `seed` is dropped (a best effort with every provider); stop texts, several candidates, penalties,
//!   `top_k` and `logit_bias` are refused, as Responses has none of them.
//! - `max_output_tokens` below 16, which OpenAI refuses, becomes 16; a temperature or `top_p` of 1 is
//!   dropped for models that reason, which refuse the field.
//! - A result that is an error says so in its text: there is no field for it.
//!
//! *Never*: keeps a conversation.

mod citation;
mod count;
mod error;
mod field;
pub mod foreign;
mod item;
mod logprobs;
mod media;
mod reply;
mod request;
mod splice;
mod stream;
mod usage;

pub use count::count_tokens_reply;
pub use error::{error_event, read_error, write_error};
pub use field::field_path;
pub use reply::{read_reply, write_reply};
pub use request::{read_request, write_request};
pub use splice::{GRAMMAR, late_event, read_chunk};
pub use stream::{StreamReader, StreamWriter};

#[cfg(test)]
mod tests;
