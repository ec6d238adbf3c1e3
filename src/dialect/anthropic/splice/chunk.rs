//! What a reply says, or an event of a stream. A lane is a content block.

use serde_json::json;

use crate::dialect::anthropic::usage::Figures;
use crate::dialect::splice::{Chunk, Voice, Way, arguments, aside, body, index, items, object};
use crate::json::{Fault, Kind, Leaves, Reader};
use crate::sse::write_event;

/// Reads a whole reply, or the data of an event.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    let mut event = Event::default();
    body(data, |reader, key, kind| event.member(reader, key, kind))?;
    let Event {
        kind,
        place,
        signed,
        mut chunk,
    } = event;
    if signed {
        chunk.closed.push(place);
    }
    match kind.as_str() {
        "content_block_stop" => chunk.closed.push(place),
        "message_stop" => chunk.ends = true,
        "message" => {}
        _ => {
            for said in &mut chunk.said {
                said.lane = place;
            }
        }
    }
    Ok(chunk)
}

#[derive(Default)]
struct Event {
    kind: String,
    place: u32,
    /// A thought is signed, which ends its text.
    signed: bool,
    chunk: Chunk,
}

impl Event {
    fn member(&mut self, reader: &mut Reader<'_>, key: &str, kind: Kind) -> Result<bool, Fault> {
        match (key, kind) {
            ("type", Kind::String) => {
                self.kind = reader.string()?.text(reader.json()).into_owned();
            }
            ("model", Kind::String) => self.chunk.model = Some(reader.string()?),
            ("index", Kind::Number) => self.place = index(reader)?,
            ("content_block", Kind::Object) => self.block(reader, 0)?,
            ("content", Kind::Array) => items(reader, |reader, nth| self.block(reader, nth))?,
            ("delta", Kind::Object) => self.delta(reader)?,
            ("message", Kind::Object) => object(reader, |reader, key, kind| {
                match (key, kind) {
                    ("usage", Kind::Object) => self.usage(reader)?,
                    ("model", Kind::String) => self.chunk.model = Some(reader.string()?),
                    ("content", Kind::Array) => {
                        items(reader, |reader, nth| self.block(reader, nth))?;
                    }
                    _ => aside(reader, key, 0, &mut self.chunk)?,
                }
                Ok(true)
            })?,
            ("usage", Kind::Object) => self.usage(reader)?,
            ("stop_reason", Kind::String) => self.reason(reader)?,
            ("error", Kind::Object) => self.chunk.fail(reader)?,
            _ => aside(reader, key, 0, &mut self.chunk)?,
        }
        Ok(true)
    }

    fn reason(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let reason = reader.string()?.text(reader.json()).into_owned();
        self.chunk.finish_reason = Some(reason);
        Ok(())
    }

    fn usage(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let mut figures = Figures::default();
        figures.add(&Leaves::read(reader)?);
        self.chunk.usage = Some(figures.reported()).filter(|usage| !usage.is_empty());
        Ok(())
    }

    fn delta(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        object(reader, |reader, key, kind| {
            let voice = match (key, kind) {
                ("text", Kind::String) => Voice::Content,
                ("thinking", Kind::String) => Voice::Reasoning,
                ("partial_json", Kind::String) => Voice::Arguments(0),
                ("signature", Kind::String) => {
                    self.signed = true;
                    return Ok(false);
                }
                ("stop_reason", Kind::String) => {
                    self.reason(reader)?;
                    return Ok(true);
                }
                _ => {
                    aside(reader, key, 0, &mut self.chunk)?;
                    return Ok(true);
                }
            };
            self.chunk.say(reader, 0, voice, Way::Piece)?;
            Ok(true)
        })
    }

    /// A block, which is whole in a whole reply and begins in a stream's event.
    fn block(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        object(reader, |reader, key, kind| {
            let chunk = &mut self.chunk;
            match (key, kind) {
                ("text", Kind::String) => chunk.say(reader, nth, Voice::Content, Way::Piece)?,
                ("thinking", Kind::String) => {
                    chunk.say(reader, nth, Voice::Reasoning, Way::Piece)?;
                }
                ("input", _) => arguments(reader, (nth, 0), chunk)?,
                ("name", _) => return Ok(false),
                _ => aside(reader, key, nth, chunk)?,
            }
            Ok(true)
        })
    }
}

/// A delta of one block that says only this.
pub fn late_event((lane, voice): (u32, Voice), words: &str) -> Vec<u8> {
    let delta = match voice {
        Voice::Reasoning => json!({"type": "thinking_delta", "thinking": words}),
        Voice::Arguments(_) => json!({"type": "input_json_delta", "partial_json": words}),
        _ => json!({"type": "text_delta", "text": words}),
    };
    let data = json!({"type": "content_block_delta", "index": lane, "delta": delta});
    write_event("content_block_delta", data)
}
