//! Requests, both ways.

use serde_json::{Map, Value, json};

use crate::dialect::neutral::{
    Aim, Cannot, Field, Format, PartKind, Place, Request, Rest, Role, Sampling, Turn, Written, tree,
};
use crate::dialect::{Fields, StreamUsage, openai_chat, row};

/// Why fields that only a model for completions has are refused.
const NOT_CHAT: &str = "the model answers a prompt, it does not complete it";

/// Reads a request. The prompt becomes one message of the user.
///
/// # Errors
///
/// A field has a wrong kind of value, or only a model for completions could do what it says.
pub fn read_request(json: &str) -> Result<Request, Cannot> {
    let value: Value = tree(json)?;
    let mut body = Fields::of(value, "")?;
    let turn = Turn {
        at: "prompt".to_owned(),
        role: Role::User,
        name: None,
        parts: vec![PartKind::text(prompt(body.take("prompt"))?).into()],
    };
    refuse(&mut body)?;
    let request = Request {
        model: body.string("model")?.unwrap_or_default(),
        turns: vec![turn],
        sampling: Sampling {
            temperature: body.number("temperature")?,
            top_p: body.number("top_p")?,
            top_k: body.number("top_k")?,
            frequency_penalty: body.number("frequency_penalty")?,
            presence_penalty: body.number("presence_penalty")?,
            seed: body.number("seed")?,
            logit_bias: body.filled("logit_bias"),
            ..Sampling::default()
        },
        max_output_tokens: body.whole("max_tokens")?,
        stop: body.texts("stop")?,
        candidates: body.whole("n")?,
        stream: body.bool("stream")?.unwrap_or_default(),
        user: body.string("user")?,
        ..Request::default()
    };
    body.take("stream_options");
    let rest = body.rest(&[]);
    Ok(Request { rest, ..request })
}

/// One text, or a list of one.
fn prompt(prompt: Option<Value>) -> Result<String, Cannot> {
    match prompt {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Array(mut items)) => match (items.pop(), items.is_empty()) {
            (Some(Value::String(text)), true) => Ok(text),
            (Some(Value::String(_)), false) => {
                let what = "several prompts in one request cannot be translated";
                Err(Cannot::new("prompt", what))
            }
            (Some(Value::Number(_) | Value::Array(_)), _) => {
                let what = "token ids mean nothing to this model, a text is needed";
                Err(Cannot::new("prompt", what))
            }
            _ => Err(Cannot::new("prompt", "expected a text")),
        },
        None => Err(Cannot::new("prompt", "it is missing")),
        Some(_) => Err(Cannot::new("prompt", "expected a text")),
    }
}

/// What has no counterpart where a message is answered. Values that ask for nothing are let pass.
fn refuse(body: &mut Fields) -> Result<(), Cannot> {
    if body.string("suffix")?.is_some_and(|text| !text.is_empty()) {
        return Err(Cannot::new("suffix", NOT_CHAT));
    }
    if body.bool("echo")? == Some(true) {
        return Err(Cannot::new("echo", NOT_CHAT));
    }
    if body.whole("best_of")?.is_some_and(|count| count > 1) {
        let what = "this provider does not choose the best of several answers";
        return Err(Cannot::new("best_of", what));
    }
    // Here it is a number, also 0, which still asks for the chosen token's.
    if body.whole("logprobs")?.is_some() {
        let what = "log probabilities have another form for this model";
        return Err(Cannot::new("logprobs", what));
    }
    Ok(())
}

/// What completions call a neutral field. Those that they do not have keep the name they have in chat.
pub fn field_path(field: Field) -> &'static str {
    match field {
        Field::MaxOutputTokens => "max_tokens",
        Field::TopLogprobs => "logprobs",
        other => openai_chat::field_path(other),
    }
}

/// Writes a request for a model that only completes.
///
/// # Errors
///
/// It is more than one text of the user, or asks for what such a model cannot do.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let refuse = |field: Field, asked: bool| match asked {
        true => Err(Cannot::new(field, "a model for completions cannot do this")),
        false => Ok(()),
    };
    refuse(Field::Tools, !request.tools.is_empty())?;
    refuse(Field::Format, request.format != Format::Text)?;
    let sampling = &request.sampling;
    refuse(Field::Logprobs, sampling.logprobs == Some(true))?;
    refuse(Field::TopLogprobs, sampling.top_logprobs.is_some())?;
    let row = row::of(aim.kind);
    refuse(
        Field::TopK,
        sampling.top_k.is_some() && !row.is_some_and(|row| row.quirks.top_k),
    )?;
    let mut body = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    let number = |number: &Option<serde_json::Number>| number.clone().map(Value::Number);
    put("model", Some(aim.model.into()));
    put("prompt", Some(text(&request.turns)?.into()));
    put("max_tokens", request.max_output_tokens.map(Value::from));
    put("temperature", number(&sampling.temperature));
    put("top_p", number(&sampling.top_p));
    put("top_k", number(&sampling.top_k));
    put("frequency_penalty", number(&sampling.frequency_penalty));
    put("presence_penalty", number(&sampling.presence_penalty));
    put("seed", number(&sampling.seed));
    put("logit_bias", sampling.logit_bias.clone());
    put("n", request.candidates.map(Value::from));
    let stop = Some(&request.stop).filter(|texts| !texts.is_empty());
    put("stop", stop.map(|texts| texts.clone().into()));
    put("user", request.user.as_deref().map(Value::from));
    if request.stream {
        put("stream", Some(true.into()));
        let asked = row.is_none_or(|row| row.stream_usage == StreamUsage::Asked);
        put(
            "stream_options",
            asked.then(|| json!({"include_usage": true})),
        );
    }
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped: dropped(request)?,
    })
}

fn dropped(request: &Request) -> Result<Vec<Place>, Cannot> {
    let own = [
        (Field::Reasoning, request.reasoning.is_some()),
        (Field::Metadata, request.metadata.is_some()),
        (Field::ServiceTier, request.service_tier.is_some()),
    ];
    let own = own.into_iter().filter(|(_, asked)| *asked);
    let mut dropped: Vec<Place> = own.map(|(field, _)| field.into()).collect();
    for Rest { path, idle, .. } in &request.rest {
        if !idle {
            let what = "a model for completions has no counterpart";
            return Err(Cannot::new(path.as_str(), what));
        }
        dropped.push(path.as_str().into());
    }
    Ok(dropped)
}

/// The one text of a conversation of one message.
fn text(turns: &[Turn]) -> Result<&str, Cannot> {
    let mut parts = turns.iter().flat_map(|turn| &turn.parts);
    let part = parts.next().map(|part| &part.kind);
    match (turns, part, parts.next()) {
        ([turn], Some(PartKind::Text { text, .. }), None) if turn.role == Role::User => Ok(text),
        _ => {
            let at = turns
                .iter()
                .find(|turn| turn.role != Role::User)
                .or(turns.get(1));
            let at = at
                .or(turns.first())
                .map_or("messages", |turn| turn.at.as_str());
            let what = "a model for completions takes one text of the user and nothing else";
            Err(Cannot::new(at, what))
        }
    }
}
