//! What a reply or a chunk of a streamed reply says: its texts and where they stand, why a choice
//! ended, what was used.

use serde_json::Value;

use super::neutral::read_usage;
use crate::dialect::splice::{Chunk, Said, Voice, index};
use crate::dialect::{Reported, Tier};
use crate::json::{Fault, Kind, Reader, Token};

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
    // The chunk that only reports usage has no choices (`stream_options.include_usage`).
    let usage_only = draft.has_usage && draft.choices == Some(0);
    Ok(Chunk {
        said: draft.said,
        echoes: draft.echoes,
        closed: draft.closed,
        model: draft.model,
        finish_reason: draft.finish_reason,
        usage: draft.usage,
        usage_only,
        ends: false,
        error: draft.error,
        number: None,
    })
}

/// A chunk while it is read.
#[derive(Default)]
struct Draft {
    said: Vec<Said>,
    echoes: Vec<(std::ops::Range<usize>, &'static str)>,
    closed: Vec<u32>,
    model: Option<Token>,
    finish_reason: Option<String>,
    usage: Option<Reported>,
    /// A usage object stands here, whatever it says.
    has_usage: bool,
    /// How many choices are in `choices`; `None` when the field is absent.
    choices: Option<usize>,
    error: Option<std::ops::Range<usize>>,
    tier: Tier,
}

impl Draft {
    fn read(&mut self, json: &str) -> Result<(), Fault> {
        let mut reader = Reader::new(json);
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("model", Kind::String) => self.model = Some(reader.string()?),
                ("choices", Kind::Array) => self.choices(&mut reader)?,
                ("usage", Kind::Object) => {
                    self.has_usage = true;
                    self.usage = usage(&mut reader)?;
                }
                ("service_tier", Kind::String) => {
                    self.tier = Tier::of(&reader.string()?.text(json));
                }
                ("error", Kind::Object | Kind::String) => self.error = Some(reader.skip()?),
                ("x_groq", Kind::Object) => {
                    reader.enter_object()?;
                    while let Some(key) = reader.next_key()? {
                        if key.text(json) == "usage" && reader.kind()? == Kind::Object {
                            self.usage = usage(&mut reader)?;
                        } else {
                            reader.skip()?;
                        }
                    }
                }
                _ => {
                    reader.skip()?;
                }
            }
        }
        if let Some(usage) = &mut self.usage {
            usage.tier = self.tier;
        }
        reader.end()
    }

    fn choices(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let mut count = 0_usize;
        reader.enter_array()?;
        while reader.next_item()? {
            if reader.kind()? == Kind::Object {
                self.choice(reader, count)?;
            } else {
                reader.skip()?;
            }
            count = count.saturating_add(1);
        }
        self.choices = Some(count);
        Ok(())
    }

    fn choice(&mut self, reader: &mut Reader<'_>, nth: usize) -> Result<(), Fault> {
        let json = reader.json();
        let mut place = u32::try_from(nth).unwrap_or(u32::MAX);
        let mut finish = None;
        let first = self.said.len();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("index", Kind::Number) => place = index(reader)?,
                ("delta" | "message", Kind::Object) => self.message(reader)?,
                ("logprobs", Kind::Object) => self.echoes.push((reader.skip()?, "null")),
                ("finish_reason", Kind::String) => {
                    finish = Some(reader.string()?.text(json).into_owned());
                }
                _ => {
                    reader.skip()?;
                }
            }
        }
        for said in self.said.iter_mut().skip(first) {
            said.lane = place;
        }
        if let Some(reason) = finish {
            self.closed.push(place);
            self.finish_reason.get_or_insert(reason);
        }
        Ok(())
    }

    fn message(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let json = reader.json();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("content", Kind::String) => self.say(reader, Voice::Content)?,
                ("refusal", Kind::String) => self.say(reader, Voice::Refusal)?,
                ("reasoning_content" | "reasoning", Kind::String) => {
                    self.say(reader, Voice::Reasoning)?;
                }
                ("audio", Kind::Object) => {
                    reader.enter_object()?;
                    while let Some(key) = reader.next_key()? {
                        if key.text(json) == "transcript" && reader.kind()? == Kind::String {
                            self.say(reader, Voice::Transcript)?;
                        } else {
                            reader.skip()?;
                        }
                    }
                }
                ("tool_calls", Kind::Array) => {
                    let mut nth = 0;
                    reader.enter_array()?;
                    while reader.next_item()? {
                        self.call(reader, nth)?;
                        nth = nth.saturating_add(1);
                    }
                }
                ("function_call", Kind::Object) => self.call(reader, 0)?,
                _ => {
                    reader.skip()?;
                }
            }
        }
        Ok(())
    }

    fn call(&mut self, reader: &mut Reader<'_>, nth: u32) -> Result<(), Fault> {
        if reader.kind()? != Kind::Object {
            reader.skip()?;
            return Ok(());
        }
        let json = reader.json();
        let mut place = nth;
        let first = self.said.len();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("index", Kind::Number) => place = index(reader)?,
                ("function" | "custom", Kind::Object) => self.call(reader, nth)?,
                ("arguments" | "input", Kind::String) => {
                    self.say(reader, Voice::Arguments(nth))?;
                }
                _ => {
                    reader.skip()?;
                }
            }
        }
        for said in self.said.iter_mut().skip(first) {
            said.voice = Voice::Arguments(place);
        }
        Ok(())
    }

    fn say(&mut self, reader: &mut Reader<'_>, voice: Voice) -> Result<(), Fault> {
        let token = reader.string()?;
        self.said.push(Said {
            lane: 0,
            voice,
            token,
            again: false,
        });
        Ok(())
    }
}

/// A usage object; `None` when it says nothing.
fn usage(reader: &mut Reader<'_>) -> Result<Option<Reported>, Fault> {
    let at = reader.skip()?;
    let text = reader.json().get(at).unwrap_or_default();
    let value: Option<Value> = serde_json::from_str(text).ok();
    Ok(value.as_ref().and_then(read_usage))
}
