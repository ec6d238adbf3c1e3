//! Google's Gemini API (v1beta `:generateContent`, `:streamGenerateContent`, `:countTokens`), whose bodies
//! Vertex AI shares. Facts: ai.google.dev/api/generate-content, ai.google.dev/api/caching,
//! ai.google.dev/api/tokens, Vertex AI's "Generate content with the Gemini API" reference.
//!
//! | what                                | how                                                          |
//! | ----------------------------------- | ------------------------------------------------------------ |
//! | names in snake case                 | read like those in camel case, which is what is written      |
//! | system turns after the first others | a user's turn between `<system_instruction>` marks           |
//! | calls without ids                   | get ids when read, which are left out when written           |
//! | thought signatures                  | see `signature.rs`: each goes only to whom it came from      |
//! | `parallel_tool_calls: false`        | refused when there are tools: no counterpart                 |
//! | tools before Gemini 3 with a format | refused, as the API does                                     |
//! | user, metadata, cache marks         | dropped: the answer is the same                              |
//! | names of speakers, logit bias       | refused: no counterpart                                      |
//! | seeds above 32 bits                 | folded, always to the same one                               |
//! | safety settings                     | only Gemini's; idle when all of them turn the filter off     |
//! | schemas of what functions return    | idle                                                         |
//! | parts of Google's own tools         | only from Gemini to Gemini, where bytes stay as they are     |
//! | media in a stream                   | the stream's error: the neutral stream has no place for them |

mod config;
mod count;
mod error;
mod field;
mod grounding;
mod ids;
mod lists;
mod logprobs;
mod media;
mod model;
mod names;
mod reply;
mod request;
mod result;
mod schema;
mod signature;
mod splice;
mod stop;
mod stream;
mod thinking;
mod tools;
mod usage;

pub use count::count_tokens_reply;
pub use error::{error_event, read_error, retry_after, write_error};
pub use field::field_path;
pub use lists::{model, model_list};
pub use reply::{read_reply, write_reply};
pub use request::{read_request, write_request};
pub use splice::{GRAMMAR, late_event, read_chunk, take_out};
pub use stream::{StreamReader, StreamWriter};

#[cfg(test)]
mod tests;
