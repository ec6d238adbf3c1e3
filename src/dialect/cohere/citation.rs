//! Citations: which words of the answer stand on which sources.

use serde_json::Value;

use crate::dialect::neutral::Citation;

/// A citation, once for each of its sources. `None`: it is not one of the answer's text.
pub(super) fn read(raw: &Value) -> Option<Vec<Citation>> {
    let kind = raw.get("type").and_then(Value::as_str);
    if kind.is_some_and(|kind| kind != "TEXT_CONTENT") {
        return None;
    }
    let at = |key: &str| raw.get(key).and_then(Value::as_u64);
    let span = at("start").zip(at("end"));
    let sources = raw.get("sources").and_then(Value::as_array);
    let mut citations: Vec<Citation> = sources
        .into_iter()
        .flatten()
        .map(|source| Citation {
            span,
            ..of_source(source)
        })
        .collect();
    if citations.is_empty() {
        citations.push(Citation {
            span,
            ..Citation::default()
        });
    }
    if let Some(first) = citations.first_mut() {
        first.raw = Some(raw.clone());
    }
    Some(citations)
}

/// The index of the content that a citation belongs to.
pub(super) fn content(raw: &Value) -> Option<u64> {
    raw.get("content_index").and_then(Value::as_u64)
}

fn of_source(source: &Value) -> Citation {
    let found = source
        .get("document")
        .or_else(|| source.get("tool_output"))
        .unwrap_or(&Value::Null);
    let text = |keys: &[&str]| {
        let mut texts = keys.iter().filter_map(|key| found.get(key)?.as_str());
        texts.next().map(str::to_owned)
    };
    let id = source.get("id").and_then(Value::as_str);
    Citation {
        url: text(&["url"]),
        title: text(&["title"]).or_else(|| id.map(str::to_owned)),
        quote: text(&["snippet", "text", "content"]),
        span: None,
        raw: None,
    }
}
