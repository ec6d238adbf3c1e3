//! Tools and the choice of them.

use super::*;

fn tool(name: &str, strict: Option<bool>) -> Tool {
    Tool {
        name: name.to_owned(),
        description: Some("Looks.".to_owned()),
        kind: ToolKind::Function {
            parameters: Some(json!({"type": "object", "properties": {"q": {}}, "required": ["q"]})),
            strict,
        },
        cache: None,
    }
}

fn with_tools(choice: Option<ToolChoice>) -> Request {
    Request {
        tools: vec![tool("look", None), tool("find", None)],
        tool_choice: choice,
        ..hi()
    }
}

#[test]
fn choices() {
    let allowed = |required| ToolChoice::Allowed {
        names: vec!["find".to_owned()],
        required,
    };
    let rows = [
        (None, 2, Value::Null),
        (Some(ToolChoice::Auto), 2, Value::Null),
        (Some(ToolChoice::Required), 2, json!("REQUIRED")),
        (Some(ToolChoice::None), 2, json!("NONE")),
        (
            Some(ToolChoice::Named("find".to_owned())),
            1,
            json!("REQUIRED"),
        ),
        (Some(allowed(true)), 1, json!("REQUIRED")),
        (Some(allowed(false)), 1, Value::Null),
    ];
    for (choice, count, word) in rows {
        let body = body(&with_tools(choice.clone()), COMMAND);
        assert_eq!(body["tools"].as_array().unwrap().len(), count);
        let found = body.get("tool_choice").cloned().unwrap_or_default();
        assert_eq!(found, word, "{choice:?}");
    }
    let found = &body(&with_tools(None), COMMAND)["tools"][0];
    assert_eq!(
        found.to_string(),
        concat!(
            r#"{"type":"function","function":{"name":"look","description":"Looks.","#,
            r#""parameters":{"type":"object","properties":{"q":{}},"required":["q"]}}}"#
        )
    );
}

#[test]
fn strict_is_for_all_or_none() {
    let rows = [
        (vec![Some(true), Some(true)], Some(true), 0),
        (vec![Some(true), None], None, 1),
        (vec![Some(false), None], None, 0),
    ];
    for (tools, expected, left) in rows {
        let request = Request {
            tools: tools.into_iter().map(|it| tool("look", it)).collect(),
            ..hi()
        };
        let (body, dropped) = written(&request, COMMAND);
        let found = body.get("strict_tools").and_then(Value::as_bool);
        assert_eq!((found, dropped.len()), (expected, left));
    }
}

#[test]
fn what_cannot_be() {
    let one = Request {
        parallel_tool_calls: Some(false),
        ..with_tools(None)
    };
    let mut custom = with_tools(None);
    custom.tools[0].kind = ToolKind::Custom { format: None };
    let mut hosted = with_tools(None);
    hosted.tools[0].kind = ToolKind::Hosted(json!({}));
    let formatted = Request {
        format: Format::JsonObject,
        ..with_tools(None)
    };
    let rows = [
        (one, Field::ParallelToolCalls),
        (custom, Field::Tools),
        (hosted, Field::Tools),
        (formatted, Field::Format),
        (
            with_tools(Some(ToolChoice::Named("x".to_owned()))),
            Field::ToolChoice,
        ),
        (
            Request {
                tool_choice: Some(ToolChoice::Required),
                ..hi()
            },
            Field::ToolChoice,
        ),
    ];
    for (request, field) in rows {
        assert_eq!(refused(&request, COMMAND).place, Place::Field(field));
    }
}
