//! The dialects by name, and which module speaks which.

use std::borrow::Cow;

use super::endpoint::Call;
use super::neutral::{Aim, Cannot, DeltaReader, DeltaWriter, Error, Field, Reply, Told, Written};
use super::splice::{Chunk, Grammar, Voice};
use super::{openai, openai_chat};
use crate::json::Fault;
use crate::sse::Event;

/// A wire format of requests and replies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// OpenAI's chat completions.
    #[default]
    OpenAiChat,
}

impl Dialect {
    /// Every dialect, in the order by which the roles' note numbers them.
    pub const ALL: &[Self] = &[Self::OpenAiChat];

    /// It is for answers, not for embeddings.
    pub fn answers(self) -> bool {
        match self {
            Self::OpenAiChat => true,
        }
    }

    /// How a request's body is read in place.
    pub fn grammar(self) -> &'static Grammar {
        match self {
            Self::OpenAiChat => &openai_chat::GRAMMAR,
        }
    }

    /// Reads a whole reply, or the data of an event of a stream, in place.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn read_chunk(self, data: &str) -> Result<Chunk, Fault> {
        match self {
            Self::OpenAiChat => openai_chat::read_chunk(data),
        }
    }

    /// The event that brings words of one running text which were held back: `mould`, whose data is
    /// `json`, is an event of the same stream.
    pub fn late_event(
        self,
        mould: &Event<'_>,
        json: &str,
        (lane, voice): (u32, Voice),
        words: &str,
    ) -> Vec<u8> {
        match self {
            Self::OpenAiChat => mould.with_data(&openai_chat::chunk_with(json, lane, voice, words)),
        }
    }

    /// The body of an error reply.
    pub fn write_error(self, error: &Error) -> Vec<u8> {
        match self {
            Self::OpenAiChat => openai::write_error(error),
        }
    }

    /// The event that ends a stream with an error.
    pub fn error_event(self, error: &Error) -> Vec<u8> {
        match self {
            Self::OpenAiChat => openai_chat::error_event(error),
        }
    }

    /// The list of models. `created` is in seconds since 1970.
    pub fn model_list(self, names: &[&str], created: u64) -> Vec<u8> {
        match self {
            Self::OpenAiChat => openai_chat::model_list(names, created),
        }
    }

    /// One model.
    pub fn model(self, name: &str, created: u64) -> Vec<u8> {
        match self {
            Self::OpenAiChat => openai_chat::model(name, created),
        }
    }

    /// What the dialect calls a neutral field.
    pub fn field_path(self, field: Field) -> &'static str {
        match self {
            Self::OpenAiChat => openai_chat::field_path(field),
        }
    }

    /// Reads a client's request and writes it for a provider that speaks `to`.
    ///
    /// # Errors
    ///
    /// The provider cannot be asked this.
    pub fn carry(
        self,
        _call: &Call,
        body: &str,
        to: Self,
        aim: &Aim<'_>,
    ) -> Result<Written, Cannot> {
        let request = match self {
            Self::OpenAiChat => openai_chat::read_request(body)?,
        };
        match to {
            Self::OpenAiChat => openai_chat::write_request(&request, aim),
        }
    }

    /// Reads a provider's whole reply.
    ///
    /// # Errors
    ///
    /// It is no reply of this dialect; why.
    pub fn read_reply(self, body: &str) -> Result<Reply, String> {
        match self {
            Self::OpenAiChat => openai_chat::read_reply(body),
        }
    }

    /// Writes a whole reply for a client.
    pub fn write_reply(self, reply: &Reply, told: &Told) -> Vec<u8> {
        match self {
            Self::OpenAiChat => openai_chat::write_reply(reply, told),
        }
    }

    /// Reads a provider's error.
    pub fn read_error(self, status: u16, body: &str) -> Error {
        match self {
            Self::OpenAiChat => openai::read_error(status, body),
        }
    }

    /// Reads a provider's stream.
    pub fn stream_reader(self) -> Box<dyn DeltaReader> {
        match self {
            Self::OpenAiChat => Box::new(openai_chat::StreamReader::default()),
        }
    }

    /// Writes a stream for a client.
    pub fn stream_writer(self, told: Told) -> Box<dyn DeltaWriter> {
        match self {
            Self::OpenAiChat => Box::new(openai_chat::StreamWriter::new(told)),
        }
    }

    /// Its streams are frames of AWS, not server-sent events.
    pub fn is_framed_by_aws(self) -> bool {
        false
    }

    /// The error object of an event, which stands there as `inner`, as a body of its own.
    pub fn wrapped_error(self, inner: &str) -> Vec<u8> {
        let before = match self {
            Self::OpenAiChat => "{\"error\":",
        };
        [before, inner, "}"].concat().into_bytes()
    }

    /// The path of a request, behind a provider's prefix.
    pub fn path(self, _model: &str, _stream: bool) -> Cow<'static, str> {
        match self {
            Self::OpenAiChat => "/chat/completions".into(),
        }
    }
}
