//! The dialects by name, and which module speaks which.

use super::neutral::Error;
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
}
