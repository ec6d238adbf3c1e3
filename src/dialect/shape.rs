//! What a request asks for beside its words: how many messages and tools it has, how long its reply may be,
//! which schema the reply must fit. Read in a pass of its own, so that only those pay for it who set a rule.

use std::ops::Range;

use super::Dialect;
use super::splice::{items, object, whole};
use crate::json::{Edit, Fault, Kind, Reader, quote};

/// A request's shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The messages of its conversation: a text alone is one, legacy completions' prompts are one each.
    pub messages: u64,
    /// The tools that it offers.
    pub tools: u64,
    /// Where the schema stands that it asks its reply to fit.
    pub schema: Option<Range<usize>>,
    /// How long its output may be.
    pub output: Output,
}

/// The fields that say how long a choice of the reply may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    fields: Vec<Asked>,
    /// Behind the bracket of the object in which the field stands, and whether that is empty.
    place: Option<(usize, bool)>,
    /// What is written there, before the number and behind it.
    member: (String, &'static str),
}

/// A field of output.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    name: &'static str,
    at: Range<usize>,
    said: Said,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Tokens(u64),
    Null,
    /// No number that could be one of tokens.
    Other,
}

/// What a dialect calls things.
#[derive(Debug, PartialEq, Eq)]
struct Names {
    messages: &'static str,
    /// Each of these counts.
    tools: &'static [&'static str],
    /// The member that holds the fields of output; empty: the body itself.
    config: &'static [&'static str],
    /// The fields of output; the first is the one that is set where none is.
    output: &'static [&'static str],
}

const CHAT: Names = Names {
    messages: "messages",
    tools: &["tools", "functions"],
    config: &[],
    output: &["max_completion_tokens", "max_tokens"],
};

const COMPLETIONS: Names = Names {
    messages: "prompt",
    tools: &[],
    config: &[],
    output: &["max_tokens"],
};

const RESPONSES: Names = Names {
    messages: "input",
    tools: &["tools"],
    config: &[],
    output: &["max_output_tokens"],
};

const ANTHROPIC: Names = Names {
    messages: "messages",
    tools: &["tools"],
    config: &[],
    output: &["max_tokens"],
};

const GEMINI: Names = Names {
    messages: "contents",
    tools: &["tools"],
    config: &["generationConfig", "generation_config"],
    output: &["maxOutputTokens", "max_output_tokens"],
};

impl Shape {
    /// Reads a body; embeddings have no shape.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn read(dialect: Dialect, json: &str) -> Result<Self, Fault> {
        let names = match dialect {
            Dialect::OpenAiChat => &CHAT,
            Dialect::OpenAiCompletions => &COMPLETIONS,
            Dialect::OpenAiResponses => &RESPONSES,
            Dialect::Anthropic => &ANTHROPIC,
            Dialect::Gemini => &GEMINI,
            _ => return Ok(Self::default()),
        };
        let mut shape = Self::default();
        shape.members(names, &mut Reader::new(json))?;
        Ok(shape)
    }

    fn members(&mut self, names: &'static Names, reader: &mut Reader<'_>) -> Result<(), Fault> {
        // A body has a conversation: it is not empty.
        self.output.place = Some((reader.place().saturating_add(1), false));
        let first = names.output.first().copied().unwrap_or_default();
        self.output.member = match names.config.first() {
            Some(config) => (
                [quote(config), ":{".into(), quote(first), ":".into()].concat(),
                "}",
            ),
            None => ([&quote(first), ":"].concat(), ""),
        };
        object(reader, |reader, key, kind| {
            match (key, kind) {
                // A request to count tokens may hold the whole request that it is about.
                ("generateContentRequest" | "generate_content_request", Kind::Object) => {
                    self.members(names, reader)?;
                }
                (key, Kind::Object) if names.config.contains(&key) => self.config(names, reader)?,
                (key, Kind::Object) if FORMATS.contains(&key) => self.format(reader)?,
                (key, Kind::String) if key == names.messages => {
                    reader.skip()?;
                    self.messages = 1;
                }
                (key, Kind::Array) if key == names.messages => self.conversation(reader)?,
                (key, Kind::Array) if names.tools.contains(&key) => {
                    items(reader, |reader, _| self.tool(reader))?;
                }
                (key, kind) => return self.field(names, reader, key, kind),
            }
            Ok(true)
        })
    }

    /// Messages; legacy completions have prompts, one of which may be a list of tokens.
    fn conversation(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let mut tokens = false;
        items(reader, |reader, _| {
            tokens |= reader.kind()? == Kind::Number;
            reader.skip()?;
            self.messages = self.messages.saturating_add(1);
            Ok(())
        })?;
        if tokens {
            self.messages = 1;
        }
        Ok(())
    }

    /// One tool, or with Gemini as many as it declares.
    fn tool(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let mut declared = None;
        object(reader, |reader, key, kind| {
            let list = matches!(key, "functionDeclarations" | "function_declarations");
            if list && kind == Kind::Array {
                let mut count = 0_u64;
                items(reader, |reader, _| {
                    reader.skip()?;
                    count = count.saturating_add(1);
                    Ok(())
                })?;
                declared = Some(count);
                return Ok(true);
            }
            Ok(false)
        })?;
        self.tools = self.tools.saturating_add(declared.unwrap_or(1));
        Ok(())
    }

    fn config(&mut self, names: &'static Names, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let first = names.output.first().copied().unwrap_or_default();
        let start = reader.place().saturating_add(1);
        let mut empty = true;
        object(reader, |reader, key, kind| {
            empty = false;
            let schema = matches!(
                key,
                "responseSchema"
                    | "response_schema"
                    | "responseJsonSchema"
                    | "response_json_schema"
            );
            if schema && kind == Kind::Object {
                self.schema = Some(reader.skip()?);
                return Ok(true);
            }
            self.field(names, reader, key, kind)
        })?;
        self.output.place = Some((start, empty));
        self.output.member = ([&quote(first), ":"].concat(), "");
        Ok(())
    }

    /// The schema within a format, which stands one or two members deeper.
    fn format(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("schema", Kind::Object) => self.schema = Some(reader.skip()?),
                ("format" | "json_schema", Kind::Object) => self.format(reader)?,
                _ => return Ok(false),
            }
            Ok(true)
        })
    }

    fn field(
        &mut self,
        names: &'static Names,
        reader: &mut Reader<'_>,
        key: &str,
        kind: Kind,
    ) -> Result<bool, Fault> {
        let Some(name) = names.output.iter().copied().find(|name| *name == key) else {
            return Ok(false);
        };
        let start = reader.place();
        let said = match kind {
            Kind::Number => whole(reader)?.map_or(Said::Other, Said::Tokens),
            _ => {
                reader.skip()?;
                match kind {
                    Kind::Null => Said::Null,
                    _ => Said::Other,
                }
            }
        };
        let at = start..reader.end_of_last();
        self.output.fields.push(Asked { name, at, said });
        Ok(true)
    }
}

impl Said {
    fn is_above(self, most: u64) -> bool {
        match self {
            Self::Tokens(tokens) => tokens > most,
            Self::Null => false,
            Self::Other => true,
        }
    }
}

impl Output {
    /// The first field that asks for more than `most` tokens.
    pub fn above(&self, most: u64) -> Option<&'static str> {
        let mut fields = self.fields.iter();
        let above = fields.find(|asked| asked.said.is_above(most));
        above.map(|asked| asked.name)
    }

    /// The edits after which no more than `most` tokens are asked for. `name` is what the provider calls the
    /// field, where no field is there.
    pub fn clamped(&self, most: u64, name: Option<&str>) -> Vec<Edit> {
        if self.fields.iter().any(|asked| asked.said != Said::Null) {
            let fields = self.fields.iter();
            let above = fields.filter(|asked| asked.said.is_above(most));
            let edit = |asked: &Asked| Edit::new(asked.at.clone(), most.to_string());
            return above.map(edit).collect();
        }
        if let Some(null) = self.fields.first() {
            return vec![Edit::new(null.at.clone(), most.to_string())];
        }
        let Some((place, empty)) = self.place else {
            return Vec::new();
        };
        let (own, end) = &self.member;
        let before = name.map_or_else(|| own.clone(), |name| [&quote(name), ":"].concat());
        let comma = if empty { "" } else { "," };
        let member = [before.as_str(), &most.to_string(), end, comma].concat();
        vec![Edit::new(place..place, member)]
    }
}

/// Where a dialect says what its reply must look like.
const FORMATS: [&str; 4] = ["response_format", "text", "output_config", "output_format"];

#[cfg(test)]
mod tests;
