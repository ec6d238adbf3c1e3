//! A whole reply.

use serde_json::Value;

use super::usage;
use crate::dialect::neutral::{
    Choice, Citation, Media, MediaKind, Part, PartKind, Reply, Source, Stop, Thought, ToolCall,
};
use crate::json;

/// Reads the body of Converse. Bedrock gives neither an id nor the model's name there.
///
/// # Errors
///
/// It is no reply of Converse.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let reply: Value =
        serde_json::from_str(json).map_err(|fault| format!("the reply is not JSON: {fault}"))?;
    let blocks = json::at(&reply, "/output/message/content");
    let blocks = blocks
        .and_then(Value::as_array)
        .ok_or("the reply has no output.message.content")?;
    let more = reply.get("additionalModelResponseFields");
    let stop = reply.get("stopReason").and_then(Value::as_str);
    Ok(Reply {
        choices: vec![Choice {
            parts: blocks.iter().filter_map(part).collect(),
            stop: read_stop(stop.unwrap_or_default(), more),
            ..Choice::default()
        }],
        usage: usage::of_reply(&reply),
        service_tier: text(&reply, "/serviceTier/type").map(str::to_owned),
        ..Reply::default()
    })
}

/// Why it ended. `additionalModelResponseFields` may say which stop text came.
pub(super) fn read_stop(reason: &str, more: Option<&Value>) -> Stop {
    match reason {
        "" | "end_turn" => Stop::End,
        "tool_use" => Stop::Tool,
        "max_tokens" | "model_context_window_exceeded" => Stop::Length,
        "stop_sequence" => {
            let paths = ["/stop_sequence", "/delta/stop_sequence"];
            let found = more.and_then(|more| paths.into_iter().find_map(|path| text(more, path)));
            Stop::Sequence(found.map(str::to_owned))
        }
        "guardrail_intervened" | "content_filtered" => Stop::Filter,
        "refusal" => Stop::Refusal,
        other => Stop::Other(other.to_owned()),
    }
}

/// A citation of a text.
pub(super) fn read_citation(raw: &Value) -> Citation {
    let quotes = raw.get("sourceContent").and_then(Value::as_array);
    let quotes = quotes.into_iter().flatten();
    let quote: String = quotes.filter_map(|quote| text(quote, "/text")).collect();
    let address = |source: &&str| source.contains("://");
    let url = text(raw, "/location/web/url").or(text(raw, "/source").filter(address));
    Citation {
        url: url.map(str::to_owned),
        title: text(raw, "/title").map(str::to_owned),
        quote: (!quote.is_empty()).then_some(quote),
        span: None,
        raw: Some(raw.clone()),
    }
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    json::at(value, path).and_then(Value::as_str)
}

/// A block; `None` for those of tools that Bedrock ran itself.
fn part(block: &Value) -> Option<Part> {
    let kind = if let Some(words) = text(block, "/text") {
        PartKind::text(words)
    } else if let Some(call) = block.get("toolUse") {
        call_of(call)?
    } else if let Some(thought) = block.get("reasoningContent") {
        PartKind::Thought(Thought {
            text: text(thought, "/reasoningText/text")
                .unwrap_or_default()
                .to_owned(),
            signature: text(thought, "/reasoningText/signature").map(str::to_owned),
            sealed: text(thought, "/redactedContent").map(str::to_owned),
            id: None,
        })
    } else if let Some(cited) = block.get("citationsContent") {
        let items = |key: &str| {
            cited
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        PartKind::Text {
            text: items("content")
                .filter_map(|item| text(item, "/text"))
                .collect(),
            citations: items("citations").map(read_citation).collect(),
        }
    } else {
        PartKind::Media(image(block.get("image")?)?)
    };
    Some(kind.into())
}

fn call_of(call: &Value) -> Option<PartKind> {
    if call.get("type").is_some() {
        return None;
    }
    let arguments = match call.get("input") {
        None | Some(Value::Null) => "{}".to_owned(),
        Some(input) => input.to_string(),
    };
    Some(PartKind::Call(ToolCall {
        id: text(call, "/toolUseId").unwrap_or_default().to_owned(),
        name: text(call, "/name").unwrap_or_default().to_owned(),
        arguments,
        ..ToolCall::default()
    }))
}

fn image(image: &Value) -> Option<Media> {
    Some(Media {
        kind: MediaKind::Image,
        source: Source::Base64(text(image, "/source/bytes")?.to_owned()),
        media_type: text(image, "/format").map(|format| format!("image/{format}")),
        name: None,
        detail: None,
    })
}
