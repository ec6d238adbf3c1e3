//! Anthropic's reply as a neutral one.

use serde_json::Value;

use super::read_citation;
use crate::dialect::anthropic::error::read_event;
use crate::dialect::anthropic::opaque::{Opaque, thought};
use crate::dialect::anthropic::stop::read_stop;
use crate::dialect::anthropic::usage::{Figures, read_tier};
use crate::dialect::neutral::{Choice, Citation, Part, PartKind, Reply, ToolCall};

/// Reads a reply's body.
///
/// Blocks that only Anthropic has, such as those of the tools that it runs itself, are passed over.
///
/// # Errors
///
/// It is no reply of this API, in words.
pub fn read_reply(json: &str) -> Result<Reply, String> {
    let message: Value =
        serde_json::from_str(json).map_err(|error| format!("the reply is not JSON: {error}"))?;
    if message.get("type").and_then(Value::as_str) == Some("error") {
        return Err(read_event(&message).message);
    }
    let Some(content) = message.get("content").and_then(Value::as_array) else {
        return Err("the reply has no content".to_owned());
    };
    let text = |key: &str| message.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut said = 0;
    let parts = content
        .iter()
        .filter_map(|block| read_block(block, &mut said));
    let mut figures = Figures::default();
    let usage = message.get("usage");
    if let Some(usage) = usage {
        figures.add(usage);
    }
    Ok(Reply {
        id: text("id"),
        model: text("model"),
        created: None,
        choices: vec![Choice {
            index: 0,
            parts: parts.map(Part::from).collect(),
            stop: read_stop(
                text("stop_reason").as_deref().unwrap_or("end_turn"),
                text("stop_sequence"),
            ),
            logprobs: None,
        }],
        usage: usage.map(|_| figures.reported()),
        service_tier: usage.and_then(read_tier),
    })
}

/// Reads a block; `said` counts the characters of the answer's text so far.
fn read_block(block: &Value, said: &mut u64) -> Option<PartKind> {
    let at = |key: &str| block.get(key).and_then(Value::as_str).map(str::to_owned);
    match block.get("type")?.as_str()? {
        "text" => {
            let text = at("text")?;
            let start = *said;
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            *said = start.saturating_add(length);
            let citations = block.get("citations").and_then(Value::as_array);
            let cite = |raw| Citation {
                span: Some((start, *said)),
                ..read_citation(raw)
            };
            Some(PartKind::Text {
                citations: citations.into_iter().flatten().map(cite).collect(),
                text,
            })
        }
        "thinking" => {
            let signature = Opaque::Own(at("signature").unwrap_or_default());
            thought(at("thinking").unwrap_or_default(), signature, false).map(PartKind::Thought)
        }
        "redacted_thinking" => {
            let data = Opaque::Own(at("data")?);
            thought(String::new(), data, true).map(PartKind::Thought)
        }
        "tool_use" => Some(PartKind::Call(ToolCall {
            id: at("id").unwrap_or_default(),
            name: at("name").unwrap_or_default(),
            arguments: block
                .get("input")
                .map_or_else(|| "{}".to_owned(), Value::to_string),
            custom: false,
            signature: None,
        })),
        _ => None,
    }
}
