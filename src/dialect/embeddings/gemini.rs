//! Gemini's `:embedContent` and `:batchEmbedContents` (ai.google.dev/api/embeddings). A provider is always
//! asked by the latter, as Google's own SDK does.

use serde_json::{Value, json};

use super::lift::Lifted;
use super::openai::used;
use super::{EmbeddingReply, EmbeddingRequest, Encoding, Input, Names, Task};
use crate::dialect::neutral::{Aim, Cannot, Media, MediaKind, Rest, Source, Told, Written, tree};
use crate::dialect::{Fields, Reported, segment};
use crate::json;

/// The most inputs of one request.
const MOST: usize = 100;

/// The tasks by Google's names (`TaskType` in the reference).
const TASKS: [(&str, Task); 8] = [
    ("RETRIEVAL_QUERY", Task::Query),
    ("RETRIEVAL_DOCUMENT", Task::Document),
    ("CLASSIFICATION", Task::Classification),
    ("CLUSTERING", Task::Clustering),
    ("SEMANTIC_SIMILARITY", Task::Similarity),
    ("QUESTION_ANSWERING", Task::QuestionAnswering),
    ("FACT_VERIFICATION", Task::FactVerification),
    ("CODE_RETRIEVAL_QUERY", Task::CodeQuery),
];

/// Of one content.
const NAMES: Names = Names {
    inputs: "content",
    dimensions: "outputDimensionality",
    task: "taskType",
    user: "user",
};

/// Of several.
const BATCH: Names = Names {
    inputs: "requests",
    dimensions: "requests[0].outputDimensionality",
    task: "requests[0].taskType",
    user: "user",
};

/// Google's name of a task.
pub(super) fn word(task: Task) -> &'static str {
    let found = TASKS.iter().find(|(_, own)| *own == task);
    found.map_or("TASK_TYPE_UNSPECIFIED", |(word, _)| word)
}

/// Reads a request for the model that the path names; `batch`: it came to `:batchEmbedContents`.
///
/// # Errors
///
/// A field has a wrong kind of value, or the requests of a batch want different things.
pub fn read_request(json: &str, model: &str, batch: bool) -> Result<EmbeddingRequest, Cannot> {
    let value: Value = tree(json)?;
    let mut body = Fields::of(value, "")?;
    let model = model.strip_prefix("models/").unwrap_or(model).to_owned();
    if !batch {
        return Ok(EmbeddingRequest {
            model,
            ..one(body)?
        });
    }
    let mut requests = body.array("requests")?.into_iter().enumerate();
    let mut next = || {
        let (nth, value) = requests.next()?;
        Some(Fields::of(value, format!("requests[{nth}]")).and_then(one))
    };
    let first = next().ok_or_else(|| Cannot::new("requests", "expected at least one request"))?;
    let mut whole = EmbeddingRequest {
        model,
        names: BATCH,
        ..first?
    };
    while let Some(request) = next() {
        let request = request?;
        if (request.task, request.dimensions) != (whole.task, whole.dimensions) {
            let what = "all of them must want the same taskType and outputDimensionality";
            return Err(Cannot::new("requests", what));
        }
        whole.inputs.extend(request.inputs);
        whole.rest.extend(request.rest);
    }
    whole.rest.extend(body.rest(&[]));
    Ok(whole)
}

fn one(mut body: Fields) -> Result<EmbeddingRequest, Cannot> {
    // The path names the model.
    body.take("model");
    let mut rest = Vec::new();
    let path = body.path("content");
    let content = body.take("content");
    let content = content.ok_or_else(|| Cannot::new(path.as_str(), "it is missing"))?;
    let input = input(content, &path, &mut rest)?;
    let (task, dimensions) = match body.object("embedContentConfig")? {
        Some(mut config) => {
            let read = settings(&mut config)?;
            rest.extend(config.rest(&[]));
            read
        }
        None => settings(&mut body)?,
    };
    rest.extend(body.rest(&[]));
    Ok(EmbeddingRequest {
        inputs: vec![input],
        dimensions,
        task,
        names: NAMES,
        rest,
        ..EmbeddingRequest::default()
    })
}

/// Both spellings of JSON for protocol buffers are taken.
fn settings(fields: &mut Fields) -> Result<(Option<Task>, Option<u64>), Cannot> {
    let path = fields.path("taskType");
    let word = match fields.string("taskType")? {
        None => fields.string("task_type")?,
        word => word,
    };
    let task = match word.as_deref() {
        None | Some("TASK_TYPE_UNSPECIFIED") => None,
        Some(word) => match TASKS.iter().find(|(own, _)| *own == word) {
            Some((_, task)) => Some(*task),
            None => return Err(Cannot::new(path, "it is not known")),
        },
    };
    let dimensions = match fields.whole("outputDimensionality")? {
        None => fields.whole("output_dimensionality")?,
        dimensions => dimensions,
    };
    Ok((task, dimensions))
}

/// A content of one part: several would make one vector, which no other provider does.
fn input(content: Value, path: &str, rest: &mut Vec<Rest>) -> Result<Input, Cannot> {
    if let Value::String(text) = content {
        return Ok(Input::Text(text));
    }
    let mut content = Fields::of(content, path)?;
    content.take("role");
    let mut parts = content.array("parts")?.into_iter();
    let path = content.path("parts");
    rest.extend(content.rest(&[]));
    let (Some(part), None) = (parts.next(), parts.next()) else {
        return Err(Cannot::new(path, "expected one part"));
    };
    let mut part = Fields::of(part, format!("{path}[0]"))?;
    let at = part.path("text");
    let input = match part.string("text")? {
        Some(text) => Input::Text(text),
        None => image(&mut part)?.ok_or_else(|| Cannot::new(at, "expected a text or an image"))?,
    };
    rest.extend(part.rest(&[]));
    Ok(input)
}

fn image(part: &mut Fields) -> Result<Option<Input>, Cannot> {
    let inline = match part.object("inlineData")? {
        None => part.object("inline_data")?,
        inline => inline,
    };
    let Some(mut inline) = inline else {
        return Ok(None);
    };
    let media_type = match inline.string("mimeType")? {
        None => inline.string("mime_type")?,
        media_type => media_type,
    };
    let is_image = media_type
        .as_deref()
        .is_none_or(|kind| kind.starts_with("image/"));
    let data = inline.string("data")?.filter(|_| is_image);
    Ok(data.map(|data| {
        Input::Image(Media {
            kind: MediaKind::Image,
            source: Source::Base64(data),
            media_type,
            name: None,
            detail: None,
        })
    }))
}

/// Where a request goes to.
pub fn path(model: &str) -> String {
    format!("/models/{}:batchEmbedContents", segment(model))
}

/// Writes a request.
///
/// # Errors
///
/// The provider cannot be asked this.
pub fn write_request(request: &EmbeddingRequest, aim: &Aim<'_>) -> Result<Written, Cannot> {
    request.at_most(MOST)?;
    let model = format!("models/{}", aim.model);
    let mut requests = Vec::with_capacity(request.inputs.len());
    for input in &request.inputs {
        let mut item = json!({"model": model, "content": {"parts": [part(request, input)?]}});
        if let Some(fields) = item.as_object_mut() {
            if let Some(task) = request.task {
                fields.insert("taskType".to_owned(), word(task).into());
            }
            if let Some(dimensions) = request.dimensions {
                fields.insert("outputDimensionality".to_owned(), dimensions.into());
            }
        }
        requests.push(item);
    }
    Ok(Written {
        body: json!({"requests": requests}).to_string().into_bytes(),
        dropped: request.dropped(false)?,
    })
}

/// An input as a part of content.
pub(super) fn part(request: &EmbeddingRequest, input: &Input) -> Result<Value, Cannot> {
    match input {
        Input::Text(text) => Ok(json!({"text": text})),
        Input::Tokens(_) => Err(request.tokens()),
        Input::Image(media) => match &media.source {
            Source::Base64(data) => {
                let kind = media.media_type.as_deref().unwrap_or("image/png");
                Ok(json!({"inlineData": {"mimeType": kind, "data": data}}))
            }
            _ => Err(request.cannot_input("this provider takes images in the body only")),
        },
    }
}

/// Reads a reply of either method.
///
/// # Errors
///
/// It is not a reply of this dialect; why.
pub fn read_reply(json: &str) -> Result<EmbeddingReply, String> {
    let mut lifted = Lifted::read(json)?;
    let body = std::mem::take(&mut lifted.body);
    let list = body.get("embeddings").and_then(Value::as_array);
    let items: Vec<&Value> = match (list, body.get("embedding")) {
        (Some(list), _) => list.iter().collect(),
        (None, Some(one)) => vec![one],
        (None, None) => return Err("embeddings: expected a list".to_owned()),
    };
    let vectors = items.iter().map(|item| lifted.take(item.get("values")));
    let vectors = vectors.collect::<Result<_, _>>()?;
    let tokens = json::at(&body, "/usageMetadata/promptTokenCount");
    let tokens = tokens.and_then(Reported::figure);
    Ok(EmbeddingReply {
        model: None,
        vectors,
        usage: tokens.map(used),
    })
}

/// Writes a reply; `batch`: to `:batchEmbedContents`. It names no model.
pub fn write_reply(reply: &EmbeddingReply, _told: &Told, batch: bool) -> Vec<u8> {
    let items = reply.vectors.iter().map(|vector| {
        let values = vector.json(Encoding::Float);
        format!(r#"{{"values":{values}}}"#)
    });
    let items: Vec<String> = items.collect();
    let usage = reply.usage.and_then(|usage| usage.input).map(|tokens| {
        let usage = json!({"promptTokenCount": tokens, "totalTokenCount": tokens});
        format!(r#","usageMetadata":{usage}"#)
    });
    let usage = usage.unwrap_or_default();
    let body = match (batch, items.first()) {
        (false, Some(one)) => format!(r#"{{"embedding":{one}{usage}}}"#),
        _ => format!(r#"{{"embeddings":[{}]{usage}}}"#, items.join(",")),
    };
    body.into_bytes()
}
