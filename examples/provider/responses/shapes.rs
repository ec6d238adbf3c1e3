//! What a request to Responses may have. <https://platform.openai.com/docs/api-reference/responses/create>

use super::super::shape::{Field, Kind, Shape, fields};

/// `/v1/responses`.
pub fn request() -> &'static [Field] {
    fields! {
        must "model": Kind::Text, must "input": Kind::TextOr(&Kind::List(&Kind::Loose("type", ITEM))),
        may "background": Kind::Flag, may "context_management": Kind::List(&Kind::Map), may "conversation": Kind::Any,
        may "include": Kind::List(&Kind::Text), may "instructions": Kind::Text, may "max_output_tokens": Kind::Whole,
        may "max_tool_calls": Kind::Whole, may "metadata": Kind::MapOf(&Kind::Text), may "moderation": Kind::Map,
        may "parallel_tool_calls": Kind::Flag, may "previous_response_id": Kind::Text, may "prompt": Kind::Map,
        may "client_metadata": Kind::Map, may "prompt_cache_key": Kind::Text, may "prompt_cache_options": Kind::Map,
        may "prompt_cache_retention": Kind::Text, may "reasoning": Kind::Object(reasoning),
        may "safety_identifier": Kind::Text,
        may "service_tier": Kind::Word(&["auto", "default", "flex", "scale", "priority"]), may "store": Kind::Flag,
        may "stream": Kind::Flag, may "stream_options": Kind::Object(options), may "temperature": Kind::Number,
        may "text": Kind::Object(text), may "tool_choice": Kind::TextOr(&Kind::Map),
        may "tools": Kind::List(&Kind::Loose("type", &[("function", function)])), may "top_logprobs": Kind::Whole,
        may "top_p": Kind::Number, may "truncation": Kind::Word(&["auto", "disabled"]), may "user": Kind::Text,
    }
}

const ITEM: &[(&str, Shape)] = &[
    ("message", message),
    ("function_call", function_call),
    ("function_call_output", function_call_output),
    ("reasoning", reasoning_item),
];

const CONTENT: Kind = Kind::TextOr(&Kind::List(&Kind::Tagged(
    "type",
    &[
        ("input_text", input_text),
        ("input_image", input_image),
        ("input_file", input_file),
        ("input_audio", input_audio),
        ("output_text", output_text),
        ("refusal", refusal),
    ],
)));
const STATUS: Kind = Kind::Word(&["in_progress", "completed", "incomplete"]);

fn message() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "role": Kind::Word(&["user", "assistant", "system", "developer"]),
    must "content": CONTENT, may "id": Kind::Text, may "status": STATUS, may "phase": Kind::Text }
}

fn input_text() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "text": Kind::Text, may "prompt_cache_breakpoint": Kind::Map }
}

fn input_image() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "image_url": Kind::Text, may "file_id": Kind::Text,
    may "detail": Kind::Word(&["low", "high", "auto", "original"]), may "prompt_cache_breakpoint": Kind::Map }
}

fn input_file() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "file_data": Kind::Text, may "file_id": Kind::Text, may "file_url": Kind::Text,
    may "filename": Kind::Text, may "detail": Kind::Text, may "prompt_cache_breakpoint": Kind::Map }
}

fn input_audio() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "input_audio": Kind::Map }
}

fn output_text() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "text": Kind::Text, may "annotations": Kind::List(&Kind::Map),
    may "logprobs": Kind::List(&Kind::Map) }
}

fn refusal() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "refusal": Kind::Text }
}

fn function_call() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "call_id": Kind::Text, must "name": Kind::Text, must "arguments": Kind::Text,
    may "id": Kind::Text, may "status": STATUS, may "namespace": Kind::Text, may "caller": Kind::Map, may "async": Kind::Flag }
}

fn function_call_output() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "call_id": Kind::Text, must "output": CONTENT, may "id": Kind::Text,
    may "status": STATUS, may "name": Kind::Text, may "namespace": Kind::Text, may "caller": Kind::Map }
}

fn reasoning_item() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "id": Kind::Text, must "summary": Kind::List(&Kind::Object(summary)),
    may "content": Kind::List(&Kind::Map), may "encrypted_content": Kind::Text, may "status": STATUS }
}

fn summary() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["summary_text"]), must "text": Kind::Text }
}

fn reasoning() -> &'static [Field] {
    fields! { may "effort": Kind::Word(&["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
    may "summary": Kind::Word(&["auto", "concise", "detailed", "none"]), may "generate_summary": Kind::Text,
    may "context": Kind::Any, may "mode": Kind::Any }
}

fn options() -> &'static [Field] {
    fields! { may "include_obfuscation": Kind::Flag }
}

fn text() -> &'static [Field] {
    fields! { may "verbosity": Kind::Word(&["low", "medium", "high"]),
    may "format": Kind::Tagged("type", &[("text", bare), ("json_object", bare), ("json_schema", json_schema)]) }
}

fn bare() -> &'static [Field] {
    fields! { must "type": Kind::Text }
}

fn json_schema() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "name": Kind::Text, must "schema": Kind::Map, may "strict": Kind::Flag,
    may "description": Kind::Text }
}

fn function() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "name": Kind::Text, may "parameters": Kind::Map, may "strict": Kind::Flag,
    may "description": Kind::Text, may "defer_loading": Kind::Flag, may "output_schema": Kind::Map,
    may "allowed_callers": Kind::List(&Kind::Text) }
}
