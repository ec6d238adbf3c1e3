//! What replies and streams have in common.

use serde_json::{Value, json};

use crate::dialect::neutral::Stop;

/// Why it ended. `Err`: Cohere broke off, and the answer is not complete.
pub(super) fn read_stop(reason: &str) -> Result<Stop, &'static str> {
    Ok(match reason {
        "" | "COMPLETE" => Stop::End,
        "STOP_SEQUENCE" => Stop::Sequence(None),
        "MAX_TOKENS" | "ERROR_LIMIT" => Stop::Length,
        "TOOL_CALL" => Stop::Tool,
        "ERROR_TOXIC" => Stop::Filter,
        "ERROR" => return Err("Cohere broke off with an error"),
        "TIMEOUT" => return Err("Cohere broke off because it took too long"),
        other => Stop::Other(other.to_owned()),
    })
}

/// The arguments of a call: those of a tool without any are `null` or empty.
pub(super) fn arguments(text: &str) -> &str {
    match text.trim() {
        "" | "null" => "{}",
        _ => text,
    }
}

/// Cohere's items of `logprobs` as OpenAI's object. An item of several tokens has their sum.
pub(super) fn logprobs<'a>(items: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
    let content: Vec<Value> = items
        .into_iter()
        .filter_map(|item| {
            let text = item.get("text")?.as_str()?;
            let numbers = item.get("logprobs")?.as_array()?;
            let logprob = match numbers.as_slice() {
                [one] => one.clone(),
                several => json!(several.iter().filter_map(Value::as_f64).sum::<f64>()),
            };
            Some(json!({
                "token": text,
                "logprob": logprob,
                "bytes": text.as_bytes(),
                "top_logprobs": [],
            }))
        })
        .collect();
    (!content.is_empty()).then(|| json!({ "content": content }))
}
