//! What a request asks.

use serde_json::{Number, Value};

use super::{Part, Rest, Tool, ToolChoice};

/// A conversation and how it shall go on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// The model's name, as the body (or the path) says it.
    pub model: String,
    /// The conversation, instructions included, in its order.
    pub turns: Vec<Turn>,
    /// What the model may call.
    pub tools: Vec<Tool>,
    /// Whether it must.
    pub tool_choice: Option<ToolChoice>,
    /// Whether several calls may come in one reply.
    pub parallel_tool_calls: Option<bool>,
    /// The form of the answer.
    pub format: Format,
    /// How much the model shall think.
    pub reasoning: Option<Reasoning>,
    /// How the next token is chosen.
    pub sampling: Sampling,
    /// The most tokens of output, reasoning included.
    pub max_output_tokens: Option<u64>,
    /// Texts at which the answer ends.
    pub stop: Vec<String>,
    /// How many answers are wanted (OpenAI's `n`, Gemini's `candidateCount`).
    pub candidates: Option<u64>,
    /// The reply comes as a stream.
    pub stream: bool,
    /// The end user, in a form that the client chose.
    pub user: Option<String>,
    /// Key-value pairs that the provider keeps with the request; an object of strings.
    pub metadata: Option<Value>,
    /// `auto`, `default`, `flex`, `priority` … in OpenAI's words.
    pub service_tier: Option<String>,
    /// Fields that have no neutral form.
    pub rest: Vec<Rest>,
}

/// What one side says at one time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turn {
    /// The path of the client's message, such as `messages[2]`, for refusals.
    pub at: String,
    /// Who.
    pub role: Role,
    /// The speaker's name, where a dialect gives one.
    pub name: Option<String>,
    /// What.
    pub parts: Vec<Part>,
}

impl Turn {
    /// The name of a person who speaks, as words before theirs, for dialects that have no names.
    pub fn speaker(&self) -> Option<String> {
        let name = self.name.as_deref().filter(|name| !name.is_empty())?;
        let says = self.role == Role::User && !self.parts.is_empty();
        says.then(|| format!("Message from {name}:"))
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// The operator of the application. May stand anywhere in the conversation.
    System,
    /// The same, as OpenAI's newer models call it.
    Developer,
    /// The person.
    #[default]
    User,
    /// The model.
    Assistant,
    /// The results of the calls of the model's last turn; all its parts are tool results. Dialects in which
    /// results are parts of a user's message split such a message in two when they read, and
    /// join the two again when they write.
    Tool,
}

/// The form of the answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Format {
    /// Free text, or the dialect's default.
    #[default]
    Text,
    /// Any JSON object.
    JsonObject,
    /// JSON that fits a schema.
    JsonSchema {
        /// The schema's name; OpenAI requires one.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// The schema.
        schema: Value,
        /// Decoding is constrained to the schema.
        strict: Option<bool>,
    },
}

/// How much the model shall think, and whether the thoughts are shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reasoning {
    /// In words.
    pub effort: Option<Effort>,
    /// In tokens.
    pub budget: Option<u64>,
    /// The model decides how much (Anthropic's `adaptive`, Gemini's budget of -1).
    pub adaptive: bool,
    /// Thoughts or summaries of them are wanted in the reply; `None`: as the dialect's default has it.
    pub shown: Option<bool>,
    /// OpenAI's `summary`: `auto`, `concise`, `detailed`.
    pub summary: Option<String>,
}

/// OpenAI's `reasoning_effort`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words are the wire's own")]
pub enum Effort {
    None,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
    Max,
}

/// How the next token is chosen. Numbers stay as they were written.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "the names are the field's own")]
pub struct Sampling {
    pub temperature: Option<Number>,
    pub top_p: Option<Number>,
    pub top_k: Option<Number>,
    pub frequency_penalty: Option<Number>,
    pub presence_penalty: Option<Number>,
    pub seed: Option<Number>,
    /// An object from token id to bias.
    pub logit_bias: Option<Value>,
    pub logprobs: Option<bool>,
    pub top_logprobs: Option<u64>,
}
