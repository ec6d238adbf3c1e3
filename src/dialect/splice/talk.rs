//! A conversation, walked through for its texts by a table of its dialect's keys. Every string is a text
//! that is looked at and counted unless its key says otherwise, so that a field that is new to Tollgate
//! is still looked at.

use super::draft::{Draft, Stop};
use crate::dialect::media::{Detail, Image, Media, decoded_len};
use crate::json::Kind;
use crate::mask::Form;

/// What a dialect's keys hold.
#[derive(Debug)]
pub(in crate::dialect) struct Talk {
    /// Names, types, ids, addresses and opaque data.
    pub(in crate::dialect) not_text: &'static [&'static str],
    /// Data of tools: every string within is a text, whatever its key.
    pub(in crate::dialect) free: &'static [&'static str],
    /// Strings that hold JSON.
    pub(in crate::dialect) json: &'static [&'static str],
    /// Images, sounds and documents: base64, or addresses with base64 in them.
    pub(in crate::dialect) data: &'static [&'static str],
}

/// A shorter text is looked at even where it could be base64.
const SHORTEST_BASE64: usize = 64;

/// Base64 of "%PDF-", with which documents begin.
const PDF: &str = "JVBERi0";

impl Talk {
    /// Reads the value of `key`.
    pub(in crate::dialect) fn read(&self, draft: &mut Draft<'_>, key: &str) -> Result<(), Stop> {
        self.value(draft, key, false, "")
    }

    fn value(
        &self,
        draft: &mut Draft<'_>,
        key: &str,
        free: bool,
        media_type: &str,
    ) -> Result<(), Stop> {
        match draft.reader.kind()? {
            Kind::String if free => draft.counted(Form::Plain)?,
            Kind::String if self.data.contains(&key) => media(draft, media_type)?,
            Kind::String if self.json.contains(&key) => draft.counted(Form::Json)?,
            Kind::String if !self.not_text.contains(&key) => draft.counted(Form::Plain)?,
            Kind::Object => {
                let mut media_type = String::new();
                draft.reader.enter_object()?;
                while let Some(inner) = draft.next_key()? {
                    let is_type = matches!(inner.as_ref(), "media_type" | "mimeType" | "mime_type");
                    if is_type && !free && draft.reader.kind()? == Kind::String {
                        let token = draft.reader.string()?;
                        media_type = token.text(draft.reader.json()).into_owned();
                        continue;
                    }
                    let free = free || self.free.contains(&inner.as_ref());
                    self.value(draft, &inner, free, &media_type)?;
                }
            }
            Kind::Array => {
                draft.reader.enter_array()?;
                while draft.reader.next_item()? {
                    self.value(draft, key, free, media_type)?;
                }
            }
            _ => {
                draft.reader.skip()?;
            }
        }
        Ok(())
    }
}

/// Something that is no text, or a document's text where others have its bytes. What neither its first bytes
/// nor its type tell counts nothing.
fn media(draft: &mut Draft<'_>, media_type: &str) -> Result<(), Stop> {
    let token = draft.reader.string()?;
    let text = token.text(draft.reader.json());
    if !is_address(&text) && !is_base64(&text) {
        draft.counted_at(token, Form::Plain);
        return Ok(());
    }
    let url = text
        .strip_prefix("data:")
        .and_then(|url| url.split_once(";base64,"));
    let (media_type, data) = url.unwrap_or((media_type, &text));
    let bytes = decoded_len(data.len());
    let found = match media_type.split('/').next() {
        _ if data.starts_with(PDF) || media_type == "application/pdf" => Some(Media::File(bytes)),
        Some("audio" | "video") => Some(Media::Audio(bytes)),
        Some("image") => Some(Media::Image(
            Image::of_base64(data, Detail::High).unwrap_or(Image::UNSEEN),
        )),
        _ if text.starts_with("http") => Some(Media::Image(Image::UNSEEN)),
        _ => Image::of_base64(data, Detail::High).map(Media::Image),
    };
    draft.media.extend(found);
    Ok(())
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "gs://", "s3://", "data:", "file-"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Either alphabet of RFC 4648.
fn is_base64(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=\r\n".contains(&byte);
    text.len() >= SHORTEST_BASE64 && text.bytes().all(known)
}
