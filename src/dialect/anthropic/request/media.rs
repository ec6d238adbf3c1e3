//! Images and documents as blocks (guides "Vision", "PDF support", "Files API").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::dialect::neutral::{Cannot, Media, MediaKind, Place, Source};

/// The images that Anthropic reads.
const IMAGES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp"];

/// How the base64 of a file begins, for media whose type was not said.
const BEGINNINGS: &[(&str, &str)] = &[
    ("/9j/", "image/jpeg"),
    ("iVBORw0KGgo", "image/png"),
    ("R0lGOD", "image/gif"),
    ("UklGR", "image/webp"),
    ("JVBERi", "application/pdf"),
];

/// An `image` or `document` block.
pub fn write_media(media: &Media, at: &str, dropped: &mut Vec<Place>) -> Result<Value, Cannot> {
    if media.detail.is_some() {
        dropped.push(Place::At(format!("{at}.detail")));
    }
    let cannot = |reason: &str| Err(Cannot::new(at, reason));
    match media.kind {
        MediaKind::Image => Ok(json!({"type": "image", "source": image(media, at)?})),
        MediaKind::Document => {
            let mut block = json!({"type": "document", "source": document(media, at)?});
            if let (Some(name), Some(block)) = (&media.name, block.as_object_mut()) {
                block.insert("title".to_owned(), json!(name));
            }
            Ok(block)
        }
        MediaKind::Audio => cannot("Anthropic's models do not hear audio"),
        MediaKind::Video => cannot("Anthropic's models do not see video"),
    }
}

fn image(media: &Media, at: &str) -> Result<Value, Cannot> {
    let (kind, source) = unpack(media);
    match source {
        Source::Base64(data) => {
            let kind = kind.or_else(|| guess(&data).map(str::to_owned));
            let kind = kind.unwrap_or_default();
            if !IMAGES.contains(&kind.as_str()) {
                let reason = "Anthropic reads images of the types JPEG, PNG, GIF and WebP only";
                return Err(Cannot::new(at, reason));
            }
            Ok(json!({"type": "base64", "media_type": kind, "data": data}))
        }
        other => elsewhere(other, at),
    }
}

fn document(media: &Media, at: &str) -> Result<Value, Cannot> {
    let (kind, source) = unpack(media);
    let data = match source {
        Source::Text(text) => {
            return Ok(json!({"type": "text", "media_type": "text/plain", "data": text}));
        }
        Source::Base64(data) => data,
        other => return elsewhere(other, at),
    };
    let kind = kind.or_else(|| guess(&data).map(str::to_owned));
    match kind.as_deref() {
        Some("application/pdf") => {
            Ok(json!({"type": "base64", "media_type": "application/pdf", "data": data}))
        }
        Some(kind) if kind.starts_with("text/") || kind == "application/json" => {
            let text = STANDARD.decode(data.as_bytes()).ok();
            let Some(text) = text.and_then(|text| String::from_utf8(text).ok()) else {
                return Err(Cannot::new(at, "the document is not text in UTF-8"));
            };
            Ok(json!({"type": "text", "media_type": "text/plain", "data": text}))
        }
        _ => {
            let reason = "Anthropic reads documents of the types PDF and plain text only";
            Err(Cannot::new(at, reason))
        }
    }
}

fn elsewhere(source: Source, at: &str) -> Result<Value, Cannot> {
    match source {
        Source::Url(url) if url.starts_with("http://") || url.starts_with("https://") => {
            Ok(json!({"type": "url", "url": url}))
        }
        // Other providers' ids begin otherwise, such as `file-`.
        Source::FileId(id) if id.starts_with("file_") => Ok(json!({"type": "file", "file_id": id})),
        Source::FileId(_) => Err(Cannot::new(at, "the file is kept by another provider")),
        _ => Err(Cannot::new(
            at,
            "Anthropic takes addresses of http and https only",
        )),
    }
}

/// The type and the source, a `data:` address opened.
fn unpack(media: &Media) -> (Option<String>, Source) {
    let said = media.media_type.clone();
    if let Source::Url(url) = &media.source
        && let Some((head, data)) = url
            .strip_prefix("data:")
            .and_then(|url| url.split_once(','))
        && let Some(kind) = head.strip_suffix(";base64")
    {
        let kind = kind.split(';').next().filter(|kind| !kind.is_empty());
        return (
            said.or(kind.map(str::to_owned)),
            Source::Base64(data.to_owned()),
        );
    }
    (said, media.source.clone())
}

fn guess(data: &str) -> Option<&'static str> {
    let mut known = BEGINNINGS.iter();
    known
        .find(|(start, _)| data.starts_with(start))
        .map(|(_, kind)| *kind)
}
