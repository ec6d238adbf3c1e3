//! Amazon Titan's text embeddings on Bedrock, `amazon.titan-embed-text-v1` and `-v2:0`
//! (docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html).

use serde_json::json;

use super::lift::Lifted;
use super::openai::used;
use super::{EmbeddingReply, EmbeddingRequest};
use crate::dialect::Reported;
use crate::dialect::neutral::{Aim, Cannot, Written};

/// The lengths of vectors that v2 has.
const LENGTHS: [u64; 3] = [1024, 512, 256];

/// The one that v1 has.
const LENGTH_OF_V1: u64 = 1536;

/// Writes a request.
///
/// # Errors
///
/// It is more than one text, or wants a length that the model does not have.
pub fn write_request(request: &EmbeddingRequest, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let texts = request.texts()?;
    let [text] = texts.as_slice() else {
        let what = format!(
            "this model embeds one text a request, found {}",
            texts.len()
        );
        return Err(request.cannot_input(what));
    };
    let is_v1 = aim.model.contains("titan-embed-text-v1") || aim.model.contains("titan-embed-g1");
    let body = match request.dimensions {
        None => json!({"inputText": text}),
        Some(LENGTH_OF_V1) if is_v1 => json!({"inputText": text}),
        Some(length) if !is_v1 && LENGTHS.contains(&length) => {
            json!({"inputText": text, "dimensions": length})
        }
        Some(_) => {
            let lengths = if is_v1 { "1536" } else { "1024, 512 or 256" };
            let what = format!("this model's vectors have {lengths} dimensions");
            return Err(Cannot::new(request.names.dimensions, what));
        }
    };
    let mut dropped = request.dropped(false)?;
    if request.task.is_some() {
        dropped.push(request.names.task.into());
    }
    Ok(Written {
        body: body.to_string().into_bytes(),
        dropped,
    })
}

/// Reads a reply.
///
/// # Errors
///
/// It is not a reply of this model; why.
pub fn read_reply(json: &str) -> Result<EmbeddingReply, String> {
    let mut lifted = Lifted::read(json)?;
    let body = std::mem::take(&mut lifted.body);
    let vector = lifted.take(body.get("embedding"))?;
    let tokens = body.get("inputTextTokenCount").and_then(Reported::figure);
    Ok(EmbeddingReply {
        model: None,
        vectors: vec![vector],
        usage: tokens.map(used),
    })
}
