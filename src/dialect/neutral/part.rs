//! The parts of a turn.

use serde_json::Value;

use super::{ToolCall, ToolResult};

/// One part of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The prompt up to and with this part shall be cached by the provider.
    pub cache: Option<CacheMark>,
}

impl From<PartKind> for Part {
    fn from(kind: PartKind) -> Self {
        Self { kind, cache: None }
    }
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub enum PartKind {
    /// Words, with the sources they name.
    Text {
        /// The words.
        text: String,
        /// Where they come from.
        citations: Vec<Citation>,
    },
    /// The model declines, in these words.
    Refusal(String),
    /// The model thinks.
    Thought(Thought),
    /// An image, a sound, a video, a document.
    Media(Media),
    /// The model calls a tool.
    Call(ToolCall),
    /// What a tool gave.
    Result(ToolResult),
}

impl PartKind {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            citations: Vec::new(),
        }
    }
}

/// A mark for the provider's prompt cache (Anthropic's `cache_control`, Bedrock's `cachePoint`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CacheMark {
    /// How long it is kept: `5m`, `1h`; `None`: the provider's default.
    pub ttl: Option<String>,
}

/// What the model thought. Signatures and sealed thoughts are opaque: only the provider that made
/// them can read them, and it wants them back unchanged in the next turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thought {
    /// The thought, or a summary of it; empty when it is sealed.
    pub text: String,
    /// The provider's proof that the text is its own.
    pub signature: Option<String>,
    /// A thought that only the provider can read (Anthropic's `redacted_thinking`, OpenAI's
    /// `encrypted_content`).
    pub sealed: Option<String>,
    /// OpenAI's id of a reasoning item.
    pub id: Option<String>,
}

/// What kind of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum MediaKind {
    Image,
    Audio,
    Video,
    Document,
}

/// Something that is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// What kind.
    pub kind: MediaKind,
    /// Where its bytes are.
    pub source: Source,
    /// `image/png`, `application/pdf` …; `None` when it was not said.
    pub media_type: Option<String>,
    /// A file's name, or a document's title.
    pub name: Option<String>,
    /// OpenAI's `detail` of an image: `low`, `high`, `auto`.
    pub detail: Option<String>,
}

/// Where bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Here, in standard base64.
    Base64(String),
    /// At this address.
    Url(String),
    /// With the provider, under this id.
    FileId(String),
    /// Here, as text (a plain-text document).
    Text(String),
}

/// A source that a text names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Citation {
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The words that are cited.
    pub quote: Option<String>,
    /// Where in the answer's text it belongs, in characters: start and end.
    pub span: Option<(u64, u64)>,
    /// The citation as the provider wrote it, for a client of the same dialect.
    pub raw: Option<Value>,
}
