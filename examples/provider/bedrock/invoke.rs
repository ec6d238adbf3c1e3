//! InvokeModel for the embeddings of Titan and Cohere.
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html>,
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html>

use serde_json::{Value, json};

use super::super::call::{Heard, Refusal, items, most, text};
use super::super::embeddings::vector;
use super::super::shape::{Field, Kind, fields};
use super::super::wish::Wish;
use super::read;

/// Reads a request; the model's name says whose it is.
///
/// # Errors
/// What is wrong with it.
pub fn hear(body: &Value, model: String) -> Result<Heard, Refusal> {
    if model.contains("titan-embed") {
        return titan_embedding(&read(body, titan)?, model);
    }
    if model.contains("cohere.embed") {
        return cohere_embedding(&read(body, cohere)?, model);
    }
    Err(Refusal::wrong(format!(
        "The provided model identifier is invalid: {model}"
    )))
}

fn titan_embedding(request: &Value, model: String) -> Result<Heard, Refusal> {
    let said = text(&request["inputText"]).to_owned();
    if said.is_empty() {
        return Err(Refusal::wrong(
            "Malformed input request: expected minLength: 1, actual: 0, please reformat your input and try again.",
        ));
    }
    let size = if request["dimensions"].is_null() {
        1024
    } else {
        most(&request["dimensions"])
    };
    if !matches!(size, 256 | 512 | 1024) {
        return Err(Refusal::wrong(
            "Malformed input request: #/dimensions: not one of 256, 512, 1024",
        ));
    }
    let mut wish = Wish::default();
    wish.hear(true, &[&said]);
    Ok(Heard::whole(model, wish, move |told| {
        let embedding = vector(&said, size);
        let tokens = told.answer.usage.prompt_tokens;
        json!({"embedding": embedding, "embeddingsByType": {"float": embedding}, "inputTextTokenCount": tokens})
    }))
}

fn cohere_embedding(request: &Value, model: String) -> Result<Heard, Refusal> {
    let texts: Vec<String> = items(&request["texts"])
        .iter()
        .map(|one| text(one).to_owned())
        .collect();
    if texts.is_empty() || texts.len() > 96 {
        return Err(Refusal::wrong(
            "Malformed input request: #/texts: expected minimum item count: 1, maximum: 96",
        ));
    }
    let typed = !request["embedding_types"].is_null();
    let mut wish = Wish::default();
    wish.hear(true, &texts.iter().map(String::as_str).collect::<Vec<_>>());
    Ok(Heard::whole(model, wish, move |told| {
        let vectors: Vec<Vec<f32>> = texts.iter().map(|text| vector(text, 1024)).collect();
        let embeddings = if typed {
            json!({"float": vectors})
        } else {
            json!(vectors)
        };
        let kind = if typed {
            "embeddings_by_type"
        } else {
            "embeddings_floats"
        };
        json!({"id": format!("embed-{:06}", told.number), "texts": texts, "embeddings": embeddings, "response_type": kind})
    }))
}

fn titan() -> &'static [Field] {
    fields! { must "inputText": Kind::Text, may "dimensions": Kind::Whole, may "normalize": Kind::Flag,
    may "embeddingTypes": Kind::List(&Kind::Word(&["float", "binary"])) }
}

fn cohere() -> &'static [Field] {
    fields! {
        must "texts": Kind::List(&Kind::Text),
        must "input_type": Kind::Word(&["search_document", "search_query", "classification", "clustering"]),
        may "truncate": Kind::Word(&["NONE", "START", "END"]),
        may "embedding_types": Kind::List(&Kind::Word(&["float", "int8", "uint8", "binary", "ubinary"])),
        may "images": Kind::List(&Kind::Text), may "output_dimension": Kind::Whole,
    }
}
