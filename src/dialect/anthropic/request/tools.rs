//! Tools and the choice among them.

use serde_json::{Map, Value, json};

use super::cache::mark;
use super::schema::fit;
use crate::dialect::anthropic::model::Model;
use crate::dialect::neutral::{Cannot, Field, Place, Request, Tool, ToolChoice, ToolKind};

/// Some tool must be called.
pub fn forced(request: &Request) -> bool {
    matches!(
        request.tool_choice,
        Some(
            ToolChoice::Required
                | ToolChoice::Named(_)
                | ToolChoice::Allowed { required: true, .. }
        )
    )
}

/// The tools; of a list of allowed ones only those.
pub fn write_tools(
    request: &Request,
    model: &Model,
    dropped: &mut Vec<Place>,
) -> Result<Vec<Value>, Cannot> {
    let allowed = |tool: &&Tool| match &request.tool_choice {
        Some(ToolChoice::Allowed { names, .. }) => names.contains(&tool.name),
        _ => true,
    };
    let tools = request.tools.iter().filter(allowed);
    let written = tools.map(|tool| write_tool(tool, model, dropped));
    let written: Vec<Value> = written.collect::<Result<_, _>>()?;
    if written.is_empty() && forced(request) {
        let reason = "a tool is required, but there is none to call";
        return Err(Cannot::new(Field::ToolChoice, reason));
    }
    Ok(written)
}

fn write_tool(tool: &Tool, model: &Model, dropped: &mut Vec<Place>) -> Result<Value, Cannot> {
    let (parameters, strict) = match &tool.kind {
        ToolKind::Function { parameters, strict } => (parameters, *strict == Some(true)),
        ToolKind::Custom { .. } => {
            let reason = format!(
                "the tool '{}' takes free text, and Anthropic's tools take JSON only",
                tool.name
            );
            return Err(Cannot::new(Field::Tools, reason));
        }
        ToolKind::Hosted(raw) if is_hosted(raw) => return Ok(raw.clone()),
        ToolKind::Hosted(_) => {
            let reason = format!("Anthropic does not have the tool '{}'", tool.name);
            return Err(Cannot::new(Field::Tools, reason));
        }
    };
    let mut written = Map::new();
    written.insert("name".to_owned(), json!(tool.name));
    if let Some(description) = &tool.description {
        written.insert("description".to_owned(), json!(description));
    }
    let strictly = strict && model.formats;
    let schema = object_schema(parameters.as_ref());
    let schema = if strictly { fit(&schema) } else { schema };
    written.insert("input_schema".to_owned(), schema);
    if strictly {
        written.insert("strict".to_owned(), json!(true));
    } else if strict {
        dropped.push(Place::At(format!("tools.{}.strict", tool.name)));
    }
    let mut written = Value::Object(written);
    if let Some(cache) = &tool.cache {
        mark(&mut written, cache);
    }
    Ok(written)
}

/// A schema whose root says that it is an object, as the API wants it.
fn object_schema(parameters: Option<&Value>) -> Value {
    let Some(Value::Object(schema)) = parameters else {
        return json!({"type": "object", "properties": {}});
    };
    let mut schema = schema.clone();
    if !schema.contains_key("type") {
        schema.insert("type".to_owned(), json!("object"));
    }
    Value::Object(schema)
}

/// Types of Anthropic's own tools end in a date of eight digits: `web_search_20250305`.
fn is_hosted(raw: &Value) -> bool {
    let kind = raw.get("type").and_then(Value::as_str).unwrap_or_default();
    let date = kind.rsplit('_').next().unwrap_or_default();
    let dated = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
    dated || kind == "mcp_toolset"
}

/// `tool_choice`, where it says more than the default.
pub fn write_choice(request: &Request) -> Option<Value> {
    let single = request.parallel_tool_calls == Some(false);
    let mut choice = match &request.tool_choice {
        Some(ToolChoice::None) => return Some(json!({"type": "none"})),
        None if !single => return None,
        None
        | Some(
            ToolChoice::Auto
            | ToolChoice::Allowed {
                required: false, ..
            },
        ) => json!({"type": "auto"}),
        Some(ToolChoice::Required | ToolChoice::Allowed { required: true, .. }) => {
            json!({"type": "any"})
        }
        Some(ToolChoice::Named(name)) => json!({"type": "tool", "name": name}),
    };
    if let (true, Some(choice)) = (single, choice.as_object_mut()) {
        choice.insert("disable_parallel_tool_use".to_owned(), json!(true));
    }
    Some(choice)
}
