//! OpenAI's objects: `chat.completion`, `chat.completion.chunk` and what is in them, field for field.

use serde::Serialize;

use super::answer::Usage;

/// A whole reply.
#[derive(Serialize)]
pub struct Completion<'a> {
    pub id: &'a str,
    pub object: &'static str,
    pub created: u64,
    pub model: &'a str,
    pub choices: Vec<Choice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<&'a Usage>,
    pub service_tier: &'static str,
    pub system_fingerprint: &'static str,
}

/// One choice of a whole reply.
#[derive(Serialize)]
pub struct Choice<'a> {
    pub index: usize,
    pub message: Message,
    pub logprobs: Option<Logprobs<'a>>,
    pub finish_reason: &'a str,
}

/// The message of a choice.
#[derive(Serialize)]
pub struct Message {
    pub role: &'static str,
    pub content: Option<String>,
    /// As DeepSeek and others have it; OpenAI has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<Vec<ToolCall>>,
    pub refusal: Option<String>,
    pub annotations: [(); 0],
}

/// One event's worth of a streamed reply.
#[derive(Serialize)]
pub struct Chunk<'a> {
    pub id: &'a str,
    pub object: &'static str,
    pub created: u64,
    pub model: &'a str,
    pub service_tier: &'static str,
    pub system_fingerprint: &'static str,
    pub choices: &'a [ChunkChoice<'a>],
    /// `None`: no such field; `Some(None)`: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Option<&'a Usage>>,
}

/// One choice of a chunk.
#[derive(Serialize)]
pub struct ChunkChoice<'a> {
    pub index: usize,
    pub delta: Delta<'a>,
    pub logprobs: Option<Logprobs<'a>>,
    pub finish_reason: Option<&'a str>,
}

/// What a chunk adds to a choice.
#[derive(Default, Serialize)]
pub struct Delta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// `None`: no such field; `Some(None)`: null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<[ToolCall; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Option<&'a str>>,
}

/// A tool call, whole or the part of one that a delta brings.
#[derive(Serialize)]
pub struct ToolCall {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    pub function: FunctionCall,
}

/// The function of a tool call.
#[derive(Serialize)]
pub struct FunctionCall {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub arguments: String,
}

/// Log probabilities of some tokens.
#[derive(Serialize)]
pub struct Logprobs<'a> {
    pub content: Vec<Logprob<'a>>,
    pub refusal: Option<()>,
}

/// The log probability of one token.
#[derive(Serialize)]
pub struct Logprob<'a> {
    pub token: &'a str,
    pub logprob: f64,
    pub bytes: &'a [u8],
    pub top_logprobs: [(); 0],
}

impl<'a> Logprobs<'a> {
    /// Made-up log probabilities of `tokens`.
    pub fn of(tokens: &'a [String]) -> Self {
        let one = |token: &'a String| Logprob {
            token,
            logprob: -0.25,
            bytes: token.as_bytes(),
            top_logprobs: [],
        };
        Self {
            content: tokens.iter().map(one).collect(),
            refusal: None,
        }
    }
}

/// `value` as JSON text.
pub fn json<T: Serialize>(value: &T) -> String {
    // A struct of strings and numbers always has a text.
    serde_json::to_string(value).unwrap_or_default()
}
