//! Why an answer ends, in Anthropic's words (guide "Handling stop reasons").

use crate::dialect::neutral::Stop;

/// Reads `stop_reason` and `stop_sequence`.
pub fn read_stop(reason: &str, sequence: Option<String>) -> Stop {
    match reason {
        "end_turn" => Stop::End,
        "max_tokens" | "model_context_window_exceeded" => Stop::Length,
        "stop_sequence" => Stop::Sequence(sequence),
        "tool_use" => Stop::Tool,
        "pause_turn" => Stop::Pause,
        "refusal" => Stop::Refusal,
        other => Stop::Other(other.to_owned()),
    }
}

/// Writes both. `called`: the answer calls a tool, which some providers end like any other answer.
pub fn write_stop(stop: &Stop, called: bool) -> (&'static str, Option<&str>) {
    match stop {
        Stop::End | Stop::Other(_) if called => ("tool_use", None),
        // The SDKs' types know no other words.
        Stop::End | Stop::Other(_) => ("end_turn", None),
        Stop::Length => ("max_tokens", None),
        Stop::Tool => ("tool_use", None),
        Stop::Sequence(sequence) => ("stop_sequence", sequence.as_deref()),
        Stop::Filter | Stop::Refusal => ("refusal", None),
        Stop::Pause => ("pause_turn", None),
    }
}
