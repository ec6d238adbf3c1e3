//! OpenAI's `/embeddings` (platform.openai.com/docs/api-reference/embeddings), which Azure, Mistral
//! (docs.mistral.ai/api, "Embeddings") and most others speak as well.

use serde_json::{Map, Value, json};

use super::lift::Lifted;
use super::{EmbeddingReply, EmbeddingRequest, Encoding, Input, Names, Task, Vector};
use crate::dialect::neutral::{Aim, Cannot, Told, Written, tree};
use crate::dialect::quirks::Quirks;
use crate::dialect::{Fields, Reported, row};
use crate::json;

/// The most inputs of one request.
const MOST: usize = 2048;

const NAMES: Names = Names {
    inputs: "input",
    dimensions: "dimensions",
    task: "input_type",
    user: "user",
};

/// Reads a request. Beside OpenAI's own fields it takes `input_type`, as NVIDIA, Cohere and Voyage name the
/// task.
///
/// # Errors
///
/// A field has a wrong kind of value.
pub fn read_request(json: &str) -> Result<EmbeddingRequest, Cannot> {
    let value: Value = tree(json)?;
    let mut body = Fields::of(value, "")?;
    let request = EmbeddingRequest {
        model: body.string("model")?.unwrap_or_default(),
        inputs: inputs(body.take("input"))?,
        dimensions: body.whole("dimensions")?,
        encoding: match body.string("encoding_format")?.as_deref() {
            None | Some("float") => Encoding::Float,
            Some("base64") => Encoding::Base64,
            Some(_) => return Err(Cannot::new("encoding_format", "expected float or base64")),
        },
        task: body
            .string("input_type")?
            .map(|word| task(&word))
            .transpose()?,
        user: body.string("user")?,
        names: NAMES,
        rest: Vec::new(),
    };
    let rest = body.rest(&[]);
    Ok(EmbeddingRequest { rest, ..request })
}

/// A text, texts, the ids of one text, or those of several.
fn inputs(input: Option<Value>) -> Result<Vec<Input>, Cannot> {
    let items = match input {
        None => return Err(Cannot::new("input", "it is missing")),
        Some(Value::String(text)) => return Ok(vec![Input::Text(text)]),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(Cannot::new("input", "expected a text or a list")),
    };
    match items.first() {
        None => return Err(Cannot::new("input", "expected at least one text")),
        Some(Value::Number(_)) => return Ok(vec![tokens(&items, "input")?]),
        Some(_) => {}
    }
    let items = items.into_iter().enumerate();
    items
        .map(|(nth, item)| match item {
            Value::String(text) => Ok(Input::Text(text)),
            Value::Array(ids) => tokens(&ids, &format!("input[{nth}]")),
            _ => Err(Cannot::new(
                format!("input[{nth}]"),
                "expected a text or token ids",
            )),
        })
        .collect()
}

fn tokens(ids: &[Value], path: &str) -> Result<Input, Cannot> {
    let ids: Option<Vec<u64>> = ids.iter().map(Value::as_u64).collect();
    let ids = ids.filter(|ids| !ids.is_empty());
    ids.map(Input::Tokens)
        .ok_or_else(|| Cannot::new(path, "expected token ids"))
}

fn task(word: &str) -> Result<Task, Cannot> {
    Ok(match word {
        "query" | "search_query" => Task::Query,
        "passage" | "document" | "search_document" => Task::Document,
        "classification" => Task::Classification,
        "clustering" => Task::Clustering,
        _ => {
            let what = "expected search_query, search_document, classification or clustering";
            return Err(Cannot::new("input_type", what));
        }
    })
}

/// Writes a request. Only OpenAI and Azure are asked for base64: it can be made from numbers.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn write_request(request: &EmbeddingRequest, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let quirks = row::of(aim.kind).map_or(Quirks::COMMON, |row| row.quirks);
    request.at_most(MOST)?;
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    put("model", aim.model.into());
    let inputs: Result<Vec<Value>, Cannot> = request
        .inputs
        .iter()
        .map(|input| match input {
            Input::Text(text) => Ok(text.as_str().into()),
            Input::Tokens(ids) if quirks.house => Ok(ids.clone().into()),
            Input::Tokens(_) => Err(request.tokens()),
            Input::Image(_) => Err(request.cannot_input("this provider embeds no images")),
        })
        .collect();
    put("input", inputs?.into());
    if let Some(dimensions) = request.dimensions {
        let key = match aim.kind {
            "mistral" => "output_dimension",
            _ => "dimensions",
        };
        put(key, dimensions.into());
    }
    if quirks.house && request.encoding == Encoding::Base64 {
        put("encoding_format", "base64".into());
    }
    if let (true, Some(user)) = (quirks.house, &request.user) {
        put("user", user.as_str().into());
    }
    let mut dropped = request.dropped(quirks.house)?;
    match (aim.kind, request.task) {
        // NVIDIA's retrievers require it (docs.nvidia.com/nim, "Text embedding").
        ("nvidia", Some(Task::Query | Task::QuestionAnswering | Task::FactVerification)) => {
            put("input_type", "query".into());
        }
        ("nvidia", _) => {
            put("input_type", "passage".into());
        }
        // These models have one vector for a text, whatever it is for.
        (_, Some(_)) => dropped.push(request.names.task.into()),
        (_, None) => {}
    }
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped,
    })
}

/// Reads a reply.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<EmbeddingReply, String> {
    let mut lifted = Lifted::read(json)?;
    let body = std::mem::take(&mut lifted.body);
    let data = body.get("data").and_then(Value::as_array);
    let data = data.ok_or("data: expected a list")?;
    let mut vectors = Vec::with_capacity(data.len());
    for (nth, item) in data.iter().enumerate() {
        let index = item.get("index").and_then(Value::as_u64);
        let index = index.and_then(|index| usize::try_from(index).ok());
        vectors.push((index.unwrap_or(nth), lifted.take(item.get("embedding"))?));
    }
    vectors.sort_by_key(|(index, _)| *index);
    let number = |key: &str| Reported::figure(body.get("usage")?.get(key)?);
    let input = number("prompt_tokens").or_else(|| number("total_tokens"));
    Ok(EmbeddingReply {
        model: body.get("model").and_then(Value::as_str).map(str::to_owned),
        vectors: vectors.into_iter().map(|(_, vector)| vector).collect(),
        usage: input.map(used),
    })
}

/// So many tokens went in.
pub(super) fn used(input: u64) -> Reported {
    Reported {
        input: Some(input),
        output: Some(0),
        ..Reported::default()
    }
}

/// Writes a reply with vectors in the encoding that the client asked for. A client requires a usage: where
/// the provider said nothing it is zero.
pub fn write_reply(reply: &EmbeddingReply, told: &Told, encoding: Encoding) -> Vec<u8> {
    let item = |(nth, vector): (usize, &Vector)| {
        let vector = vector.json(encoding);
        format!(r#"{{"object":"embedding","index":{nth},"embedding":{vector}}}"#)
    };
    let items: Vec<String> = reply.vectors.iter().enumerate().map(item).collect();
    let input = reply
        .usage
        .and_then(|usage| usage.input)
        .unwrap_or_default();
    let usage = json!({"prompt_tokens": input, "total_tokens": input});
    let (items, model) = (items.join(","), json::quote(&told.model));
    format!(r#"{{"object":"list","data":[{items}],"model":{model},"usage":{usage}}}"#).into_bytes()
}
