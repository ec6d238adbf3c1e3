//! Requests of clients: what is read, and that nothing is lost on the way back.

use serde_json::{Value, json};

use super::{OPUS, SONNET, again};
use crate::dialect::anthropic::read_request;
use crate::dialect::neutral::{
    Effort, Format, MediaKind, PartKind, Role, Source, ToolChoice, ToolKind,
};

/// Bodies that come back as they went.
fn whole() -> Vec<Value> {
    let user = |content: Value| json!([{"role": "user", "content": content}]);
    let text = |text: &str| json!([{"type": "text", "text": text}]);
    let hi = || user(text("hi"));
    let body = |model: &str, fields: Value| {
        let mut body = json!({"model": model, "max_tokens": 100, "messages": hi()});
        for (key, value) in fields.as_object().expect("fields") {
            body[key] = value.clone();
        }
        body
    };
    let tool = json!({"name": "f", "description": "d", "input_schema": {"type": "object", "properties": {"a": {"type": "number", "minimum": 1.50}}}});
    vec![
        body(SONNET, json!({})),
        body(
            SONNET,
            json!({"stream": true, "stop_sequences": ["a", "b"], "temperature": 0.10, "top_k": 5}),
        ),
        body(
            SONNET,
            json!({"top_p": 0.9, "metadata": {"user_id": "u"}, "service_tier": "standard_only"}),
        ),
        body(
            SONNET,
            json!({"system": [{"type": "text", "text": "s", "cache_control": {"type": "ephemeral", "ttl": "1h"}}, {"type": "text", "text": "t"}]}),
        ),
        body(
            SONNET,
            json!({"tools": [tool], "tool_choice": {"type": "tool", "name": "f", "disable_parallel_tool_use": true}}),
        ),
        body(
            SONNET,
            json!({"tools": [tool], "tool_choice": {"type": "any"}}),
        ),
        body(
            SONNET,
            json!({"tools": [tool], "tool_choice": {"type": "none"}}),
        ),
        body(
            SONNET,
            json!({"tools": [{"name": "g", "input_schema": {"type": "object", "properties": {}, "additionalProperties": false}, "strict": true, "cache_control": {"type": "ephemeral"}}]}),
        ),
        body(
            SONNET,
            json!({"tools": [{"type": "web_search_20250305", "name": "web_search", "max_uses": 5, "cache_control": {"type": "ephemeral"}}]}),
        ),
        body(
            SONNET,
            json!({"max_tokens": 4000, "thinking": {"type": "enabled", "budget_tokens": 2000}}),
        ),
        body(SONNET, json!({"thinking": {"type": "disabled"}})),
        body(
            OPUS,
            json!({"thinking": {"type": "adaptive", "display": "summarized"}, "output_config": {"effort": "xhigh"}}),
        ),
        body(OPUS, json!({"thinking": {"type": "adaptive"}})),
        body(
            OPUS,
            json!({"thinking": {"type": "disabled"}, "output_config": {"effort": "low"}}),
        ),
        body(
            "claude-opus-5",
            json!({"output_config": {"effort": "medium"}}),
        ),
        body(
            "claude-sonnet-5-5",
            json!({"thinking": {"type": "between_tools"}}),
        ),
        body(
            SONNET,
            json!({"output_config": {"format": {"type": "json_schema", "schema": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false}}}}),
        ),
        body(
            SONNET,
            json!({"container": "c", "mcp_servers": [{"type": "url", "url": "https://m", "name": "m"}], "cache_control": {"type": "ephemeral"}}),
        ),
        body(
            SONNET,
            json!({"messages": [
                {"role": "user", "content": [
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}},
                    {"type": "image", "source": {"type": "url", "url": "https://x/y.png"}, "cache_control": {"type": "ephemeral"}},
                    {"type": "image", "source": {"type": "file", "file_id": "file_1"}},
                    {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}, "title": "t"},
                    {"type": "document", "source": {"type": "url", "url": "https://x/y.pdf"}},
                    {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "plain"}},
                    {"type": "text", "text": "what?"},
                ]},
                {"role": "assistant", "content": [
                    {"type": "thinking", "thinking": "hm", "signature": "EqQB"},
                    {"type": "redacted_thinking", "data": "EvYB"},
                    {"type": "text", "text": "so ", "citations": [{"type": "page_location", "cited_text": "c", "document_index": 0, "document_title": "t", "start_page_number": 1, "end_page_number": 2}]},
                    {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"b": 1.0, "a": [null, "\u{1f600}"]}},
                    {"type": "tool_use", "id": "toolu_2", "name": "f", "input": {}},
                ]},
                {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "r"}, {"type": "image", "source": {"type": "url", "url": "https://x/z.png"}}], "is_error": true},
                    {"type": "tool_result", "tool_use_id": "toolu_2", "cache_control": {"type": "ephemeral", "ttl": "5m"}},
                    {"type": "text", "text": "go on"},
                ]},
                {"role": "assistant", "content": [{"type": "text", "text": "trailing \n"}]},
            ]}),
        ),
        body(
            OPUS,
            json!({"messages": [
                {"role": "user", "content": [{"type": "text", "text": "a"}]},
                {"role": "system", "content": [{"type": "text", "text": "be brief"}]},
                {"role": "assistant", "content": [{"type": "text", "text": "b"}]},
                {"role": "user", "content": [{"type": "text", "text": "c"}]},
                {"role": "system", "content": [{"type": "text", "text": "be long"}]},
            ]}),
        ),
    ]
}

#[test]
fn a_request_comes_back_whole() {
    for body in whole() {
        assert_eq!(again(&body), body);
    }
}

#[test]
fn short_forms_come_back_in_full() {
    let short = json!({"model": SONNET, "max_tokens": 9, "system": "s", "messages": [
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "f", "input": {}, "caller": {"type": "direct"}}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": "r"}]},
    ], "tools": [{"type": "custom", "name": "f", "input_schema": {"type": "object"}, "eager_input_streaming": true}]});
    let full = json!({"model": SONNET, "max_tokens": 9, "system": [{"type": "text", "text": "s"}], "messages": [
        {"role": "user", "content": [{"type": "text", "text": "a"}]},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "f", "input": {}}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "r"}]}]},
    ], "tools": [{"name": "f", "input_schema": {"type": "object"}}]});
    assert_eq!(again(&short), full);
}

#[test]
fn a_request_is_read() {
    let body = json!({
        "model": "m", "max_tokens": 5, "stream": true, "service_tier": "auto",
        "system": "s", "temperature": 0.5, "stop_sequences": ["x"],
        "thinking": {"type": "enabled", "budget_tokens": 2048, "display": "omitted"},
        "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}},
        "tools": [{"name": "f", "input_schema": {}}, {"type": "bash_20250124", "name": "bash"}],
        "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
        "messages": [
            {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "t"},
                {"type": "text", "text": "u"},
                {"type": "image", "source": {"type": "url", "url": "https://x"}},
            ]},
            {"role": "assistant", "content": ""},
        ],
    });
    let request = read_request(&body.to_string()).expect("a request");
    let turns: Vec<(&str, Role, usize)> = request
        .turns
        .iter()
        .map(|turn| (turn.at.as_str(), turn.role, turn.parts.len()))
        .collect();
    assert_eq!(
        turns,
        [
            ("system", Role::System, 1),
            ("messages[0]", Role::Tool, 1),
            ("messages[0]", Role::User, 2),
            ("messages[1]", Role::Assistant, 1),
        ]
    );
    let PartKind::Media(media) = &request.turns[2].parts[1].kind else {
        panic!("no image");
    };
    assert_eq!(media.kind, MediaKind::Image);
    assert_eq!(media.source, Source::Url("https://x".to_owned()));
    let reasoning = request.reasoning.expect("thinking");
    assert_eq!(
        (reasoning.budget, reasoning.shown),
        (Some(2048), Some(false))
    );
    assert!(matches!(
        request.format,
        Format::JsonSchema {
            strict: Some(true),
            ..
        }
    ));
    assert!(matches!(request.tools[1].kind, ToolKind::Hosted(_)));
    assert_eq!(request.tool_choice, Some(ToolChoice::Required));
    assert_eq!(request.parallel_tool_calls, Some(false));
    assert_eq!(request.max_output_tokens, Some(5));
    assert!(request.stream && request.rest.is_empty());
}

#[test]
fn thinking_is_read() {
    let rows = [
        (
            json!({"thinking": {"type": "disabled"}}),
            Some(Effort::None),
            None,
            false,
        ),
        (
            json!({"thinking": {"type": "between_tools"}}),
            Some(Effort::None),
            None,
            false,
        ),
        (
            json!({"thinking": {"type": "disabled"}, "output_config": {"effort": "low"}}),
            Some(Effort::Low),
            Some(0),
            false,
        ),
        (
            json!({"thinking": {"type": "adaptive"}, "output_config": {"effort": "max"}}),
            Some(Effort::Max),
            None,
            true,
        ),
        (
            json!({"output_config": {"effort": "xhigh"}}),
            Some(Effort::XHigh),
            None,
            false,
        ),
    ];
    for (mut body, effort, budget, adaptive) in rows {
        body["model"] = json!("m");
        body["messages"] = json!([]);
        let request = read_request(&body.to_string()).expect("a request");
        let read = request.reasoning.expect("thinking");
        assert_eq!(
            (read.effort, read.budget, read.adaptive),
            (effort, budget, adaptive),
            "{body}"
        );
    }
}

#[test]
fn what_has_no_neutral_form_is_kept_aside() {
    let rows = [
        (json!({"container": "c"}), "container", false),
        (json!({"diagnostics": {}}), "diagnostics", true),
        (json!({"speed": "fast"}), "speed", true),
        (json!({"mcp_servers": []}), "mcp_servers", true),
        (json!({"mcp_servers": [{}]}), "mcp_servers", false),
        (
            json!({"context_management": {"edits": [{"type": "clear_thinking_20251015"}]}}),
            "context_management",
            true,
        ),
        (
            json!({"context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]}}),
            "context_management",
            false,
        ),
        (
            json!({"metadata": {"user_id": "u", "more": 1}}),
            "metadata.more",
            true,
        ),
        (
            json!({"output_config": {"task_budget": {}}}),
            "output_config.task_budget",
            false,
        ),
        (json!({"unheard_of": 1}), "unheard_of", false),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "search_result", "source": "s"}]}]}),
            "messages[0].content[0]",
            false,
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "content"}}]}]}),
            "messages[0].content[0]",
            false,
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "url", "url": "u"}, "citations": {"enabled": true}}]}]}),
            "messages[0].content[0].citations",
            false,
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "url", "url": "u"}, "citations": {"enabled": false}}]}]}),
            "messages[0].content[0].citations",
            true,
        ),
        (
            json!({"tools": [{"name": "f", "input_examples": []}]}),
            "tools[0].input_examples",
            false,
        ),
        (
            json!({"tools": [{"name": "f", "defer_loading": false}]}),
            "tools[0].defer_loading",
            true,
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "tool_reference"}]}]}]}),
            "messages[0].content[0].content[0]",
            false,
        ),
    ];
    for (mut body, path, idle) in rows {
        body["model"] = json!("m");
        if body.get("messages").is_none() {
            body["messages"] = json!([]);
        }
        let request = read_request(&body.to_string()).expect("a request");
        let rest: Vec<(&str, bool)> = request
            .rest
            .iter()
            .map(|r| (r.path.as_str(), r.idle))
            .collect();
        assert_eq!(rest, [(path, idle)], "{body}");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let rows = [
        ("", ""),
        ("[]", ""),
        ("{\"messages\":[]}", "model"),
        ("{\"model\":1,\"messages\":[]}", "model"),
        ("{\"model\":\"m\"}", "messages"),
        ("{\"model\":\"m\",\"messages\":{}}", "messages"),
        ("{\"model\":\"m\",\"messages\":[1]}", "messages[0]"),
        (
            "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]}",
            "messages[0].role",
        ),
        (
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}",
            "messages[0].content",
        ),
        (
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]}",
            "messages[0].content[0]",
        ),
        (
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}",
            "messages[0].content[0].text",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"max_tokens\":\"5\"}",
            "max_tokens",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"max_tokens\":-1}",
            "max_tokens",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"thinking\":{\"type\":\"x\"}}",
            "thinking.type",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"tools\":[{}]}",
            "tools[0].name",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"tool_choice\":{\"type\":\"tool\"}}",
            "tool_choice.name",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"stop_sequences\":[1]}",
            "stop_sequences",
        ),
        (
            "{\"model\":\"m\",\"messages\":[],\"output_config\":{\"effort\":\"x\"}}",
            "output_config.effort",
        ),
    ];
    for (body, path) in rows {
        let cannot = read_request(body).expect_err(body);
        assert_eq!(cannot.place, path.into(), "{body}");
    }
}
