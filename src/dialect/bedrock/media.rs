//! Images, documents, sounds and videos. Bedrock takes their bytes, or their place in Amazon S3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::naming;
use crate::dialect::neutral::{Cannot, Media, MediaKind, Source};

const IMAGES: &[(&str, &str)] = &[
    ("image/png", "png"),
    ("image/jpeg", "jpeg"),
    ("image/jpg", "jpeg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
];

const DOCUMENTS: &[(&str, &str)] = &[
    ("application/pdf", "pdf"),
    ("text/csv", "csv"),
    ("application/msword", "doc"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/vnd.ms-excel", "xls"),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
];

const SOUNDS: &[(&str, &str)] = &[
    ("audio/mpeg", "mp3"),
    ("audio/mp3", "mp3"),
    ("audio/wav", "wav"),
    ("audio/x-wav", "wav"),
    ("audio/wave", "wav"),
    ("audio/aac", "aac"),
    ("audio/flac", "flac"),
    ("audio/ogg", "ogg"),
    ("audio/opus", "opus"),
    ("audio/mp4", "mp4"),
    ("audio/m4a", "m4a"),
    ("audio/x-m4a", "m4a"),
    ("audio/webm", "webm"),
    ("audio/pcm", "pcm"),
];

const VIDEOS: &[(&str, &str)] = &[
    ("video/mp4", "mp4"),
    ("video/quicktime", "mov"),
    ("video/x-matroska", "mkv"),
    ("video/webm", "webm"),
    ("video/x-flv", "flv"),
    ("video/mpeg", "mpeg"),
    ("video/mpg", "mpg"),
    ("video/wmv", "wmv"),
    ("video/x-ms-wmv", "wmv"),
    ("video/3gpp", "three_gp"),
];

/// How base64 begins when the bytes begin as their format's do.
const STARTS: &[(&str, &str)] = &[
    ("iVBORw0KGgo", "png"),
    ("/9j/", "jpeg"),
    ("R0lGOD", "gif"),
    ("UklGR", "webp"),
    ("JVBERi0", "pdf"),
];

/// The block of a part; `names` are the documents' names so far.
pub(super) fn block(media: &Media, at: &str, names: &mut Vec<String>) -> Result<Value, Cannot> {
    let (word, formats, what) = match media.kind {
        MediaKind::Image => ("image", IMAGES, "an image"),
        MediaKind::Document => ("document", DOCUMENTS, "a document"),
        MediaKind::Audio => ("audio", SOUNDS, "a sound"),
        MediaKind::Video => ("video", VIDEOS, "a video"),
    };
    let Some(format) = format(media, formats) else {
        let said = media.media_type.as_deref().unwrap_or("an unknown type");
        let reason = format!("AWS Bedrock does not take {what} of {said}");
        return Err(Cannot::new(at, reason));
    };
    let source = source(&media.source).map_err(|reason| Cannot::new(at, reason))?;
    Ok(match media.kind {
        MediaKind::Document => {
            let name = naming::document(media.name.as_deref(), format, names);
            json!({word: {"format": format, "name": name, "source": source}})
        }
        _ => json!({word: {"format": format, "source": source}}),
    })
}

fn source(source: &Source) -> Result<Value, String> {
    Ok(match source {
        Source::Base64(bytes) if !bytes.is_empty() => json!({"bytes": bytes}),
        Source::Base64(_) => return Err("it is empty".to_owned()),
        Source::Text(text) if !text.is_empty() => json!({"bytes": STANDARD.encode(text)}),
        Source::Text(_) => return Err("it is empty".to_owned()),
        Source::Url(url) if url.starts_with("s3://") => json!({"s3Location": {"uri": url}}),
        Source::Url(_) => {
            return Err("AWS Bedrock takes base64 or an s3:// address, no other URL".to_owned());
        }
        Source::FileId(_) => {
            return Err("AWS Bedrock has no files of its own: send it as base64".to_owned());
        }
    })
}

fn format(media: &Media, formats: &[(&str, &'static str)]) -> Option<&'static str> {
    if let Some(said) = &media.media_type {
        let bare = said.split(';').next().unwrap_or(said).trim();
        let known = formats
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(bare));
        return match (known, &media.source) {
            (Some((_, format)), _) => Some(format),
            (None, Source::Text(_)) if bare.starts_with("text/") => Some("txt"),
            (None, _) => None,
        };
    }
    let named = |format: &&str| formats.iter().any(|(_, known)| known == format);
    match &media.source {
        Source::Base64(bytes) => {
            let found = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
            let found = found.map(|(_, format)| *format).filter(named);
            found.or_else(|| ending(media.name.as_deref()?, formats))
        }
        Source::Text(_) => Some("txt"),
        Source::Url(url) => ending(url, formats),
        Source::FileId(_) => None,
    }
}

/// The format that a file's ending tells.
fn ending(name: &str, formats: &[(&str, &'static str)]) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = match ending.to_ascii_lowercase().as_str() {
        "jpg" => "jpeg".to_owned(),
        "htm" => "html".to_owned(),
        "3gp" => "three_gp".to_owned(),
        other => other.to_owned(),
    };
    let found = formats.iter().find(|(_, format)| *format == ending);
    found.map(|(_, format)| *format)
}
