//! A provider's response as a neutral reply.

use serde_json::Value;

use crate::dialect::neutral::{Choice, Part, PartKind, Reply, Stop, ToolCall};
use crate::dialect::openai;
use crate::dialect::openai_responses::foreign::Sealed;
use crate::dialect::openai_responses::{citation, logprobs, request, usage};
use crate::json;

/// Reads a response.
///
/// # Errors
///
/// It is not one, or it says that it failed; in words.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let body: Value = serde_json::from_str(json).map_err(|fault| format!("not JSON: {fault}"))?;
    let field = |key: &str| body.get(key).filter(|value| !value.is_null());
    let text = |key: &str| field(key)?.as_str().map(str::to_owned);
    if let Some(error) = field("error") {
        return Err(openai::error_of(error, None).message);
    }
    let Some(output) = field("output").and_then(Value::as_array) else {
        return Err("the response has no output".to_owned());
    };
    if let Some(status @ ("failed" | "cancelled")) = field("status").and_then(Value::as_str) {
        return Err(format!("the response is {status}"));
    }
    let parts = parts_of(output);
    let stop = stop_of(&body, has_call(&parts));
    Ok(Reply {
        id: text("id"),
        model: text("model"),
        created: field("created_at").and_then(seconds),
        choices: vec![Choice {
            index: 0,
            parts,
            stop,
            logprobs: all_logprobs(output),
        }],
        usage: usage::of_response(&body),
        service_tier: text("service_tier"),
    })
}

pub(in crate::dialect::openai_responses) fn seconds(value: &Value) -> Option<u64> {
    // A number of JSON may have a fraction, and some providers write one.
    let text = value.as_number()?.to_string();
    text.split('.').next()?.parse().ok()
}

fn has_call(parts: &[Part]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| matches!(part.kind, PartKind::Call(_)))
}

/// Why a response that ended well did so.
pub(in crate::dialect::openai_responses) fn stop_of(response: &Value, called: bool) -> Stop {
    let why = json::at(response, "/incomplete_details/reason");
    match why.and_then(Value::as_str) {
        Some("max_output_tokens" | "max_tokens") => Stop::Length,
        Some("content_filter") => Stop::Filter,
        Some(other) => Stop::Other(other.to_owned()),
        None if response.get("status").and_then(Value::as_str) == Some("incomplete") => {
            Stop::Other("incomplete".to_owned())
        }
        None if called => Stop::Tool,
        None => Stop::End,
    }
}

/// What the model says and calls. Items of tools that the provider runs itself leave no part: what they
/// found is in the text that follows.
pub(in crate::dialect::openai_responses) fn parts_of(output: &[Value]) -> Vec<Part> {
    let mut parts = Vec::new();
    for item in output {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        match text("type") {
            "message" => {
                let content = item.get("content").and_then(Value::as_array);
                parts.extend(content.into_iter().flatten().filter_map(content_part));
            }
            kind @ ("function_call" | "custom_tool_call") => {
                let custom = kind == "custom_tool_call";
                let said = text(if custom { "input" } else { "arguments" });
                let call = PartKind::Call(ToolCall {
                    id: text("call_id").to_owned(),
                    name: text("name").to_owned(),
                    arguments: match said {
                        "" if !custom => "{}".to_owned(),
                        said => said.to_owned(),
                    },
                    custom,
                    signature: None,
                });
                parts.push(call.into());
            }
            "reasoning" => parts.extend(thoughts(item)),
            _ => {}
        }
    }
    parts
}

fn content_part(part: &Value) -> Option<Part> {
    let text = |key: &str| part.get(key)?.as_str().map(str::to_owned);
    let kind = match part.get("type")?.as_str()? {
        "output_text" => {
            let annotations = part.get("annotations").and_then(Value::as_array);
            let annotations = annotations.into_iter().flatten().cloned();
            PartKind::Text {
                text: text("text").unwrap_or_default(),
                citations: annotations.map(citation::read).collect(),
            }
        }
        "refusal" => PartKind::Refusal(text("refusal").unwrap_or_default()),
        _ => return None,
    };
    Some(kind.into())
}

fn thoughts(item: &Value) -> Vec<Part> {
    let join = |key: &str| {
        let list = item.get(key).and_then(Value::as_array);
        let texts = list.into_iter().flatten();
        let texts = texts.filter_map(|part| part.get("text").and_then(Value::as_str));
        texts.collect::<Vec<&str>>().join("\n\n")
    };
    let summary = join("summary");
    let text = match summary.as_str() {
        "" => join("content"),
        _ => summary,
    };
    let string = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let sealed = string("encrypted_content").map(Sealed::Own);
    request::of_reasoning(text, sealed, string("id"))
}

fn all_logprobs(output: &[Value]) -> Option<Value> {
    let content = output.iter().filter_map(|item| item.get("content"));
    let parts = content.filter_map(Value::as_array).flatten();
    let arrays = parts.filter_map(|part| part.get("logprobs").and_then(Value::as_array));
    let all: Vec<Value> = arrays.flatten().cloned().collect();
    logprobs::read(Some(&Value::Array(all)))
}
