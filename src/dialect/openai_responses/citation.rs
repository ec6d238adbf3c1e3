//! Annotations of an output text, and citations.

use serde_json::{Value, json};

use crate::dialect::neutral::Citation;

/// The annotations of Responses, and what each cannot be without. Some compatible providers leave out
/// what the SDKs require.
const OWN: [(&str, &[&str]); 4] = [
    (
        "url_citation",
        &["url", "title", "start_index", "end_index"],
    ),
    ("file_citation", &["file_id", "filename", "index"]),
    (
        "container_file_citation",
        &[
            "container_id",
            "file_id",
            "filename",
            "start_index",
            "end_index",
        ],
    ),
    ("file_path", &["file_id", "index"]),
];

/// Reads an annotation.
pub(super) fn read(annotation: Value) -> Citation {
    let text = |key: &str| annotation.get(key)?.as_str().map(str::to_owned);
    let number = |key: &str| annotation.get(key)?.as_u64();
    Citation {
        url: text("url"),
        title: text("title").or_else(|| text("filename")),
        quote: None,
        span: number("start_index").zip(number("end_index")),
        raw: Some(annotation),
    }
}

/// Writes an annotation; `None` for a source without an address, which Responses cannot name.
pub(super) fn write(citation: &Citation) -> Option<Value> {
    if let Some(raw) = citation.raw.as_ref().filter(|raw| is_own(raw)) {
        return Some(raw.clone());
    }
    let url = citation.url.as_ref()?;
    let (start, end) = citation.span.unwrap_or((0, 0));
    Some(json!({
        "type": "url_citation",
        "start_index": start,
        "end_index": end,
        "url": url,
        "title": citation.title.as_deref().unwrap_or(url),
    }))
}

fn is_own(raw: &Value) -> bool {
    let kind = raw.get("type").and_then(Value::as_str);
    let own = OWN.iter().find(|(name, _)| Some(*name) == kind);
    own.is_some_and(|(_, fields)| fields.iter().all(|field| raw.get(field).is_some()))
}

/// The annotations of a text.
pub(super) fn write_all(citations: &[Citation]) -> Vec<Value> {
    citations.iter().filter_map(write).collect()
}
