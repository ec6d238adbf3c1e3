//! Small steps through an object of a reply.

use super::chunk::{Chunk, Said, Voice, Way};
use crate::dialect::Reported;
use crate::json::{Fault, Kind, Reader, Token};

/// Goes through an object; `member` reads a value, or says that it is not its own by `false`.
pub(in crate::dialect) fn object(
    reader: &mut Reader<'_>,
    mut member: impl FnMut(&mut Reader<'_>, &str, Kind) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    if reader.kind()? != Kind::Object {
        reader.skip()?;
        return Ok(());
    }
    let json = reader.json();
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        let kind = reader.kind()?;
        if !member(reader, &key.text(json), kind)? {
            reader.skip()?;
        }
    }
    Ok(())
}

/// Goes through a whole text, which is one object.
pub(in crate::dialect) fn body(
    json: &str,
    member: impl FnMut(&mut Reader<'_>, &str, Kind) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let mut reader = Reader::new(json);
    object(&mut reader, member)?;
    reader.end()
}

/// Goes through an array's objects.
pub(in crate::dialect) fn items(
    reader: &mut Reader<'_>,
    mut item: impl FnMut(&mut Reader<'_>, u32) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if reader.kind()? != Kind::Array {
        reader.skip()?;
        return Ok(());
    }
    reader.enter_array()?;
    let mut nth = 0_u32;
    while reader.next_item()? {
        item(reader, nth)?;
        nth = nth.saturating_add(1);
    }
    Ok(())
}

/// Keys of what is no text, wherever they stand in a reply: ids, kinds, states, media, and what only its maker can
/// read, of which nothing may change. What ends with `_id` is one too.
const NOT_SAID: [&str; 36] = [
    "object",
    "type",
    "role",
    "status",
    "model",
    "index",
    "created",
    "created_at",
    "phase",
    "language",
    "outcome",
    "category",
    "probability",
    "service_tier",
    "system_fingerprint",
    "native_finish_reason",
    "finish_reason",
    "stop_reason",
    "signature",
    "thoughtSignature",
    "thought_signature",
    "encrypted_content",
    "encrypted_index",
    "encrypted_stdout",
    "data",
    "embedding",
    "embeddings",
    "b64_json",
    "partial_image_b64",
    "result",
    "format",
    "mimeType",
    "mime_type",
    "media_type",
    "file_ids",
    "reference_ids",
];

/// Reads the value of `key`, of which nothing more is known: every string within is a text of its own beside the
/// answer, so that a field that is new to Tollgate is looked at.
pub(in crate::dialect) fn aside(
    reader: &mut Reader<'_>,
    key: &str,
    lane: u32,
    chunk: &mut Chunk,
) -> Result<(), Fault> {
    if NOT_SAID.contains(&key) || key == "id" || key.ends_with("_id") || key.ends_with("Id") {
        reader.skip()?;
        return Ok(());
    }
    match reader.kind()? {
        Kind::String => {
            let token = reader.string()?;
            if !is_data(token.text(reader.json()).as_ref()) {
                chunk.said_at(token, lane, Voice::Aside, Way::Whole);
            }
        }
        Kind::Object => {
            let json = reader.json();
            reader.enter_object()?;
            while let Some(key) = reader.next_key()? {
                aside(reader, &key.text(json), lane, chunk)?;
            }
        }
        Kind::Array => {
            reader.enter_array()?;
            while reader.next_item()? {
                aside(reader, key, lane, chunk)?;
            }
        }
        _ => {
            reader.skip()?;
        }
    }
    Ok(())
}

/// An address that holds its data itself, in base64.
fn is_data(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
    let rest = text.strip_prefix("data:");
    let data = rest.and_then(|rest| rest.split_once(";base64,"));
    data.is_some_and(|(_, data)| data.bytes().all(known))
}

/// Arguments of a tool that stand as a value: looked at as JSON, with their keys and numbers.
pub(in crate::dialect) fn arguments(
    reader: &mut Reader<'_>,
    (lane, nth): (u32, u32),
    chunk: &mut Chunk,
) -> Result<(), Fault> {
    let voice = Voice::Arguments(nth);
    if reader.kind()? == Kind::String {
        return chunk.say(reader, lane, voice, Way::Whole);
    }
    let at = reader.skip()?;
    chunk.said.push(Said {
        lane,
        voice,
        token: Token {
            start: at.start,
            end: at.end,
            escaped: false,
        },
        bare: true,
        way: Way::Whole,
    });
    Ok(())
}

impl Chunk {
    /// Takes the string that comes next for something said.
    pub(in crate::dialect) fn say(
        &mut self,
        reader: &mut Reader<'_>,
        lane: u32,
        voice: Voice,
        way: Way,
    ) -> Result<(), Fault> {
        let token = reader.string()?;
        self.said_at(token, lane, voice, way);
        Ok(())
    }

    fn said_at(&mut self, token: Token, lane: u32, voice: Voice, way: Way) {
        self.said.push(Said {
            lane,
            voice,
            token,
            bare: false,
            way,
        });
    }

    /// Reads an error: its words are looked at like all others.
    pub(in crate::dialect) fn fail(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let start = reader.place();
        aside(reader, "", 0, self)?;
        self.error = Some(start..reader.end_of_last());
        Ok(())
    }
}

/// A whole number that is not negative and not absurd; `None` for anything else.
pub(in crate::dialect) fn whole(reader: &mut Reader<'_>) -> Result<Option<u64>, Fault> {
    let written = reader.number()?;
    let digits = written.strip_suffix(".0").unwrap_or(written);
    let number = digits.parse().ok();
    Ok(number.filter(|number| *number <= Reported::MOST))
}

/// An index; 0 when it is none.
pub(in crate::dialect) fn index(reader: &mut Reader<'_>) -> Result<u32, Fault> {
    let number = whole(reader)?.and_then(|number| u32::try_from(number).ok());
    Ok(number.unwrap_or_default())
}
