//! The tools of a request, and which of them must be called.

use serde_json::Value;

use super::request_parts::{cache_mark, required, required_object};
use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Rest, Tool, ToolChoice, ToolKind};

/// Reads `tools`.
pub(super) fn tools(body: &mut Fields, rest: &mut Vec<Rest>) -> Result<Vec<Tool>, Cannot> {
    let tools = body.array("tools")?.into_iter().enumerate();
    tools
        .map(|(nth, value)| tool(value, format!("tools[{nth}]"), rest))
        .collect()
}

fn tool(value: Value, path: String, rest: &mut Vec<Rest>) -> Result<Tool, Cannot> {
    let whole = value.clone();
    let mut tool = Fields::of(value, path)?;
    let kind = tool.string("type")?;
    let kind = kind.unwrap_or_else(|| "function".to_owned());
    let cache = cache_mark(&mut tool)?;
    if !matches!(kind.as_str(), "function" | "custom") {
        return Ok(Tool {
            name: kind,
            description: None,
            kind: ToolKind::Hosted(whole),
            cache,
        });
    }
    let mut own = required_object(&mut tool, &kind)?;
    let inner = cache_mark(&mut own)?;
    let read = Tool {
        name: required(&mut own, "name")?,
        description: own.string("description")?,
        cache: cache.or(inner),
        kind: match kind.as_str() {
            "custom" => ToolKind::Custom {
                format: own.take("format"),
            },
            _ => ToolKind::Function {
                parameters: own.take("parameters"),
                strict: own.bool("strict")?,
            },
        },
    };
    rest.extend(own.rest(&[]));
    rest.extend(tool.rest(&[]));
    Ok(read)
}

/// Reads `tool_choice`.
pub(super) fn choice(body: &mut Fields) -> Result<Option<ToolChoice>, Cannot> {
    if let Some(Value::String(word)) = body.peek("tool_choice") {
        let choice = match word.as_str() {
            "auto" => ToolChoice::Auto,
            "none" => ToolChoice::None,
            // Mistral says `any`.
            "required" | "any" => ToolChoice::Required,
            _ => {
                let what = "expected auto, none, required or an object";
                return Err(Cannot::new("tool_choice", what));
            }
        };
        body.take("tool_choice");
        return Ok(Some(choice));
    }
    let Some(mut choice) = body.object("tool_choice")? else {
        return Ok(None);
    };
    if choice
        .peek("type")
        .is_some_and(|kind| kind == "allowed_tools")
    {
        return allowed(choice).map(Some);
    }
    Ok(Some(ToolChoice::Named(named(&mut choice)?)))
}

fn allowed(mut choice: Fields) -> Result<ToolChoice, Cannot> {
    let mut allowed = required_object(&mut choice, "allowed_tools")?;
    let required = allowed.string("mode")?.as_deref() == Some("required");
    let path = allowed.path("tools");
    let tools = allowed.array("tools")?.into_iter().enumerate();
    let names = tools
        .map(|(nth, tool)| named(&mut Fields::of(tool, format!("{path}[{nth}]"))?))
        .collect::<Result<_, _>>()?;
    Ok(ToolChoice::Allowed { names, required })
}

/// `{type, function: {name}}`, or the same with `custom`.
fn named(tool: &mut Fields) -> Result<String, Cannot> {
    let kind = tool.string("type")?;
    let kind = match kind.as_deref() {
        Some("custom") => "custom",
        _ => "function",
    };
    required(&mut required_object(tool, kind)?, "name")
}
