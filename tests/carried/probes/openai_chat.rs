//! What a client of OpenAI's chat completions can ask.

use serde_json::{Value, json};

use super::samples::{IMAGE_URL, PDF, PNG, WAV, answer, arguments};
use super::{Probe, over};

fn asks(content: Value) -> Value {
    json!({"messages": [{"role": "user", "content": content}]})
}

fn says(messages: Value) -> Value {
    json!({"messages": messages})
}

fn parts(part: Value) -> Value {
    asks(json!([{"type": "text", "text": "Hi"}, part]))
}

/// A tool, and what else the request has.
fn tooled(more: Value) -> Value {
    let tool = json!({"type": "function", "function": {
        "name": "weather", "description": "The weather.", "parameters": arguments()}});
    super::joined(&json!({"tools": [tool]}), &more)
}

/// A conversation in which a tool was called, and what it gave.
fn called(content: Value) -> Value {
    tooled(says(json!([
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": null, "tool_calls": [call("call_1")]},
        {"role": "tool", "tool_call_id": "call_1", "content": content},
    ])))
}

fn call(id: &str) -> Value {
    json!({"id": id, "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Oslo\"}"}})
}

pub fn probes() -> Vec<Probe> {
    let base = json!({"model": "assistant", "messages": [{"role": "user", "content": "Hi"}]});
    let none = || json!({});
    let image = |url: String| json!({"type": "image_url", "image_url": {"url": url}});
    let png = || format!("data:image/png;base64,{PNG}");
    let schema = json!({"type": "json_schema", "json_schema": {"name": "city", "schema": answer(), "strict": true}});
    let weather = json!({"type": "function", "function": {"name": "weather"}});
    let allowed = json!({"type": "allowed_tools", "allowed_tools": {"mode": "required",
        "tools": [{"type": "function", "function": {"name": "weather"}}]}});
    over(
        &base,
        vec![
            (
                "system instructions",
                says(
                    json!([{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}]),
                ),
                none(),
            ),
            (
                "developer instructions",
                says(
                    json!([{"role": "developer", "content": "Be kind."}, {"role": "user", "content": "Hi"}]),
                ),
                none(),
            ),
            (
                "instructions in mid-conversation",
                says(json!([
            {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."},
            {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Go on."}])),
                says(
                    json!([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."},
            {"role": "user", "content": "Go on."}]),
                ),
            ),
            (
                "several texts in a message",
                parts(json!({"type": "text", "text": "there"})),
                asks(json!([{"type": "text", "text": "Hi"}])),
            ),
            (
                "conversation that ends with the assistant",
                says(
                    json!([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Well"}]),
                ),
                none(),
            ),
            (
                "name of a speaker",
                says(json!([{"role": "user", "content": "Hi", "name": "ada"}])),
                none(),
            ),
            ("image by address", parts(image(IMAGE_URL.into())), none()),
            ("image in base64", parts(image(png())), none()),
            (
                "detail of an image",
                parts(json!({"type": "image_url", "image_url": {"url": png(), "detail": "low"}})),
                parts(image(png())),
            ),
            (
                "PDF in base64",
                parts(
                    json!({"type": "file", "file": {"filename": "a.pdf", "file_data": format!("data:application/pdf;base64,{PDF}")}}),
                ),
                none(),
            ),
            (
                "file by the provider's id",
                parts(json!({"type": "file", "file": {"file_id": "file-1"}})),
                none(),
            ),
            (
                "audio",
                parts(
                    json!({"type": "input_audio", "input_audio": {"data": WAV, "format": "wav"}}),
                ),
                none(),
            ),
            (
                "refusal in an earlier turn",
                says(
                    json!([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null, "refusal": "No."}, {"role": "user", "content": "Go on."}]),
                ),
                none(),
            ),
            ("tools", tooled(none()), none()),
            (
                "strict tools",
                json!({"tools": [{"type": "function", "function": {"name": "weather", "description": "The weather.", "parameters": arguments(), "strict": true}}]}),
                tooled(none()),
            ),
            (
                "tools with free text (custom)",
                json!({"tools": [{"type": "custom", "custom": {"name": "sql"}}]}),
                none(),
            ),
            (
                "tools with a grammar (custom)",
                json!({"tools": [{"type": "custom", "custom": {"name": "sql", "format": {"type": "grammar", "grammar": {"syntax": "regex", "definition": "a+"}}}}]}),
                none(),
            ),
            (
                "tools that the provider runs",
                json!({"web_search_options": {}}),
                none(),
            ),
            (
                "tool choice: auto",
                tooled(json!({"tool_choice": "auto"})),
                tooled(none()),
            ),
            (
                "tool choice: none",
                tooled(json!({"tool_choice": "none"})),
                tooled(none()),
            ),
            (
                "tool choice: required",
                tooled(json!({"tool_choice": "required"})),
                tooled(none()),
            ),
            (
                "tool choice: one tool",
                tooled(json!({"tool_choice": weather})),
                tooled(none()),
            ),
            (
                "tool choice: some of the tools",
                tooled(json!({"tool_choice": allowed})),
                tooled(none()),
            ),
            (
                "parallel tool calls: no",
                tooled(json!({"parallel_tool_calls": false})),
                tooled(none()),
            ),
            (
                "parallel tool calls: yes",
                tooled(json!({"parallel_tool_calls": true})),
                tooled(none()),
            ),
            ("tool results", called(json!("Rain")), tooled(none())),
            (
                "several tool results in a row",
                tooled(says(json!([
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": null, "tool_calls": [call("call_1"), call("call_2")]},
            {"role": "tool", "tool_call_id": "call_1", "content": "Rain"},
            {"role": "tool", "tool_call_id": "call_2", "content": "Sun"}]))),
                called(json!("Rain")),
            ),
            (
                "tool result of several texts",
                called(json!([{"type": "text", "text": "Rain"}, {"type": "text", "text": "Wind"}])),
                tooled(none()),
            ),
            (
                "thoughts of earlier turns",
                says(json!([{"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello.", "reasoning_content": "A greeting."}, {"role": "user", "content": "Go on."}])),
                says(
                    json!([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Go on."}]),
                ),
            ),
            (
                "thoughts with signatures",
                tooled(says(json!([{"role": "user", "content": "Hi"},
            {"role": "assistant", "content": null, "tool_calls": [call("call_1")], "reasoning_details": [
                {"type": "reasoning.text", "text": "Where?", "signature": "c2ln", "format": "anthropic-claude-v1", "index": 0}]},
            {"role": "tool", "tool_call_id": "call_1", "content": "Rain"}]))),
                called(json!("Rain")),
            ),
            (
                "answer by a JSON Schema",
                json!({"response_format": schema}),
                none(),
            ),
            (
                "answer in JSON",
                json!({"response_format": {"type": "json_object"}}),
                none(),
            ),
            (
                "reasoning: none",
                json!({"reasoning_effort": "none"}),
                none(),
            ),
            ("reasoning: low", json!({"reasoning_effort": "low"}), none()),
            (
                "reasoning: high",
                json!({"reasoning_effort": "high"}),
                none(),
            ),
            ("temperature 0.7", json!({"temperature": 0.7}), none()),
            ("temperature 1.7", json!({"temperature": 1.7}), none()),
            ("top_p", json!({"top_p": 0.9}), none()),
            ("top_k", json!({"top_k": 40}), none()),
            ("seed", json!({"seed": 7}), none()),
            (
                "frequency penalty",
                json!({"frequency_penalty": 0.5}),
                none(),
            ),
            ("presence penalty", json!({"presence_penalty": 0.5}), none()),
            (
                "bias of tokens",
                json!({"logit_bias": {"50256": -100}}),
                none(),
            ),
            ("log probabilities", json!({"logprobs": true}), none()),
            (
                "most probable tokens",
                json!({"logprobs": true, "top_logprobs": 3}),
                json!({"logprobs": true}),
            ),
            ("one answer", json!({"n": 1}), none()),
            ("several answers", json!({"n": 2}), none()),
            (
                "most output tokens",
                json!({"max_completion_tokens": 100}),
                none(),
            ),
            (
                "most output tokens (older name)",
                json!({"max_tokens": 100}),
                none(),
            ),
            ("stop texts", json!({"stop": ["END", "STOP"]}), none()),
            (
                "five stop texts",
                json!({"stop": ["A", "B", "C", "D", "E"]}),
                none(),
            ),
            ("stream", json!({"stream": true}), none()),
            (
                "usage in the stream",
                json!({"stream": true, "stream_options": {"include_usage": true}}),
                json!({"stream": true}),
            ),
            ("user", json!({"user": "u-17"}), none()),
            (
                "safety identifier",
                json!({"safety_identifier": "s-1"}),
                none(),
            ),
            ("metadata", json!({"metadata": {"app": "search"}}), none()),
            (
                "service tier: auto",
                json!({"service_tier": "auto"}),
                none(),
            ),
            (
                "service tier: default",
                json!({"service_tier": "default"}),
                none(),
            ),
            (
                "service tier: flex",
                json!({"service_tier": "flex"}),
                none(),
            ),
            (
                "service tier: priority",
                json!({"service_tier": "priority"}),
                none(),
            ),
            (
                "key of the prompt cache",
                json!({"prompt_cache_key": "k"}),
                none(),
            ),
            (
                "mark for the prompt cache",
                asks(
                    json!([{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}]),
                ),
                none(),
            ),
            ("store: no", json!({"store": false}), none()),
            ("store: yes", json!({"store": true}), none()),
            ("verbosity", json!({"verbosity": "low"}), none()),
            (
                "predicted output",
                json!({"prediction": {"type": "content", "content": "Hello"}}),
                none(),
            ),
            (
                "spoken answer",
                json!({"modalities": ["text", "audio"], "audio": {"voice": "alloy", "format": "wav"}}),
                none(),
            ),
            ("unknown field", json!({"zeal": 11}), none()),
        ],
    )
}
