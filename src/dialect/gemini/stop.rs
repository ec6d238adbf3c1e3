//! `finishReason` (ai.google.dev/api/generate-content#FinishReason).

use crate::dialect::neutral::Stop;

/// What a reason means; `calls`: the candidate calls tools, which Gemini does not tell from an end.
pub(super) fn read(reason: &str, calls: bool) -> Stop {
    match reason {
        "STOP" | "FINISH_REASON_UNSPECIFIED" if calls => Stop::Tool,
        "STOP" | "FINISH_REASON_UNSPECIFIED" => Stop::End,
        "MAX_TOKENS" => Stop::Length,
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "IMAGE_SAFETY"
        | "IMAGE_PROHIBITED_CONTENT"
        | "IMAGE_RECITATION"
        | "MODEL_ARMOR" => Stop::Filter,
        other => Stop::Other(other.to_owned()),
    }
}

/// The reason's word.
pub(super) fn write(stop: &Stop) -> &'static str {
    match stop {
        Stop::End | Stop::Tool | Stop::Sequence(_) => "STOP",
        Stop::Length => "MAX_TOKENS",
        Stop::Filter | Stop::Refusal => "SAFETY",
        Stop::Pause => "OTHER",
        Stop::Other(word) => {
            let known = OTHERS.iter().find(|known| *known == word);
            known.copied().unwrap_or("OTHER")
        }
    }
}

/// Reasons that only Gemini has.
const OTHERS: [&str; 8] = [
    "LANGUAGE",
    "MALFORMED_FUNCTION_CALL",
    "UNEXPECTED_TOOL_CALL",
    "TOO_MANY_TOOL_CALLS",
    "MISSING_THOUGHT_SIGNATURE",
    "MALFORMED_RESPONSE",
    "IMAGE_OTHER",
    "NO_IMAGE",
];
