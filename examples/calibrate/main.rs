//! Compares Tollgate's token counts with what providers recorded: one line for each reply, and the
//! median ratio for each family of models.
//!
//!     cargo run --release --example calibrate -- FILE…
//!
//! A file is a recorded reply: one JSON object, or a stream's chunks, one JSON object a line, in the
//! dialect of OpenAI's chat, of Anthropic or of Gemini. Only what the reply says in plain text is
//! compared: replies with tool calls, with hidden reasoning or shorter than 40 tokens are left out.

#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "what serde_json does not find is null; a tool, not the filter"
)]

use std::collections::BTreeMap;

use serde_json::Value;
use tollgate::tokens::{Counter, Encoding};

/// Shorter replies say little: a token more or less is several per cent.
const SHORTEST: u64 = 40;

/// What a recording says.
#[derive(Default)]
struct Reply {
    model: String,
    text: String,
    tokens: u64,
    unclear: bool,
}

fn main() {
    let mut counter = Counter::new();
    let mut families: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    println!("ratio  provider's  ours  model  file");
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("{path}: cannot be read");
            continue;
        };
        let reply = read(&text);
        let ours = counter.count(Encoding::O200kBase, &reply.text);
        let ours = u64::try_from(ours).unwrap_or(u64::MAX);
        if reply.unclear || reply.tokens < SHORTEST || ours < SHORTEST {
            continue;
        }
        let ratio = precise(reply.tokens) / precise(ours);
        println!(
            "{ratio:.3}  {}  {ours}  {}  {path}",
            reply.tokens, reply.model
        );
        let family = reply.model.split('-').take(2).collect::<Vec<_>>().join("-");
        families.entry(family).or_default().push(ratio);
    }
    println!("\nfamily: median ratio (replies), worst error of the median");
    for (family, mut ratios) in families {
        ratios.sort_by(f64::total_cmp);
        let median = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
        let worst = ratios.iter().map(|ratio| (median / ratio - 1.0).abs());
        let worst = worst.fold(0.0, f64::max) * 100.0;
        println!("{family}: {median:.2} ({}), {worst:.0} %", ratios.len());
    }
}

#[expect(clippy::cast_precision_loss, reason = "token counts are small")]
fn precise(count: u64) -> f64 {
    count as f64
}

fn read(text: &str) -> Reply {
    let mut reply = Reply::default();
    let whole: Result<Value, _> = serde_json::from_str(text);
    let parts: Vec<Value> = match whole {
        Ok(value) => vec![value],
        Err(_) => text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect(),
    };
    for part in &parts {
        openai(part, &mut reply);
        anthropic(part, &mut reply);
        gemini(part, &mut reply);
    }
    reply
}

fn openai(part: &Value, reply: &mut Reply) {
    let Some(choices) = part["choices"].as_array() else {
        return;
    };
    set_model(&part["model"], reply);
    set_tokens(&part["usage"]["completion_tokens"], reply);
    set_tokens(&part["x_groq"]["usage"]["completion_tokens"], reply);
    for choice in choices {
        for said in [&choice["message"], &choice["delta"]] {
            for key in ["content", "reasoning_content", "reasoning"] {
                reply.text.push_str(said[key].as_str().unwrap_or_default());
                reply.unclear |= said[key].is_array();
            }
            reply.unclear |= said["tool_calls"].is_array();
        }
    }
    let hidden = &part["usage"]["completion_tokens_details"]["reasoning_tokens"];
    let shown = reply.text.len() > 4 * usize::try_from(reply.tokens).unwrap_or(0) / 2;
    reply.unclear |= hidden.as_u64().unwrap_or(0) > 0 && !shown;
}

fn anthropic(part: &Value, reply: &mut Reply) {
    set_model(&part["message"]["model"], reply);
    if part["type"] == "message" {
        set_model(&part["model"], reply);
    }
    set_tokens(&part["usage"]["output_tokens"], reply);
    let blocks = part["content"].as_array().into_iter().flatten();
    for block in blocks.chain([&part["delta"], &part["content_block"]]) {
        for key in ["text", "thinking"] {
            reply.text.push_str(block[key].as_str().unwrap_or_default());
        }
        let kind = block["type"].as_str().unwrap_or("text");
        let plain = [
            "text",
            "thinking",
            "text_delta",
            "thinking_delta",
            "signature_delta",
        ];
        reply.unclear |= !plain.contains(&kind);
    }
}

fn gemini(part: &Value, reply: &mut Reply) {
    set_model(&part["modelVersion"], reply);
    set_tokens(&part["usageMetadata"]["candidatesTokenCount"], reply);
    for candidate in part["candidates"].as_array().into_iter().flatten() {
        for piece in candidate["content"]["parts"]
            .as_array()
            .into_iter()
            .flatten()
        {
            if piece["thought"].as_bool() != Some(true) {
                reply
                    .text
                    .push_str(piece["text"].as_str().unwrap_or_default());
            }
            reply.unclear |= piece["text"].is_null() && piece["thoughtSignature"].is_null();
        }
    }
}

fn set_model(value: &Value, reply: &mut Reply) {
    if let Some(model) = value.as_str() {
        reply.model = model.to_owned();
    }
}

/// Providers report running totals: the last one counts.
fn set_tokens(value: &Value, reply: &mut Reply) {
    if let Some(tokens) = value.as_u64().filter(|tokens| *tokens > 0) {
        reply.tokens = tokens;
    }
}
