//! What a reply or a chunk of a streamed reply says: its texts and where they stand, why a choice
//! ended, what was used.

use super::neutral::read_usage;
use crate::dialect::splice::{Chunk, Thought, Voice, Way, arguments, aside, index, items, object};
use crate::dialect::{Reported, Tier};
use crate::json::{Fault, Kind, Leaves, Reader};

/// The last data of a stream (OpenAI's reference, chat streaming).
const DONE: &str = "[DONE]";

/// Reads a whole reply, or the data of an event.
///
/// # Errors
///
/// It is not JSON.
pub fn read_chunk(data: &str) -> Result<Chunk, Fault> {
    if data.trim_ascii() == DONE {
        return Ok(Chunk {
            ends: true,
            ..Chunk::default()
        });
    }
    let mut draft = Draft::default();
    draft.read(data)?;
    let mut chunk = draft.chunk;
    // The chunk that only reports usage has no choices (`stream_options.include_usage`).
    chunk.usage_only = draft.has_usage && draft.choices == Some(0);
    Ok(chunk)
}

/// A chunk while it is read.
#[derive(Default)]
struct Draft {
    chunk: Chunk,
    /// A usage object stands here, whatever it says.
    has_usage: bool,
    /// How many choices are in `choices`; `None` when the field is absent.
    choices: Option<u32>,
    tier: Tier,
}

impl Draft {
    fn read(&mut self, json: &str) -> Result<(), Fault> {
        let mut reader = Reader::new(json);
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("model", Kind::String) => self.chunk.model = Some(reader.string()?),
                ("choices", Kind::Array) => {
                    self.choices = Some(0);
                    items(&mut reader, |reader, nth| {
                        self.choices = Some(nth.saturating_add(1));
                        self.choice(reader, nth)
                    })?;
                }
                ("usage", Kind::Object) => {
                    self.has_usage = true;
                    self.chunk.usage = usage(&mut reader)?;
                }
                ("service_tier", Kind::String) => {
                    self.tier = Tier::of(&reader.string()?.text(json));
                }
                ("error", Kind::Object | Kind::String) => self.chunk.fail(&mut reader)?,
                ("x_groq", Kind::Object) => object(&mut reader, |reader, key, kind| {
                    match (key, kind) {
                        ("usage", Kind::Object) => self.chunk.usage = usage(reader)?,
                        _ => aside(reader, key, 0, &mut self.chunk)?,
                    }
                    Ok(true)
                })?,
                (key, _) => aside(&mut reader, key, 0, &mut self.chunk)?,
            }
        }
        if let Some(usage) = &mut self.chunk.usage {
            usage.tier = self.tier;
        }
        reader.end()
    }

    fn choice(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        let json = reader.json();
        let mut place = nth;
        let mut finish = None;
        let first = self.chunk.said.len();
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("index", Kind::Number) => place = index(reader)?,
                ("delta" | "message", Kind::Object) => self.message(reader)?,
                ("logprobs", Kind::Object) => self.chunk.echoes.push((reader.skip()?, "null")),
                ("finish_reason", Kind::String) => {
                    finish = Some(reader.string()?.text(json).into_owned());
                }
                _ => aside(reader, key, 0, &mut self.chunk)?,
            }
            Ok(true)
        })?;
        for said in self.chunk.said.iter_mut().skip(first) {
            said.lane = place;
        }
        if let Some(reason) = finish {
            self.chunk.closed.push(place);
            self.chunk.finish_reason.get_or_insert(reason);
        }
        Ok(())
    }

    fn message(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("content", Kind::String) => self.say(reader, Voice::Content)?,
                ("content", Kind::Array) => {
                    items(reader, |reader, _| self.part(reader, Thought::Part))?;
                }
                ("refusal", Kind::String) => self.say(reader, Voice::Refusal)?,
                ("reasoning_content", Kind::String) => self.say(reader, Voice::Reasoning)?,
                ("reasoning", Kind::String) => {
                    self.say(reader, Voice::Thought(Thought::Plain, 0))?;
                }
                ("reasoning_details", Kind::Array) => {
                    items(reader, |reader, nth| self.thought(reader, nth))?;
                }
                ("thinking_blocks", Kind::Array) => {
                    items(reader, |reader, _| self.part(reader, Thought::Block))?;
                }
                ("audio", Kind::Object) => object(reader, |reader, key, kind| {
                    match (key, kind) {
                        ("transcript", Kind::String) => self.say(reader, Voice::Transcript)?,
                        _ => aside(reader, key, 0, &mut self.chunk)?,
                    }
                    Ok(true)
                })?,
                ("tool_calls", Kind::Array) => {
                    items(reader, |reader, nth| self.call(reader, nth))?;
                }
                ("function_call", Kind::Object) => self.call(reader, 0)?,
                ("name", _) => return Ok(false),
                _ => aside(reader, key, 0, &mut self.chunk)?,
            }
            Ok(true)
        })
    }

    /// A part of content that comes as a list: text, or a thought.
    fn part(&mut self, reader: &mut Reader<'_>, thought: Thought) -> Result<(), Fault> {
        let (first, mut signed) = (self.chunk.said.len(), false);
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("text", Kind::String) => self.say(reader, Voice::Content)?,
                ("thinking", Kind::String) => self.say(reader, Voice::Thought(thought, 0))?,
                ("thinking", Kind::Array) => items(reader, |reader, _| {
                    object(reader, |reader, key, kind| {
                        match (key, kind) {
                            ("text", Kind::String) => {
                                self.say(reader, Voice::Thought(thought, 0))?;
                            }
                            _ => aside(reader, key, 0, &mut self.chunk)?,
                        }
                        Ok(true)
                    })
                })?,
                ("signature", Kind::String) => signed = is_proof(reader)?,
                _ => aside(reader, key, 0, &mut self.chunk)?,
            }
            Ok(true)
        })?;
        self.ends(first, signed);
        Ok(())
    }

    /// An item of `reasoning_details` (OpenRouter, "Reasoning tokens").
    fn thought(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        let (first, mut signed, mut place) = (self.chunk.said.len(), false, nth);
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("index", Kind::Number) => place = index(reader)?,
                ("text", Kind::String) => self.say(reader, Voice::Thought(Thought::Detail, 0))?,
                ("summary", Kind::String) => {
                    self.say(reader, Voice::Thought(Thought::Summary, 0))?;
                }
                ("signature", Kind::String) => signed = is_proof(reader)?,
                _ => aside(reader, key, 0, &mut self.chunk)?,
            }
            Ok(true)
        })?;
        for said in self.chunk.said.iter_mut().skip(first) {
            if let Voice::Thought(_, index) = &mut said.voice {
                *index = place;
            }
        }
        self.ends(first, signed);
        Ok(())
    }

    /// A signature ends the text that it is of.
    fn ends(&mut self, first: usize, signed: bool) {
        let own = self.chunk.said.iter_mut().skip(first);
        for said in own.filter(|said| signed && said.runs()) {
            said.way = Way::Last;
        }
    }

    fn call(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        let mut place = nth;
        let first = self.chunk.said.len();
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("index", Kind::Number) => place = index(reader)?,
                ("function" | "custom", Kind::Object) => self.call(reader, nth)?,
                ("arguments" | "input", Kind::String) => {
                    self.say(reader, Voice::Arguments(nth))?;
                }
                ("arguments" | "input", Kind::Object) => {
                    arguments(reader, (0, nth), &mut self.chunk)?;
                }
                ("name", _) => return Ok(false),
                _ => aside(reader, key, 0, &mut self.chunk)?,
            }
            Ok(true)
        })?;
        for said in self.chunk.said.iter_mut().skip(first) {
            if let Voice::Arguments(index) = &mut said.voice {
                *index = place;
            }
        }
        Ok(())
    }

    fn say(&mut self, reader: &mut Reader<'_>, voice: Voice) -> Result<(), Fault> {
        self.chunk.say(reader, 0, voice, Way::Piece)
    }
}

/// Reads a signature; an empty one proves nothing.
fn is_proof(reader: &mut Reader<'_>) -> Result<bool, Fault> {
    Ok(!reader.string()?.inner().is_empty())
}

/// A usage object; `None` when it says nothing.
fn usage(reader: &mut Reader<'_>) -> Result<Option<Reported>, Fault> {
    Ok(read_usage(&Leaves::read(reader)?))
}
