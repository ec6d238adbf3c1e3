//! What a client of Anthropic's Messages can ask.

use serde_json::{Value, json};

use super::samples::{IMAGE_URL, PDF, PDF_URL, PNG, answer, arguments};
use super::{Probe, over};

fn says(messages: Value) -> Value {
    json!({"messages": messages})
}

fn parts(part: Value) -> Value {
    says(json!([{"role": "user", "content": [{"type": "text", "text": "Hi"}, part]}]))
}

fn tooled(more: Value) -> Value {
    let tool =
        json!({"name": "weather", "description": "The weather.", "input_schema": arguments()});
    super::joined(&json!({"tools": [tool]}), &more)
}

fn call(id: &str) -> Value {
    json!({"type": "tool_use", "id": id, "name": "weather", "input": {"city": "Oslo"}})
}

fn called(result: Value) -> Value {
    let result = super::joined(
        &json!({"type": "tool_result", "tool_use_id": "toolu_1"}),
        &result,
    );
    tooled(says(
        json!([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": [call("toolu_1")]},
        {"role": "user", "content": [result]}]),
    ))
}

pub fn probes() -> Vec<Probe> {
    let base = json!({"model": "assistant", "max_tokens": 4096, "messages": [{"role": "user", "content": "Hi"}]});
    let none = || json!({});
    let user = || json!({"role": "user", "content": "Hi"});
    let hello = || json!({"role": "assistant", "content": "Hello."});
    let more = || json!({"role": "user", "content": "Go on."});
    let image = |source: Value| json!({"type": "image", "source": source});
    let png = || json!({"type": "base64", "media_type": "image/png", "data": PNG});
    let pdf = || json!({"type": "base64", "media_type": "application/pdf", "data": PDF});
    let document = |source: Value| json!({"type": "document", "source": source});
    let plain = || json!({"type": "text", "media_type": "text/plain", "data": "Terms"});
    let thought = json!({"type": "thinking", "thinking": "Where?", "signature": "c2ln"});
    let sealed = json!({"type": "redacted_thinking", "data": "c2VhbGVk"});
    over(
        &base,
        vec![
            ("system instructions", json!({"system": "Be kind."}), none()),
            (
                "several system texts",
                json!({"system": [{"type": "text", "text": "Be kind."}, {"type": "text", "text": "Be brief."}]}),
                none(),
            ),
            (
                "instructions in mid-conversation",
                says(json!([user(), hello(), {"role": "system", "content": "Be brief."}, more()])),
                says(json!([user(), hello(), more()])),
            ),
            (
                "several texts in a message",
                parts(json!({"type": "text", "text": "there"})),
                none(),
            ),
            (
                "conversation that ends with the assistant",
                says(json!([user(), hello()])),
                none(),
            ),
            (
                "image by address",
                parts(image(json!({"type": "url", "url": IMAGE_URL}))),
                none(),
            ),
            ("image in base64", parts(image(png())), none()),
            ("PDF in base64", parts(document(pdf())), none()),
            (
                "PDF by address",
                parts(document(json!({"type": "url", "url": PDF_URL}))),
                none(),
            ),
            ("document of plain text", parts(document(plain())), none()),
            (
                "citations of a document",
                parts(
                    json!({"type": "document", "source": plain(), "citations": {"enabled": true}}),
                ),
                parts(document(plain())),
            ),
            (
                "search results",
                parts(
                    json!({"type": "search_result", "source": "https://example.com", "title": "T", "content": [{"type": "text", "text": "Found."}]}),
                ),
                none(),
            ),
            (
                "file by the provider's id",
                parts(document(json!({"type": "file", "file_id": "file_1"}))),
                none(),
            ),
            ("tools", tooled(none()), none()),
            (
                "strict tools",
                json!({"tools": [{"name": "weather", "description": "The weather.", "input_schema": arguments(), "strict": true}]}),
                tooled(none()),
            ),
            (
                "tools that the provider runs",
                json!({"tools": [{"type": "web_search_20250305", "name": "web_search"}]}),
                none(),
            ),
            (
                "tool choice: auto",
                tooled(json!({"tool_choice": {"type": "auto"}})),
                tooled(none()),
            ),
            (
                "tool choice: none",
                tooled(json!({"tool_choice": {"type": "none"}})),
                tooled(none()),
            ),
            (
                "tool choice: required",
                tooled(json!({"tool_choice": {"type": "any"}})),
                tooled(none()),
            ),
            (
                "tool choice: one tool",
                tooled(json!({"tool_choice": {"type": "tool", "name": "weather"}})),
                tooled(none()),
            ),
            (
                "parallel tool calls: no",
                tooled(json!({"tool_choice": {"type": "auto", "disable_parallel_tool_use": true}})),
                tooled(json!({"tool_choice": {"type": "auto"}})),
            ),
            (
                "tool results",
                called(json!({"content": "Rain"})),
                tooled(none()),
            ),
            (
                "several tool results in a row",
                tooled(says(
                    json!([user(), {"role": "assistant", "content": [call("toolu_1"), call("toolu_2")]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "Rain"},
                {"type": "tool_result", "tool_use_id": "toolu_2", "content": "Sun"}]}]),
                )),
                called(json!({"content": "Rain"})),
            ),
            (
                "tool result of several texts",
                called(
                    json!({"content": [{"type": "text", "text": "Rain"}, {"type": "text", "text": "Wind"}]}),
                ),
                tooled(none()),
            ),
            (
                "tool result with an image",
                called(json!({"content": [image(png())]})),
                tooled(none()),
            ),
            (
                "tool result that is an error",
                called(json!({"content": "Rain", "is_error": true})),
                called(json!({"content": "Rain"})),
            ),
            (
                "tool result without content",
                called(json!({})),
                tooled(none()),
            ),
            (
                "words behind tool results",
                tooled(says(
                    json!([user(), {"role": "assistant", "content": [call("toolu_1")]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "Rain"}, {"type": "text", "text": "Go on."}]}]),
                )),
                called(json!({"content": "Rain"})),
            ),
            (
                "thoughts with signatures",
                tooled(says(
                    json!([user(), {"role": "assistant", "content": [thought, call("toolu_1")]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "Rain"}]}]),
                )),
                called(json!({"content": "Rain"})),
            ),
            (
                "sealed thoughts",
                tooled(says(
                    json!([user(), {"role": "assistant", "content": [sealed, call("toolu_1")]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "Rain"}]}]),
                )),
                called(json!({"content": "Rain"})),
            ),
            (
                "answer by a JSON Schema",
                json!({"output_config": {"format": {"type": "json_schema", "schema": answer()}}}),
                none(),
            ),
            (
                "reasoning: none",
                json!({"thinking": {"type": "disabled"}}),
                none(),
            ),
            (
                "reasoning: low",
                json!({"output_config": {"effort": "low"}}),
                none(),
            ),
            (
                "reasoning: high",
                json!({"output_config": {"effort": "high"}}),
                none(),
            ),
            (
                "reasoning: a budget of tokens",
                json!({"thinking": {"type": "enabled", "budget_tokens": 2048}}),
                none(),
            ),
            (
                "reasoning: as much as it takes",
                json!({"thinking": {"type": "adaptive"}}),
                none(),
            ),
            ("temperature 0.7", json!({"temperature": 0.7}), none()),
            ("top_p", json!({"top_p": 0.9}), none()),
            ("top_k", json!({"top_k": 40}), none()),
            ("most output tokens", json!({"max_tokens": 100}), none()),
            (
                "stop texts",
                json!({"stop_sequences": ["END", "STOP"]}),
                none(),
            ),
            (
                "five stop texts",
                json!({"stop_sequences": ["A", "B", "C", "D", "E"]}),
                none(),
            ),
            ("stream", json!({"stream": true}), none()),
            ("user", json!({"metadata": {"user_id": "u-17"}}), none()),
            (
                "service tier: auto",
                json!({"service_tier": "auto"}),
                none(),
            ),
            (
                "service tier: default",
                json!({"service_tier": "standard_only"}),
                none(),
            ),
            (
                "mark for the prompt cache",
                says(
                    json!([{"role": "user", "content": [{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}]}]),
                ),
                none(),
            ),
            (
                "mark for the prompt cache, for an hour",
                says(
                    json!([{"role": "user", "content": [{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]}]),
                ),
                none(),
            ),
            (
                "mark for the whole request",
                json!({"cache_control": {"type": "ephemeral"}}),
                none(),
            ),
            ("container", json!({"container": "c_1"}), none()),
            (
                "servers of tools (MCP)",
                json!({"mcp_servers": [{"type": "url", "url": "https://example.com/mcp", "name": "m"}]}),
                none(),
            ),
            (
                "edits of the context",
                json!({"context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]}}),
                none(),
            ),
            ("unknown field", json!({"zeal": 11}), none()),
        ],
    )
}
