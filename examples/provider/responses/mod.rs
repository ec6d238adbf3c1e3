//! OpenAI's Responses, as far as they go without a memory. <https://platform.openai.com/docs/api-reference/responses>

mod check;
mod events;
mod reply;
mod shapes;

use serde_json::{Value, json};

use super::call::{Call, Heard, Refusal, items, most, text};
use super::embeddings::worded;
use super::events::Framing;
use super::shape::{Kind, Rules};
use super::wish::{Format, Function, Wish};

/// Reads a request at `/v1/responses`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let mut body = call.json().map_err(|why| {
        Refusal::wrong(format!(
            "We could not parse the JSON body of your request: {why}"
        ))
    })?;
    // An item with a role need not say that it is a message.
    for item in body["input"].as_array_mut().into_iter().flatten() {
        if let Some(item) = item
            .as_object_mut()
            .filter(|item| item.contains_key("role") && !item.contains_key("type"))
        {
            item.insert("type".to_owned(), json!("message"));
        }
    }
    let rules = Rules {
        snake: false,
        nulls: true,
    };
    let request = rules
        .read(&body, Kind::Object(shapes::request))
        .map_err(|flaw| worded(&flaw))?;
    check::request(&request)?;
    let (model, wish) = (text(&request["model"]).to_owned(), wish(&request));
    Ok(match request["stream"] == true {
        true => Heard::stream(model, wish, Framing::Sse, move |told| {
            events::events(told, &request)
        }),
        false => Heard::whole(model, wish, move |told| reply::whole(told, &request)),
    })
}

fn wish(request: &Value) -> Wish {
    let summary = &request["reasoning"]["summary"];
    let mut wish = Wish {
        most_tokens: most(&request["max_output_tokens"]),
        thinks: summary.is_string() && summary != "none" || encrypted(request),
        ..Wish::default()
    };
    if let Some(instructions) = request["instructions"].as_str() {
        wish.hear(false, &[instructions]);
    }
    if let Some(said) = request["input"].as_str() {
        wish.hear(true, &[said]);
    }
    for item in items(&request["input"]) {
        let said = match &item["content"] {
            Value::String(text) => vec![text.as_str()],
            content => items(content)
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect(),
        };
        wish.hear(item["role"] == "user", &said);
    }
    let last = items(&request["input"]).last();
    wish.after_tool = last.is_some_and(|last| last["type"] == "function_call_output");
    let functions = items(&request["tools"])
        .iter()
        .filter(|tool| tool["type"] == "function");
    wish.functions = functions
        .map(|tool| Function {
            name: text(&tool["name"]).to_owned(),
            parameters: Some(tool["parameters"].clone()).filter(Value::is_object),
        })
        .collect();
    let choice = &request["tool_choice"];
    match choice.as_str() {
        Some("required") => wish.demand_any(),
        Some("none") => wish.functions.clear(),
        _ => wish.demanded = choice["name"].as_str().map(str::to_owned),
    }
    let format = &request["text"]["format"];
    wish.format = match text(&format["type"]) {
        "json_schema" => Format::Schema(format["schema"].clone()),
        "json_object" => Format::Object,
        _ => Format::Text,
    };
    wish
}

/// Are the thoughts wanted in the form that only this provider can read?
fn encrypted(request: &Value) -> bool {
    items(&request["include"])
        .iter()
        .any(|one| one == "reasoning.encrypted_content")
}
