//! `tools` and `toolConfig` (ai.google.dev/api/caching#Tool, #FunctionCallingConfig).
//!
//! Schemas are written as `parametersJsonSchema`, which takes JSON Schema as it is; `parameters` takes a
//! subset only and refuses a request with any other keyword. Google's SDKs have it since google-genai
//! 1.25 and @google/genai 1.9 (July 2025). Functions with `strict` ask for the mode `VALIDATED`.

use serde_json::{Map, Value};

use super::names::{Names, one, put};
use super::schema::json_schema;
use crate::dialect::neutral::{Cannot, Field, Rest, Tool, ToolChoice, ToolKind};

/// Google's own tools.
const HOSTED: [&str; 13] = [
    "googleSearch",
    "googleSearchRetrieval",
    "codeExecution",
    "urlContext",
    "googleMaps",
    "fileSearch",
    "computerUse",
    "enterpriseWebSearch",
    "retrieval",
    "mcpServers",
    "parallelAiSearch",
    "exaAiSearch",
    "imageSearch",
];

/// What a function gives back, which no other API describes: the model sees it when it is there. Google's
/// Python SDK writes it for every function with an annotated return type.
const IDLE: [&str; 2] = ["response", "responseJsonSchema"];

/// Reads one item of `tools`: functions, tools of Google's, or both.
pub(super) fn read(
    item: Value,
    path: String,
    tools: &mut Vec<Tool>,
    rest: &mut Vec<Rest>,
) -> Result<(), Cannot> {
    let mut item = Names::of(item, path)?;
    for (path, declaration) in item.list("functionDeclarations")? {
        let mut declaration = Names::of(declaration, path)?;
        let subset = declaration.take("parameters").map(json_schema);
        let whole = declaration.take("parametersJsonSchema");
        let path = declaration.path("name");
        let Some(name) = declaration.string("name")? else {
            return Err(Cannot::new(path, "expected the function's name"));
        };
        tools.push(Tool {
            name,
            description: declaration.string("description")?,
            kind: ToolKind::Function {
                parameters: whole.or(subset),
                strict: None,
            },
            cache: None,
        });
        rest.extend(declaration.rest(&IDLE));
    }
    for name in HOSTED {
        if let Some(value) = item.take(name) {
            tools.push(Tool {
                name: name.to_owned(),
                description: None,
                kind: ToolKind::Hosted(one(name, value)),
                cache: None,
            });
        }
    }
    rest.extend(item.rest(&[]));
    Ok(())
}

/// Reads `functionCallingConfig`. `VALIDATED` makes the functions strict.
pub(super) fn read_choice(
    mut config: Names,
    tools: &mut [Tool],
    rest: &mut Vec<Rest>,
) -> Result<Option<ToolChoice>, Cannot> {
    let path = config.path("mode");
    let mode = config.string("mode")?.unwrap_or_default();
    let mut names = config.strings("allowedFunctionNames")?;
    let choice = match mode.to_ascii_uppercase().as_str() {
        "" | "MODE_UNSPECIFIED" => None,
        "AUTO" => Some(ToolChoice::Auto),
        "NONE" => Some(ToolChoice::None),
        "ANY" => Some(match (names.pop(), names.is_empty()) {
            (None, _) => ToolChoice::Required,
            (Some(name), true) => ToolChoice::Named(name),
            (Some(name), false) => {
                names.push(name);
                let required = true;
                ToolChoice::Allowed { names, required }
            }
        }),
        "VALIDATED" => {
            for tool in tools {
                if let ToolKind::Function { strict, .. } = &mut tool.kind {
                    *strict = Some(true);
                }
            }
            let required = false;
            Some(match names.is_empty() {
                true => ToolChoice::Auto,
                false => ToolChoice::Allowed { names, required },
            })
        }
        _ => return Err(Cannot::new(path, "expected AUTO, ANY, NONE or VALIDATED")),
    };
    // How arguments are cut in a stream is no part of the answer.
    rest.extend(config.rest(&["streamFunctionCallArguments"]));
    Ok(choice)
}

/// Writes `tools`.
pub(super) fn write(tools: &[Tool]) -> Result<Vec<Value>, Cannot> {
    let mut functions = Vec::new();
    let mut hosted = Vec::new();
    for tool in tools {
        match &tool.kind {
            ToolKind::Function { parameters, .. } => {
                let mut map = Map::new();
                put(&mut map, "name", Some(tool.name.as_str()));
                put(&mut map, "description", tool.description.as_deref());
                put(&mut map, "parametersJsonSchema", parameters.clone());
                functions.push(Value::Object(map));
            }
            ToolKind::Hosted(value) if is_own(value) => hosted.push(value.clone()),
            ToolKind::Hosted(_) => {
                let reason = format!("the tool '{}' is run by another provider", tool.name);
                return Err(Cannot::new(Field::Tools, reason));
            }
            ToolKind::Custom { .. } => {
                let reason = format!("Gemini has no custom tools, such as '{}'", tool.name);
                return Err(Cannot::new(Field::Tools, reason));
            }
        }
    }
    let functions = (!functions.is_empty()).then(|| one("functionDeclarations", functions));
    Ok(functions.into_iter().chain(hosted).collect())
}

fn is_own(hosted: &Value) -> bool {
    let keys = hosted.as_object().map(|map| map.keys());
    keys.is_some_and(|mut keys| keys.all(|key| HOSTED.contains(&key.as_str())))
}

/// Writes `functionCallingConfig`.
pub(super) fn write_choice(choice: Option<&ToolChoice>, tools: &[Tool]) -> Option<Value> {
    let is_strict = |tool: &Tool| {
        let ToolKind::Function { strict, .. } = tool.kind else {
            return false;
        };
        strict == Some(true)
    };
    let (mode, names) = match choice {
        None | Some(ToolChoice::Auto) if tools.iter().any(is_strict) => ("VALIDATED", Vec::new()),
        None => return None,
        Some(ToolChoice::Auto) => ("AUTO", Vec::new()),
        Some(ToolChoice::None) => ("NONE", Vec::new()),
        Some(ToolChoice::Required) => ("ANY", Vec::new()),
        Some(ToolChoice::Named(name)) => ("ANY", vec![name.clone()]),
        Some(ToolChoice::Allowed { names, required }) => match required {
            true => ("ANY", names.clone()),
            false => ("VALIDATED", names.clone()),
        },
    };
    let mut map = Map::new();
    put(&mut map, "mode", Some(mode));
    put(
        &mut map,
        "allowedFunctionNames",
        (!names.is_empty()).then_some(names),
    );
    Some(Value::Object(map))
}
