//! What the tables cannot say of a request to Responses: ranges, ids, what belongs together, and strict schemas.

use serde_json::Value;

use super::super::call::{Refusal, items, text};
use super::super::seal;

type Checked = Result<(), Refusal>;

/// Checks a request.
///
/// # Errors
/// The first thing that is wrong.
pub fn request(request: &Value) -> Checked {
    memory(request)?;
    ranges(request)?;
    tools(request)?;
    let format = &request["text"]["format"];
    if format["strict"] == true {
        let of = format!("response_format '{}'", text(&format["name"]));
        strict(&format["schema"], &of, "text.format.schema", "")?;
    }
    let input = items(&request["input"]);
    for (at, item) in input.iter().enumerate() {
        one(at, item, input)?;
    }
    pairs(input)
}

fn wrong(message: impl Into<String>, param: impl Into<String>) -> Checked {
    Err(Refusal::wrong(message).of(param))
}

/// What it takes a memory to do.
fn memory(request: &Value) -> Checked {
    if let Some(id) = request["previous_response_id"].as_str() {
        let refusal = Refusal::wrong(format!("Previous response with id '{id}' not found."));
        return Err(refusal
            .of("previous_response_id")
            .code("previous_response_not_found"));
    }
    match request["background"] == true || !request["conversation"].is_null() {
        true => wrong(
            "This server keeps nothing: 'background' and 'conversation' are not there.",
            "background",
        ),
        false => Ok(()),
    }
}

fn ranges(request: &Value) -> Checked {
    for (name, least, most) in [
        ("temperature", 0.0, 2.0),
        ("top_p", 0.0, 1.0),
        ("top_logprobs", 0.0, 20.0),
    ] {
        let Some(value) = request[name]
            .as_f64()
            .filter(|value| !(least..=most).contains(value))
        else {
            continue;
        };
        let (side, bound) = if value < least {
            ("below minimum", least)
        } else {
            ("above maximum", most)
        };
        let message = format!(
            "Invalid '{name}': decimal {side} value. Expected a value up to {bound}, but got {value} instead."
        );
        return wrong(message, name);
    }
    match request["max_output_tokens"].as_i64() {
        Some(most) if most < 16 => {
            let name = "max_output_tokens";
            let message = format!(
                "Invalid '{name}': integer below minimum value. Expected a value >= 16, but got {most} instead."
            );
            Err(Refusal::wrong(message)
                .of(name)
                .code("integer_below_min_value"))
        }
        _ if items(&request["input"]).is_empty() && !request["input"].is_string() => wrong(
            "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.",
            "input",
        ),
        _ => Ok(()),
    }
}

fn tools(request: &Value) -> Checked {
    let tools = items(&request["tools"]);
    for (at, tool) in tools
        .iter()
        .enumerate()
        .filter(|(_, tool)| tool["type"] == "function")
    {
        let name = text(&tool["name"]);
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        if !(1..=64).contains(&name.len()) || !name.bytes().all(fits) {
            let param = format!("tools[{at}].name");
            let message = format!(
                "Invalid '{param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
            );
            return wrong(message, param);
        }
        if tool["strict"] == true {
            strict(
                &tool["parameters"],
                &format!("function '{name}'"),
                &format!("tools[{at}].parameters"),
                "",
            )?;
        }
    }
    let choice = &request["tool_choice"];
    if choice.is_string() && !matches!(text(choice), "auto" | "none" | "required") {
        return wrong(
            "Invalid value for 'tool_choice'. Supported values are: 'none', 'auto', and 'required'.",
            "tool_choice",
        );
    }
    if choice["type"] == "function" && !tools.iter().any(|tool| tool["name"] == choice["name"]) {
        return wrong(
            format!(
                "Tool choice '{}' not found in 'tools' parameter.",
                text(&choice["name"])
            ),
            "tool_choice",
        );
    }
    match choice == "required" && tools.is_empty() {
        true => wrong(
            "Tool choice 'required' must be specified with 'tools' parameter.",
            "tool_choice",
        ),
        false => Ok(()),
    }
}

/// A strict schema names all properties as required, and allows no others.
fn strict(schema: &Value, of: &str, param: &str, place: &str) -> Checked {
    let bad = |why: String| {
        let message = format!("Invalid schema for {of}: In context=({place}), {why}");
        Err(Refusal::wrong(message)
            .of(param)
            .code("invalid_json_schema"))
    };
    if schema["type"] == "object" {
        if schema["additionalProperties"] != false {
            return bad(
                "'additionalProperties' is required to be supplied and to be false.".to_owned(),
            );
        }
        let required = items(&schema["required"]);
        for name in schema["properties"]
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys)
        {
            if !required.iter().any(|one| one == name) {
                return bad(format!(
                    "'required' is required to be supplied and to be an array including every key in properties. Missing '{name}'."
                ));
            }
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        strict(
            property,
            of,
            param,
            &format!("{place}'properties', '{name}', "),
        )?;
    }
    for key in ["anyOf", "prefixItems"] {
        for variant in items(&schema[key]) {
            strict(variant, of, param, &format!("{place}'{key}', "))?;
        }
    }
    for definition in schema["$defs"]
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values)
    {
        strict(definition, of, param, &format!("{place}'$defs', "))?;
    }
    match &schema["items"] {
        Value::Null => Ok(()),
        inner => strict(inner, of, param, &format!("{place}'items', ")),
    }
}

fn one(at: usize, item: &Value, input: &[Value]) -> Checked {
    let kind = text(&item["type"]);
    let begins = match kind {
        "message" if item["role"] == "assistant" => "msg",
        "function_call" => "fc",
        "reasoning" => "rs",
        _ => "",
    };
    if let Some(id) = item["id"].as_str().filter(|id| !id.starts_with(begins)) {
        let param = format!("input[{at}].id");
        return wrong(
            format!("Invalid '{param}': '{id}'. Expected an ID that begins with '{begins}'."),
            param,
        );
    }
    for (part_at, part) in items(&item["content"])
        .iter()
        .enumerate()
        .filter(|_| kind == "message")
    {
        let said = matches!(text(&part["type"]), "output_text" | "refusal");
        if said != (item["role"] == "assistant") {
            let param = format!("input[{at}].content[{part_at}]");
            let wanted = if said {
                "'input_text', 'input_image' and 'input_file'"
            } else {
                "'output_text' and 'refusal'"
            };
            let message = format!(
                "Invalid value: '{}'. Supported values are: {wanted}.",
                text(&part["type"])
            );
            return Err(Refusal::wrong(message).of(param).code("invalid_value"));
        }
    }
    if kind != "reasoning" {
        return Ok(());
    }
    let id = text(&item["id"]);
    match item["encrypted_content"].as_str() {
        Some(hidden) if seal::revealed(hidden).is_none() => {
            let message = format!("The encrypted content for item {id} could not be verified.");
            return Err(Refusal::wrong(message).code("invalid_encrypted_content"));
        }
        None => {
            let message = format!(
                "Item with id '{id}' not found. Items are not persisted when `store` is set to false."
            );
            return Err(Refusal::new(404, message).of("input"));
        }
        Some(_) => {}
    }
    let next = input.get(at.saturating_add(1));
    let follows = next.is_some_and(|next| {
        matches!(text(&next["type"]), "function_call" | "reasoning") || next["role"] == "assistant"
    });
    match follows {
        true => Ok(()),
        false => wrong(
            format!(
                "Item '{id}' of type 'reasoning' was provided without its required following item."
            ),
            "input",
        ),
    }
}

fn pairs(input: &[Value]) -> Checked {
    let ids = |kind: &'static str| {
        input
            .iter()
            .filter(move |item| item["type"] == kind)
            .map(|item| text(&item["call_id"]))
    };
    if let Some(odd) =
        ids("function_call_output").find(|id| !ids("function_call").any(|call| call == *id))
    {
        return wrong(
            format!("No tool call found for function call output with call_id {odd}."),
            "input",
        );
    }
    if let Some(odd) =
        ids("function_call").find(|id| !ids("function_call_output").any(|output| output == *id))
    {
        return wrong(
            format!("No tool output found for function call {odd}."),
            "input",
        );
    }
    Ok(())
}
