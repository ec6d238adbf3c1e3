//! `inlineData` and `fileData`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::names::{Names, one, put};
use crate::dialect::neutral::{Cannot, Media, MediaKind, Rest, Source};

/// Where Google's Files API keeps what was uploaded.
const FILES: &str = "https://generativelanguage.googleapis.com/";

/// Reads an `inlineData`.
pub(super) fn read_inline(mut data: Names, rest: &mut Vec<Rest>) -> Result<Media, Cannot> {
    let media_type = data.string("mimeType")?;
    let media = Media {
        kind: kind(media_type.as_deref(), ""),
        source: Source::Base64(data.string("data")?.unwrap_or_default()),
        media_type,
        name: data.string("displayName")?,
        detail: None,
    };
    rest.extend(data.rest(&[]));
    Ok(media)
}

/// Reads a `fileData`. A file that only Google can read is not an address for others.
pub(super) fn read_file(mut data: Names, rest: &mut Vec<Rest>) -> Result<Media, Cannot> {
    let media_type = data.string("mimeType")?;
    let uri = data.string("fileUri")?.unwrap_or_default();
    let media = Media {
        kind: kind(media_type.as_deref(), &uri),
        media_type,
        name: data.string("displayName")?,
        source: match is_google(&uri) {
            true => Source::FileId(uri),
            false => Source::Url(uri),
        },
        detail: None,
    };
    rest.extend(data.rest(&[]));
    Ok(media)
}

/// Writes a part. Names of files are left out: the Gemini API has them for prompt management only.
pub(super) fn write(media: &Media, at: &str) -> Result<Value, Cannot> {
    let inline = |data: String, media_type: &str| {
        let mut blob = Map::new();
        put(&mut blob, "mimeType", Some(media_type));
        put(&mut blob, "data", Some(data));
        one("inlineData", blob)
    };
    let file = |uri: &str| {
        let mut file = Map::new();
        let media_type = media.media_type.as_deref().or(extension(uri));
        put(&mut file, "mimeType", media_type);
        put(&mut file, "fileUri", Some(uri));
        one("fileData", file)
    };
    match &media.source {
        Source::Base64(data) => {
            let unsaid = match media.kind {
                MediaKind::Image => "image/jpeg",
                MediaKind::Audio => "audio/wav",
                MediaKind::Video => "video/mp4",
                MediaKind::Document => "application/pdf",
            };
            let media_type = media.media_type.as_deref().unwrap_or(unsaid);
            Ok(inline(data.clone(), media_type))
        }
        Source::Text(text) => {
            let media_type = media.media_type.as_deref().unwrap_or("text/plain");
            Ok(inline(STANDARD.encode(text), media_type))
        }
        Source::Url(url) => Ok(file(url)),
        Source::FileId(id) if is_google(id) => Ok(file(id)),
        Source::FileId(_) => Err(Cannot::new(
            at,
            "Gemini cannot read a file that was uploaded to another provider",
        )),
    }
}

fn is_google(uri: &str) -> bool {
    uri.starts_with(FILES) || uri.starts_with("gs://") || uri.starts_with("files/")
}

fn kind(media_type: Option<&str>, uri: &str) -> MediaKind {
    let video = uri.contains("youtube.com/") || uri.contains("youtu.be/");
    let media_type = media_type.or(extension(uri)).unwrap_or_default();
    match media_type.split('/').next().unwrap_or_default() {
        "image" => MediaKind::Image,
        "audio" => MediaKind::Audio,
        "video" => MediaKind::Video,
        _ if video => MediaKind::Video,
        _ => MediaKind::Document,
    }
}

/// The media type that an address ends with. Vertex wants one.
fn extension(uri: &str) -> Option<&'static str> {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let (_, end) = name.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "heic" => "image/heic",
        "heif" => "image/heif",
        "pdf" => "application/pdf",
        "txt" => "text/plain",
        "mp3" => "audio/mp3",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "ogg" => "audio/ogg",
        "mp4" => "video/mp4",
        "mov" => "video/quicktime",
        "webm" => "video/webm",
        _ => return None,
    })
}
