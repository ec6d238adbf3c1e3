//! Tools and the choice among them, both ways.

use serde_json::{Map, Value, json};

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Field, Request, Rest, Tool, ToolChoice, ToolKind, Written};

/// The tools that OpenAI runs itself, or whose form it sets.
const HOSTED: [&str; 15] = [
    "web_search",
    "web_search_2025_08_26",
    "web_search_preview",
    "web_search_preview_2025_03_11",
    "file_search",
    "computer",
    "computer_use_preview",
    "code_interpreter",
    "mcp",
    "image_generation",
    "local_shell",
    "shell",
    "apply_patch",
    "tool_search",
    "namespace",
];

/// Reads `tools`, `tool_choice` and `parallel_tool_calls`.
pub(super) fn read(fields: &mut Fields, request: &mut Request) -> Result<(), Cannot> {
    for (nth, tool) in fields.array("tools")?.into_iter().enumerate() {
        let tool = read_tool(tool, format!("tools[{nth}]"), &mut request.rest)?;
        request.tools.push(tool);
    }
    request.parallel_tool_calls = fields.bool("parallel_tool_calls")?;
    if let Some(choice) = fields.take("tool_choice") {
        let read = read_choice(&choice)?;
        if read.is_none() {
            request.rest.push(Rest {
                path: "tool_choice".to_owned(),
                value: choice,
                idle: false,
            });
        }
        request.tool_choice = read;
    }
    Ok(())
}

fn read_tool(value: Value, at: String, rest: &mut Vec<Rest>) -> Result<Tool, Cannot> {
    let whole = value.clone();
    let mut fields = Fields::of(value, at)?;
    let path = fields.path("type");
    let Some(kind) = fields.string("type")? else {
        return Err(Cannot::new(path, "a tool needs a type"));
    };
    if kind != "function" && kind != "custom" {
        return Ok(Tool {
            name: kind,
            description: None,
            kind: ToolKind::Hosted(whole),
            cache: None,
        });
    }
    let name = fields.string("name")?.unwrap_or_default();
    let description = fields.string("description")?;
    let kind = match kind.as_str() {
        "function" => ToolKind::Function {
            parameters: fields.take("parameters"),
            strict: fields.bool("strict")?,
        },
        _ => ToolKind::Custom {
            format: fields.take("format"),
        },
    };
    // Loading at once is what every tool does.
    let at_once = fields.peek("defer_loading") == Some(&Value::Bool(false));
    rest.extend(fields.rest(if at_once { &["defer_loading"] } else { &[] }));
    Ok(Tool {
        name,
        description,
        kind,
        cache: None,
    })
}

/// `None` for a choice that only Responses knows.
fn read_choice(choice: &Value) -> Result<Option<ToolChoice>, Cannot> {
    let field = |key: &str| choice.get(key).and_then(Value::as_str);
    let choice = match (choice.as_str(), field("type")) {
        (Some("auto"), _) => ToolChoice::Auto,
        (Some("none"), _) => ToolChoice::None,
        (Some("required"), _) => ToolChoice::Required,
        (_, Some("function" | "custom")) => {
            ToolChoice::Named(field("name").unwrap_or_default().to_owned())
        }
        (_, Some("allowed_tools")) => {
            let tools = choice.get("tools").and_then(Value::as_array);
            let names = tools.into_iter().flatten().filter_map(|tool| {
                let name = tool.get("name").or_else(|| tool.get("type"))?;
                name.as_str().map(str::to_owned)
            });
            ToolChoice::Allowed {
                names: names.collect(),
                required: field("mode") == Some("required"),
            }
        }
        (_, Some(kind)) if choice.as_object().is_some_and(|map| map.len() == 1) => {
            ToolChoice::Named(kind.to_owned())
        }
        (_, Some(_)) => return Ok(None),
        _ => {
            let reason = "expected 'auto', 'none', 'required' or an object with a type";
            return Err(Cannot::new("tool_choice", reason));
        }
    };
    Ok(Some(choice))
}

/// Writes the same three fields.
pub(super) fn write(
    request: &Request,
    body: &mut Map<String, Value>,
    written: &mut Written,
) -> Result<(), Cannot> {
    if !request.tools.is_empty() {
        let tools: Result<Vec<Value>, Cannot> = request.tools.iter().map(write_tool).collect();
        body.insert("tools".to_owned(), Value::Array(tools?));
    }
    if request.tools.iter().any(|tool| tool.cache.is_some()) {
        written.dropped.push(Field::CacheMark.into());
    }
    if let Some(choice) = &request.tool_choice {
        body.insert("tool_choice".to_owned(), write_choice(choice, request));
    }
    if let Some(parallel) = request.parallel_tool_calls {
        body.insert("parallel_tool_calls".to_owned(), parallel.into());
    }
    Ok(())
}

fn write_tool(tool: &Tool) -> Result<Value, Cannot> {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    match &tool.kind {
        ToolKind::Hosted(value) => {
            let kind = value.get("type").and_then(Value::as_str);
            return match kind {
                Some(kind) if HOSTED.contains(&kind) => Ok(value.clone()),
                _ => {
                    let name = &tool.name;
                    let reason = format!("the tool '{name}' is run by another provider");
                    Err(Cannot::new(Field::Tools, reason))
                }
            };
        }
        ToolKind::Function { parameters, strict } => {
            put("type", "function".into());
            put("name", tool.name.as_str().into());
            if let Some(description) = &tool.description {
                put("description", description.as_str().into());
            }
            let none = || json!({"type": "object", "properties": {}});
            put("parameters", parameters.clone().unwrap_or_else(none));
            // Absent, Responses would take it for true and change the schema; everywhere else it is false.
            put("strict", strict.unwrap_or(false).into());
        }
        ToolKind::Custom { format } => {
            put("type", "custom".into());
            put("name", tool.name.as_str().into());
            if let Some(description) = &tool.description {
                put("description", description.as_str().into());
            }
            if let Some(format) = format {
                put("format", flat(format));
            }
        }
    }
    Ok(Value::Object(map))
}

/// A grammar as Responses has it: chat puts its fields one level down.
fn flat(format: &Value) -> Value {
    match format.get("grammar") {
        Some(grammar @ Value::Object(_)) => json!({
            "type": "grammar",
            "syntax": grammar.get("syntax"),
            "definition": grammar.get("definition"),
        }),
        _ => format.clone(),
    }
}

fn write_choice(choice: &ToolChoice, request: &Request) -> Value {
    let named = |name: &str| {
        let tool = request.tools.iter().find(|tool| tool.name == name);
        match tool.map(|tool| &tool.kind) {
            Some(ToolKind::Hosted(_)) => json!({"type": name}),
            Some(ToolKind::Custom { .. }) => json!({"type": "custom", "name": name}),
            _ => json!({"type": "function", "name": name}),
        }
    };
    match choice {
        ToolChoice::Auto => "auto".into(),
        ToolChoice::None => "none".into(),
        ToolChoice::Required => "required".into(),
        ToolChoice::Named(name) => named(name),
        ToolChoice::Allowed { names, required } => json!({
            "type": "allowed_tools",
            "mode": if *required { "required" } else { "auto" },
            "tools": names.iter().map(|name| named(name)).collect::<Vec<Value>>(),
        }),
    }
}
