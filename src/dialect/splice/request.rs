//! A request: where its model, its switches and its texts stand in the body, in any dialect.

use std::borrow::Cow;
use std::ops::Range;

use super::adjacent::adjacent;
use super::draft::Draft;
use super::passage::Passage;
use super::speaker::{Speaker, speakers};
use super::stream_options::StreamOptions;
use super::wanted::Wanted;
use crate::dialect::media::Media;
use crate::dialect::{
    Dialect, Row, StreamUsage, anthropic, embeddings, gemini, openai_chat, openai_responses,
};
use crate::json::{self, Edit, Token};
use crate::refusal::Refusal;

/// Something that is counted: some words, then perhaps a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Words before the passage.
    pub head: Cow<'a, str>,
    /// Which of the passages.
    pub passage: Option<usize>,
}

/// A request, read but not copied.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The body.
    pub json: &'a str,
    /// The value of `model`, in dialects whose body names the model.
    pub model: Option<Token>,
    /// The whole member, its key included.
    pub(super) model_member: Option<Range<usize>>,
    /// What it is written in.
    pub dialect: Dialect,
    /// The value of `stream`.
    pub stream: bool,
    /// How OpenAI's `stream_options` stands, and how to change it.
    pub stream_options: StreamOptions,
    /// The value of `user`.
    pub user: Option<String>,
    /// Every text, in the order of the body.
    pub passages: Vec<Passage<'a>>,
    /// What is counted as text.
    pub lines: Vec<Line<'a>>,
    /// `response_format` asks for an answer in JSON.
    pub json_answer: bool,
    /// How much may be answered.
    pub wanted: Wanted,
    /// Images, audio and files.
    pub media: Vec<Media>,
    /// Input that is given in tokens, list by list.
    pub ids: Vec<Vec<u32>>,
    /// Tokens that no text stands for: the chat format's own, and tool definitions'.
    pub overhead: u64,
}

impl<'a> Request<'a> {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// A refusal that says where the body is wrong.
    pub fn read(dialect: Dialect, body: &'a [u8]) -> Result<Self, Refusal> {
        if body.starts_with(b"\xef\xbb\xbf") {
            return Err(Refusal::ByteOrderMark);
        }
        let json =
            std::str::from_utf8(body).map_err(|error| Refusal::NotUtf8(error.valid_up_to()))?;
        let grammar = dialect.grammar();
        let mut draft = Draft::new(json, grammar);
        draft.body(grammar).map_err(|stop| stop.refusal(json))?;
        draft.finish(dialect, grammar)
    }

    /// Who says each of the passages. Reads the body again: to be asked once.
    pub fn speakers(&self) -> Vec<Speaker> {
        speakers(self.json, &self.passages)
    }

    /// The passages of each text that is told in several parts of one message, by their indexes.
    pub fn adjacent(&self) -> Vec<Range<usize>> {
        adjacent(self.json, &self.passages)
    }

    /// What the body calls the model.
    pub fn model_name(&self) -> Option<Cow<'a, str>> {
        Some(self.model?.text(self.json))
    }

    /// The edits that make the body one for `model` at a provider of this kind, which speaks the client's
    /// dialect.
    ///
    /// `mark_cache`: a request without marks for the provider's cache gets Anthropic's own that moves along
    /// with the conversation (Anthropic, "Prompt caching", automatic caching).
    pub fn suited(&self, model: &str, row: &Row, mark_cache: bool) -> Vec<Edit> {
        let mut edits = Vec::new();
        match (self.model, &self.model_member) {
            // On Vertex AI the path names the model, and the body the version of the format.
            (Some(_), Some(member)) if row.publishers => {
                edits.push(Edit::new(member.clone(), VERTEX_VERSION));
            }
            (Some(token), _) if token.text(self.json) != model => {
                edits.push(Edit::new(token.span(), json::quote(model)));
            }
            // A deployment was named in the path.
            (None, _) if self.dialect.grammar().names_model => {
                let member = ["\"model\":", &json::quote(model), ","].concat();
                let at = self.stream_options.insert_at;
                edits.push(Edit::new(at..at, member));
            }
            _ => {}
        }
        let option = match row.stream_usage {
            _ if !self.stream || !self.dialect.has_stream_options() => None,
            StreamUsage::Asked => self.stream_options.switch_on(),
            StreamUsage::Always => self.stream_options.take_out(),
        };
        edits.extend(option);
        if matches!(self.dialect, Dialect::GeminiEmbed | Dialect::GeminiEmbeds) {
            edits.extend(embeddings::renamed(self.json, model));
        }
        if row.quirks.short_ids && self.dialect == Dialect::OpenAiChat {
            edits.extend(openai_chat::shorten(self.json).unwrap_or_default());
        }
        let marked = || json::mentions(self.json, "\"cache_control\"");
        let here = self.dialect == Dialect::Anthropic && !row.publishers;
        if mark_cache && here && !marked() {
            let at = self.stream_options.insert_at;
            edits.push(Edit::new(at..at, CACHE_MARK));
        }
        let foreign = match self.dialect {
            Dialect::OpenAiResponses => openai_responses::foreign::take_out(self.json),
            Dialect::OpenAiChat => openai_chat::suit(self.json, &row.quirks),
            Dialect::Anthropic => anthropic::take_out(self.json),
            Dialect::Gemini => gemini::take_out(self.json),
            _ => return edits,
        };
        edits.extend(foreign.unwrap_or_default());
        edits
    }
}

const CACHE_MARK: &str = "\"cache_control\":{\"type\":\"ephemeral\"},";

/// As Vertex AI's page on Claude has it.
const VERTEX_VERSION: &str = "\"anthropic_version\":\"vertex-2023-10-16\"";
