//! What a client of OpenAI's Responses can ask.

use serde_json::{Value, json};

use super::samples::{IMAGE_URL, PDF, PDF_URL, PNG, answer, arguments};
use super::{Probe, over};

fn says(items: Value) -> Value {
    json!({"input": items})
}

fn parts(part: Value) -> Value {
    says(json!([{"role": "user", "content": [{"type": "input_text", "text": "Hi"}, part]}]))
}

fn tooled(more: Value) -> Value {
    let tool = json!({"type": "function", "name": "weather", "description": "The weather.", "parameters": arguments(), "strict": null});
    super::joined(&json!({"tools": [tool]}), &more)
}

fn call(id: &str) -> Value {
    json!({"type": "function_call", "call_id": id, "name": "weather", "arguments": "{\"city\":\"Oslo\"}"})
}

fn called(output: Value) -> Value {
    tooled(says(
        json!([{"role": "user", "content": "Hi"}, call("call_1"),
        {"type": "function_call_output", "call_id": "call_1", "output": output}]),
    ))
}

pub fn probes() -> Vec<Probe> {
    let base = json!({"model": "assistant", "input": "Hi"});
    let none = || json!({});
    let png = || format!("data:image/png;base64,{PNG}");
    let schema = json!({"format": {"type": "json_schema", "name": "city", "schema": answer(), "strict": true}});
    let user = || json!({"role": "user", "content": "Hi"});
    let hello = || json!({"role": "assistant", "content": "Hello."});
    let more = || json!({"role": "user", "content": "Go on."});
    over(
        &base,
        vec![
            (
                "system instructions",
                json!({"instructions": "Be kind."}),
                none(),
            ),
            (
                "developer instructions",
                says(json!([{"role": "developer", "content": "Be kind."}, user()])),
                none(),
            ),
            (
                "instructions in mid-conversation",
                says(json!([user(), hello(), {"role": "system", "content": "Be brief."}, more()])),
                says(json!([user(), hello(), more()])),
            ),
            (
                "several texts in a message",
                parts(json!({"type": "input_text", "text": "there"})),
                none(),
            ),
            (
                "conversation that ends with the assistant",
                says(json!([user(), hello()])),
                none(),
            ),
            (
                "image by address",
                parts(json!({"type": "input_image", "image_url": IMAGE_URL})),
                none(),
            ),
            (
                "image in base64",
                parts(json!({"type": "input_image", "image_url": png()})),
                none(),
            ),
            (
                "detail of an image",
                parts(json!({"type": "input_image", "image_url": png(), "detail": "low"})),
                parts(json!({"type": "input_image", "image_url": png()})),
            ),
            (
                "PDF in base64",
                parts(
                    json!({"type": "input_file", "filename": "a.pdf", "file_data": format!("data:application/pdf;base64,{PDF}")}),
                ),
                none(),
            ),
            (
                "PDF by address",
                parts(json!({"type": "input_file", "file_url": PDF_URL})),
                none(),
            ),
            (
                "file by the provider's id",
                parts(json!({"type": "input_file", "file_id": "file-1"})),
                none(),
            ),
            (
                "refusal in an earlier turn",
                says(
                    json!([user(), {"type": "message", "role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}, more()]),
                ),
                none(),
            ),
            ("tools", tooled(none()), none()),
            (
                "strict tools",
                json!({"tools": [{"type": "function", "name": "weather", "description": "The weather.", "parameters": arguments(), "strict": true}]}),
                tooled(none()),
            ),
            (
                "tools with free text (custom)",
                json!({"tools": [{"type": "custom", "name": "sql"}]}),
                none(),
            ),
            (
                "tools with a grammar (custom)",
                json!({"tools": [{"type": "custom", "name": "sql", "format": {"type": "grammar", "syntax": "regex", "definition": "a+"}}]}),
                none(),
            ),
            (
                "tools that the provider runs",
                json!({"tools": [{"type": "web_search"}]}),
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
                tooled(json!({"tool_choice": {"type": "function", "name": "weather"}})),
                tooled(none()),
            ),
            (
                "tool choice: some of the tools",
                tooled(
                    json!({"tool_choice": {"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "weather"}]}}),
                ),
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
                tooled(says(json!([user(), call("call_1"), call("call_2"),
            {"type": "function_call_output", "call_id": "call_1", "output": "Rain"},
            {"type": "function_call_output", "call_id": "call_2", "output": "Sun"}]))),
                called(json!("Rain")),
            ),
            (
                "tool result of several texts",
                called(
                    json!([{"type": "input_text", "text": "Rain"}, {"type": "input_text", "text": "Wind"}]),
                ),
                tooled(none()),
            ),
            (
                "tool result with an image",
                called(json!([{"type": "input_image", "image_url": png()}])),
                tooled(none()),
            ),
            (
                "thoughts of earlier turns",
                says(
                    json!([user(), {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "A greeting."}]}, hello(), more()]),
                ),
                says(json!([user(), hello(), more()])),
            ),
            (
                "thoughts with signatures",
                says(
                    json!([user(), {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "c2VhbGVk"}, hello(), more()]),
                ),
                says(json!([user(), hello(), more()])),
            ),
            ("answer by a JSON Schema", json!({"text": schema}), none()),
            (
                "answer in JSON",
                json!({"text": {"format": {"type": "json_object"}}}),
                none(),
            ),
            (
                "reasoning: none",
                json!({"reasoning": {"effort": "none"}}),
                none(),
            ),
            (
                "reasoning: low",
                json!({"reasoning": {"effort": "low"}}),
                none(),
            ),
            (
                "reasoning: high",
                json!({"reasoning": {"effort": "high"}}),
                none(),
            ),
            (
                "reasoning: shown",
                json!({"reasoning": {"effort": "low", "summary": "auto"}}),
                json!({"reasoning": {"effort": "low"}}),
            ),
            ("temperature 0.7", json!({"temperature": 0.7}), none()),
            ("temperature 1.7", json!({"temperature": 1.7}), none()),
            ("top_p", json!({"top_p": 0.9}), none()),
            (
                "log probabilities",
                json!({"include": ["message.output_text.logprobs"]}),
                none(),
            ),
            ("most probable tokens", json!({"top_logprobs": 3}), none()),
            (
                "most output tokens",
                json!({"max_output_tokens": 100}),
                none(),
            ),
            ("stream", json!({"stream": true}), none()),
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
            ("store: no", json!({"store": false}), none()),
            ("store: yes", json!({"store": true}), none()),
            (
                "previous response",
                json!({"previous_response_id": "resp_1"}),
                none(),
            ),
            (
                "conversation kept by the provider",
                json!({"conversation": "conv_1"}),
                none(),
            ),
            ("in the background", json!({"background": true}), none()),
            (
                "template kept by the provider",
                json!({"prompt": {"id": "pmpt_1"}}),
                none(),
            ),
            ("truncation: auto", json!({"truncation": "auto"}), none()),
            (
                "most calls of hosted tools",
                json!({"max_tool_calls": 2}),
                none(),
            ),
            (
                "sealed thoughts in the reply",
                json!({"include": ["reasoning.encrypted_content"]}),
                none(),
            ),
            ("verbosity", json!({"text": {"verbosity": "low"}}), none()),
            ("unknown field", json!({"zeal": 11}), none()),
        ],
    )
}
