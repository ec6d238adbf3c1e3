//! Tools and the choice of them.

use super::*;

const MISTRAL: &str = "mistral.mistral-large-2407-v1:0";

fn with_tools(choice: Option<ToolChoice>) -> Request {
    Request {
        tools: vec![tool("look"), tool("find")],
        tool_choice: choice,
        ..hi()
    }
}

#[test]
fn a_tool() {
    let mut request = with_tools(None);
    request.tools = vec![
        Tool {
            kind: ToolKind::Function {
                parameters: Some(json!({"properties": {"b": {}, "a": {}}})),
                strict: Some(true),
            },
            ..tool("look")
        },
        Tool {
            description: Some(String::new()),
            kind: ToolKind::Function {
                parameters: None,
                strict: Some(false),
            },
            ..tool("find")
        },
    ];
    let (body, dropped) = written(&request, CLAUDE);
    let text = body["toolConfig"].to_string();
    assert_eq!(
        text,
        concat!(
            r#"{"tools":[{"toolSpec":{"name":"look","description":"Looks.","inputSchema":"#,
            r#"{"json":{"type":"object","properties":{"b":{},"a":{}}}},"strict":true}},"#,
            r#"{"toolSpec":{"name":"find","inputSchema":{"json":{"type":"object","properties":{}}}}}]}"#,
        )
    );
    assert_eq!(dropped, []);
    let (nova, dropped) = written(&request, NOVA);
    assert!(!nova.to_string().contains("strict"));
    assert_eq!(dropped, [Place::Field(Field::Tools)]);
}

#[test]
fn choices() {
    let allowed = |required| ToolChoice::Allowed {
        names: vec!["find".to_owned()],
        required,
    };
    let named = || ToolChoice::Named("find".to_owned());
    let rows = [
        (CLAUDE, None, 2, Value::Null),
        (CLAUDE, Some(ToolChoice::Auto), 2, json!({"auto": {}})),
        (
            "meta.llama3-3-70b-instruct-v1:0",
            Some(ToolChoice::Auto),
            2,
            Value::Null,
        ),
        (MISTRAL, Some(ToolChoice::Required), 2, json!({"any": {}})),
        (CLAUDE, Some(named()), 2, json!({"tool": {"name": "find"}})),
        (MISTRAL, Some(named()), 1, json!({"any": {}})),
        (CLAUDE, Some(allowed(true)), 1, json!({"any": {}})),
        (CLAUDE, Some(allowed(false)), 1, json!({"auto": {}})),
    ];
    for (model, choice, count, expected) in rows {
        let config = &body(&with_tools(choice.clone()), model)["toolConfig"];
        assert_eq!(config["tools"].as_array().unwrap().len(), count);
        let said = config.get("toolChoice").cloned().unwrap_or_default();
        assert_eq!(said, expected, "{model} {choice:?}");
    }
}

#[test]
fn no_tool_at_all() {
    let mut request = with_tools(Some(ToolChoice::None));
    let claude = body(&request, CLAUDE);
    assert_eq!(
        claude["additionalModelRequestFields"],
        json!({"tool_choice": {"type": "none"}})
    );
    assert!(claude["toolConfig"].get("toolChoice").is_none());
    assert!(body(&request, MISTRAL).get("toolConfig").is_none());
    request
        .turns
        .push(turn(Role::Assistant, vec![call("c", "look", "{}")]));
    request.turns.push(turn(Role::Tool, vec![gave("c", "1")]));
    assert!(body(&request, CLAUDE).get("toolConfig").is_some());
    assert_eq!(
        refused(&request, MISTRAL).place,
        Place::Field(Field::ToolChoice)
    );
    // Calls of old want tools, offered or not.
    request.tools.clear();
    request.tool_choice = None;
    for model in [CLAUDE, MISTRAL] {
        let body = body(&request, model);
        let tools = body["toolConfig"]["tools"].as_array().unwrap();
        assert_eq!(tools.len(), 1);
        assert_eq!(tools[0]["toolSpec"]["name"], "look");
    }
}

#[test]
fn one_call_at_a_time() {
    let one = |choice| Request {
        parallel_tool_calls: Some(false),
        ..with_tools(choice)
    };
    let more = |request: &Request| body(request, CLAUDE)["additionalModelRequestFields"].clone();
    assert_eq!(
        more(&one(None)),
        json!({"tool_choice": {"type": "auto", "disable_parallel_tool_use": true}})
    );
    let request = one(Some(ToolChoice::Required));
    assert_eq!(
        more(&request),
        json!({"tool_choice": {"disable_parallel_tool_use": true}})
    );
    assert_eq!(
        body(&request, CLAUDE)["toolConfig"]["toolChoice"],
        json!({"any": {}})
    );
    let place = refused(&request, NOVA).place;
    assert_eq!(place, Place::Field(Field::ParallelToolCalls));
    let request = Request {
        parallel_tool_calls: Some(false),
        ..hi()
    };
    assert_eq!(
        body(&request, NOVA),
        body(&hi(), NOVA),
        "no tools, no calls"
    );
}

#[test]
fn tools_that_bedrock_does_not_have() {
    let kinds = [
        ("look", ToolKind::Custom { format: None }),
        ("web_search", ToolKind::Hosted(json!({}))),
        (
            "a.b",
            ToolKind::Function {
                parameters: None,
                strict: None,
            },
        ),
    ];
    for (name, kind) in kinds {
        let mut request = with_tools(None);
        request.tools.push(Tool { kind, ..tool(name) });
        let cannot = refused(&request, CLAUDE);
        assert_eq!(cannot.place, Place::Field(Field::Tools));
        assert!(cannot.reason.contains(name), "{}", cannot.reason);
    }
    for choice in [ToolChoice::Required, ToolChoice::Named("x".to_owned())] {
        let request = Request {
            tool_choice: Some(choice),
            ..hi()
        };
        assert_eq!(
            refused(&request, CLAUDE).place,
            Place::Field(Field::ToolChoice)
        );
    }
}
