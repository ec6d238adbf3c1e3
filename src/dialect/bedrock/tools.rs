//! `toolConfig`: what the model may call, and whether it must.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::family::Family;
use super::message::{Conversation, bad_name};
use super::naming;
use crate::dialect::neutral::{CacheMark, Cannot, Field, Tool, ToolChoice, ToolKind};

/// What stands for a tool that was called earlier and is not offered any more: Bedrock does not take calls
/// in a conversation without tools.
const GONE: &str = "This tool is not there any more. Do not call it.";

/// Whether a tool must be called, as Converse says it.
enum Choice {
    Auto,
    Any,
    Tool(String),
    None,
}

/// Writes `toolConfig`; `None`: there is none.
pub(super) fn write(
    draft: &mut Draft<'_>,
    talk: &Conversation,
    mark_end: bool,
) -> Result<Option<Value>, Cannot> {
    let request = draft.request;
    let (choice, only) = choice(draft)?;
    let mut tools = Vec::new();
    for tool in &request.tools {
        if only.is_none_or(|names| names.contains(&tool.name)) {
            tools.push(write_tool(draft, tool)?);
            if let Some(mark) = &tool.cache {
                draft.mark(mark, &mut tools);
            }
        }
    }
    let offered = !tools.is_empty();
    let forbidden = matches!(choice, Choice::None) || !offered;
    if forbidden && !draft.family.is_claude() {
        if offered && talk.has_tools {
            let reason =
                "AWS Bedrock cannot forbid this model the tools of a conversation that has calls";
            return Err(Cannot::new(Field::ToolChoice, reason));
        }
        tools.clear();
    }
    if tools.is_empty() && talk.has_tools {
        tools = talk.called.iter().map(|name| gone(name)).collect();
    }
    if tools.is_empty() {
        return match choice {
            Choice::Any | Choice::Tool(_) => {
                let reason = "there is no such tool to call";
                Err(Cannot::new(Field::ToolChoice, reason))
            }
            Choice::Auto | Choice::None => Ok(None),
        };
    }
    if mark_end {
        draft.mark(&CacheMark::default(), &mut tools);
    }
    let mut config = Map::new();
    config.insert("tools".into(), Value::Array(tools));
    if forbidden {
        if draft.family.is_claude() {
            draft
                .more
                .insert("tool_choice".into(), json!({"type": "none"}));
        }
        return Ok(Some(Value::Object(config)));
    }
    let said = match &choice {
        Choice::Any => Some(json!({"any": {}})),
        Choice::Tool(name) => Some(json!({"tool": {"name": name}})),
        // It is the default, and not all models know the word.
        Choice::Auto if request.tool_choice.is_some() && knows_auto(draft.family) => {
            Some(json!({"auto": {}}))
        }
        Choice::Auto | Choice::None => None,
    };
    if request.parallel_tool_calls == Some(false) {
        one_call(draft, said.is_some())?;
    }
    if let Some(said) = said {
        config.insert("toolChoice".into(), said);
    }
    Ok(Some(Value::Object(config)))
}

/// What must be called, and of which tools, if not of all.
fn choice<'a>(draft: &Draft<'a>) -> Result<(Choice, Option<&'a [String]>), Cannot> {
    // Only these take a tool's name.
    let by_name = matches!(
        draft.family,
        Family::Claude(..) | Family::Nova { .. } | Family::Unknown
    );
    Ok(match &draft.request.tool_choice {
        None | Some(ToolChoice::Auto) => (Choice::Auto, None),
        Some(ToolChoice::None) => (Choice::None, None),
        Some(ToolChoice::Required) => (Choice::Any, None),
        Some(ToolChoice::Named(name)) => {
            if !draft.request.tools.iter().any(|tool| tool.name == *name) {
                let reason = format!("there is no tool of the name '{name}'");
                return Err(Cannot::new(Field::ToolChoice, reason));
            }
            match by_name {
                true => (Choice::Tool(name.clone()), None),
                false => (Choice::Any, Some(std::slice::from_ref(name))),
            }
        }
        Some(ToolChoice::Allowed { names, required }) => match required {
            true => (Choice::Any, Some(names)),
            false => (Choice::Auto, Some(names)),
        },
    })
}

fn knows_auto(family: Family) -> bool {
    matches!(
        family,
        Family::Claude(..) | Family::Nova { .. } | Family::Mistral | Family::Unknown
    )
}

/// At most one call. With `toolChoice` beside it only the flag goes to the model's own field, for the
/// type would be there twice.
fn one_call(draft: &mut Draft<'_>, chosen: bool) -> Result<(), Cannot> {
    if !draft.family.is_claude() {
        let reason = "AWS Bedrock cannot keep this model from several calls at once";
        return Err(Cannot::new(Field::ParallelToolCalls, reason));
    }
    let said = match chosen {
        true => json!({"disable_parallel_tool_use": true}),
        false => json!({"type": "auto", "disable_parallel_tool_use": true}),
    };
    draft.more.insert("tool_choice".into(), said);
    Ok(())
}

fn write_tool(draft: &mut Draft<'_>, tool: &Tool) -> Result<Value, Cannot> {
    let refuse = |reason: String| Err(Cannot::new(Field::Tools, reason));
    let (parameters, strict) = match &tool.kind {
        ToolKind::Function { parameters, strict } => (parameters, *strict == Some(true)),
        ToolKind::Custom { .. } => {
            let reason = "AWS Bedrock has functions only; '{}' takes free text";
            return refuse(reason.replace("{}", &tool.name));
        }
        ToolKind::Hosted(_) => {
            let reason = "AWS Bedrock does not have the provider's own tool '{}'";
            return refuse(reason.replace("{}", &tool.name));
        }
    };
    if !naming::is_tool_name(&tool.name) {
        return refuse(bad_name(&tool.name));
    }
    let mut spec = Map::new();
    spec.insert("name".into(), tool.name.clone().into());
    if let Some(words) = tool.description.as_deref().filter(|it| !it.is_empty()) {
        spec.insert("description".into(), words.into());
    }
    spec.insert("inputSchema".into(), json!({"json": schema(parameters)}));
    if strict && draft.family.takes_schema() {
        spec.insert("strict".into(), true.into());
    } else if strict {
        draft.leave(Field::Tools);
    }
    Ok(json!({"toolSpec": spec}))
}

/// A schema whose type is an object, as Bedrock wants it.
fn schema(parameters: &Option<Value>) -> Value {
    match parameters {
        Some(Value::Object(schema)) if schema.contains_key("type") => schema.clone().into(),
        Some(Value::Object(schema)) => {
            let mut typed = Map::new();
            typed.insert("type".into(), "object".into());
            typed.extend(schema.clone());
            typed.into()
        }
        _ => json!({"type": "object", "properties": {}}),
    }
}

fn gone(name: &str) -> Value {
    json!({"toolSpec": {
        "name": name,
        "description": GONE,
        "inputSchema": {"json": {"type": "object"}},
    }})
}
