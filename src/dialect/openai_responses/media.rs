//! Images, files and sounds as parts of a message or of a tool's output.

use serde_json::{Value, json};

use crate::dialect::Fields;
use crate::dialect::neutral::{Cannot, Media, MediaKind, Rest, Source};

/// Reads `input_image`, `input_file` or `input_audio`, whose `type` has been taken.
pub(super) fn read(kind: &str, mut fields: Fields, rest: &mut Vec<Rest>) -> Result<Media, Cannot> {
    let media = match kind {
        "input_image" => image(&mut fields)?,
        "input_file" => file(&mut fields)?,
        _ => audio(&mut fields)?,
    };
    // OpenAI's own mark for its prompt cache.
    rest.extend(fields.rest(&["prompt_cache_breakpoint"]));
    Ok(media)
}

fn image(fields: &mut Fields) -> Result<Media, Cannot> {
    let at = fields.path("image_url");
    let (url, id) = (fields.string("image_url")?, fields.string("file_id")?);
    let (source, media_type) = match (url, id) {
        (Some(url), _) => of_url(url),
        (None, Some(id)) => (Source::FileId(id), None),
        (None, None) => return Err(Cannot::new(at, "an image needs image_url or file_id")),
    };
    Ok(Media {
        kind: MediaKind::Image,
        source,
        media_type,
        name: None,
        detail: fields.string("detail")?,
    })
}

fn file(fields: &mut Fields) -> Result<Media, Cannot> {
    let at = fields.path("file_data");
    let name = fields.string("filename")?;
    let data = fields.string("file_data")?;
    let (url, id) = (fields.string("file_url")?, fields.string("file_id")?);
    let (source, media_type) = match (data, url, id) {
        (Some(data), _, _) => match of_url(data) {
            // The data may also stand there bare.
            (Source::Url(data), _) => (Source::Base64(data), None),
            known => known,
        },
        (None, Some(url), _) => (Source::Url(url), None),
        (None, None, Some(id)) => (Source::FileId(id), None),
        (None, None, None) => {
            return Err(Cannot::new(
                at,
                "a file needs file_data, file_url or file_id",
            ));
        }
    };
    let pdf = |name: &String| name.to_ascii_lowercase().ends_with(".pdf");
    let guess = name.as_ref().filter(|name| pdf(name));
    Ok(Media {
        kind: MediaKind::Document,
        source,
        media_type: media_type.or(guess.map(|_| "application/pdf".to_owned())),
        name,
        detail: fields.string("detail")?,
    })
}

fn audio(fields: &mut Fields) -> Result<Media, Cannot> {
    let at = fields.path("input_audio");
    let Some(mut inner) = fields.object("input_audio")? else {
        return Err(Cannot::new(at, "expected an object with data and format"));
    };
    let format = inner.string("format")?;
    Ok(Media {
        kind: MediaKind::Audio,
        source: Source::Base64(inner.string("data")?.unwrap_or_default()),
        media_type: format.map(|format| match format.as_str() {
            "mp3" => "audio/mpeg".to_owned(),
            other => format!("audio/{other}"),
        }),
        name: None,
        detail: None,
    })
}

/// The bytes of a `data:` URL in base64 (RFC 2397), or the address.
fn of_url(url: String) -> (Source, Option<String>) {
    let data = url.strip_prefix("data:");
    let Some((head, data)) = data.and_then(|rest| rest.split_once(";base64,")) else {
        return (Source::Url(url), None);
    };
    let media_type = head.split(';').next().unwrap_or_default();
    let media_type = Some(media_type.to_owned()).filter(|kind| !kind.is_empty());
    (Source::Base64(data.to_owned()), media_type)
}

/// An image that a model made.
pub(super) fn made(base64: String) -> Media {
    Media {
        kind: MediaKind::Image,
        media_type: Some(sniffed(&base64).to_owned()),
        source: Source::Base64(base64),
        name: None,
        detail: None,
    }
}

/// Writes a part.
pub(super) fn write(media: &Media, at: &str) -> Result<Value, Cannot> {
    if let Source::FileId(id) = &media.source {
        // Other providers' ids look otherwise (`file_…`, `files/…`, addresses).
        if !id.starts_with("file-") && !id.starts_with("assistant-") {
            return Err(Cannot::new(at, "the file is kept by another provider"));
        }
    }
    match media.kind {
        MediaKind::Image => write_image(media, at),
        MediaKind::Document => Ok(write_file(media)),
        MediaKind::Audio => write_audio(media, at),
        MediaKind::Video => Err(Cannot::new(at, "OpenAI's Responses API takes no video")),
    }
}

fn write_image(media: &Media, at: &str) -> Result<Value, Cannot> {
    let detail = media.detail.as_deref().unwrap_or("auto");
    let url = match &media.source {
        Source::Base64(data) => {
            let kind = media.media_type.as_deref().unwrap_or(sniffed(data));
            format!("data:{kind};base64,{data}")
        }
        Source::Url(url) => url.clone(),
        Source::FileId(id) => {
            return Ok(json!({"type": "input_image", "file_id": id, "detail": detail}));
        }
        Source::Text(_) => return Err(Cannot::new(at, "an image cannot be text")),
    };
    Ok(json!({"type": "input_image", "image_url": url, "detail": detail}))
}

/// What an image is by its first bytes, where nobody says it.
fn sniffed(base64: &str) -> &'static str {
    match base64.get(..4) {
        Some("/9j/") => "image/jpeg",
        Some("R0lG") => "image/gif",
        Some("UklG") => "image/webp",
        _ => "image/png",
    }
}

fn write_file(media: &Media) -> Value {
    match &media.source {
        Source::Base64(data) => {
            let kind = media.media_type.as_deref().unwrap_or("application/pdf");
            let url = format!("data:{kind};base64,{data}");
            // OpenAI requires a name beside data.
            let name = media.name.as_deref().unwrap_or("document.pdf");
            json!({"type": "input_file", "filename": name, "file_data": url})
        }
        Source::Url(url) => json!({"type": "input_file", "file_url": url}),
        Source::FileId(id) => json!({"type": "input_file", "file_id": id}),
        // What is text already needs no file, which not every model reads.
        Source::Text(text) => match &media.name {
            Some(name) => json!({"type": "input_text", "text": format!("{name}\n\n{text}")}),
            None => json!({"type": "input_text", "text": text}),
        },
    }
}

fn write_audio(media: &Media, at: &str) -> Result<Value, Cannot> {
    let format = match media.media_type.as_deref() {
        Some("audio/mpeg" | "audio/mp3") => "mp3",
        Some("audio/wav" | "audio/x-wav" | "audio/wave") => "wav",
        _ => return Err(Cannot::new(at, "OpenAI takes audio as wav or mp3 only")),
    };
    let Source::Base64(data) = &media.source else {
        return Err(Cannot::new(
            at,
            "OpenAI takes audio only in the request itself",
        ));
    };
    Ok(json!({"type": "input_audio", "input_audio": {"data": data, "format": format}}))
}
