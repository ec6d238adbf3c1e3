//! The parts of a message that are no text: images, audio, files.

use std::borrow::Cow;

use crate::dialect::media::{Detail, Image, Media, decoded_len};
use crate::dialect::splice::{Draft, Stop, document, has_words, is_opaque, texts as passages};
use crate::json::{Kind, Token};
use crate::mask::Form;

/// Reads the value of `image_url`: `{url, detail}`, or the address alone.
pub(super) fn image(draft: &mut Draft<'_>) -> Result<(), Stop> {
    let json = draft.reader.json();
    let mut url = Cow::Borrowed("");
    let mut detail = Detail::High;
    match draft.reader.kind()? {
        Kind::Object => {
            draft.reader.enter_object()?;
            while let Some(key) = draft.next_key()? {
                if draft.reader.kind()? != Kind::String {
                    draft.reader.skip()?;
                    continue;
                }
                let token = draft.reader.string()?;
                let value = token.text(json);
                match key.as_ref() {
                    "url" => {
                        url = value;
                        address(draft, token, &url);
                    }
                    "detail" if value == "low" => detail = Detail::Low,
                    _ => {}
                }
            }
        }
        Kind::String => {
            let token = draft.reader.string()?;
            url = token.text(json);
            address(draft, token, &url);
        }
        _ => {
            draft.reader.skip()?;
        }
    }
    draft.media.push(Media::Image(Image::at(&url, detail)));
    Ok(())
}

/// An address is looked at, but cannot be changed. One that holds a text in base64 is that text.
fn address(draft: &mut Draft<'_>, token: Token, url: &str) {
    if document(draft, token, "") {
        return;
    }
    if has_words(url) {
        draft.fixed(token);
    }
}

/// Reads the value of `input_audio` or `file`: what is not its data is text.
pub(super) fn data(draft: &mut Draft<'_>, part: &str) -> Result<(), Stop> {
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        let kind = draft.reader.kind()?;
        match (key.as_ref(), kind) {
            ("data" | "file_data", Kind::String) => {
                let token = draft.reader.string()?;
                if part == "file" && document(draft, token, "") {
                    continue;
                }
                let text = token.text(draft.reader.json());
                if !is_opaque(&text) {
                    draft.counted_at(token, Form::Plain);
                    continue;
                }
                if has_words(&text) {
                    draft.fixed(token);
                }
                let bytes = decoded_len(token.inner().len());
                draft.media.push(match part {
                    "file" => Media::File(bytes),
                    _ => Media::Audio(bytes),
                });
            }
            (key, _) => passages::read(draft, key, &["format", "file_id"])?,
        }
    }
    Ok(())
}
