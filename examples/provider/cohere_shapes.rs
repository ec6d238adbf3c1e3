//! What a request to Cohere may have. <https://docs.cohere.com/reference/chat>, <https://docs.cohere.com/reference/embed>

use super::shape::{Field, Kind, Shape, fields};

/// `/v2/chat`.
pub fn chat() -> &'static [Field] {
    fields! {
        must "model": Kind::Text, must "messages": Kind::List(&Kind::Tagged("role", MESSAGE)), may "stream": Kind::Flag,
        may "tools": Kind::List(&Kind::Object(tool)), may "strict_tools": Kind::Flag, may "documents": Kind::List(&Kind::Any),
        may "citation_options": Kind::Map, may "response_format": Kind::Object(format),
        may "safety_mode": Kind::Word(&["CONTEXTUAL", "STRICT", "OFF"]), may "max_tokens": Kind::Whole,
        may "stop_sequences": Kind::List(&Kind::Text), may "temperature": Kind::Number, may "seed": Kind::Whole,
        may "frequency_penalty": Kind::Number, may "presence_penalty": Kind::Number, may "k": Kind::Whole,
        may "p": Kind::Number, may "logprobs": Kind::Flag, may "tool_choice": Kind::Word(&["REQUIRED", "NONE"]),
        may "thinking": Kind::Object(thinking), may "priority": Kind::Whole,
    }
}

/// `/v2/embed`.
pub fn embed() -> &'static [Field] {
    fields! {
        must "model": Kind::Text,
        must "input_type": Kind::Word(&["search_document", "search_query", "classification", "clustering", "image"]),
        may "texts": Kind::List(&Kind::Text), may "images": Kind::List(&Kind::Text),
        may "inputs": Kind::List(&Kind::Object(input)), may "max_tokens": Kind::Whole, may "output_dimension": Kind::Whole,
        may "embedding_types": Kind::List(&Kind::Word(&["float", "int8", "uint8", "binary", "ubinary", "base64"])),
        may "truncate": Kind::Word(&["NONE", "START", "END"]), may "priority": Kind::Whole,
    }
}

const MESSAGE: &[(&str, Shape)] = &[
    ("system", plain),
    ("user", plain),
    ("assistant", assistant),
    ("tool", result),
];
const CONTENT: Kind = Kind::TextOr(&Kind::List(&Kind::Tagged(
    "type",
    &[
        ("text", text),
        ("image_url", image),
        ("document", document),
        ("thinking", thought),
    ],
)));

fn plain() -> &'static [Field] {
    fields! { must "role": Kind::Text, must "content": CONTENT }
}

fn assistant() -> &'static [Field] {
    fields! { must "role": Kind::Text, may "content": CONTENT, may "tool_calls": Kind::List(&Kind::Object(call)),
    may "tool_plan": Kind::Text, may "citations": Kind::List(&Kind::Map) }
}

fn result() -> &'static [Field] {
    fields! { must "role": Kind::Text, must "tool_call_id": Kind::Text, must "content": CONTENT }
}

fn text() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "text": Kind::Text }
}

fn image() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "image_url": Kind::Object(url) }
}

fn url() -> &'static [Field] {
    fields! { must "url": Kind::Text, may "detail": Kind::Word(&["auto", "low", "high"]) }
}

fn document() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "document": Kind::Map }
}

fn thought() -> &'static [Field] {
    fields! { must "type": Kind::Text, must "thinking": Kind::Text }
}

fn call() -> &'static [Field] {
    fields! { must "id": Kind::Text, must "type": Kind::Word(&["function"]), must "function": Kind::Object(called) }
}

fn called() -> &'static [Field] {
    fields! { must "name": Kind::Text, must "arguments": Kind::Text }
}

fn tool() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["function"]), must "function": Kind::Object(function) }
}

fn function() -> &'static [Field] {
    fields! { must "name": Kind::Text, may "description": Kind::Text, must "parameters": Kind::Map }
}

fn format() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["text", "json_object"]), may "json_schema": Kind::Map, may "schema": Kind::Map }
}

fn thinking() -> &'static [Field] {
    fields! { must "type": Kind::Word(&["enabled", "disabled"]), may "token_budget": Kind::Whole }
}

fn input() -> &'static [Field] {
    fields! { must "content": Kind::List(&Kind::Tagged("type", &[("text", text), ("image_url", image)])) }
}
