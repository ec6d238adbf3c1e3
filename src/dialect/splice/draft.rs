//! A request while it is read: what every dialect's grammar fills.

use std::borrow::Cow;
use std::ops::Range;

use super::passage::{Passage, Place};
use super::request::{Line, Request};
use super::stream_options::StreamOptions;
use super::texts;
use super::wanted::Wanted;
use crate::dialect::Dialect;
use crate::dialect::media::Media;
use crate::json::{Fault, Kind, Reader, Token};
use crate::mask::Form;
use crate::refusal::Refusal;

/// How a dialect's body is read.
#[derive(Debug)]
pub struct Grammar {
    /// Tokens that prime the reply, once for each request.
    pub priming: u64,
    /// Whether the body names the model; else its path does.
    pub names_model: bool,
    /// The field that holds the conversation.
    pub conversation: &'static str,
    /// Reads the value of a member of the body.
    pub member: fn(&mut Draft<'_>, &str) -> Result<(), Stop>,
}

/// Why reading stops.
#[derive(Debug)]
pub enum Stop {
    /// The JSON is wrong.
    Json(Fault),
    /// A field is: its path, and what is wrong with it.
    Field(String, String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

impl Stop {
    pub(super) fn refusal(self, json: &str) -> Refusal {
        match self {
            Self::Field(path, what) => Refusal::Field { path, what },
            Self::Json(fault) => {
                let before = json.get(..fault.at).unwrap_or(json);
                let line_start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
                let lines = before.bytes().filter(|byte| *byte == b'\n').count();
                let columns = before.get(line_start..).unwrap_or_default().chars().count();
                Refusal::Json {
                    at: fault.at,
                    place: (lines.saturating_add(1), columns.saturating_add(1)),
                    what: fault.kind.to_string(),
                }
            }
        }
    }
}

/// A request while it is read.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(in crate::dialect) reader: Reader<'a>,
    pub(in crate::dialect) passages: Vec<Passage<'a>>,
    pub(in crate::dialect) lines: Vec<Line<'a>>,
    pub(in crate::dialect) media: Vec<Media>,
    pub(in crate::dialect) ids: Vec<Vec<u32>>,
    pub(in crate::dialect) overhead: u64,
    pub(in crate::dialect) model: Option<Token>,
    model_member: Option<Range<usize>>,
    /// Where the key of the member that is read begins.
    key: usize,
    /// The conversation is there.
    pub(in crate::dialect) begun: bool,
    pub(in crate::dialect) stream: bool,
    pub(in crate::dialect) user: Option<String>,
    pub(in crate::dialect) json_answer: bool,
    pub(in crate::dialect) wanted: Wanted,
    stream_options: StreamOptions,
}

impl<'a> Draft<'a> {
    pub(super) fn new(json: &'a str, grammar: &Grammar) -> Self {
        Self {
            reader: Reader::new(json),
            passages: Vec::new(),
            lines: Vec::new(),
            media: Vec::new(),
            ids: Vec::new(),
            overhead: grammar.priming,
            model: None,
            model_member: None,
            key: 0,
            begun: false,
            stream: false,
            stream_options: StreamOptions::default(),
            user: None,
            json_answer: false,
            wanted: Wanted::default(),
        }
    }

    pub(super) fn finish(
        self,
        dialect: Dialect,
        grammar: &Grammar,
    ) -> Result<Request<'a>, Refusal> {
        if !self.begun {
            return Err(Refusal::Missing(grammar.conversation));
        }
        Ok(Request {
            json: self.reader.json(),
            dialect,
            model: self.model,
            model_member: self.model_member,
            stream: self.stream,
            stream_options: self.stream_options,
            user: self.user,
            json_answer: self.json_answer,
            wanted: self.wanted,
            passages: self.passages,
            lines: self.lines,
            media: self.media,
            ids: self.ids,
            overhead: self.overhead,
        })
    }

    pub(super) fn body(&mut self, grammar: &Grammar) -> Result<(), Stop> {
        self.reader.enter_object()?;
        self.stream_options.insert_at = self.reader.end_of_last();
        let mut previous = None;
        while let Some(key) = self.reader.next_key()? {
            let name = key.text(self.reader.json());
            self.key = key.start;
            self.note_key(key, &name);
            match name.as_ref() {
                "stream_options" => {
                    let (reader, options) = (&mut self.reader, &mut self.stream_options);
                    options.read(reader, key.start, previous)?;
                }
                name => (grammar.member)(self, name)?,
            }
            previous = Some(self.reader.end_of_last());
        }
        Ok(self.reader.end()?)
    }

    /// The model's name.
    pub(in crate::dialect) fn model(&mut self, name: &str) -> Result<(), Stop> {
        self.want(Kind::String, name)?;
        self.model = Some(self.reader.string()?);
        self.model_member = Some(self.key..self.reader.end_of_last());
        Ok(())
    }

    /// The end user's name, which is a text too.
    pub(in crate::dialect) fn user(&mut self) -> Result<(), Stop> {
        let passage = self.passages.len();
        texts::read(self, "user", &[])?;
        let user = self.passages.get(passage);
        self.user = user.map(|user| user.text().to_owned());
        Ok(())
    }

    /// The next value must be of this kind.
    pub(in crate::dialect) fn want(&mut self, kind: Kind, path: &str) -> Result<(), Stop> {
        let found = self.reader.kind()?;
        if found == kind {
            return Ok(());
        }
        Err(Stop::Field(
            path.to_owned(),
            format!("expected {kind}, found {found}"),
        ))
    }

    /// A boolean, or null for false.
    pub(in crate::dialect) fn switch(&mut self, path: &str) -> Result<bool, Stop> {
        if self.reader.kind()? == Kind::Null {
            self.reader.skip()?;
            return Ok(false);
        }
        self.want(Kind::Bool, path)?;
        Ok(self.reader.bool()?)
    }

    /// The next key of the object, unescaped.
    pub(in crate::dialect) fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        let Some(key) = self.reader.next_key()? else {
            return Ok(None);
        };
        let name = key.text(self.reader.json());
        self.note_key(key, &name);
        Ok(Some(name))
    }

    /// A key is looked at too, if it is more than a name.
    fn note_key(&mut self, key: Token, name: &str) {
        let plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'$');
        if !name.bytes().all(plain) {
            self.fixed(key);
        }
    }

    /// A string that has been read is a text in which nothing can be changed.
    pub(in crate::dialect) fn fixed(&mut self, token: Token) {
        let passage = Passage::at(self.reader.json(), token, Form::Plain, Place::Fixed);
        self.passages.push(passage);
    }

    /// Reads a number that may be more than a figure: a passage that is not counted.
    pub(in crate::dialect) fn number(&mut self) -> Result<(), Stop> {
        let at = self.reader.skip()?;
        let token = Token {
            start: at.start,
            end: at.end,
            escaped: false,
        };
        let passage = Passage::at(self.reader.json(), token, Form::Plain, Place::Number);
        self.passages.push(passage);
        Ok(())
    }

    /// Reads a string as a passage; its index.
    pub(in crate::dialect) fn passage(&mut self, form: Form) -> Result<usize, Stop> {
        let token = self.reader.string()?;
        let passage = Passage::new(self.reader.json(), token, form);
        self.passages.push(passage);
        Ok(self.passages.len().saturating_sub(1))
    }

    /// Reads a string as a passage that is counted.
    pub(in crate::dialect) fn counted(&mut self, form: Form) -> Result<(), Stop> {
        let passage = self.passage(form)?;
        self.count("", Some(passage));
        Ok(())
    }

    /// A string that has been read is a passage that is counted.
    pub(in crate::dialect) fn counted_at(&mut self, token: Token, form: Form) {
        let passage = Passage::new(self.reader.json(), token, form);
        self.passages.push(passage);
        self.count("", Some(self.passages.len().saturating_sub(1)));
    }

    /// Notes what is counted.
    pub(in crate::dialect) fn count(
        &mut self,
        head: impl Into<Cow<'a, str>>,
        passage: Option<usize>,
    ) {
        let head = head.into();
        self.lines.push(Line { head, passage });
    }

    /// Adds tokens that no text stands for.
    pub(in crate::dialect) fn add(&mut self, tokens: u64) {
        self.overhead = self.overhead.saturating_add(tokens);
    }
}

/// Goes through the object that comes next; anything else is passed over. `member` reads a value.
pub(in crate::dialect) fn walk_draft(
    draft: &mut Draft<'_>,
    mut member: impl FnMut(&mut Draft<'_>, &str) -> Result<(), Stop>,
) -> Result<(), Stop> {
    if draft.reader.kind()? != Kind::Object {
        draft.reader.skip()?;
        return Ok(());
    }
    draft.reader.enter_object()?;
    while let Some(key) = draft.next_key()? {
        member(draft, &key)?;
    }
    Ok(())
}
