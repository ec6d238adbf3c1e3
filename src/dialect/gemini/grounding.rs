//! Where an answer's words come from: `groundingMetadata` and `citationMetadata`
//! (ai.google.dev/api/generate-content#GroundingMetadata). Google counts in bytes, the neutral form in
//! characters.

use serde_json::{Map, Value};

use super::names::{one, put};
use crate::dialect::neutral::Citation;

/// The sources of a candidate, each with the index of the part that names it. `text` gives a part's text.
pub(super) fn read<'a>(
    candidate: &Value,
    text: impl Fn(usize) -> Option<&'a str>,
) -> Vec<(usize, Citation)> {
    let mut found = grounded(candidate, &text);
    let cited = candidate.get("citationMetadata");
    let cited = cited.and_then(|meta| {
        // Vertex says `citations`, the Gemini API `citationSources`.
        let sources = meta
            .get("citations")
            .or_else(|| meta.get("citationSources"));
        sources?.as_array()
    });
    for source in cited.into_iter().flatten() {
        let citation = Citation {
            url: string(source, "uri"),
            title: string(source, "title"),
            span: span(source, text(0).unwrap_or_default()),
            ..Citation::default()
        };
        found.push((0, citation));
    }
    found
}

fn grounded<'a>(
    candidate: &Value,
    text: &impl Fn(usize) -> Option<&'a str>,
) -> Vec<(usize, Citation)> {
    let Some(meta) = candidate.get("groundingMetadata") else {
        return Vec::new();
    };
    let list = |name: &str| meta.get(name).and_then(Value::as_array);
    let chunks = list("groundingChunks").map_or(&[][..], Vec::as_slice);
    let mut found = Vec::new();
    for support in list("groundingSupports").into_iter().flatten() {
        let segment = support.get("segment").unwrap_or(&Value::Null);
        let part = segment.get("partIndex").and_then(Value::as_u64);
        let part = part
            .and_then(|part| usize::try_from(part).ok())
            .unwrap_or(0);
        let of = support
            .get("groundingChunkIndices")
            .and_then(Value::as_array);
        let of = of.into_iter().flatten().filter_map(Value::as_u64);
        for index in of {
            let chunk = usize::try_from(index).ok().and_then(|i| chunks.get(i));
            let Some(mut citation) = chunk.and_then(source) else {
                continue;
            };
            citation.quote = string(segment, "text");
            citation.span = span(segment, text(part).unwrap_or_default());
            found.push((part, citation));
        }
    }
    if found.is_empty() {
        found.extend(chunks.iter().filter_map(source).map(|source| (0, source)));
    }
    found
}

fn source(chunk: &Value) -> Option<Citation> {
    let kinds = ["web", "retrievedContext", "maps", "image"];
    let source = kinds.iter().find_map(|kind| chunk.get(*kind))?;
    Some(Citation {
        url: string(source, "uri").or_else(|| string(source, "sourceUri")),
        title: string(source, "title"),
        ..Citation::default()
    })
}

fn string(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn span(segment: &Value, text: &str) -> Option<(u64, u64)> {
    let end = segment.get("endIndex")?.as_u64()?;
    let start = segment.get("startIndex").and_then(Value::as_u64);
    Some((characters(text, start.unwrap_or(0)), characters(text, end)))
}

fn characters(text: &str, bytes: u64) -> u64 {
    let starts = text.char_indices().map(|(at, _)| at as u64);
    starts.take_while(|at| *at < bytes).count() as u64
}

fn bytes(text: &str, characters: u64) -> u64 {
    let count = usize::try_from(characters).unwrap_or(usize::MAX);
    let lengths = text.chars().take(count).map(char::len_utf8);
    lengths.fold(0_u64, |sum, length| sum.saturating_add(length as u64))
}

/// Writes `groundingMetadata` for the sources of a text; `None` when there are none.
pub(super) fn write(citations: &[Citation], text: &str) -> Option<Value> {
    let mut chunks: Vec<Value> = Vec::new();
    let mut supports: Vec<Value> = Vec::new();
    for citation in citations {
        let mut web = Map::new();
        put(&mut web, "uri", citation.url.as_deref());
        put(&mut web, "title", citation.title.as_deref());
        if web.is_empty() {
            continue;
        }
        let chunk = one("web", web);
        let index = chunks.iter().position(|known| *known == chunk);
        let index = index.unwrap_or_else(|| {
            chunks.push(chunk);
            chunks.len().saturating_sub(1)
        });
        let mut segment = Map::new();
        if let Some((start, end)) = citation.span {
            put(&mut segment, "startIndex", Some(bytes(text, start)));
            put(&mut segment, "endIndex", Some(bytes(text, end)));
        }
        put(&mut segment, "text", citation.quote.as_deref());
        if !segment.is_empty() {
            let mut support = Map::new();
            put(&mut support, "segment", Some(segment));
            put(&mut support, "groundingChunkIndices", Some(vec![index]));
            supports.push(Value::Object(support));
        }
    }
    if chunks.is_empty() {
        return None;
    }
    let mut meta = one("groundingChunks", chunks);
    if let Some(map) = meta.as_object_mut()
        && !supports.is_empty()
    {
        put(map, "groundingSupports", Some(supports));
    }
    Some(meta)
}
