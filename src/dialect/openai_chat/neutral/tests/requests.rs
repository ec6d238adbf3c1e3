//! Requests, read.

use super::*;
use crate::dialect::neutral::{Effort, Format, Reasoning, Role, ToolChoice};

fn read(body: Value) -> Request {
    read_request(&body.to_string()).unwrap()
}

fn with(mut fields: Value) -> Value {
    fields["messages"] = json!([{"role": "user", "content": "hi"}]);
    fields
}

#[test]
fn roles_and_places_of_turns() {
    let request = read(json!({"model": "m", "messages": [
        {"role": "system", "content": "s"},
        {"role": "developer", "content": [{"type": "text", "text": "d"}]},
        {"role": "user", "name": "Ann", "content": ""},
        {"role": "assistant", "content": null, "refusal": null, "tool_calls": [
            {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}},
            {"id": "b", "type": "custom", "custom": {"name": "g", "input": "x"}}]},
        {"role": "tool", "tool_call_id": "a", "content": "1"},
        {"role": "tool", "tool_call_id": "b", "content": [{"type": "text", "text": "2"}]},
    ]}));
    let turns: Vec<_> = request
        .turns
        .iter()
        .map(|turn| {
            (
                turn.at.as_str(),
                turn.role,
                turn.name.as_deref(),
                turn.parts.len(),
            )
        })
        .collect();
    let expected = [
        ("messages[0]", Role::System, None, 1),
        ("messages[1]", Role::Developer, None, 1),
        ("messages[2]", Role::User, Some("Ann"), 1),
        ("messages[3]", Role::Assistant, None, 2),
        ("messages[4]", Role::Tool, None, 2),
    ];
    assert_eq!(turns, expected);
    assert!(request.rest.is_empty());
}

#[test]
fn every_field_lands_somewhere() {
    let body = with(json!({
        "model": "m", "temperature": 0.10, "seed": 12345678901234567890u64, "n": 2, "stop": "x",
        "max_tokens": 5, "max_completion_tokens": 6, "stream": true, "user": "u", "logit_bias": {},
        "stream_options": {"include_usage": true}, "store": true, "verbosity": "medium",
        "audio": {"voice": "a"}, "response_format": {"type": "json_object"}, "unheard_of": 1,
        "nothing": null,
    }));
    let request = read_request(&body.to_string().replace("0.1,", "0.10,")).unwrap();
    assert_eq!(request.sampling.temperature.unwrap().to_string(), "0.10");
    assert_eq!(
        request.sampling.seed.unwrap().to_string(),
        "12345678901234567890"
    );
    assert_eq!(request.max_output_tokens, Some(6));
    assert_eq!(
        (request.stop, request.candidates, request.stream),
        (vec!["x".to_owned()], Some(2), true)
    );
    assert_eq!(
        (request.format, request.sampling.logit_bias),
        (Format::JsonObject, None)
    );
    let rest: Vec<_> = request
        .rest
        .iter()
        .map(|rest| (rest.path.as_str(), rest.idle))
        .collect();
    let expected = [
        ("store", true),
        ("verbosity", true),
        ("audio", false),
        ("unheard_of", false),
    ];
    assert_eq!(rest, expected);
}

#[test]
fn what_is_nested_and_not_known_is_kept_as_rest() {
    let body = json!({"messages": [
        {"role": "user", "content": [
            {"type": "text", "text": "t", "new": 1},
            {"type": "image_url", "image_url": {"url": "http://i", "format": "x"}}]},
        {"role": "assistant", "content": "a", "audio": {"id": "x"}, "annotations": [], "prefix": false, "tool_calls": [
            {"id": "c", "index": 0, "type": "function", "new": 2, "function": {"name": "f", "arguments": "", "new": 3}}]},
        {"role": "tool", "tool_call_id": "c", "content": "", "new": 4}],
      "tools": [{"type": "function", "new": 5, "function": {"name": "f", "new": 6}}],
      "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {}, "new": 7}},
      "reasoning": {"effort": "low", "new": 8}, "thinking": {"type": "disabled", "new": 9}});
    let request = read(body);
    let serious = request.rest.iter().filter(|rest| !rest.idle);
    let paths: Vec<_> = serious.map(|rest| rest.path.as_str()).collect();
    let expected = [
        "messages[0].content[0].new",
        "messages[0].content[1].image_url.format",
        "messages[1].tool_calls[0].function.new",
        "messages[1].tool_calls[0].new",
        "messages[1].audio",
        "messages[2].new",
        "tools[0].function.new",
        "tools[0].new",
        "response_format.json_schema.new",
        "reasoning.new",
        "thinking.new",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn reasoning_in_its_dialects() {
    let none = Reasoning::default;
    let effort = |effort| Reasoning {
        effort: Some(effort),
        ..none()
    };
    let rows = [
        (json!({}), None),
        (
            json!({"reasoning_effort": "xhigh"}),
            Some(effort(Effort::XHigh)),
        ),
        (
            json!({"reasoning": {"effort": "low"}}),
            Some(effort(Effort::Low)),
        ),
        (
            json!({"reasoning": {"max_tokens": 9, "exclude": true}}),
            Some(Reasoning {
                budget: Some(9),
                shown: Some(false),
                ..none()
            }),
        ),
        (
            json!({"reasoning": {"enabled": true}}),
            Some(Reasoning {
                adaptive: true,
                ..none()
            }),
        ),
        (
            json!({"reasoning": {"enabled": false}}),
            Some(effort(Effort::None)),
        ),
        (
            json!({"thinking": {"type": "enabled", "budget_tokens": 5}}),
            Some(Reasoning {
                budget: Some(5),
                ..none()
            }),
        ),
        (
            json!({"thinking": {"type": "disabled"}}),
            Some(effort(Effort::None)),
        ),
        (
            json!({"thinking": {"type": "adaptive"}}),
            Some(Reasoning {
                adaptive: true,
                ..none()
            }),
        ),
    ];
    for (fields, expected) in rows {
        assert_eq!(read(with(fields.clone())).reasoning, expected, "{fields}");
    }
}

#[test]
fn choices_of_tools() {
    let rows = [
        (json!("auto"), ToolChoice::Auto),
        (json!("none"), ToolChoice::None),
        (json!("required"), ToolChoice::Required),
        (json!("any"), ToolChoice::Required),
        (
            json!({"type": "function", "function": {"name": "f"}}),
            ToolChoice::Named("f".to_owned()),
        ),
        (
            json!({"type": "custom", "custom": {"name": "g"}}),
            ToolChoice::Named("g".to_owned()),
        ),
        (
            json!({"type": "allowed_tools", "allowed_tools": {"mode": "required", "tools": [
            {"type": "function", "function": {"name": "f"}}, {"type": "custom", "custom": {"name": "g"}}]}}),
            ToolChoice::Allowed {
                names: vec!["f".to_owned(), "g".to_owned()],
                required: true,
            },
        ),
    ];
    for (choice, expected) in rows {
        let request = read(with(json!({"tool_choice": choice})));
        assert_eq!(request.tool_choice, Some(expected));
    }
}

#[test]
fn thoughts_that_a_client_sends_back() {
    let rows = [
        (
            json!({"reasoning_content": "t"}),
            json!([["t", null, null]]),
        ),
        (json!({"reasoning": "t"}), json!([["t", null, null]])),
        (
            json!({"reasoning_content": "t", "reasoning_details": [
            {"type": "reasoning.text", "text": "t", "signature": "s"}]}),
            json!([["t", "s", null]]),
        ),
        (
            json!({"reasoning_content": "t", "reasoning_details": [
            {"type": "reasoning.encrypted", "data": "d", "id": "i"}]}),
            json!([["t", null, null], ["", null, "d"]]),
        ),
        (
            json!({"reasoning_details": [{"type": "reasoning.summary", "summary": "t"}]}),
            json!([["t", null, null]]),
        ),
        (
            json!({"thinking_blocks": [{"type": "thinking", "thinking": "t", "signature": "s"},
            {"type": "redacted_thinking", "data": "d"}]}),
            json!([["t", "s", null], ["", null, "d"]]),
        ),
        (
            json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "t"}]}]}),
            json!([["t", null, null]]),
        ),
        (
            json!({"reasoning_content": null, "reasoning": ""}),
            json!([]),
        ),
    ];
    for (mut fields, expected) in rows {
        fields["role"] = json!("assistant");
        let request = read(json!({"messages": [fields]}));
        let thoughts: Vec<_> = request.turns[0]
            .parts
            .iter()
            .filter_map(|part| match &part.kind {
                PartKind::Thought(own) => Some(json!([own.text, own.signature, own.sealed])),
                _ => None,
            })
            .collect();
        assert_eq!(Value::from(thoughts), expected);
    }
}

#[test]
fn faults_name_their_place() {
    let rows = [
        (json!({}), "messages"),
        (json!({"messages": "x"}), "messages"),
        (
            json!({"messages": [{"role": "robot", "content": ""}]}),
            "messages[0].role",
        ),
        (
            json!({"messages": [{"role": "function", "name": "f", "content": ""}]}),
            "messages[0].role",
        ),
        (
            json!({"messages": [{"role": "user", "content": 5}]}),
            "messages[0].content",
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "poem"}]}]}),
            "messages[0].content[0].type",
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "text"}]}]}),
            "messages[0].content[0].text",
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}),
            "messages[0].content[0].image_url.url",
        ),
        (
            json!({"messages": [{"role": "user", "content": [{"type": "file", "file": {}}]}]}),
            "messages[0].content[0].file.file_data",
        ),
        (
            json!({"messages": [{"role": "tool", "content": "x"}]}),
            "messages[0].tool_call_id",
        ),
        (
            json!({"messages": [{"role": "assistant", "tool_calls": [{"type": "function",
            "function": {"name": "f"}}]}]}),
            "messages[0].tool_calls[0].id",
        ),
        (
            with(json!({"tools": [{"type": "function"}]})),
            "tools[0].function",
        ),
        (
            with(json!({"tools": [{"type": "function", "function": {}}]})),
            "tools[0].function.name",
        ),
        (with(json!({"tool_choice": "maybe"})), "tool_choice"),
        (
            with(
                json!({"tool_choice": {"type": "allowed_tools", "allowed_tools": {"tools": [{"type": "mcp"}]}}}),
            ),
            "tool_choice.allowed_tools.tools[0].function",
        ),
        (with(json!({"max_tokens": "10"})), "max_tokens"),
        (with(json!({"n": -1})), "n"),
        (with(json!({"stop": [1]})), "stop"),
        (
            with(json!({"reasoning_effort": "huge"})),
            "reasoning_effort",
        ),
        (
            with(json!({"response_format": {"type": "grammar"}})),
            "response_format.type",
        ),
    ];
    for (body, path) in rows {
        let fault = read_request(&body.to_string()).unwrap_err();
        assert_eq!(fault.place, Place::At(path.to_owned()), "{body}");
    }
    for text in ["", "{", "[]", "null", "{\"messages\":[]} x"] {
        assert!(read_request(text).is_err(), "{text}");
    }
}
