//! What a request to Messages may have. <https://docs.claude.com/en/api/messages>

use super::super::shape::{Field, Kind, Shape, fields};

/// `/v1/messages`.
pub fn request() -> &'static [Field] {
    fields! {
        must "model": Kind::Text, must "max_tokens": Kind::Whole, must "messages": MESSAGES,
        may "cache_control": CACHE, may "container": Kind::Null(&Kind::Any), may "context_management": Kind::Null(&Kind::Map),
        may "inference_geo": Kind::Null(&Kind::Text), may "mcp_servers": Kind::List(&Kind::Map),
        may "metadata": Kind::Object(metadata), may "output_config": Kind::Object(output),
        may "service_tier": Kind::Word(&["auto", "standard_only"]), may "speed": Kind::Null(&Kind::Word(&["fast", "standard"])),
        may "stop_sequences": Kind::List(&Kind::Text), may "stream": Kind::Flag, may "system": TEXTS,
        may "temperature": Kind::Number, may "thinking": THINKING, may "tool_choice": CHOICE, may "tools": TOOLS,
        may "top_k": Kind::Whole, may "top_p": Kind::Number,
    }
}

/// The same at Vertex.
pub fn vertex() -> &'static [Field] {
    fields! {
        must "anthropic_version": Kind::Text, must "max_tokens": Kind::Whole, must "messages": MESSAGES,
        may "anthropic_beta": Kind::List(&Kind::Text), may "context_management": Kind::Null(&Kind::Map),
        may "metadata": Kind::Object(metadata), may "output_config": Kind::Object(output),
        may "stop_sequences": Kind::List(&Kind::Text), may "stream": Kind::Flag, may "system": TEXTS,
        may "temperature": Kind::Number, may "thinking": THINKING, may "tool_choice": CHOICE, may "tools": TOOLS,
        may "top_k": Kind::Whole, may "top_p": Kind::Number,
    }
}

/// `/v1/messages/count_tokens`.
pub fn count() -> &'static [Field] {
    fields! {
        must "model": Kind::Text, must "messages": MESSAGES, may "cache_control": CACHE,
        may "context_management": Kind::Null(&Kind::Map), may "mcp_servers": Kind::List(&Kind::Map),
        may "output_config": Kind::Object(output), may "speed": Kind::Null(&Kind::Word(&["fast", "standard"])),
        may "system": TEXTS, may "thinking": THINKING, may "tool_choice": CHOICE, may "tools": TOOLS,
    }
}

const MESSAGES: Kind = Kind::List(&Kind::Object(message));
const CACHE: Kind = Kind::Null(&Kind::Object(cache));
const TEXTS: Kind = Kind::TextOr(&Kind::List(&Kind::Tagged("type", &[("text", text)])));
const BLOCKS: Kind = Kind::TextOr(&Kind::List(&Kind::Tagged("type", BLOCK)));
const RESULTS: Kind = Kind::TextOr(&Kind::List(&Kind::Tagged("type", RESULT)));

const BLOCK: &[(&str, Shape)] = &[
    ("text", text),
    ("image", image),
    ("document", document),
    ("search_result", search_result),
    ("thinking", thinking),
    ("redacted_thinking", redacted),
    ("tool_use", tool_use),
    ("tool_result", tool_result),
];
const RESULT: &[(&str, Shape)] = &[
    ("text", text),
    ("image", image),
    ("document", document),
    ("search_result", search_result),
];

const THINKING: Kind = Kind::Tagged(
    "type",
    &[
        ("enabled", enabled),
        ("adaptive", adaptive),
        ("disabled", bare),
        ("between_tools", bare),
    ],
);
const CHOICE: Kind = Kind::Tagged(
    "type",
    &[
        ("auto", auto),
        ("any", auto),
        ("none", bare),
        ("tool", chosen),
    ],
);
const TOOLS: Kind = Kind::List(&Kind::Object(tool));

fn bare() -> &'static [Field] {
    fields! { must "type": Kind::Text }
}

fn message() -> &'static [Field] {
    fields! { must "role": Kind::Word(&["user", "assistant", "system"]), must "content": BLOCKS }
}

fn cache() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["ephemeral"]), may "ttl": Kind::Word(&["5m", "1h"]) }
}

fn text() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "text": Kind::Text, may "cache_control": CACHE,
    may "citations": Kind::Null(&Kind::List(&Kind::Map)) }
}

fn image() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "cache_control": CACHE,
    must "source": Kind::Tagged("type", &[("base64", image_data), ("url", url), ("file", file)]) }
}

fn image_data() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "data": Kind::Text,
    must "media_type": Kind::Word(&["image/jpeg", "image/png", "image/gif", "image/webp"]) }
}

fn url() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "url": Kind::Text }
}

fn file() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "file_id": Kind::Text }
}

fn document() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "cache_control": CACHE, may "title": Kind::Null(&Kind::Text),
    may "context": Kind::Null(&Kind::Text), may "citations": Kind::Null(&Kind::Object(cited)),
    must "source": Kind::Tagged("type", &[("base64", pdf), ("text", plain), ("url", url), ("file", file), ("content", content)]) }
}

fn pdf() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "data": Kind::Text, must "media_type": Kind::Word(&["application/pdf"]) }
}

fn plain() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "data": Kind::Text, must "media_type": Kind::Word(&["text/plain"]) }
}

fn content() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "content": RESULTS }
}

fn cited() -> &'static [Field] {
    fields! { may "enabled": Kind::Flag }
}

fn search_result() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "content": TEXTS, must "source": Kind::Text, must "title": Kind::Text,
    may "cache_control": CACHE, may "citations": Kind::Object(cited) }
}

fn thinking() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "thinking": Kind::Text, must "signature": Kind::Text }
}

fn redacted() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "data": Kind::Text }
}

fn tool_use() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "id": Kind::Text, must "name": Kind::Text, must "input": Kind::Map,
    may "cache_control": CACHE, may "caller": Kind::Map }
}

fn tool_result() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "tool_use_id": Kind::Text, may "content": RESULTS, may "is_error": Kind::Flag,
    may "cache_control": CACHE }
}

fn metadata() -> &'static [Field] {
    fields! { may "user_id": Kind::Null(&Kind::Text) }
}

fn output() -> &'static [Field] {
    fields! { may "effort": Kind::Null(&Kind::Word(&["low", "medium", "high", "xhigh", "max"])),
    may "format": Kind::Null(&Kind::Tagged("type", &[("json_schema", schema)])) }
}

fn schema() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "schema": Kind::Map }
}

fn enabled() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "budget_tokens": Kind::Whole,
    may "display": Kind::Null(&Kind::Word(&["summarized", "omitted"])) }
}

fn adaptive() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "display": Kind::Null(&Kind::Word(&["summarized", "omitted"])) }
}

fn auto() -> &'static [Field] {
    fields! { must "type": Kind::Text, may "disable_parallel_tool_use": Kind::Flag }
}

fn chosen() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "name": Kind::Text, may "disable_parallel_tool_use": Kind::Flag }
}

/// The client's own tools; those that Anthropic runs have a `type` with a date, and what else they like.
fn tool() -> &'static [Field] {
    fields! { must "name": Kind::Text, must "input_schema": Kind::Map, may "type": Kind::Null(&Kind::Word(&["custom"])),
    may "description": Kind::Text, may "cache_control": CACHE, may "strict": Kind::Flag, may "defer_loading": Kind::Flag,
    may "eager_input_streaming": Kind::Null(&Kind::Flag), may "input_examples": Kind::List(&Kind::Map),
    may "allowed_callers": Kind::List(&Kind::Text) }
}
