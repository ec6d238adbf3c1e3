//! What the tables cannot say of a request to generateContent: ranges, and how calls and responses pair.
//! <https://ai.google.dev/gemini-api/docs/function-calling>, <https://ai.google.dev/gemini-api/docs/thought-signatures>

use serde_json::Value;

use super::super::call::{Refusal, items, text};
use super::super::seal;
use super::reply::sealed;

type Checked = Result<(), Refusal>;

/// What may stand in for a signature that is not at hand.
const STAND_INS: &[&str] = &[
    "skip_thought_signature_validator",
    "context_engineering_is_the_way_to_go",
];

/// Checks a request for a reply by `model`.
///
/// # Errors
/// The first thing that is wrong.
pub fn request(request: &Value, model: &str) -> Checked {
    let contents = items(&request["contents"]);
    if contents.is_empty() {
        return wrong("* GenerateContentRequest.contents: contents is not specified\n");
    }
    config(&request["generationConfig"])?;
    tools(request)?;
    for (at, content) in contents.iter().enumerate() {
        if !matches!(
            content["role"].as_str(),
            None | Some("user" | "model" | "function")
        ) {
            return wrong("Please use a valid role: user, model.");
        }
        parts(at, content)?;
    }
    if contents
        .first()
        .is_some_and(|first| count(first, "functionCall") > 0)
    {
        return wrong(
            "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
        );
    }
    pairs(contents)?;
    signatures(contents, model)
}

fn wrong(why: impl Into<String>) -> Checked {
    Err(Refusal::wrong(why))
}

fn config(config: &Value) -> Checked {
    for (name, least, most) in [
        ("temperature", 0.0, 2.0),
        ("topP", 0.0, 1.0),
        ("presencePenalty", -2.0, 2.0),
        ("frequencyPenalty", -2.0, 2.0),
    ] {
        if config[name]
            .as_f64()
            .is_some_and(|value| !(least..=most).contains(&value))
        {
            let snake = super::snake(name);
            return wrong(format!(
                "* GenerateContentRequest.generation_config.{snake}: {snake} must be in the range [{least:.1}, {most:.1}]."
            ));
        }
    }
    if config["maxOutputTokens"]
        .as_i64()
        .is_some_and(|most| most < 1)
    {
        return wrong("max_output_tokens must be positive.");
    }
    if config["candidateCount"]
        .as_i64()
        .is_some_and(|count| !(1..=8).contains(&count))
    {
        return wrong(
            "* GenerateContentRequest.generation_config.candidate_count: must be between 1 and 8.",
        );
    }
    if items(&config["stopSequences"]).len() > 5 {
        return wrong("The number of stop_sequences must be at most 5.");
    }
    let (schema, json) = (
        !config["responseSchema"].is_null(),
        !config["responseJsonSchema"].is_null(),
    );
    if (schema || json)
        && config["responseMimeType"] != "application/json"
        && config["responseMimeType"] != "text/x.enum"
    {
        return wrong(
            "Response schema is only supported with response mime type: application/json",
        );
    }
    if schema && json {
        return wrong("response_schema and response_json_schema can not both be set.");
    }
    let thinking = &config["thinkingConfig"];
    if !thinking["thinkingBudget"].is_null() && !thinking["thinkingLevel"].is_null() {
        return wrong("You can only set one of thinking budget and thinking level.");
    }
    Ok(())
}

fn tools(request: &Value) -> Checked {
    let tools = items(&request["tools"]);
    let declared: Vec<&Value> = tools
        .iter()
        .flat_map(|tool| items(&tool["functionDeclarations"]))
        .collect();
    for (at, one) in declared.iter().enumerate() {
        let name = text(&one["name"]);
        let start = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
        if !start || name.len() > 64 || !name.bytes().all(fits) {
            return wrong(format!(
                "* GenerateContentRequest.tools[0].function_declarations[{at}].name: Invalid function name. Must start \
                 with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons \
                 (:), or dashes (-), with a maximum length of 64."
            ));
        }
        if declared
            .iter()
            .take(at)
            .any(|other| other["name"] == one["name"])
        {
            return wrong(format!("Duplicate function declaration found: {name}"));
        }
        if !one["parameters"].is_null() && !one["parametersJsonSchema"].is_null() {
            return wrong("parameters and parameters_json_schema can not both be set.");
        }
        object(
            &one["parameters"],
            &format!("tools[0].function_declarations[{at}].parameters"),
        )?;
    }
    let calling = &request["toolConfig"]["functionCallingConfig"];
    let allowed = items(&calling["allowedFunctionNames"]);
    if !allowed.is_empty() && !matches!(text(&calling["mode"]), "ANY" | "VALIDATED") {
        return wrong(
            "Allowed function names should be set only when the mode is ANY or VALIDATED.",
        );
    }
    match allowed
        .iter()
        .find(|name| !declared.iter().any(|one| one["name"] == **name))
    {
        Some(name) => wrong(format!(
            "allowed_function_names: {} is not a declared function.",
            text(name)
        )),
        None => Ok(()),
    }
}

/// Required names are those of properties; an array says of what.
fn object(schema: &Value, place: &str) -> Checked {
    let odd = items(&schema["required"])
        .iter()
        .find(|name| schema["properties"].get(text(name)).is_none());
    if let Some(name) = odd {
        let why = format!(
            "* GenerateContentRequest.{place}.required[0]: property is not defined: {}",
            text(name)
        );
        return wrong(why);
    }
    if schema["type"]
        .as_str()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("array"))
        && schema["items"].is_null()
    {
        return wrong(format!(
            "* GenerateContentRequest.{place}.items: missing field."
        ));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        object(property, &format!("{place}.properties[{name}]"))?;
    }
    Ok(())
}

const DATA: &[&str] = &[
    "text",
    "inlineData",
    "fileData",
    "functionCall",
    "functionResponse",
    "executableCode",
    "codeExecutionResult",
];

fn parts(at: usize, content: &Value) -> Checked {
    let parts = items(&content["parts"]);
    if parts.is_empty() {
        return wrong(format!(
            "* GenerateContentRequest.contents[{at}].parts: contents.parts must not be empty.\n"
        ));
    }
    for (part_at, part) in parts.iter().enumerate() {
        match DATA.iter().filter(|name| !part[**name].is_null()).count() {
            0 if part["thoughtSignature"].is_string() => {}
            0 => {
                return wrong(format!(
                    "* GenerateContentRequest.contents[{at}].parts[{part_at}].data: required oneof field 'data' must have \
                     one initialized field\n"
                ));
            }
            1 => {}
            _ => {
                return wrong(format!(
                    "Invalid value at 'contents[{at}].parts[{part_at}]' (oneof), oneof field 'data' is already set."
                ));
            }
        }
        let (call, model) = (part["functionCall"].is_object(), content["role"] == "model");
        if call && !model || part["functionResponse"].is_object() && model {
            return wrong(
                "Please ensure that function calls are of the model and function responses of the user.",
            );
        }
    }
    Ok(())
}

fn count(content: &Value, kind: &str) -> usize {
    items(&content["parts"])
        .iter()
        .filter(|part| part[kind].is_object())
        .count()
}

/// Behind a turn that calls comes one that responds to each call, by name and, where there are ids, by id.
fn pairs(contents: &[Value]) -> Checked {
    // Neighbours of the same role are one turn.
    let mut turns: Vec<(bool, Vec<&Value>)> = Vec::new();
    for content in contents {
        let (model, parts) = (content["role"] == "model", items(&content["parts"]));
        match turns.last_mut() {
            Some((last, turn)) if *last == model => turn.extend(parts),
            _ => turns.push((model, parts.iter().collect())),
        }
    }
    let of = |turn: Option<&(bool, Vec<&Value>)>, kind: &str| -> Vec<(String, Option<String>)> {
        let parts = turn.map_or(&[][..], |(_, parts)| parts.as_slice());
        let fits = parts
            .iter()
            .map(|part| &part[kind])
            .filter(|one| one.is_object());
        fits.map(|one| {
            (
                text(&one["name"]).to_owned(),
                one["id"].as_str().map(str::to_owned),
            )
        })
        .collect()
    };
    for at in 0..turns.len() {
        let calls = of(turns.get(at), "functionCall");
        let next = of(turns.get(at.saturating_add(1)), "functionResponse");
        if calls.len() != next.len() {
            return wrong(
                "Please ensure that the number of function response parts is equal to the number of function call parts \
                 of the function call turn.",
            );
        }
        let mut left = calls;
        for (name, id) in next {
            let found = left.iter().position(|(called, call_id)| {
                *called == name && (id.is_none() || call_id.is_none() || *call_id == id)
            });
            match found {
                Some(found) => drop(left.remove(found)),
                None => {
                    return wrong(format!(
                        "Function response {name} does not match a function call."
                    ));
                }
            }
        }
    }
    match turns.first().map_or(0, |(_, first)| {
        first
            .iter()
            .filter(|part| part["functionResponse"].is_object())
            .count()
    }) {
        0 => Ok(()),
        _ => wrong(
            "Please ensure that function response turn comes immediately after a function call turn.",
        ),
    }
}

/// A signature is this provider's. Models from Gemini 3 on want one on the first call of each step of the present turn.
fn signatures(contents: &[Value], model: &str) -> Checked {
    let present = contents
        .iter()
        .rposition(|content| content["role"] != "model" && count(content, "functionResponse") == 0);
    for (at, content) in contents.iter().enumerate() {
        let mut first = true;
        for (part_at, part) in items(&content["parts"]).iter().enumerate() {
            let call = part["functionCall"].is_object();
            match part["thoughtSignature"].as_str() {
                Some(given) if STAND_INS.contains(&given) => {}
                Some(given) if !seal::holds(given, &sealed(part)) && !seal::holds(given, "") => {
                    return wrong("Thought signature is not valid.");
                }
                None if call
                    && first
                    && model.starts_with("gemini-3")
                    && present.is_some_and(|present| at > present) =>
                {
                    let name = text(&part["functionCall"]["name"]);
                    return wrong(format!(
                        "Function call is missing a thought_signature in functionCall parts. This is required for tools to \
                         work correctly, and missing thought_signature may lead to degraded model performance. Additional \
                         data, function call `default_api:{name}` , position {}.",
                        part_at.saturating_add(1)
                    ));
                }
                _ => {}
            }
            first &= !call;
        }
    }
    Ok(())
}
