//! `tools`, `tool_choice` and `strict_tools`.

use serde_json::{Map, Value, json};

use super::write::Draft;
use crate::dialect::neutral::{Cannot, Field, Tool, ToolChoice, ToolKind};

/// Writes what the model may call into the body.
pub(super) fn write(draft: &mut Draft<'_>, body: &mut Map<String, Value>) -> Result<(), Cannot> {
    let request = draft.request;
    let (word, only) = match &request.tool_choice {
        None | Some(ToolChoice::Auto) => (None, None),
        Some(ToolChoice::None) => (Some("NONE"), None),
        Some(ToolChoice::Required) => (Some("REQUIRED"), None),
        Some(ToolChoice::Named(name)) => (Some("REQUIRED"), Some(std::slice::from_ref(name))),
        Some(ToolChoice::Allowed { names, required }) => {
            (required.then_some("REQUIRED"), Some(names.as_slice()))
        }
    };
    let offered = request.tools.iter();
    let offered: Vec<&Tool> = offered
        .filter(|tool| only.is_none_or(|names| names.contains(&tool.name)))
        .collect();
    if offered.is_empty() {
        return match word {
            Some("REQUIRED") => {
                let reason = "there is no such tool to call";
                Err(Cannot::new(Field::ToolChoice, reason))
            }
            _ => Ok(()),
        };
    }
    if request.parallel_tool_calls == Some(false) && word != Some("NONE") {
        let reason = "Cohere cannot be kept from several calls at once";
        return Err(Cannot::new(Field::ParallelToolCalls, reason));
    }
    let tools: Result<Vec<Value>, Cannot> = offered.iter().map(|tool| function(tool)).collect();
    body.insert("tools".into(), Value::Array(tools?));
    if let Some(word) = word {
        body.insert("tool_choice".into(), word.into());
    }
    if offered.iter().any(|tool| tool.cache.is_some()) {
        draft.leave(Field::CacheMark);
    }
    // Cohere holds all tools to their schemas or none, and such tools need a required parameter each.
    if offered.iter().all(|tool| is_strict(tool)) {
        body.insert("strict_tools".into(), true.into());
    } else if offered.iter().any(|tool| is_strict(tool)) {
        draft.leave(Field::Tools);
    }
    Ok(())
}

fn is_strict(tool: &Tool) -> bool {
    match &tool.kind {
        ToolKind::Function {
            parameters: Some(schema),
            strict: Some(true),
        } => {
            let required = schema.get("required").and_then(Value::as_array);
            required.is_some_and(|names| !names.is_empty())
        }
        _ => false,
    }
}

fn function(tool: &Tool) -> Result<Value, Cannot> {
    let parameters = match &tool.kind {
        ToolKind::Function { parameters, .. } => parameters.clone(),
        ToolKind::Custom { .. } => {
            let reason = format!("Cohere has functions only; '{}' takes free text", tool.name);
            return Err(Cannot::new(Field::Tools, reason));
        }
        ToolKind::Hosted(_) => {
            let reason = format!(
                "Cohere does not have the provider's own tool '{}'",
                tool.name
            );
            return Err(Cannot::new(Field::Tools, reason));
        }
    };
    let parameters = parameters.unwrap_or_else(|| json!({"type": "object", "properties": {}}));
    let mut function = Map::new();
    function.insert("name".into(), tool.name.clone().into());
    if let Some(words) = &tool.description {
        function.insert("description".into(), words.clone().into());
    }
    function.insert("parameters".into(), parameters);
    Ok(json!({"type": "function", "function": function}))
}
