//! Tools of a client's request.

use serde_json::{Value, json};

use super::read_config::is_false;
use super::read_part::cache_mark;
use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Request, Rest, Tool, ToolChoice, ToolKind};

/// A tool; every one with a type of its own is run or defined by Anthropic.
pub fn read_tool(tool: Value, path: String, rest: &mut Vec<Rest>) -> Result<Tool, Cannot> {
    match tool.get("type") {
        None | Some(Value::Null) => {}
        Some(Value::String(kind)) if kind == "custom" => {}
        Some(Value::String(kind)) => {
            return Ok(Tool {
                name: kind.clone(),
                description: None,
                kind: ToolKind::Hosted(tool),
                cache: None,
            });
        }
        Some(_) => return Err(Cannot::new(format!("{path}.type"), "expected a string")),
    }
    let mut fields = Fields::of(tool, path)?;
    fields.take("type");
    let Some(name) = fields.string("name")? else {
        return Err(Cannot::new(fields.path("name"), "the field is required"));
    };
    let cache = cache_mark(&mut fields, rest)?;
    let description = fields.string("description")?;
    let kind = ToolKind::Function {
        parameters: fields.take("input_schema"),
        strict: fields.bool("strict")?,
    };
    // How the arguments are cut into fragments.
    let mut left = fields.rest(&["eager_input_streaming"]);
    for rest in &mut left {
        rest.idle |= rest.path.ends_with("defer_loading") && is_false(&rest.value);
        rest.idle |= rest.path.ends_with("allowed_callers") && rest.value == json!(["direct"]);
    }
    rest.append(&mut left);
    Ok(Tool {
        name,
        description,
        kind,
        cache,
    })
}

/// `tool_choice`.
pub fn read_choice(
    body: &mut Fields,
    request: &mut Request,
    rest: &mut Vec<Rest>,
) -> Result<(), Cannot> {
    let Some(mut choice) = body.object("tool_choice")? else {
        return Ok(());
    };
    request.tool_choice = Some(match choice.string("type")?.as_deref() {
        Some("auto") => ToolChoice::Auto,
        Some("none") => ToolChoice::None,
        Some("any") => ToolChoice::Required,
        Some("tool") => match choice.string("name")? {
            Some(name) => ToolChoice::Named(name),
            None => return Err(Cannot::new(choice.path("name"), "the field is required")),
        },
        _ => {
            let reason = "expected 'auto', 'any', 'tool' or 'none'";
            return Err(Cannot::new(choice.path("type"), reason));
        }
    });
    let disabled = choice.bool("disable_parallel_tool_use")?;
    request.parallel_tool_calls = disabled.map(|disabled| !disabled);
    rest.extend(choice.rest(&[]));
    Ok(())
}
