//! A conversation, walked through for its texts by a table of its dialect's keys. Every string is a text
//! that is looked at and counted unless its key says otherwise, so that a field that is new to Tollgate
//! is still looked at.

use super::draft::{Draft, Stop};
use super::passage::Passage;
use crate::dialect::media::{Detail, Image, Media, decoded_len};
use crate::json::{Kind, Token};
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
    /// Addresses, of which nothing can be changed.
    pub(in crate::dialect) fixed: &'static [&'static str],
    /// Images, sounds and documents: base64, or addresses with base64 in them.
    pub(in crate::dialect) data: &'static [&'static str],
}

/// What says how a document's data is written.
const TYPES: [&str; 3] = ["media_type", "mimeType", "mime_type"];

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
            Kind::String if self.data.contains(&key) => {
                let token = draft.reader.string()?;
                media(draft, token, media_type);
            }
            Kind::String if self.fixed.contains(&key) => {
                let token = draft.reader.string()?;
                draft.fixed(token);
            }
            Kind::String if self.json.contains(&key) => draft.counted(Form::Json)?,
            Kind::String if !self.not_text.contains(&key) => draft.counted(Form::Plain)?,
            Kind::Object => self.object(draft, free)?,
            Kind::Number if free => draft.number()?,
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

    /// An object's members. What a type stands beside may come before it.
    fn object(&self, draft: &mut Draft<'_>, free: bool) -> Result<(), Stop> {
        let (mut media_type, mut plain) = (String::new(), false);
        let mut data = Vec::new();
        draft.reader.enter_object()?;
        while let Some(inner) = draft.next_key()? {
            let is_string = !free && draft.reader.kind()? == Kind::String;
            match inner.as_ref() {
                key if is_string && TYPES.contains(&key) => {
                    let token = draft.reader.string()?;
                    media_type = token.text(draft.reader.json()).into_owned();
                }
                key if is_string && self.data.contains(&key) => data.push(draft.reader.string()?),
                "type" if is_string && self.not_text.contains(&"type") => {
                    let token = draft.reader.string()?;
                    plain = token.text(draft.reader.json()) == "text";
                }
                key => {
                    let free = free || self.free.contains(&key);
                    self.value(draft, key, free, &media_type)?;
                }
            }
        }
        for token in data {
            match plain {
                true => draft.counted_at(token, Form::Plain),
                false => media(draft, token, &media_type),
            }
        }
        Ok(())
    }
}

/// Something that is no text, or a document's text where others have its bytes. What neither its first bytes
/// nor its type tell counts nothing.
fn media(draft: &mut Draft<'_>, token: Token, media_type: &str) {
    let text = token.text(draft.reader.json());
    if document(draft, token, media_type) {
        return;
    }
    if !is_opaque(&text) {
        draft.counted_at(token, Form::Plain);
        return;
    }
    if has_words(&text) {
        draft.fixed(token);
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
}

/// Whether the string holds a text in base64, by its type, or by that of the `data:` address that it is: then it
/// is a text like any other.
pub(in crate::dialect) fn document(draft: &mut Draft<'_>, token: Token, media_type: &str) -> bool {
    let json = draft.reader.json();
    let said = token.text(json);
    let own = said
        .strip_prefix("data:")
        .and_then(|url| url.split_once(";base64,"));
    let media_type = own.map_or(media_type, |(media_type, _)| media_type);
    let passage = match is_textual(media_type) {
        true => Passage::in_base64(json, token),
        false => None,
    };
    let found = passage.is_some();
    if let Some(passage) = passage {
        draft.passages.push(passage);
        draft.count("", Some(draft.passages.len().saturating_sub(1)));
    }
    found
}

fn is_textual(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    let plain = plain.to_ascii_lowercase();
    let (class, name) = plain.split_once('/').unwrap_or_default();
    let known = [
        "json",
        "xml",
        "yaml",
        "x-yaml",
        "javascript",
        "x-ndjson",
        "jsonl",
        "csv",
        "sql",
    ];
    class == "text"
        || class == "application"
            && (known.contains(&name) || name.ends_with("+json") || name.ends_with("+xml"))
}

/// Whether the string is an address that may hold words: any but those of data in base64.
pub(in crate::dialect) fn has_words(text: &str) -> bool {
    text.contains("://") || text.starts_with("data:") && !text.contains(";base64,")
}

/// Whether the string is data or the address of some, not words in their place.
pub(in crate::dialect) fn is_opaque(text: &str) -> bool {
    is_address(text) || is_base64(text)
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
