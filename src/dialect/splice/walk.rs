//! Small steps through an object of a reply.

use super::chunk::{Chunk, Said, Voice};
use crate::dialect::Reported;
use crate::json::{Fault, Kind, Reader};

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

/// Every string of a value is a text that stands whole.
pub(in crate::dialect) fn texts(
    reader: &mut Reader<'_>,
    lane: u32,
    chunk: &mut Chunk,
) -> Result<(), Fault> {
    match reader.kind()? {
        Kind::String => chunk.say(reader, lane, Voice::Content, true),
        Kind::Object => object(reader, |reader, _, _| {
            texts(reader, lane, chunk)?;
            Ok(true)
        }),
        Kind::Array => items(reader, |reader, _| texts(reader, lane, chunk)),
        _ => {
            reader.skip()?;
            Ok(())
        }
    }
}

impl Chunk {
    /// Takes the string that comes next for something said; `again`: a whole text.
    pub(in crate::dialect) fn say(
        &mut self,
        reader: &mut Reader<'_>,
        lane: u32,
        voice: Voice,
        again: bool,
    ) -> Result<(), Fault> {
        let token = reader.string()?;
        self.said.push(Said {
            lane,
            voice,
            token,
            again,
        });
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
