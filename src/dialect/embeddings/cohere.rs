//! Cohere's `/v2/embed` (docs.cohere.com/reference/embed), and the same models on Bedrock
//! (docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html).
//!
//! Cohere requires an `input_type`. Where the client says none it is `search_document`, as for texts
//! that are stored to be found; an application that embeds questions should say `search_query`.

use serde_json::{Map, Value, json};

use super::lift::Lifted;
use super::openai::used;
use super::{EmbeddingReply, EmbeddingRequest, Input, Task};
use crate::dialect::Reported;
use crate::dialect::neutral::{Aim, Cannot, Media, Source, Written};
use crate::json;

/// The most inputs of one request.
const MOST: usize = 96;

/// Where a request goes to.
pub const PATH: &str = "/embed";

/// Writes a request. On Bedrock (`aim.kind`) the path names the model.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn write_request(request: &EmbeddingRequest, aim: &Aim<'_>) -> Result<Written, Cannot> {
    request.at_most(MOST)?;
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    if aim.kind != "bedrock" {
        put("model", aim.model.into());
    }
    let images = request
        .inputs
        .iter()
        .filter(|input| matches!(input, Input::Image(_)));
    match images.count() {
        0 => {
            put("input_type", input_type(request)?.into());
            put("texts", request.texts()?.into());
        }
        // The form that all models with images know takes one image and nothing else.
        1 if request.inputs.len() == 1 => {
            let images: Result<Vec<Value>, Cannot> = request
                .inputs
                .iter()
                .map(|input| match input {
                    Input::Image(media) => Ok(url(request, media)?.into()),
                    _ => Err(request.tokens()),
                })
                .collect();
            put("input_type", "image".into());
            put("images", images?.into());
        }
        _ => {
            put("input_type", input_type(request)?.into());
            let inputs = request.inputs.iter().map(|input| content(request, input));
            put(
                "inputs",
                inputs.collect::<Result<Vec<Value>, Cannot>>()?.into(),
            );
        }
    }
    put("embedding_types", json!(["float"]));
    if let Some(dimensions) = request.dimensions {
        if aim.model.contains("v3") {
            let what = "the vectors of this model have one length only";
            return Err(Cannot::new(request.names.dimensions, what));
        }
        put("output_dimension", dimensions.into());
    }
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped: request.dropped(false)?,
    })
}

fn input_type(request: &EmbeddingRequest) -> Result<&'static str, Cannot> {
    Ok(match request.task {
        None | Some(Task::Document) => "search_document",
        // What is asked of documents, however, is a query.
        Some(Task::Query | Task::QuestionAnswering | Task::FactVerification | Task::CodeQuery) => {
            "search_query"
        }
        Some(Task::Classification) => "classification",
        Some(Task::Clustering) => "clustering",
        Some(Task::Similarity) => {
            let what = "this provider has no vectors for it";
            return Err(Cannot::new(request.names.task, what));
        }
    })
}

fn content(request: &EmbeddingRequest, input: &Input) -> Result<Value, Cannot> {
    let part = match input {
        Input::Text(text) => json!({"type": "text", "text": text}),
        Input::Tokens(_) => return Err(request.tokens()),
        Input::Image(media) => {
            json!({"type": "image_url", "image_url": {"url": url(request, media)?}})
        }
    };
    Ok(json!({"content": [part]}))
}

fn url(request: &EmbeddingRequest, media: &Media) -> Result<String, Cannot> {
    match &media.source {
        Source::Base64(data) => {
            let kind = media.media_type.as_deref().unwrap_or("image/png");
            Ok(format!("data:{kind};base64,{data}"))
        }
        _ => Err(request.cannot_input("this provider takes images in the body only")),
    }
}

/// Reads a reply. Older models on Bedrock write the bare list of vectors. There the count of tokens stands
/// in a header, not in the body.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<EmbeddingReply, String> {
    let mut lifted = Lifted::read(json)?;
    let body = std::mem::take(&mut lifted.body);
    let vectors = match body.get("embeddings") {
        Some(list @ Value::Array(_)) => lifted.take_all(list)?,
        Some(Value::Object(kinds)) => {
            let list = kinds
                .get("float")
                .ok_or("embeddings.float: it is missing")?;
            lifted.take_all(list)?
        }
        _ => return Err("embeddings: it is missing".to_owned()),
    };
    let number = |path: &str| Reported::figure(json::at(&body, path)?);
    let text = number("/meta/billed_units/input_tokens");
    let image = number("/meta/billed_units/image_tokens");
    let tokens = match (text, image) {
        (None, None) => number("/meta/tokens/input_tokens"),
        (text, image) => Some(text.unwrap_or(0).saturating_add(image.unwrap_or(0))),
    };
    Ok(EmbeddingReply {
        model: None,
        vectors,
        usage: tokens.map(used),
    })
}
