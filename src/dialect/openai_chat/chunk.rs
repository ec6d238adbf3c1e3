//! What a reply or a chunk of a streamed reply says: its texts and where they stand, why a choice
//! ended, what was used.

use std::ops::Range;

use crate::dialect::Reported;
use crate::json::{Fault, Kind, Reader, Token};

/// Which running text of a reply a piece belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// The answer.
    Content,
    /// The model's reasoning, as far as it is shown.
    Reasoning,
    /// Why the model declines.
    Refusal,
    /// The words of an audio answer.
    Transcript,
    /// The arguments of the tool call with this index.
    Arguments(u32),
}

/// A piece of text that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The choice's index.
    pub choice: u32,
    /// Which of its texts.
    pub voice: Voice,
    /// Where.
    pub token: Token,
}

/// A whole reply, or one chunk of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chunk {
    /// What is said, in the order of the bytes.
    pub said: Vec<Said>,
    /// The choices that end here, with their reason.
    pub finished: Vec<(u32, String)>,
    /// What was used, as far as is known here.
    pub usage: Option<Reported>,
    /// A usage object stands here, whatever it says.
    pub has_usage: bool,
    /// How many choices are in `choices`; `None` when the field is absent.
    pub choices: Option<usize>,
    /// Where an error object stands.
    pub error: Option<Range<usize>>,
}

impl Chunk {
    /// Reads a reply or a chunk.
    pub fn read(json: &str) -> Result<Self, Fault> {
        let mut reader = Reader::new(json);
        let mut chunk = Self::default();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.kind()?;
            match (key.text(json).as_ref(), kind) {
                ("choices", Kind::Array) => chunk.choices(&mut reader)?,
                ("usage", Kind::Object) => {
                    chunk.has_usage = true;
                    chunk.usage = usage(&mut reader)?;
                }
                ("error", Kind::Object | Kind::String) => chunk.error = Some(reader.skip()?),
                ("x_groq", Kind::Object) => {
                    reader.enter_object()?;
                    while let Some(key) = reader.next_key()? {
                        if key.text(json) == "usage" && reader.kind()? == Kind::Object {
                            chunk.usage = usage(&mut reader)?;
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
        reader.end()?;
        Ok(chunk)
    }

    /// The chunk that only reports usage: it has no choices (`stream_options.include_usage` in
    /// OpenAI's reference).
    pub fn is_usage_only(&self) -> bool {
        self.has_usage && self.choices == Some(0)
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
                ("finish_reason", Kind::String) => {
                    finish = Some(reader.string()?.text(json).into_owned());
                }
                _ => {
                    reader.skip()?;
                }
            }
        }
        for said in self.said.iter_mut().skip(first) {
            said.choice = place;
        }
        self.finished.extend(finish.map(|reason| (place, reason)));
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
        let choice = 0;
        self.said.push(Said {
            choice,
            voice,
            token,
        });
        Ok(())
    }
}

/// A whole number that is not negative; `None` for anything else.
fn whole(reader: &mut Reader<'_>) -> Result<Option<u64>, Fault> {
    let written = reader.number()?;
    let digits = written.strip_suffix(".0").unwrap_or(written);
    let number = digits.parse().ok();
    Ok(number.filter(|number| *number <= Reported::MOST))
}

/// An index; 0 when it is none.
fn index(reader: &mut Reader<'_>) -> Result<u32, Fault> {
    let number = whole(reader)?.and_then(|number| u32::try_from(number).ok());
    Ok(number.unwrap_or_default())
}

/// OpenAI's usage object, and DeepSeek's name for tokens read from the cache; `None` when it says
/// nothing.
fn usage(reader: &mut Reader<'_>) -> Result<Option<Reported>, Fault> {
    let json = reader.json();
    let mut usage = Reported::default();
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        let kind = reader.kind()?;
        match (key.text(json).as_ref(), kind) {
            ("prompt_tokens", Kind::Number) => usage.input = whole(reader)?,
            ("completion_tokens", Kind::Number) => usage.output = whole(reader)?,
            ("prompt_cache_hit_tokens", Kind::Number) => {
                usage.cached = whole(reader)?.unwrap_or_default();
            }
            ("prompt_tokens_details" | "completion_tokens_details", Kind::Object) => {
                details(reader, &mut usage)?;
            }
            _ => {
                reader.skip()?;
            }
        }
    }
    Ok(Some(usage).filter(|usage| !usage.is_empty()))
}

fn details(reader: &mut Reader<'_>, usage: &mut Reported) -> Result<(), Fault> {
    let json = reader.json();
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        let kind = reader.kind()?;
        match (key.text(json).as_ref(), kind) {
            ("cached_tokens", Kind::Number) => usage.cached = whole(reader)?.unwrap_or_default(),
            ("reasoning_tokens", Kind::Number) => {
                usage.reasoning = whole(reader)?.unwrap_or_default();
            }
            _ => {
                reader.skip()?;
            }
        }
    }
    Ok(())
}
