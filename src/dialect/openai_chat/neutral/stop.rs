//! `finish_reason`, both ways.

use crate::dialect::neutral::Stop;

/// Reads a reason: OpenAI's words, and those of Mistral (`model_length`), Together (`eos`) and Z.ai
/// (`sensitive`).
pub(super) fn read(reason: &str) -> Stop {
    match reason {
        "" | "stop" | "eos" => Stop::End,
        "length" | "model_length" | "max_tokens" => Stop::Length,
        "tool_calls" | "function_call" => Stop::Tool,
        "content_filter" | "sensitive" => Stop::Filter,
        other => Stop::Other(other.to_owned()),
    }
}

/// Writes a reason. What OpenAI has no word for is an end.
pub(super) fn write(stop: &Stop) -> &'static str {
    match stop {
        Stop::End | Stop::Sequence(_) | Stop::Pause | Stop::Other(_) => "stop",
        Stop::Length => "length",
        Stop::Tool => "tool_calls",
        Stop::Filter | Stop::Refusal => "content_filter",
    }
}
