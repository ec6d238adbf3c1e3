//! Anthropic's Messages, at Anthropic and at Vertex. <https://docs.claude.com/en/api/messages>

mod check;
mod reply;
mod shapes;

use serde_json::{Value, json};

use super::call::{Call, Heard, Refusal, items, most, strings, text};
use super::events::Framing;
use super::shape::{Flaw, Kind, Rules, Shape, What};
use super::wish::{Format, Function, Wish};

/// Reads a request at `/v1/messages`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let newest = admit(call)?;
    let request = read(&body(call)?, shapes::request)?;
    check::request(&request)?;
    if newest {
        check::newest(&request)?;
    }
    let model = text(&request["model"]).to_owned();
    Ok(heard(request, model))
}

/// Reads a request at `/v1/messages/count_tokens`.
///
/// # Errors
/// What is wrong with it.
pub fn hear_count(call: &Call<'_>) -> Result<Heard, Refusal> {
    admit(call)?;
    let request = read(&body(call)?, shapes::count)?;
    check::messages(&request)?;
    let (model, wish) = (text(&request["model"]).to_owned(), wish(&request));
    Ok(Heard::whole(
        model,
        wish,
        |told| json!({"input_tokens": told.answer.usage.prompt_tokens}),
    ))
}

/// Reads a request at Vertex: the path names the model, and the verb says whether it is a stream.
///
/// # Errors
/// What is wrong with it.
pub fn hear_vertex(call: &Call<'_>) -> Result<Heard, Refusal> {
    if call.bearer().is_none() {
        return Err(Refusal::new(
            401,
            "Request is missing required authentication credential.",
        ));
    }
    if !matches!(call.verb.as_str(), "rawPredict" | "streamRawPredict") {
        return Err(Refusal::new(404, "Not found"));
    }
    let body = body(call)?;
    let request = read(&body, shapes::vertex)?;
    check::request(&request)?;
    if request["anthropic_version"] != "vertex-2023-10-16" {
        let why = "anthropic_version: Input should be 'vertex-2023-10-16'";
        return Err(Refusal::wrong(why));
    }
    Ok(heard(request, call.model.clone()))
}

/// Who may come in; whether by the newest version of the API. <https://platform.claude.com/docs/en/api/versioning>
fn admit(call: &Call<'_>) -> Result<bool, Refusal> {
    let key = call.header("x-api-key").filter(|key| !key.is_empty());
    if key.or(call.bearer()).is_none() {
        return Err(Refusal::new(401, "x-api-key header is required"));
    }
    match call.header("anthropic-version") {
        Some("2026-10-21") => Ok(true),
        Some("2023-06-01") => Ok(false),
        Some(other) => Err(Refusal::wrong(format!(
            "anthropic-version: \"{other}\" is not a valid version"
        ))),
        None => Err(Refusal::wrong("anthropic-version: header is required")),
    }
}

fn body(call: &Call<'_>) -> Result<Value, Refusal> {
    call.json()
        .map_err(|why| Refusal::wrong(format!("The request body is not valid JSON: {why}")))
}

fn read(body: &Value, shape: Shape) -> Result<Value, Refusal> {
    Rules::default()
        .read(body, Kind::Object(shape))
        .map_err(|flaw| Refusal::wrong(worded(&flaw)))
}

fn worded(flaw: &Flaw) -> String {
    let path = flaw.dotted(true);
    match &flaw.what {
        What::Extra => format!("{path}: Extra inputs are not permitted"),
        What::Missing => format!("{path}: Field required"),
        What::Wrong("object") => format!("{path}: Input should be an object"),
        What::Wrong(wanted) => format!("{path}: Input should be a valid {wanted}"),
        What::NotOf(words) => format!("{path}: Input should be '{}'", words.join("', '")),
        What::Tag(tag) => format!(
            "{path}: Input tag '{tag}' found using 'type' does not match any of the expected tags"
        ),
    }
}

fn heard(request: Value, model: String) -> Heard {
    let wish = wish(&request);
    match request["stream"] == true {
        true => Heard::stream(model, wish, Framing::Sse, reply::events),
        false => Heard::whole(model, wish, reply::whole),
    }
}

fn wish(request: &Value) -> Wish {
    let mut wish = Wish {
        most_tokens: most(&request["max_tokens"]),
        stops: strings(&request["stop_sequences"]),
        thinks: matches!(
            text(&request["thinking"]["type"]),
            "enabled" | "adaptive" | "between_tools"
        ),
        ..Wish::default()
    };
    if !request["system"].is_null() {
        wish.hear(false, &texts(&request["system"]));
    }
    for message in items(&request["messages"]) {
        let said = texts(&message["content"]);
        // A message of tool results alone is not what the user said.
        wish.hear(message["role"] == "user" && !said.is_empty(), &said);
    }
    let last = items(&request["messages"])
        .last()
        .map_or(&Value::Null, |last| &last["content"]);
    wish.after_tool = items(last)
        .iter()
        .any(|block| block["type"] == "tool_result");
    let tools = items(&request["tools"])
        .iter()
        .filter(|tool| tool["input_schema"].is_object());
    wish.functions = tools
        .map(|tool| Function {
            name: text(&tool["name"]).to_owned(),
            parameters: Some(tool["input_schema"].clone()),
        })
        .collect();
    let choice = &request["tool_choice"];
    match text(&choice["type"]) {
        "any" => wish.demand_any(),
        "tool" => wish.demanded = Some(text(&choice["name"]).to_owned()),
        "none" => wish.functions.clear(),
        _ => {}
    }
    if let format @ Value::Object(_) = &request["output_config"]["format"] {
        wish.format = Format::Schema(format["schema"].clone());
    }
    wish
}

fn texts(content: &Value) -> Vec<&str> {
    match content {
        Value::String(text) => vec![text],
        content => items(content)
            .iter()
            .filter_map(|block| block["text"].as_str())
            .collect(),
    }
}
