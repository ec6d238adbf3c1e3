//! Google's generateContent and its relatives, at the Gemini API and at Vertex. <https://ai.google.dev/api/generate-content>

mod check;
mod embed;
mod reply;
mod shapes;

use serde_json::{Value, json};

use super::call::{Call, Heard, Refusal, items, most, strings, text};
use super::events::Framing;
use super::shape::{Flaw, Kind, Rules, Shape, Step, What};
use super::wish::{Format, Function, Wish};

/// Reads a request at the Gemini API.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let key = call.header("x-goog-api-key").or(call.query("key"));
    if key.is_none_or(str::is_empty) {
        let why = "Method doesn't allow unregistered callers (callers without established identity). Please use API Key \
                   or other form of API consumer identity to call this API.";
        return Err(Refusal::new(403, why));
    }
    verb(call, false)
}

/// Reads a request at Vertex.
///
/// # Errors
/// What is wrong with it.
pub fn hear_vertex(call: &Call<'_>) -> Result<Heard, Refusal> {
    if call.bearer().is_none() {
        let why = "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or \
                   other valid authentication credential.";
        return Err(Refusal::new(401, why));
    }
    verb(call, true)
}

fn verb(call: &Call<'_>, vertex: bool) -> Result<Heard, Refusal> {
    let body = call
        .json()
        .map_err(|why| Refusal::wrong(format!("Invalid JSON payload received. {why}")))?;
    let model = call.model.clone();
    match call.verb.as_str() {
        "generateContent" => {
            let request = request(&body, &model)?;
            Ok(Heard::whole(model, wish(&request), reply::whole))
        }
        "streamGenerateContent" => {
            let request = request(&body, &model)?;
            let framing = match call.query("alt") {
                Some("sse") => Framing::Sse,
                _ => Framing::Array,
            };
            Ok(Heard::stream(model, wish(&request), framing, reply::events))
        }
        "countTokens" => {
            let body = read(&body, shapes::count)?;
            let inner = &body["generateContentRequest"];
            let request = if inner.is_object() { inner } else { &body };
            Ok(Heard::whole(model, wish(request), |told| {
                let total = told.answer.usage.prompt_tokens;
                json!({"totalTokens": total, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": total}]})
            }))
        }
        "embedContent" => embed::one(&read(&body, shapes::embed)?, model),
        "batchEmbedContents" if !vertex => embed::batch(&read(&body, shapes::batch_embed)?, model),
        "predict" if vertex => embed::predict(&read(&body, shapes::predict)?, model),
        other => Err(Refusal::new(404, format!("Method not found: {other}"))),
    }
}

fn request(body: &Value, model: &str) -> Result<Value, Refusal> {
    let request = read(body, shapes::generate)?;
    check::request(&request, model)?;
    Ok(request)
}

fn read(body: &Value, shape: Shape) -> Result<Value, Refusal> {
    let rules = Rules {
        snake: true,
        nulls: true,
    };
    rules
        .read(body, Kind::Object(shape))
        .map_err(|flaw| Refusal::wrong(worded(&flaw)))
}

/// As the proto reader words it: names in snake case, the unknown one apart from where it was.
fn worded(flaw: &Flaw) -> String {
    let mut at = flaw.at.clone();
    let name = match (&flaw.what, at.pop()) {
        (What::Extra, Some(Step::Name(name))) => name,
        (_, last) => {
            at.extend(last);
            String::new()
        }
    };
    let steps = at.into_iter().map(|step| match step {
        Step::Name(name) => Step::Name(snake(&name)),
        step => step,
    });
    let path = Flaw {
        at: steps.collect(),
        what: What::Extra,
    }
    .bracketed();
    match &flaw.what {
        What::Extra if path.is_empty() => {
            format!("Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.")
        }
        What::Extra => format!(
            "Invalid JSON payload received. Unknown name \"{name}\" at '{path}': Cannot find field."
        ),
        What::Missing => format!("* GenerateContentRequest.{path}: {path} is not specified"),
        What::Wrong(wanted) => format!(
            "Invalid value at '{path}' (TYPE_{}), not a {wanted}",
            wanted.to_uppercase()
        ),
        What::NotOf(_) | What::Tag(_) => {
            format!("Invalid value at '{path}': not a known enum value")
        }
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

fn wish(request: &Value) -> Wish {
    let config = &request["generationConfig"];
    let thinking = &config["thinkingConfig"];
    let mut wish = Wish {
        most_tokens: most(&config["maxOutputTokens"]),
        stops: strings(&config["stopSequences"]),
        choices: most(&config["candidateCount"]).clamp(1, 8),
        thinks: thinking["includeThoughts"] == true,
        ..Wish::default()
    };
    if config["candidateCount"].is_null() {
        wish.choices = 1;
    }
    if request["systemInstruction"].is_object() {
        wish.hear(false, &texts(&request["systemInstruction"]));
    }
    for content in items(&request["contents"]) {
        let said = texts(content);
        wish.hear(content["role"] != "model" && !said.is_empty(), &said);
    }
    let last = items(&request["contents"])
        .last()
        .map_or(&Value::Null, |last| &last["parts"]);
    wish.after_tool = items(last)
        .iter()
        .any(|part| part["functionResponse"].is_object());
    let offered = items(&request["tools"])
        .iter()
        .flat_map(|tool| items(&tool["functionDeclarations"]));
    let calling = &request["toolConfig"]["functionCallingConfig"];
    let allowed = strings(&calling["allowedFunctionNames"]);
    let offered = offered
        .filter(|one| allowed.is_empty() || allowed.iter().any(|name| one["name"] == **name));
    wish.functions = offered
        .map(|one| Function {
            name: text(&one["name"]).to_owned(),
            parameters: [&one["parametersJsonSchema"], &one["parameters"]]
                .into_iter()
                .find(|schema| !schema.is_null())
                .map(lowered),
        })
        .collect();
    match text(&calling["mode"]) {
        "ANY" => wish.demand_any(),
        "NONE" => wish.functions.clear(),
        _ => {}
    }
    let schema = [&config["responseJsonSchema"], &config["responseSchema"]];
    if let Some(schema) = schema.into_iter().find(|schema| !schema.is_null()) {
        wish.format = Format::Schema(lowered(schema));
    } else if config["responseMimeType"] == "application/json" {
        wish.format = Format::Object;
    }
    wish
}

fn texts(content: &Value) -> Vec<&str> {
    items(&content["parts"])
        .iter()
        .filter_map(|part| part["text"].as_str())
        .collect()
}

/// A schema with its types in lower case, as JSON Schema has them and Google's own schema has not.
fn lowered(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| match (name.as_str(), value) {
                ("type", Value::String(kind)) => (name.clone(), kind.to_lowercase().into()),
                _ => (name.clone(), lowered(value)),
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => items.iter().map(lowered).collect(),
        other => other.clone(),
    }
}
