//! What Responses calls the fields of a request.

use crate::dialect::neutral::Field;
use crate::dialect::openai_chat;

/// The name of a field. Those that Responses does not have keep the name they have in chat.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::Format => "text.format",
        Field::Reasoning => "reasoning",
        Field::Logprobs => "include",
        Field::MaxOutputTokens => "max_output_tokens",
        other => openai_chat::field_path(other),
    }
}
