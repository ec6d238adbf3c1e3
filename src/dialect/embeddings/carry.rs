//! From any client's dialect of embeddings to any provider's and back.

use super::{EmbeddingRequest, Encoding, cohere, gemini, openai, titan, vertex};
use crate::dialect::Dialect;
use crate::dialect::endpoint::Call;
use crate::dialect::neutral::{Aim, Cannot, Told, Written};

/// A client's request, written for a provider.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn request(call: &Call, body: &str, to: Dialect, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let request = read(call, body)?;
    match to {
        Dialect::GeminiEmbed | Dialect::GeminiEmbeds => gemini::write_request(&request, aim),
        Dialect::VertexEmbed => vertex::write_request(&request, aim),
        Dialect::CohereEmbed => cohere::write_request(&request, aim),
        Dialect::TitanEmbed => titan::write_request(&request, aim),
        _ => openai::write_request(&request, aim),
    }
}

/// Whether a client wants its vectors in base64.
pub fn wants_base64(call: &Call, body: &str) -> bool {
    read(call, body).is_ok_and(|request| request.encoding == Encoding::Base64)
}

fn read(call: &Call, body: &str) -> Result<EmbeddingRequest, Cannot> {
    let model = call.model.as_deref().unwrap_or_default();
    match call.dialect {
        Dialect::GeminiEmbed => gemini::read_request(body, model, false),
        Dialect::GeminiEmbeds => gemini::read_request(body, model, true),
        _ => openai::read_request(body),
    }
}

/// A provider's reply, written for a client.
///
/// # Errors
///
/// It is no reply of the provider's dialect; why.
pub fn reply(from: Dialect, to: Dialect, body: &str, told: &Told) -> Result<Vec<u8>, String> {
    let reply = match from {
        Dialect::GeminiEmbed | Dialect::GeminiEmbeds => gemini::read_reply(body),
        Dialect::VertexEmbed => vertex::read_reply(body),
        Dialect::CohereEmbed => cohere::read_reply(body),
        Dialect::TitanEmbed => titan::read_reply(body),
        _ => openai::read_reply(body),
    }?;
    let encoding = match told.base64 {
        true => Encoding::Base64,
        false => Encoding::Float,
    };
    Ok(match to {
        Dialect::GeminiEmbed => gemini::write_reply(&reply, told, false),
        Dialect::GeminiEmbeds => gemini::write_reply(&reply, told, true),
        _ => openai::write_reply(&reply, told, encoding),
    })
}
