//! Wire texts in both directions.

use serde_json::{Value, json};

use super::*;
use crate::dialect::neutral::{Aim, Cannot, Place, Told, Written};

mod replies;
mod requests;

type Write = fn(&EmbeddingRequest, &Aim<'_>) -> Result<Written, Cannot>;
type Read = fn(&str) -> Result<EmbeddingReply, String>;

fn told() -> Told {
    Told {
        model: "as\"ked".to_owned(),
        ..Told::default()
    }
}

fn aim<'a>(kind: &'a str, model: &'a str) -> Aim<'a> {
    Aim {
        model,
        kind,
        mark_cache: false,
    }
}

fn openai(body: Value) -> EmbeddingRequest {
    openai::read_request(&body.to_string()).unwrap()
}

fn gemini(body: Value) -> EmbeddingRequest {
    gemini::read_request(&body.to_string(), "models/m", true).unwrap()
}

fn body(written: Written) -> Value {
    serde_json::from_slice(&written.body).unwrap()
}

fn content(text: &str) -> Value {
    json!({"content": {"parts": [{"text": text}]}})
}

#[test]
fn paths() {
    let rows = [
        (
            gemini::path("gemini-embedding-001"),
            "/models/gemini-embedding-001:batchEmbedContents",
        ),
        (
            vertex::path("text-embedding-005"),
            "/publishers/google/models/text-embedding-005:predict",
        ),
        (
            vertex::path("gemini-embedding-001"),
            "/publishers/google/models/gemini-embedding-001:predict",
        ),
        (
            vertex::path("gemini-embedding-2"),
            "/publishers/google/models/gemini-embedding-2:embedContent",
        ),
        (
            bedrock_path("amazon.titan-embed-text-v2:0"),
            "/model/amazon.titan-embed-text-v2%3A0/invoke",
        ),
        (cohere::PATH.to_owned(), "/embed"),
    ];
    for (path, expected) in rows {
        assert_eq!(path, expected);
    }
}
