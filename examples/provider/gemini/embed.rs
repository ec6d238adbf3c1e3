//! Embeddings of Google's. <https://ai.google.dev/api/embeddings>

use serde_json::{Value, json};

use super::super::call::{Heard, Refusal, items, most, text};
use super::super::embeddings::vector;
use super::super::wish::Wish;
use super::texts;

/// What a model of Google's gives without a size asked for.
const SIZE: usize = 768;

/// `:embedContent`.
///
/// # Errors
/// What is wrong with it.
pub fn one(request: &Value, model: String) -> Result<Heard, Refusal> {
    let embedding = embedding(request)?;
    Ok(Heard::whole(
        model,
        wish(&[request]),
        move |_| json!({"embedding": embedding}),
    ))
}

/// `:batchEmbedContents`: each request names the model again.
///
/// # Errors
/// What is wrong with it.
pub fn batch(request: &Value, model: String) -> Result<Heard, Refusal> {
    let requests = items(&request["requests"]);
    for (at, one) in requests.iter().enumerate() {
        if text(&one["model"]).strip_prefix("models/") != Some(&model) {
            let why = format!(
                "* BatchEmbedContentsRequest.requests[{at}].model: model must match the path's, models/{model}\n"
            );
            return Err(Refusal::wrong(why));
        }
    }
    let embeddings = requests
        .iter()
        .map(embedding)
        .collect::<Result<Vec<Value>, _>>()?;
    let wish = wish(&requests.iter().collect::<Vec<_>>());
    Ok(Heard::whole(
        model,
        wish,
        move |_| json!({"embeddings": embeddings}),
    ))
}

/// `:predict` of Vertex.
///
/// # Errors
/// What is wrong with it.
pub fn predict(request: &Value, model: String) -> Result<Heard, Refusal> {
    let instances = items(&request["instances"]);
    let size = size(&request["parameters"]["outputDimensionality"]);
    let one = |instance: &Value| {
        let words = text(&instance["content"]).split_whitespace().count();
        let statistics = json!({"token_count": words, "truncated": false});
        json!({"embeddings": {"values": vector(text(&instance["content"]), size), "statistics": statistics}})
    };
    let predictions: Vec<Value> = instances.iter().map(one).collect();
    Ok(Heard::whole(
        model,
        Wish::default(),
        move |_| json!({"predictions": predictions}),
    ))
}

fn embedding(request: &Value) -> Result<Value, Refusal> {
    let said = texts(&request["content"]).concat();
    if said.is_empty() {
        return Err(Refusal::wrong(
            "* EmbedContentRequest.content: content is empty\n",
        ));
    }
    let config = &request["embedContentConfig"]["outputDimensionality"];
    let asked = if config.is_null() {
        &request["outputDimensionality"]
    } else {
        config
    };
    Ok(json!({"values": vector(&said, size(asked))}))
}

fn size(asked: &Value) -> usize {
    if asked.is_null() {
        SIZE
    } else {
        most(asked).clamp(1, 3072)
    }
}

fn wish(requests: &[&Value]) -> Wish {
    let mut wish = Wish::default();
    for request in requests {
        wish.hear(true, &texts(&request["content"]));
    }
    wish
}
