//! Vertex AI's text embeddings (cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api):
//! `:predict`, and `:embedContent` for the models that came after `gemini-embedding-001`.

use serde_json::{Map, Value, json};

use super::gemini::{self, word};
use super::lift::Lifted;
use super::openai::used;
use super::{EmbeddingReply, EmbeddingRequest};
use crate::dialect::neutral::{Aim, Cannot, Written};
use crate::dialect::{Reported, segment};
use crate::json;

/// The most inputs of one request.
const MOST: usize = 250;

/// The same of `gemini-embedding-001`, and of `:embedContent`.
const ONE: usize = 1;

/// Where a request goes to, from the model on: what stands before it is the project's and the region's.
pub fn path(model: &str) -> String {
    let method = if is_content(model) {
        "embedContent"
    } else {
        "predict"
    };
    format!("/publishers/google/models/{}:{method}", segment(model))
}

/// Whether a model is asked by content (as Google's SDK for Python tells them apart).
fn is_content(model: &str) -> bool {
    model.contains("gemini") && !model.starts_with("gemini-embedding-001")
}

/// Writes a request.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn write_request(request: &EmbeddingRequest, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let body = match is_content(aim.model) {
        true => content(request)?,
        false => instances(request, aim.model)?,
    };
    Ok(Written {
        body: body.to_string().into_bytes(),
        dropped: request.dropped(false)?,
    })
}

fn instances(request: &EmbeddingRequest, model: &str) -> Result<Value, Cannot> {
    let is_one = model.starts_with("gemini-embedding-001");
    request.at_most(if is_one { ONE } else { MOST })?;
    let instance = |text: &str| match request.task {
        Some(task) => json!({"content": text, "task_type": word(task)}),
        None => json!({"content": text}),
    };
    let instances: Vec<Value> = request.texts()?.into_iter().map(instance).collect();
    Ok(match request.dimensions {
        Some(dimensions) => {
            json!({"instances": instances, "parameters": {"outputDimensionality": dimensions}})
        }
        None => json!({"instances": instances}),
    })
}

fn content(request: &EmbeddingRequest) -> Result<Value, Cannot> {
    request.at_most(ONE)?;
    let parts = request
        .inputs
        .iter()
        .map(|input| gemini::part(request, input));
    let parts: Vec<Value> = parts.collect::<Result<_, _>>()?;
    let mut config = Map::new();
    if let Some(task) = request.task {
        config.insert("taskType".to_owned(), word(task).into());
    }
    if let Some(dimensions) = request.dimensions {
        config.insert("outputDimensionality".to_owned(), dimensions.into());
    }
    let content = json!({"parts": parts});
    Ok(match config.is_empty() {
        true => json!({"content": content}),
        false => json!({"content": content, "embedContentConfig": config}),
    })
}

/// Reads a reply of either method.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<EmbeddingReply, String> {
    let mut lifted = Lifted::read(json)?;
    let body = std::mem::take(&mut lifted.body);
    let Some(predictions) = body.get("predictions").and_then(Value::as_array) else {
        return gemini::read_reply(json);
    };
    let mut vectors = Vec::with_capacity(predictions.len());
    let mut tokens = None;
    for prediction in predictions {
        vectors.push(lifted.take(json::at(prediction, "/embeddings/values"))?);
        let count = json::at(prediction, "/embeddings/statistics/token_count");
        if let Some(count) = count.and_then(Reported::figure) {
            tokens = Some(count.saturating_add(tokens.unwrap_or(0)));
        }
    }
    Ok(EmbeddingReply {
        model: None,
        vectors,
        usage: tokens.filter(|tokens| *tokens <= Reported::MOST).map(used),
    })
}
