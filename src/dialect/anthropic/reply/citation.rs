//! Citations (guides "Citations", "Web search tool").

use serde_json::{Value, json};

use crate::dialect::neutral::Citation;

/// The kinds of citation.
const KINDS: &[&str] = &[
    "char_location",
    "page_location",
    "content_block_location",
    "web_search_result_location",
    "search_result_location",
];

/// Reads one, and keeps it as it is.
pub fn read_citation(raw: &Value) -> Citation {
    let text = |key: &str| raw.get(key).and_then(Value::as_str).map(str::to_owned);
    let source = text("source").filter(|source| source.starts_with("http"));
    Citation {
        url: text("url").or(source),
        title: text("title").or_else(|| text("document_title")),
        quote: text("cited_text"),
        span: None,
        raw: Some(raw.clone()),
    }
}

/// One for a client: as Anthropic wrote it, else as that of a search result. The `encrypted_index` of a
/// result that Anthropic did not find is empty, by which it is known when it comes back.
pub fn write_citation(citation: &Citation) -> Option<Value> {
    if let Some(raw) = own(citation) {
        return Some(raw.clone());
    }
    Some(json!({
        "type": "web_search_result_location",
        "cited_text": citation.quote.as_deref().unwrap_or_default(),
        "encrypted_index": "",
        "title": citation.title,
        "url": citation.url.as_ref()?,
    }))
}

/// One for Anthropic, which takes back only its own.
pub fn return_citation(citation: &Citation) -> Option<Value> {
    let raw = own(citation)?;
    let empty = raw.get("encrypted_index").and_then(Value::as_str) == Some("");
    Some(raw.clone()).filter(|_| !empty)
}

fn own(citation: &Citation) -> Option<&Value> {
    let raw = citation.raw.as_ref()?;
    let kind = raw.get("type").and_then(Value::as_str)?;
    Some(raw).filter(|_| KINDS.contains(&kind))
}
