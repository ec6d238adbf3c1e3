//! What is asked for, as far as method and path say it.

use super::Dialect;
use super::segment::decoded;

/// A call of a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// The dialect of request and reply.
    pub dialect: Dialect,
    /// What is wanted of the model.
    pub action: Action,
    /// The model, in dialects whose path names it.
    pub model: Option<String>,
    /// Whether a stream is wanted, in dialects whose path says it.
    pub stream: Option<bool>,
}

/// The endpoints by the names that keys allow them by. Counting tokens belongs to what is counted for.
pub const NAMES: [&str; 9] = [
    "chat_completions",
    "responses",
    "completions",
    "embeddings",
    "messages",
    "generate_content",
    "embed_content",
    "models",
    "usage",
];

impl Call {
    /// The endpoint's name, one of [`NAMES`].
    pub fn name(&self) -> &'static str {
        match self.dialect {
            Dialect::OpenAiResponses => "responses",
            Dialect::OpenAiCompletions => "completions",
            Dialect::OpenAiEmbeddings => "embeddings",
            Dialect::Anthropic => "messages",
            Dialect::Gemini => "generate_content",
            Dialect::GeminiEmbed | Dialect::GeminiEmbeds => "embed_content",
            // The others are no client's.
            Dialect::OpenAiChat
            | Dialect::Bedrock
            | Dialect::Cohere
            | Dialect::VertexEmbed
            | Dialect::CohereEmbed
            | Dialect::TitanEmbed => "chat_completions",
        }
    }
}

/// What is wanted of a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Action {
    /// An answer, or embeddings: whatever the dialect is for.
    #[default]
    Answer,
    /// The number of the input's tokens.
    CountTokens,
}

/// What a request's method and path ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A model is called.
    Call(Call),
    /// The list of models.
    Models(Dialect),
    /// One model.
    Model(Dialect, String),
    /// Somebody asks whether anybody is there (`HEAD /`, as Claude Code does before it starts).
    Ping,
    /// The path is there, the method is not: what is allowed.
    Method(Dialect, &'static str),
    /// No path of an LLM's API.
    Other,
}

/// The paths that are called, and in which dialect.
const CALLS: &[(&str, Dialect, Action)] = &[
    ("/v1/chat/completions", Dialect::OpenAiChat, Action::Answer),
    ("/v1/responses", Dialect::OpenAiResponses, Action::Answer),
    (
        "/v1/responses/input_tokens",
        Dialect::OpenAiResponses,
        Action::CountTokens,
    ),
    (
        "/v1/completions",
        Dialect::OpenAiCompletions,
        Action::Answer,
    ),
    ("/v1/embeddings", Dialect::OpenAiEmbeddings, Action::Answer),
    ("/v1/messages", Dialect::Anthropic, Action::Answer),
    (
        "/v1/messages/count_tokens",
        Dialect::Anthropic,
        Action::CountTokens,
    ),
];

/// What stands before a model in Gemini's paths.
const GEMINI: [&str; 2] = ["/v1beta/models", "/v1/models"];

impl Endpoint {
    /// Reads a method and a path without its query. `lists` is the dialect of lists on paths that several
    /// dialects share.
    pub fn of(method: &str, path: &str, lists: Dialect) -> Self {
        // Azure's newer clients put "/openai" before OpenAI's own paths.
        let path = path
            .strip_prefix("/openai")
            .filter(|path| path.starts_with("/v1/"))
            .unwrap_or(path);
        let call = calls(path)
            .or_else(|| deployment(path))
            .or_else(|| gemini(path));
        if let Some(call) = call {
            return match method {
                "POST" => Self::Call(call),
                _ => Self::Method(call.dialect, "POST"),
            };
        }
        let list = match path {
            "/v1/models" => Self::Models(lists),
            "/v1beta/models" => Self::Models(Dialect::Gemini),
            "/" if method == "HEAD" => return Self::Ping,
            _ => match (
                path.strip_prefix("/v1/models/"),
                path.strip_prefix("/v1beta/models/"),
            ) {
                (Some(id), _) => Self::Model(lists, decoded(id)),
                (_, Some(id)) => Self::Model(Dialect::Gemini, decoded(id)),
                _ => return Self::Other,
            },
        };
        match (method, &list) {
            ("GET" | "HEAD", _) => list,
            // A method of Gemini's that is not served.
            ("POST", Self::Model(..)) if path.contains(':') => Self::Other,
            (_, Self::Models(dialect) | Self::Model(dialect, _)) => Self::Method(*dialect, "GET"),
            _ => Self::Method(lists, "GET"),
        }
    }
}

fn calls(path: &str) -> Option<Call> {
    let found = CALLS.iter().find(|(own, ..)| *own == path)?;
    let (_, dialect, action) = *found;
    Some(Call {
        dialect,
        action,
        ..Call::default()
    })
}

/// Azure's paths name a deployment, which stands for the model
/// (learn.microsoft.com, "Azure OpenAI in Microsoft Foundry Models REST API reference").
fn deployment(path: &str) -> Option<Call> {
    let rest = path.strip_prefix("/openai/deployments/")?;
    let (name, path) = rest.split_at_checked(rest.find('/')?)?;
    let call = calls(&format!("/v1{path}"))?;
    Some(Call {
        model: Some(decoded(name)),
        ..call
    })
}

/// `/v1beta/models/MODEL:METHOD` (ai.google.dev/api/generate-content).
fn gemini(path: &str) -> Option<Call> {
    let rest = GEMINI
        .iter()
        .find_map(|root| path.strip_prefix(root)?.strip_prefix('/'))?;
    let (model, method) = rest.rsplit_once(':')?;
    let (dialect, action, stream) = match method {
        "generateContent" => (Dialect::Gemini, Action::Answer, false),
        "streamGenerateContent" => (Dialect::Gemini, Action::Answer, true),
        "countTokens" => (Dialect::Gemini, Action::CountTokens, false),
        "embedContent" => (Dialect::GeminiEmbed, Action::Answer, false),
        "batchEmbedContents" => (Dialect::GeminiEmbeds, Action::Answer, false),
        _ => return None,
    };
    Some(Call {
        dialect,
        action,
        model: Some(decoded(model)),
        stream: Some(stream),
    })
}
