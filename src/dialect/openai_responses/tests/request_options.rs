//! Everything of a client's request but its items, and what is refused.

use serde_json::json;

use crate::dialect::neutral::{Effort, Format, Place, Reasoning, Role, ToolChoice, ToolKind};
use crate::dialect::openai_responses::read_request;

#[test]
fn options_are_read() {
    let body = json!({
        "model": "gpt-5", "instructions": "be kind", "input": "hi",
        "text": {"format": {"type": "json_schema", "name": "n", "description": "d", "schema": {"type": "object"}, "strict": true}, "verbosity": "medium"},
        "reasoning": {"effort": "xhigh", "generate_summary": "concise", "context": "auto"},
        "include": ["message.output_text.logprobs", "reasoning.encrypted_content"],
        "tools": [
            {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}, "strict": false, "defer_loading": false},
            {"type": "custom", "name": "g", "format": {"type": "text"}},
            {"type": "web_search", "filters": {}}
        ],
        "tool_choice": {"type": "allowed_tools", "mode": "required", "tools": [{"type": "function", "name": "f"}, {"type": "web_search"}]},
        "parallel_tool_calls": false, "temperature": 0.70, "top_p": 1, "top_logprobs": 2, "max_output_tokens": 100,
        "stream": true, "stream_options": {"include_obfuscation": true}, "user": "u", "metadata": {"k": "v"},
        "service_tier": "flex", "store": true, "truncation": "disabled", "prompt_cache_key": "p", "background": false,
        "previous_response_id": null, "max_tool_calls": 3, "safety_identifier": "s"
    });
    let request = read_request(&body.to_string()).unwrap();
    assert_eq!(
        (request.turns[0].at.as_str(), request.turns[0].role),
        ("instructions", Role::System)
    );
    assert_eq!(
        request.format,
        Format::JsonSchema {
            name: Some("n".to_owned()),
            description: Some("d".to_owned()),
            schema: json!({"type": "object"}),
            strict: Some(true),
        }
    );
    assert_eq!(
        request.reasoning,
        Some(Reasoning {
            effort: Some(Effort::XHigh),
            summary: Some("concise".to_owned()),
            shown: Some(true),
            ..Reasoning::default()
        })
    );
    assert_eq!(
        request.tools[0].kind,
        ToolKind::Function {
            parameters: Some(json!({"type": "object"})),
            strict: Some(false)
        }
    );
    assert_eq!(
        request.tools[1].kind,
        ToolKind::Custom {
            format: Some(json!({"type": "text"}))
        }
    );
    assert_eq!(request.tools[2].name, "web_search");
    assert_eq!(
        request.tool_choice,
        Some(ToolChoice::Allowed {
            names: vec!["f".to_owned(), "web_search".to_owned()],
            required: true
        })
    );
    let sampling = &request.sampling;
    assert_eq!(sampling.temperature.as_ref().unwrap().to_string(), "0.7");
    assert_eq!(
        (sampling.logprobs, sampling.top_logprobs),
        (Some(true), Some(2))
    );
    assert_eq!(
        (request.max_output_tokens, request.stream),
        (Some(100), true)
    );
    assert_eq!(
        (request.parallel_tool_calls, request.user.as_deref()),
        (Some(false), Some("u"))
    );
    assert_eq!(
        (request.service_tier.as_deref(), request.metadata),
        (Some("flex"), Some(json!({"k": "v"})))
    );
    let rest: Vec<&str> = request.rest.iter().map(|rest| rest.path.as_str()).collect();
    assert_eq!(
        rest,
        [
            "tools[0].defer_loading",
            "text.verbosity",
            "reasoning.context",
            "include",
            "stream_options.include_obfuscation",
            "store",
            "prompt_cache_key",
            "max_tool_calls",
            "safety_identifier"
        ]
    );
    assert!(
        request.rest.iter().all(|rest| rest.idle),
        "{:?}",
        request.rest
    );
}

#[test]
fn choices_of_tools_are_read() {
    let rows = [
        (json!("auto"), Some(ToolChoice::Auto)),
        (json!("none"), Some(ToolChoice::None)),
        (json!("required"), Some(ToolChoice::Required)),
        (
            json!({"type": "function", "name": "f"}),
            Some(ToolChoice::Named("f".to_owned())),
        ),
        (
            json!({"type": "custom", "name": "g"}),
            Some(ToolChoice::Named("g".to_owned())),
        ),
        (
            json!({"type": "web_search"}),
            Some(ToolChoice::Named("web_search".to_owned())),
        ),
        (json!({"type": "mcp", "server_label": "s"}), None),
    ];
    for (choice, expected) in rows {
        let body = json!({"input": "x", "tool_choice": choice}).to_string();
        let request = read_request(&body).unwrap();
        assert_eq!(request.tool_choice, expected, "{choice}");
        assert_eq!(request.rest.is_empty(), expected.is_some());
    }
}

#[test]
fn what_has_no_neutral_form_is_left_for_the_target_to_judge() {
    let rows = [
        (
            json!({"text": {"verbosity": "low"}}),
            "text.verbosity",
            false,
        ),
        (json!({"truncation": "auto"}), "truncation", true),
        (json!({"unheard_of": 1}), "unheard_of", false),
        (json!({"include": ["unheard.of"]}), "include", false),
        (
            json!({"reasoning": {"mode": "deep"}}),
            "reasoning.mode",
            false,
        ),
        (
            json!({"input": [{"type": "web_search_call", "id": "ws_1"}]}),
            "input[0]",
            false,
        ),
        (
            json!({"input": [{"role": "user", "content": [{"type": "computer_screenshot"}]}]}),
            "input[0].content[0]",
            false,
        ),
        (
            json!({"input": [{"role": "assistant", "content": "x", "phase": "commentary"}]}),
            "input[0].phase",
            true,
        ),
        (
            json!({"input": [{"type": "function_call", "call_id": "c", "name": "f", "arguments": "", "namespace": "n"}]}),
            "input[0].namespace",
            false,
        ),
        (
            json!({"tools": [{"type": "function", "name": "f", "defer_loading": true}]}),
            "tools[0].defer_loading",
            false,
        ),
        (
            json!({"text": {"format": {"type": "text", "x": 1}}}),
            "text.format.x",
            false,
        ),
    ];
    for (body, path, idle) in rows {
        let request = read_request(&body.to_string()).unwrap();
        let rest: Vec<(&str, bool)> = request
            .rest
            .iter()
            .map(|rest| (rest.path.as_str(), rest.idle))
            .collect();
        assert_eq!(rest, [(path, idle)], "{body}");
    }
}

#[test]
fn what_cannot_be_is_refused_by_its_path() {
    let rows = [
        ("{", ""),
        ("[]", ""),
        (
            r#"{"previous_response_id":"resp_1"}"#,
            "previous_response_id",
        ),
        (r#"{"conversation":{"id":"c"}}"#, "conversation"),
        (r#"{"prompt":{"id":"p"}}"#, "prompt"),
        (r#"{"background":true}"#, "background"),
        (r#"{"input":1}"#, "input"),
        (r#"{"input":[1]}"#, "input[0]"),
        (
            r#"{"input":[{"type":"item_reference","id":"rs_1"}]}"#,
            "input[0]",
        ),
        (r#"{"input":[{"id":"rs_1"}]}"#, "input[0]"),
        (
            r#"{"input":[{"role":"tool","content":""}]}"#,
            "input[0].role",
        ),
        (
            r#"{"input":[{"role":"user","content":{}}]}"#,
            "input[0].content",
        ),
        (
            r#"{"input":[{"role":"user","content":[{"type":"input_image"}]}]}"#,
            "input[0].content[0].image_url",
        ),
        (
            r#"{"input":[{"role":"user","content":[{"type":"input_text","text":1}]}]}"#,
            "input[0].content[0].text",
        ),
        (
            r#"{"input":[{"type":"function_call","arguments":{}}]}"#,
            "input[0].arguments",
        ),
        (
            r#"{"input":[{"type":"function_call_output","output":1}]}"#,
            "input[0].output",
        ),
        (r#"{"tools":[{"name":"f"}]}"#, "tools[0].type"),
        (r#"{"tool_choice":"some"}"#, "tool_choice"),
        (r#"{"text":{"format":{"type":"xml"}}}"#, "text.format.type"),
        (r#"{"reasoning":{"effort":"huge"}}"#, "reasoning.effort"),
        (r#"{"max_output_tokens":1.5}"#, "max_output_tokens"),
        (r#"{"temperature":"hot"}"#, "temperature"),
    ];
    for (body, path) in rows {
        let cannot = read_request(body).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{body}");
        assert!(
            !cannot.reason.ends_with('.') && !cannot.reason.contains("  "),
            "{}",
            cannot.reason
        );
    }
}
