//! An answer as a response of OpenAI's: the object, and the items of its output.
//! <https://platform.openai.com/docs/api-reference/responses/object>

use serde_json::{Value, json};

use super::super::call::Told;
use super::super::script::UsageReport;
use super::super::seal;
use super::encrypted;

/// The answer as one object.
pub fn whole(told: &Told<'_>, request: &Value) -> Value {
    response(told, request, items(told, request))
}

/// The whole items of the output: a thought, a message, calls, as far as there are such.
pub fn items(told: &Told<'_>, request: &Value) -> Vec<Value> {
    let answer = told.answer;
    let mut items = Vec::new();
    if !answer.thoughts.is_empty() {
        let thought = answer.thought();
        let mut item =
            json!({"id": id(told, "rs", 0), "type": "reasoning", "summary": [summary(&thought)]});
        if encrypted(request) {
            item["encrypted_content"] = seal::hidden(&thought).into();
        }
        items.push(item);
    }
    if !answer.pieces.is_empty() || answer.calls.is_empty() {
        items.push(message(told, "completed", vec![part(&answer.text())]));
    }
    for at in 0..answer.calls.len() {
        items.push(call(told, at, "completed", None));
    }
    items
}

/// A message.
pub fn message(told: &Told<'_>, status: &str, content: Vec<Value>) -> Value {
    json!({"id": id(told, "msg", 0), "type": "message", "status": status, "content": content, "role": "assistant"})
}

/// A call, with these arguments or its own.
pub fn call(told: &Told<'_>, at: usize, status: &str, arguments: Option<&str>) -> Value {
    let call = told.answer.calls.get(at);
    let (name, own) = call.map_or(("", String::new()), |call| {
        (call.name.as_str(), call.fragments.concat())
    });
    let call_id = format!("call_{:06}_{at}", told.number);
    json!({"id": id(told, "fc", at), "type": "function_call", "status": status,
        "arguments": arguments.unwrap_or(&own), "call_id": call_id, "name": name})
}

/// A part of a message.
pub fn part(text: &str) -> Value {
    json!({"type": "output_text", "annotations": [], "logprobs": [], "text": text})
}

/// A part of a thought's summary.
pub fn summary(text: &str) -> Value {
    json!({"type": "summary_text", "text": text})
}

/// The id of an item.
pub fn id(told: &Told<'_>, kind: &str, at: usize) -> String {
    format!("{kind}_{:06}_{at}", told.number)
}

/// The response at its end.
pub fn response(told: &Told<'_>, request: &Value, output: Vec<Value>) -> Value {
    let mut response = begun(told, request);
    let status = told
        .answer
        .finish("completed", "max_output_tokens", "completed");
    if status == "completed" {
        response["status"] = "completed".into();
        response["completed_at"] = told.created.into();
    } else {
        response["status"] = "incomplete".into();
        response["incomplete_details"] = json!({"reason": status});
    }
    response["output"] = output.into();
    response["service_tier"] = "default".into();
    let usage = &told.answer.usage;
    if told.script.usage != UsageReport::Never {
        response["usage"] = json!({
            "input_tokens": usage.prompt_tokens,
            "input_tokens_details": {"cached_tokens": told.script.cached, "cache_write_tokens": told.script.cache_write},
            "output_tokens": usage.completion_tokens,
            "output_tokens_details": {"reasoning_tokens": usage.completion_tokens_details.reasoning_tokens},
            "total_tokens": usage.total_tokens,
        });
    }
    response
}

/// The response as it begins: what was asked for, and the defaults of what was not.
pub fn begun(told: &Told<'_>, request: &Value) -> Value {
    let or = |name: &str, default: Value| match &request[name] {
        Value::Null => default,
        given => given.clone(),
    };
    let text = &request["text"];
    let mut format = json!({"format": {"type": "text"}, "verbosity": "medium"});
    for name in ["format", "verbosity"] {
        if !text[name].is_null() {
            format[name] = text[name].clone();
        }
    }
    json!({
        "id": format!("resp_{:06}", told.number), "object": "response", "created_at": told.created,
        "status": "in_progress", "background": false, "completed_at": null, "error": null, "incomplete_details": null,
        "instructions": or("instructions", Value::Null), "max_output_tokens": or("max_output_tokens", Value::Null),
        "max_tool_calls": or("max_tool_calls", Value::Null), "model": told.model, "output": [],
        "parallel_tool_calls": or("parallel_tool_calls", json!(true)), "previous_response_id": null,
        "prompt_cache_key": or("prompt_cache_key", Value::Null), "prompt_cache_retention": null,
        "reasoning": {"effort": request["reasoning"]["effort"], "summary": request["reasoning"]["summary"]},
        "safety_identifier": or("safety_identifier", Value::Null), "service_tier": or("service_tier", json!("auto")),
        "store": or("store", json!(true)), "temperature": or("temperature", json!(1.0)), "text": format,
        "tool_choice": or("tool_choice", json!("auto")), "tools": or("tools", json!([])),
        "top_logprobs": or("top_logprobs", json!(0)), "top_p": or("top_p", json!(1.0)),
        "truncation": or("truncation", json!("disabled")), "usage": null, "user": or("user", Value::Null),
        "metadata": or("metadata", json!({})),
    })
}
