//! Which dialect a path speaks, and what it asks for.

use hyper::Method;

use super::call::{Call, Heard, Refusal};
use super::tongue::Tongue;
use super::{anthropic, bedrock, chat, cohere, embeddings, gemini, legacy, responses};

/// Where a request goes.
pub struct Door {
    /// Whose errors it has.
    pub tongue: Tongue,
    /// The model that the path names; empty if it names none.
    pub model: String,
    /// What the path asks for, where it says so; on other paths its last part.
    pub verb: String,
    /// Reads the request.
    pub hear: fn(&Call<'_>) -> Result<Heard, Refusal>,
}

/// The door that a path leads to.
pub fn find(method: &Method, path: &str) -> Option<Door> {
    if *method != Method::POST {
        return None;
    }
    let plain = |tongue, hear| {
        Some(Door {
            tongue,
            model: String::new(),
            verb: last(path),
            hear,
        })
    };
    if let Some((_, rest)) = path.split_once("/openai/deployments/") {
        let (model, rest) = rest.split_once('/')?;
        let hear: fn(&Call<'_>) -> Result<Heard, Refusal> = match rest {
            "chat/completions" => chat::hear_azure,
            "embeddings" => embeddings::hear_azure,
            "completions" => legacy::hear_azure,
            _ => return None,
        };
        return Some(Door {
            tongue: Tongue::Azure,
            model: decoded(model),
            verb: last(path),
            hear,
        });
    }
    if let Some((_, rest)) = path.split_once("/publishers/anthropic/models/") {
        return verbs(rest, Tongue::Anthropic, anthropic::hear_vertex);
    }
    if let Some((_, rest)) = path.split_once("/publishers/google/models/") {
        return verbs(rest, Tongue::Google, gemini::hear_vertex);
    }
    if let Some((_, rest)) = path
        .split_once("/models/")
        .filter(|(_, rest)| rest.contains(':'))
    {
        return verbs(rest, Tongue::Google, gemini::hear);
    }
    if let Some((_, rest)) = path.split_once("/model/") {
        let (model, verb) = rest.split_once('/')?;
        let (model, verb) = (decoded(model), verb.to_owned());
        return Some(Door {
            tongue: Tongue::Bedrock,
            model,
            verb,
            hear: bedrock::hear,
        });
    }
    match path {
        _ if path.ends_with("/chat/completions") => plain(Tongue::OpenAi, chat::hear),
        _ if path.ends_with("/v2/chat") => plain(Tongue::Cohere, cohere::hear),
        _ if path.ends_with("/v2/embed") => plain(Tongue::Cohere, cohere::hear_embed),
        _ if path.ends_with("/messages") => plain(Tongue::Anthropic, anthropic::hear),
        _ if path.ends_with("/messages/count_tokens") => {
            plain(Tongue::Anthropic, anthropic::hear_count)
        }
        _ if path.ends_with("/responses") => plain(Tongue::Responses, responses::hear),
        _ if path.ends_with("/embeddings") => plain(Tongue::OpenAi, embeddings::hear),
        _ if path.ends_with("/completions") => plain(Tongue::OpenAi, legacy::hear),
        _ => None,
    }
}

/// `MODEL:VERB`.
fn verbs(
    rest: &str,
    tongue: Tongue,
    hear: fn(&Call<'_>) -> Result<Heard, Refusal>,
) -> Option<Door> {
    let rest = decoded(rest);
    let (model, verb) = rest.rsplit_once(':')?;
    let (model, verb) = (model.to_owned(), verb.to_owned());
    Some(Door {
        tongue,
        model,
        verb,
        hear,
    })
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A part of a path without its percent signs; as it is, if that is no text.
///
/// A model's own switches may have percent signs too: `%2520` is a `%20` of theirs.
fn decoded(part: &str) -> String {
    let bytes = super::switches::percent_decoded(part).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_else(|| part.to_owned())
}
