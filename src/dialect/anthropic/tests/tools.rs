//! Tools, the choice among them, and the form of the answer, as a provider gets them.

use serde_json::json;

use super::provider_requests::tool;
use super::{OPUS, SONNET, field, hello, text, write};
use crate::dialect::neutral::{Format, Role, ToolChoice};

#[test]
fn tools_are_written() {
    let schema = json!({"properties": {"n": {"type": "integer", "minimum": 1}}});
    let rows = [
        (
            tool("f", None, None),
            SONNET,
            json!({"name": "f", "input_schema": {"type": "object", "properties": {}}}),
        ),
        (
            tool("f", Some(schema.clone()), Some(false)),
            SONNET,
            json!({"name": "f", "input_schema": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}}}),
        ),
        (
            tool("f", Some(schema.clone()), Some(true)),
            SONNET,
            json!({"name": "f", "strict": true, "input_schema": {"type": "object", "additionalProperties": false, "properties": {"n": {"type": "integer", "description": "{minimum: 1}"}}}}),
        ),
        (
            tool("f", Some(schema), Some(true)),
            "claude-sonnet-4",
            json!({"name": "f", "input_schema": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}}}),
        ),
    ];
    for (tool, model, written) in rows {
        let mut request = hello();
        request.tools = vec![tool];
        assert_eq!(field(&request, model, "tools"), json!([written]), "{model}");
    }
}

#[test]
fn the_choice_of_tools_is_written() {
    let names = |required| ToolChoice::Allowed {
        names: vec!["g".to_owned()],
        required,
    };
    let rows = [
        (None, None, json!(null), 2),
        (None, Some(true), json!(null), 2),
        (
            None,
            Some(false),
            json!({"type": "auto", "disable_parallel_tool_use": true}),
            2,
        ),
        (Some(ToolChoice::Auto), None, json!({"type": "auto"}), 2),
        (
            Some(ToolChoice::None),
            Some(false),
            json!({"type": "none"}),
            2,
        ),
        (
            Some(ToolChoice::Required),
            Some(false),
            json!({"type": "any", "disable_parallel_tool_use": true}),
            2,
        ),
        (
            Some(ToolChoice::Named("g".to_owned())),
            None,
            json!({"type": "tool", "name": "g"}),
            2,
        ),
        (Some(names(true)), None, json!({"type": "any"}), 1),
        (Some(names(false)), None, json!({"type": "auto"}), 1),
    ];
    for (choice, parallel, written, count) in rows {
        let mut request = hello();
        request.tools = vec![tool("f", None, None), tool("g", None, None)];
        request.tool_choice = choice.clone();
        request.parallel_tool_calls = parallel;
        let (body, _) = write(&request, SONNET).expect("can be carried");
        let found = body.get("tool_choice").cloned().unwrap_or(json!(null));
        assert_eq!(found, written, "{choice:?}");
        assert_eq!(
            body["tools"].as_array().map(Vec::len),
            Some(count),
            "{choice:?}"
        );
    }
}

#[test]
fn the_form_of_the_answer_is_written() {
    let schema = json!({"type": "object", "properties": {
        "a": {"oneOf": [{"type": "string", "maxLength": 3, "description": "d"}, {"type": ["object", "null"]}]},
        "b": {"type": "array", "items": {"type": "string", "format": "iri"}, "minItems": 2},
    }, "$defs": {"x": {"type": "number", "multipleOf": 2}}, "required": ["a", "b"]});
    let fitted = json!({"type": "object", "properties": {
        "a": {"anyOf": [{"type": "string", "description": "d\n\n{maxLength: 3}"}, {"type": ["object", "null"], "additionalProperties": false}]},
        "b": {"type": "array", "items": {"type": "string", "description": "{format: \"iri\"}"}, "description": "{minItems: 2}"},
    }, "$defs": {"x": {"type": "number", "description": "{multipleOf: 2}"}}, "required": ["a", "b"], "additionalProperties": false});
    let mut request = hello();
    request.format = Format::JsonSchema {
        name: Some("n".to_owned()),
        description: None,
        schema,
        strict: None,
    };
    let format = json!({"format": {"type": "json_schema", "schema": fitted}});
    assert_eq!(field(&request, SONNET, "output_config"), format);
    let told = field(&request, "claude-sonnet-4", "system").to_string();
    assert!(
        told.contains("maxLength") && told.contains("one JSON object"),
        "{told}"
    );

    request.format = Format::JsonObject;
    request.turns.insert(0, text(Role::System, "s"));
    let system = field(&request, OPUS, "system");
    assert_eq!(system[0]["text"], "s");
    assert!(
        system[1]["text"]
            .as_str()
            .is_some_and(|text| text.contains("JSON"))
    );
}
