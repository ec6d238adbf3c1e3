//! Chat completions: OpenAI's, Azure's by deployment, and Mistral's for whom the script says so.

use serde_json::Value;

use super::ask::Ask;
use super::call::{Body, Call, Heard, Refusal, Told};
use super::completion::{self, Head};
use super::events::{Event, Framing};
use super::script::{Script, UsageReport};

/// Reads a request at OpenAI's path.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let ask = Ask::read(&call.body, &call.model).map_err(Refusal::wrong)?;
    let (body, stream_options) = (call.body.clone(), ask.has_stream_options());
    let quirk = move |script: &Script| {
        if script.mistral {
            return mistral(&body);
        }
        (script.reject_stream_options && stream_options).then(|| {
            Refusal::wrong("Unrecognized request argument supplied: stream_options")
                .of("stream_options")
                .code("unknown_parameter")
        })
    };
    Ok(Heard {
        model: ask.model.clone().unwrap_or_else(|| call.model.clone()),
        wish: ask.wish(),
        stream: ask.stream().then_some(Framing::Sse),
        quirk: Box::new(quirk),
        write: Box::new(move |told| write(&ask, told)),
    })
}

/// Reads a request at Azure's path of a deployment; its streams begin with what the prompt's filter says.
///
/// # Errors
/// What is wrong with it.
pub fn hear_azure(call: &Call<'_>) -> Result<Heard, Refusal> {
    azure(call)?;
    let heard = hear(call)?;
    let write = heard.write;
    let first = r#"{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}"#;
    Ok(Heard {
        model: call.model.clone(),
        write: Box::new(move |told| match write(told) {
            Body::Stream(mut events) => {
                events.insert(0, Event::unnamed(first));
                Body::Stream(events)
            }
            whole => whole,
        }),
        ..heard
    })
}

/// What every request to an Azure deployment needs.
///
/// # Errors
/// 404 without a version, 401 without a key.
pub fn azure(call: &Call<'_>) -> Result<(), Refusal> {
    if call.query("api-version").is_none_or(str::is_empty) {
        return Err(Refusal::new(404, "Resource not found"));
    }
    let key = call.header("api-key").filter(|key| !key.is_empty());
    if key.or(call.bearer()).is_none() {
        let why = "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid \
                   key for an active subscription and use a correct regional API endpoint for your resource.";
        return Err(Refusal::new(401, why));
    }
    Ok(())
}

fn write(ask: &Ask, told: &Told<'_>) -> Body {
    let id = &format!("chatcmpl-{:06}", told.number);
    let Told {
        created,
        model,
        answer,
        script,
        ..
    } = *told;
    let head = Head {
        id,
        created,
        model,
        nine: script.mistral,
    };
    if !ask.stream() {
        return Body::Whole(completion::whole(&head, ask, answer, script));
    }
    let mut events = completion::events(&head, ask, answer, script);
    if script.mistral && script.usage == UsageReport::Asked {
        // In the last chunk, which has the finish reason, asked for or not.
        let chunk = events.iter_mut().rev().find(|event| !event.last);
        if let Some(event) = chunk
            && let Ok(mut chunk) = serde_json::from_str::<Value>(&event.data)
        {
            chunk["usage"] = serde_json::to_value(&answer.usage).unwrap_or_default();
            event.data = chunk.to_string();
        }
    }
    Body::Stream(events)
}

/// What a body of Mistral's may have. <https://docs.mistral.ai/api/#tag/chat>
const MISTRAL: &[&str] = &[
    "model",
    "messages",
    "stream",
    "max_tokens",
    "temperature",
    "top_p",
    "stop",
    "random_seed",
    "response_format",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "presence_penalty",
    "frequency_penalty",
    "n",
    "prediction",
    "prompt_mode",
    "safe_prompt",
    "metadata",
    "reasoning_effort",
    "guardrails",
    "prompt_cache_key",
    "min_tokens",
    "repetition_penalty",
    "top_k",
    "logprobs",
    "top_logprobs",
    "prompt_logprobs",
    "top_prompt_logprobs",
    "service_tier",
];

/// Why Mistral would refuse this body.
fn mistral(body: &[u8]) -> Option<Refusal> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let extra = body
        .as_object()?
        .keys()
        .find(|name| !MISTRAL.contains(&name.as_str()));
    if let Some(name) = extra {
        let message = format!("Extra inputs are not permitted: body.{name}");
        return Some(
            Refusal::new(422, message)
                .of(name.as_str())
                .code("extra_forbidden"),
        );
    }
    let messages = body["messages"].as_array()?;
    let last = messages.last()?["role"].as_str().unwrap_or_default();
    if !matches!(last, "user" | "tool") && messages.last()?["prefix"] != true {
        let message = format!(
            "Expected last role User or Tool (or Assistant with prefix True) for serving but got {last}"
        );
        return Some(Refusal::wrong(message).code("invalid_request_message_order"));
    }
    let ids = messages
        .iter()
        .flat_map(|message| super::call::items(&message["tool_calls"]));
    let odd = ids
        .filter_map(|call| call["id"].as_str())
        .find(|id| id.len() != 9 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    odd.map(|id| {
        let message =
            format!("Tool call id was {id} but must be a-z, A-Z, 0-9, with a length of 9.");
        Refusal::wrong(message).code("invalid_function_call")
    })
}
