//! A neutral reply, written for a client of chat completions.

use serde_json::{Map, Value, json};

use super::{stop, thoughts, usage};
use crate::dialect::neutral::{Choice, Citation, Media, PartKind, Reply, Source, Told};

/// Writes a reply.
pub fn write_reply(reply: &Reply, told: &Told) -> Vec<u8> {
    let choices: Vec<Value> = reply.choices.iter().map(choice).collect();
    let mut body = json!({
        "id": reply.id.clone().unwrap_or_else(|| id(told)),
        "object": "chat.completion",
        "created": reply.created.unwrap_or(told.now),
        "model": told.model,
        "choices": choices,
    });
    if let Some(fields) = body.as_object_mut() {
        if let Some(usage) = &reply.usage {
            fields.insert("usage".to_owned(), usage::write(usage));
        }
        if let Some(tier) = &reply.service_tier {
            fields.insert("service_tier".to_owned(), tier.as_str().into());
        }
    }
    body.to_string().into_bytes()
}

/// An id for a reply without one.
pub(super) fn id(told: &Told) -> String {
    format!("chatcmpl-{:016x}", told.random)
}

fn choice(choice: &Choice) -> Value {
    let (mut text, mut refusal, mut thought) = (None::<String>, None::<String>, String::new());
    let (mut calls, mut details) = (Vec::new(), Vec::new());
    let (mut annotations, mut images) = (Vec::new(), Vec::new());
    for part in &choice.parts {
        match &part.kind {
            PartKind::Text {
                text: words,
                citations,
            } => {
                text.get_or_insert_default().push_str(words);
                annotations.extend(citations.iter().filter_map(annotation));
            }
            PartKind::Refusal(words) => refusal.get_or_insert_default().push_str(words),
            PartKind::Thought(own) => {
                thought.push_str(&own.text);
                details.extend(thoughts::detail(own));
            }
            PartKind::Call(call) => calls.push(thoughts::call(call)),
            PartKind::Media(media) => images.extend(image(media)),
            PartKind::Result(_) => {}
        }
    }
    if calls.is_empty() && refusal.is_none() {
        text.get_or_insert_default();
    }
    let mut message = Map::new();
    message.insert("role".to_owned(), "assistant".into());
    message.insert("content".to_owned(), text.into());
    message.insert("refusal".to_owned(), refusal.into());
    if !thought.is_empty() {
        message.insert("reasoning_content".to_owned(), thought.into());
    }
    let lists = [
        ("reasoning_details", details),
        ("tool_calls", calls),
        ("annotations", annotations),
        ("images", images),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            message.insert(key.to_owned(), list.into());
        }
    }
    json!({
        "index": choice.index,
        "message": message,
        "logprobs": choice.logprobs,
        "finish_reason": stop::write(&choice.stop),
    })
}

/// A picture that the model made: OpenAI has no place for one, OpenRouter's clients look here
/// (openrouter.ai/docs, "Image generation").
fn image(media: &Media) -> Option<Value> {
    let url = match (&media.source, &media.media_type) {
        (Source::Base64(data), Some(kind)) => format!("data:{kind};base64,{data}"),
        (Source::Url(url), _) => url.clone(),
        _ => return None,
    };
    Some(json!({"type": "image_url", "image_url": {"url": url}}))
}

/// OpenAI annotates addresses only.
pub(super) fn annotation(citation: &Citation) -> Option<Value> {
    let url = citation.url.as_deref()?;
    let (start, end) = citation.span.unwrap_or_default();
    let title = citation.title.as_deref().unwrap_or_default();
    let own = json!({"url": url, "title": title, "start_index": start, "end_index": end});
    Some(json!({"type": "url_citation", "url_citation": own}))
}
