//! Bedrock's Converse and ConverseStream, and InvokeModel for embeddings.
//! <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>

mod check;
mod invoke;
mod reply;
mod shapes;

use serde_json::Value;

use super::call::{Call, Heard, Refusal, items, most, strings, text};
use super::events::Framing;
use super::shape::{Flaw, Kind, Rules, Shape, What};
use super::wish::{Format, Function, Wish};

/// Reads a request to `/model/{id}/…`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    admit(call)?;
    let body = call
        .json()
        .map_err(|why| Refusal::wrong(format!("Malformed input request: {why}")))?;
    let model = call.model.clone();
    let stream = match call.verb.as_str() {
        "converse" => false,
        "converse-stream" => true,
        "invoke" => return invoke::hear(&body, model),
        _ => return Err(Refusal::new(404, "UnknownOperationException")),
    };
    let request = read(&body, shapes::converse)?;
    check::request(&request)?;
    let wish = wish(&request);
    Ok(match stream {
        true => Heard::stream(model, wish, Framing::Frames, reply::events),
        false => Heard::whole(model, wish, reply::whole),
    })
}

/// A bearer key, or a request that is signed; the signature is not checked.
fn admit(call: &Call<'_>) -> Result<(), Refusal> {
    let signed = call
        .header("authorization")
        .is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 "));
    match signed || call.bearer().is_some() {
        true => Ok(()),
        false => Err(Refusal::new(403, "Missing Authentication Token")),
    }
}

fn read(body: &Value, shape: Shape) -> Result<Value, Refusal> {
    let rules = Rules {
        snake: false,
        nulls: true,
    };
    rules
        .read(body, Kind::Object(shape))
        .map_err(|flaw| Refusal::wrong(worded(&flaw)))
}

fn worded(flaw: &Flaw) -> String {
    let path = flaw.dotted(false);
    match &flaw.what {
        What::Extra => format!(
            "Malformed input request: extraneous key [{path}] is not permitted, please reformat your input and try again."
        ),
        What::Missing => format!(
            "1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must not be null"
        ),
        What::NotOf(words) => format!(
            "1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must satisfy enum value \
             set: [{}]",
            words.join(", ")
        ),
        What::Wrong(_) | What::Tag(_) => "Unexpected field type".to_owned(),
    }
}

fn wish(request: &Value) -> Wish {
    let config = &request["inferenceConfig"];
    let more = &request["additionalModelRequestFields"];
    let thinking = [
        &more["thinking"]["type"],
        &more["reasoning_config"]["type"],
        &more["reasoningConfig"]["type"],
    ];
    let mut wish = Wish {
        most_tokens: most(&config["maxTokens"]),
        stops: strings(&config["stopSequences"]),
        thinks: thinking
            .iter()
            .any(|kind| matches!(text(kind), "enabled" | "adaptive")),
        ..Wish::default()
    };
    if !items(&request["system"]).is_empty() {
        wish.hear(false, &texts(&request["system"]));
    }
    for message in items(&request["messages"]) {
        let said = texts(&message["content"]);
        wish.hear(message["role"] == "user" && !said.is_empty(), &said);
    }
    let last = items(&request["messages"])
        .last()
        .map_or(&Value::Null, |last| &last["content"]);
    wish.after_tool = items(last)
        .iter()
        .any(|block| block["toolResult"].is_object());
    let specs = items(&request["toolConfig"]["tools"])
        .iter()
        .map(|tool| &tool["toolSpec"]);
    wish.functions = specs
        .filter(|spec| spec.is_object())
        .map(|spec| Function {
            name: text(&spec["name"]).to_owned(),
            parameters: Some(spec["inputSchema"]["json"].clone()),
        })
        .collect();
    let choice = &request["toolConfig"]["toolChoice"];
    if choice["any"].is_object() {
        wish.demand_any();
    }
    if let Some(name) = choice["tool"]["name"].as_str() {
        wish.demanded = Some(name.to_owned());
    }
    let format = &request["outputConfig"]["textFormat"]["structure"]["jsonSchema"]["schema"];
    if let Some(schema) = format
        .as_str()
        .and_then(|schema| serde_json::from_str(schema).ok())
    {
        wish.format = Format::Schema(schema);
    }
    wish
}

fn texts(content: &Value) -> Vec<&str> {
    items(content)
        .iter()
        .filter_map(|block| block["text"].as_str())
        .collect()
}
