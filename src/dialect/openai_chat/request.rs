//! A request: where its model, its switches and its texts stand in the body.

use std::borrow::Cow;

use super::passage::Passage;
use super::stream_options::StreamOptions;
use super::{message, schema};
use crate::dialect::StreamUsage;
use crate::dialect::media::Media;
use crate::json::{self, Edit, Fault, Kind, Reader, Token};
use crate::mask::Form;
use crate::refusal::Refusal;

/// Something that is counted: some words, then perhaps a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Words before the passage.
    pub head: Cow<'a, str>,
    /// Which of the passages.
    pub passage: Option<usize>,
}

/// A chat completion request, read but not copied.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The body.
    pub json: &'a str,
    /// The value of `model`.
    pub model: Token,
    /// The value of `stream`.
    pub stream: bool,
    /// How `stream_options` stands, and how to change it.
    pub stream_options: StreamOptions,
    /// The value of `user`.
    pub user: Option<String>,
    /// Every text, in the order of the body.
    pub passages: Vec<Passage<'a>>,
    /// What is counted as text.
    pub lines: Vec<Line<'a>>,
    /// `response_format` asks for an answer in JSON.
    pub json_answer: bool,
    /// Images, audio and files.
    pub media: Vec<Media>,
    /// Tokens that no text stands for: the chat format's own, and tool definitions'.
    pub overhead: u64,
}

/// Tokens that prime the reply, once for each request (OpenAI cookbook, "How to count tokens with
/// tiktoken").
const PRIMING: u64 = 3;

impl<'a> Request<'a> {
    /// Reads a body.
    pub fn read(body: &'a [u8]) -> Result<Self, Refusal> {
        if body.starts_with(b"\xef\xbb\xbf") {
            return Err(Refusal::ByteOrderMark);
        }
        let json =
            std::str::from_utf8(body).map_err(|error| Refusal::NotUtf8(error.valid_up_to()))?;
        let mut draft = Draft::new(json);
        draft.body().map_err(|stop| stop.refusal(json))?;
        draft.finish()
    }

    /// What the client calls the model.
    pub fn model_name(&self) -> Cow<'a, str> {
        self.model.text(self.json)
    }

    /// The edits that make the body one for `model` at a provider that reports usage in streams in
    /// this way.
    pub fn suited(&self, model: &str, usage: StreamUsage) -> Vec<Edit> {
        let mut edits = Vec::new();
        if self.model_name() != model {
            edits.push(Edit::new(self.model.span(), json::quote(model)));
        }
        let option = match usage {
            _ if !self.stream => None,
            StreamUsage::Asked => self.stream_options.switch_on(),
            StreamUsage::Always => self.stream_options.take_out(),
        };
        edits.extend(option);
        edits
    }
}

/// Why reading stops.
#[derive(Debug)]
pub(super) enum Stop {
    Json(Fault),
    Field(String, String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

impl Stop {
    fn refusal(self, json: &str) -> Refusal {
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
pub(super) struct Draft<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) passages: Vec<Passage<'a>>,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) media: Vec<Media>,
    pub(super) overhead: u64,
    model: Option<Token>,
    messages: bool,
    stream: bool,
    stream_options: StreamOptions,
    user: Option<String>,
    json_answer: bool,
}

impl<'a> Draft<'a> {
    fn new(json: &'a str) -> Self {
        Self {
            reader: Reader::new(json),
            passages: Vec::new(),
            lines: Vec::new(),
            media: Vec::new(),
            overhead: PRIMING,
            model: None,
            messages: false,
            stream: false,
            stream_options: StreamOptions::default(),
            user: None,
            json_answer: false,
        }
    }

    fn finish(self) -> Result<Request<'a>, Refusal> {
        let model = self.model.ok_or(Refusal::Missing("model"))?;
        if !self.messages {
            return Err(Refusal::Missing("messages"));
        }
        Ok(Request {
            json: self.reader.json(),
            model,
            stream: self.stream,
            stream_options: self.stream_options,
            user: self.user,
            json_answer: self.json_answer,
            passages: self.passages,
            lines: self.lines,
            media: self.media,
            overhead: self.overhead,
        })
    }

    fn body(&mut self) -> Result<(), Stop> {
        self.reader.enter_object()?;
        self.stream_options.insert_at = self.reader.end_of_last();
        let mut previous = None;
        while let Some(key) = self.reader.next_key()? {
            let name = key.text(self.reader.json());
            match name.as_ref() {
                "stream_options" => {
                    let (reader, options) = (&mut self.reader, &mut self.stream_options);
                    options.read(reader, key.start, previous)?;
                }
                name => self.member(name)?,
            }
            previous = Some(self.reader.end_of_last());
        }
        Ok(self.reader.end()?)
    }

    fn member(&mut self, name: &str) -> Result<(), Stop> {
        match name {
            "model" => {
                self.want(Kind::String, name)?;
                self.model = Some(self.reader.string()?);
            }
            "messages" => {
                self.want(Kind::Array, name)?;
                self.messages = true;
                message::messages(self)?;
            }
            "stream" => self.stream = self.switch(name)?,
            "tools" | "functions" => schema::tools(self)?,
            "response_format" => self.json_answer = schema::response_format(self)?,
            "user" => {
                let passage = self.passages.len();
                message::texts(self, name)?;
                let user = self.passages.get(passage);
                self.user = user.map(|user| user.text().to_owned());
            }
            "metadata" | "safety_identifier" | "prediction" => message::texts(self, name)?,
            _ => {
                self.reader.skip()?;
            }
        }
        Ok(())
    }

    /// The next value must be of this kind.
    pub(super) fn want(&mut self, kind: Kind, path: &str) -> Result<(), Stop> {
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
    pub(super) fn switch(&mut self, path: &str) -> Result<bool, Stop> {
        if self.reader.kind()? == Kind::Null {
            self.reader.skip()?;
            return Ok(false);
        }
        self.want(Kind::Bool, path)?;
        Ok(self.reader.bool()?)
    }

    /// The next key of the object, unescaped.
    pub(super) fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        let key = self.reader.next_key()?;
        Ok(key.map(|key| key.text(self.reader.json())))
    }

    /// Reads a string as a passage; its index.
    pub(super) fn passage(&mut self, form: Form) -> Result<usize, Stop> {
        let token = self.reader.string()?;
        let passage = Passage::new(self.reader.json(), token, form);
        self.passages.push(passage);
        Ok(self.passages.len().saturating_sub(1))
    }

    /// Reads a string as a passage that is counted.
    pub(super) fn counted(&mut self, form: Form) -> Result<(), Stop> {
        let passage = self.passage(form)?;
        self.count("", Some(passage));
        Ok(())
    }

    /// Notes what is counted.
    pub(super) fn count(&mut self, head: impl Into<Cow<'a, str>>, passage: Option<usize>) {
        let head = head.into();
        self.lines.push(Line { head, passage });
    }

    /// Adds tokens that no text stands for.
    pub(super) fn add(&mut self, tokens: u64) {
        self.overhead = self.overhead.saturating_add(tokens);
    }
}
