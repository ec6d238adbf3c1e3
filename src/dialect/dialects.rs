//! The dialects by name, and which module speaks which.

use std::borrow::Cow;

use super::endpoint::{Call, segment};
use super::neutral::{
    Aim, Cannot, DeltaReader, DeltaWriter, Error, Field, Reply, Request, Told, Written,
};
use super::splice::{Chunk, Grammar, Voice};
use super::{
    anthropic, bedrock, cohere, embeddings, gemini, openai, openai_chat, openai_completions,
    openai_responses,
};
use crate::json::Fault;
use crate::sse::Event;

/// A wire format of requests and replies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// OpenAI's chat completions.
    #[default]
    OpenAiChat,
    /// OpenAI's Responses.
    OpenAiResponses,
    /// OpenAI's legacy completions.
    OpenAiCompletions,
    /// Anthropic's Messages.
    Anthropic,
    /// Google's Gemini, also on Vertex AI.
    Gemini,
    /// AWS Bedrock's Converse; providers only.
    Bedrock,
    /// Cohere's Chat, version 2; providers only.
    Cohere,
    /// OpenAI's embeddings.
    OpenAiEmbeddings,
    /// Gemini's `embedContent`.
    GeminiEmbed,
    /// Gemini's `batchEmbedContents`.
    GeminiEmbeds,
    /// Vertex AI's `predict` of a model for embeddings; providers only.
    VertexEmbed,
    /// Cohere's Embed, version 2, also on Bedrock; providers only.
    CohereEmbed,
    /// Amazon Titan's embeddings on Bedrock; providers only.
    TitanEmbed,
}

impl Dialect {
    /// Every dialect, in the order by which the roles' note numbers them.
    pub const ALL: &[Self] = &[
        Self::OpenAiChat,
        Self::OpenAiResponses,
        Self::OpenAiCompletions,
        Self::Anthropic,
        Self::Gemini,
        Self::Bedrock,
        Self::Cohere,
        Self::OpenAiEmbeddings,
        Self::GeminiEmbed,
        Self::GeminiEmbeds,
        Self::VertexEmbed,
        Self::CohereEmbed,
        Self::TitanEmbed,
    ];

    /// It is for embeddings.
    pub fn embeds(self) -> bool {
        matches!(
            self,
            Self::OpenAiEmbeddings
                | Self::GeminiEmbed
                | Self::GeminiEmbeds
                | Self::VertexEmbed
                | Self::CohereEmbed
                | Self::TitanEmbed
        )
    }

    /// As the log and the documents call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAiChat => "openai-chat",
            Self::OpenAiResponses => "openai-responses",
            Self::OpenAiCompletions => "openai-completions",
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
            Self::Bedrock => "bedrock",
            Self::Cohere => "cohere",
            Self::OpenAiEmbeddings => "openai-embeddings",
            Self::GeminiEmbed | Self::GeminiEmbeds => "gemini-embeddings",
            Self::VertexEmbed => "vertex-embeddings",
            Self::CohereEmbed => "cohere-embeddings",
            Self::TitanEmbed => "titan-embeddings",
        }
    }

    /// The path of a request, behind a provider's prefix.
    pub fn path(self, model: &str, stream: bool) -> Cow<'static, str> {
        match self {
            Self::OpenAiChat => "/chat/completions".into(),
            Self::OpenAiResponses => "/responses".into(),
            Self::OpenAiCompletions => "/completions".into(),
            Self::Anthropic => "/messages".into(),
            Self::Gemini => {
                let method = match stream {
                    true => ":streamGenerateContent?alt=sse",
                    false => ":generateContent",
                };
                ["/models/", &segment(model), method].concat().into()
            }
            Self::Bedrock => bedrock::path(model, stream).into(),
            Self::Cohere => "/chat".into(),
            Self::OpenAiEmbeddings => "/embeddings".into(),
            Self::GeminiEmbed => ["/models/", model, ":embedContent"].concat().into(),
            Self::GeminiEmbeds => embeddings::gemini::path(model).into(),
            Self::VertexEmbed => embeddings::vertex::path(model).into(),
            Self::CohereEmbed => embeddings::cohere::PATH.into(),
            Self::TitanEmbed => embeddings::bedrock_path(model).into(),
        }
    }

    /// How a request's body is read in place. Here and below, what only one side speaks stands for nothing on
    /// the other, and is left to chat completions.
    pub fn grammar(self) -> &'static Grammar {
        match self {
            Self::OpenAiEmbeddings => &embeddings::OPENAI,
            Self::GeminiEmbed => &embeddings::GEMINI,
            Self::GeminiEmbeds => &embeddings::GEMINI_BATCH,
            Self::OpenAiResponses => &openai_responses::GRAMMAR,
            Self::OpenAiCompletions => &openai_completions::GRAMMAR,
            Self::Anthropic => &anthropic::GRAMMAR,
            Self::Gemini => &gemini::GRAMMAR,
            _ => &openai_chat::GRAMMAR,
        }
    }

    /// Reads a whole reply, or the data of an event of a stream, in place.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn read_chunk(self, data: &str) -> Result<Chunk, Fault> {
        match self {
            Self::OpenAiResponses => openai_responses::read_chunk(data),
            Self::OpenAiCompletions => openai_completions::read_chunk(data),
            Self::Anthropic => anthropic::read_chunk(data),
            Self::Gemini => gemini::read_chunk(data),
            own if own.embeds() => embeddings::read_chunk(data),
            _ => openai_chat::read_chunk(data),
        }
    }

    /// The event that brings words of one running text which were held back: `mould`, whose data is
    /// `json`, is an event of the same stream. It has this number in dialects that number their events.
    pub fn late_event(
        self,
        (mould, json): (&Event<'_>, &str),
        number: u64,
        (lane, voice): (u32, Voice),
        words: &str,
    ) -> Vec<u8> {
        match self {
            Self::OpenAiResponses => {
                openai_responses::late_event(json, number, (lane, voice), words)
            }
            Self::OpenAiCompletions => {
                mould.with_data(&openai_completions::chunk_with(json, lane, words))
            }
            Self::Anthropic => anthropic::late_event((lane, voice), words),
            Self::Gemini => gemini::late_event(json, (lane, voice), words),
            _ => mould.with_data(&openai_chat::chunk_with(json, lane, voice, words)),
        }
    }

    /// The body of an error reply.
    pub fn write_error(self, error: &Error) -> Vec<u8> {
        match self {
            Self::Anthropic => anthropic::write_error(error),
            Self::Gemini | Self::GeminiEmbed | Self::GeminiEmbeds => gemini::write_error(error),
            _ => openai::write_error(error),
        }
    }

    /// The event that ends a stream with an error. It has this number in dialects that number their events.
    pub fn error_event(self, error: &Error, number: u64) -> Vec<u8> {
        match self {
            Self::OpenAiResponses => openai_responses::error_event(error, number),
            Self::Anthropic => anthropic::error_event(error),
            Self::Gemini => gemini::error_event(error),
            _ => openai_chat::error_event(error),
        }
    }

    /// The error object of an event, which stands there as `inner`, as a body of its own.
    pub fn wrapped_error(self, inner: &str) -> Vec<u8> {
        let before = match self {
            Self::Anthropic => "{\"type\":\"error\",\"error\":",
            _ => "{\"error\":",
        };
        [before, inner, "}"].concat().into_bytes()
    }

    /// The list of models. `created` is in seconds since 1970.
    pub fn model_list(self, names: &[&str], created: u64) -> Vec<u8> {
        match self {
            Self::Anthropic => anthropic::model_list(names, created),
            Self::Gemini => gemini::model_list(names),
            _ => openai_chat::model_list(names, created),
        }
    }

    /// One model.
    pub fn model(self, name: &str, created: u64) -> Vec<u8> {
        match self {
            Self::Anthropic => anthropic::model(name, created),
            Self::Gemini => gemini::model(name),
            _ => openai_chat::model(name, created),
        }
    }

    /// The answer to how many tokens a request has.
    pub fn count_reply(self, tokens: u64) -> Vec<u8> {
        match self {
            Self::Gemini => gemini::count_tokens_reply(tokens),
            Self::OpenAiResponses => openai_responses::count_tokens_reply(tokens),
            _ => anthropic::count_tokens_reply(tokens),
        }
    }

    /// What the dialect calls a neutral field.
    pub fn field_path(self, field: Field) -> &'static str {
        match self {
            Self::OpenAiResponses => openai_responses::field_path(field),
            Self::OpenAiCompletions => openai_completions::field_path(field),
            Self::Anthropic => anthropic::field_path(field),
            Self::Gemini => gemini::field_path(field),
            _ => openai_chat::field_path(field),
        }
    }

    /// Reads a client's request.
    ///
    /// # Errors
    ///
    /// A field has a wrong kind of value, or can only be understood by a provider of this dialect.
    pub fn read_request(self, call: &Call, body: &str) -> Result<Request, Cannot> {
        match self {
            Self::OpenAiResponses => openai_responses::read_request(body),
            Self::OpenAiCompletions => openai_completions::read_request(body),
            Self::Anthropic => anthropic::read_request(body),
            Self::Gemini => {
                let model = call.model.as_deref().unwrap_or_default();
                gemini::read_request(body, model, call.stream.unwrap_or_default())
            }
            _ => openai_chat::read_request(body),
        }
    }

    /// Writes a request for a provider.
    ///
    /// # Errors
    ///
    /// The provider cannot be asked this.
    pub fn write_request(self, request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
        match self {
            Self::OpenAiResponses => openai_responses::write_request(request, aim),
            Self::OpenAiCompletions => openai_completions::write_request(request, aim),
            Self::Anthropic => anthropic::write_request(request, aim),
            Self::Gemini => gemini::write_request(request, aim),
            Self::Bedrock => bedrock::write_request(request, aim),
            Self::Cohere => cohere::write_request(request, aim),
            _ => openai_chat::write_request(request, aim),
        }
    }

    /// Reads a provider's whole reply.
    ///
    /// # Errors
    ///
    /// It is no reply of this dialect; why.
    pub fn read_reply(self, body: &str) -> Result<Reply, String> {
        match self {
            Self::OpenAiResponses => openai_responses::read_reply(body),
            Self::OpenAiCompletions => openai_completions::read_reply(body),
            Self::Anthropic => anthropic::read_reply(body),
            Self::Gemini => gemini::read_reply(body),
            Self::Bedrock => bedrock::read_reply(body),
            Self::Cohere => cohere::read_reply(body),
            _ => openai_chat::read_reply(body),
        }
    }

    /// Writes a whole reply for a client.
    pub fn write_reply(self, reply: &Reply, told: &Told) -> Vec<u8> {
        match self {
            Self::OpenAiResponses => openai_responses::write_reply(reply, told),
            Self::OpenAiCompletions => openai_completions::write_reply(reply, told),
            Self::Anthropic => anthropic::write_reply(reply, told),
            Self::Gemini => gemini::write_reply(reply, told),
            _ => openai_chat::write_reply(reply, told),
        }
    }

    /// Reads a provider's error.
    pub fn read_error(self, status: u16, body: &str) -> Error {
        match self {
            Self::Anthropic => anthropic::read_error(status, body),
            Self::Gemini | Self::GeminiEmbed | Self::GeminiEmbeds | Self::VertexEmbed => {
                gemini::read_error(status, body)
            }
            Self::Bedrock | Self::TitanEmbed => bedrock::read_error(status, body),
            Self::Cohere | Self::CohereEmbed => cohere::read_error(status, body),
            _ => openai::read_error(status, body),
        }
    }

    /// Reads a provider's stream.
    pub fn stream_reader(self) -> Box<dyn DeltaReader> {
        match self {
            Self::OpenAiResponses => Box::new(openai_responses::StreamReader::default()),
            Self::OpenAiCompletions => Box::new(openai_completions::StreamReader::default()),
            Self::Anthropic => Box::new(anthropic::StreamReader::default()),
            Self::Gemini => Box::new(gemini::StreamReader::default()),
            Self::Bedrock => Box::new(bedrock::StreamReader::default()),
            Self::Cohere => Box::new(cohere::StreamReader::default()),
            _ => Box::new(openai_chat::StreamReader::default()),
        }
    }

    /// Writes a stream for a client.
    pub fn stream_writer(self, told: Told) -> Box<dyn DeltaWriter> {
        match self {
            Self::OpenAiResponses => Box::new(openai_responses::StreamWriter::new(told)),
            Self::OpenAiCompletions => Box::new(openai_completions::StreamWriter::new(told)),
            Self::Anthropic => Box::new(anthropic::StreamWriter::new(told)),
            Self::Gemini => Box::new(gemini::StreamWriter::new(told)),
            _ => Box::new(openai_chat::StreamWriter::new(told)),
        }
    }

    /// Its streams are frames of AWS, not server-sent events.
    pub fn is_framed_by_aws(self) -> bool {
        self == Self::Bedrock
    }

    /// Usage in a stream is asked for by OpenAI's `stream_options`.
    pub fn has_stream_options(self) -> bool {
        matches!(self, Self::OpenAiChat | Self::OpenAiCompletions)
    }
}
