//! The providers: one row each. A provider that speaks an existing dialect is one more line.
//!
//! Hosts and paths are those of each provider's API reference.

use std::borrow::Cow;

use super::dialects::Dialect;
use super::embeddings;
use super::quirks::Quirks;
use super::segment::segment;

/// How the credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// `authorization: Bearer KEY`
    Bearer,
    /// `NAME: KEY`
    Header(&'static str),
}

/// How a provider is brought to report usage in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamUsage {
    /// By `stream_options.include_usage`.
    Asked,
    /// It always does, and does not take the option.
    Always,
}

/// One kind of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The `kind` in the configuration.
    pub kind: &'static str,
    /// Where it is; `{region}` stands for the configured region. `None`: wherever the operator
    /// runs it.
    pub host: Option<&'static str>,
    /// The dialects that it speaks; what a client speaks otherwise is translated into the first of its
    /// kind.
    pub speaks: &'static [Dialect],
    /// The dialects of embeddings that it speaks.
    pub embeds: &'static [Dialect],
    /// What stands before the endpoint in the path; `{region}` and `{project}` as in `host`.
    pub prefix: &'static str,
    /// How the credential travels.
    pub auth: Auth,
    /// Its models are published by several makers, each with a dialect and a path of its own (Vertex AI).
    pub publishers: bool,
    /// How usage is reported in streams.
    pub stream_usage: StreamUsage,
    /// In what it differs from others that speak chat completions.
    pub quirks: Quirks,
    /// How its models' names begin, for models that are asked for by name alone.
    pub families: &'static [&'static str],
}

const fn row(kind: &'static str, host: &'static str, prefix: &'static str) -> Row {
    Row {
        kind,
        host: Some(host),
        speaks: &[Dialect::OpenAiChat],
        embeds: &[Dialect::OpenAiEmbeddings],
        prefix,
        auth: Auth::Bearer,
        publishers: false,
        stream_usage: StreamUsage::Asked,
        quirks: Quirks::COMMON,
        families: &[],
    }
}

const fn own(kind: &'static str, prefix: &'static str) -> Row {
    Row {
        host: None,
        ..row(kind, "", prefix)
    }
}

/// A server for open models at `host`.
const fn open(kind: &'static str, host: &'static str, prefix: &'static str) -> Row {
    Row {
        speaks: &[Dialect::OpenAiChat, Dialect::OpenAiCompletions],
        quirks: Quirks::OPEN,
        ..row(kind, host, prefix)
    }
}

/// One that the operator runs.
const fn local(kind: &'static str) -> Row {
    Row {
        speaks: &[Dialect::OpenAiChat, Dialect::OpenAiCompletions],
        quirks: Quirks::OPEN,
        ..own(kind, "/v1")
    }
}

impl Row {
    /// What a provider of this kind is spoken to in, for a client that speaks `client`; `None` when it has
    /// nothing of that kind.
    pub fn dialect(&self, client: Dialect, model: &str) -> Option<Dialect> {
        let spoken = if client.embeds() {
            self.embeds
        } else {
            self.speaks
        };
        let by_model = match spoken {
            [Dialect::Gemini, Dialect::Anthropic] if model.starts_with("claude") => {
                Some(Dialect::Anthropic)
            }
            [Dialect::Gemini, Dialect::Anthropic] => Some(Dialect::Gemini),
            [Dialect::TitanEmbed, Dialect::CohereEmbed] if model.contains("cohere.") => {
                Some(Dialect::CohereEmbed)
            }
            [_, Dialect::OpenAiResponses, ..] if serves_responses_only(model) => {
                Some(Dialect::OpenAiResponses)
            }
            _ => None,
        };
        let same = spoken.iter().find(|own| **own == client).copied();
        by_model.or(same).or(spoken.first().copied())
    }

    /// The path of a request, behind the provider's prefix.
    pub fn path(&self, dialect: Dialect, model: &str, stream: bool) -> Cow<'static, str> {
        if dialect == Dialect::CohereEmbed && self.embeds.contains(&Dialect::TitanEmbed) {
            return embeddings::bedrock_path(model).into();
        }
        if !self.publishers || dialect == Dialect::VertexEmbed {
            return dialect.path(model, stream);
        }
        // cloud.google.com/vertex-ai/generative-ai/docs, "Generate content" and "Claude models".
        match dialect {
            Dialect::Anthropic => {
                let method = if stream {
                    ":streamRawPredict"
                } else {
                    ":rawPredict"
                };
                ["/publishers/anthropic/models/", &segment(model), method]
                    .concat()
                    .into()
            }
            _ => ["/publishers/google", &dialect.path(model, stream)]
                .concat()
                .into(),
        }
    }
}

/// OpenAI's models that chat completions do not reach: how their names begin
/// (platform.openai.com/docs/models, "Endpoints" of each).
const RESPONSES_ONLY: [&str; 9] = [
    "codex-mini",
    "computer-use-preview",
    "gpt-5-codex",
    "gpt-5-pro",
    "gpt-5.1-codex",
    "o1-pro",
    "o3-deep-research",
    "o3-pro",
    "o4-mini-deep-research",
];

fn serves_responses_only(model: &str) -> bool {
    RESPONSES_ONLY.iter().any(|start| model.starts_with(start))
}

/// The row of a kind.
pub fn of(kind: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.kind == kind)
}

/// What OpenAI speaks, and Azure with it.
const OPENAI: &[Dialect] = &[
    Dialect::OpenAiChat,
    Dialect::OpenAiResponses,
    Dialect::OpenAiCompletions,
];

/// Every kind of provider.
pub const ROWS: &[Row] = &[
    Row {
        speaks: OPENAI,
        quirks: Quirks::OPENAI,
        families: &["gpt-", "chatgpt-", "o1", "o3", "o4", "ft:gpt-"],
        ..row("openai", "api.openai.com", "/v1")
    },
    Row {
        speaks: &[Dialect::Anthropic],
        embeds: &[],
        auth: Auth::Header("x-api-key"),
        families: &["claude-"],
        ..row("anthropic", "api.anthropic.com", "/v1")
    },
    Row {
        speaks: &[Dialect::Gemini],
        embeds: &[Dialect::GeminiEmbeds, Dialect::GeminiEmbed],
        auth: Auth::Header("x-goog-api-key"),
        families: &["gemini-"],
        ..row("gemini", "generativelanguage.googleapis.com", "/v1beta")
    },
    Row {
        speaks: &[Dialect::Gemini, Dialect::Anthropic],
        embeds: &[Dialect::VertexEmbed],
        publishers: true,
        ..row(
            "vertex",
            "{region}-aiplatform.googleapis.com",
            "/v1/projects/{project}/locations/{region}",
        )
    },
    Row {
        speaks: &[Dialect::Bedrock],
        embeds: &[Dialect::TitanEmbed, Dialect::CohereEmbed],
        ..row("bedrock", "bedrock-runtime.{region}.amazonaws.com", "")
    },
    Row {
        speaks: OPENAI,
        auth: Auth::Header("api-key"),
        quirks: Quirks::OPENAI,
        ..own("azure", "/openai/v1")
    },
    Row {
        families: &[
            "mistral-",
            "ministral-",
            "codestral-",
            "magistral-",
            "devstral-",
            "pixtral-",
        ],
        stream_usage: StreamUsage::Always,
        quirks: Quirks::MISTRAL,
        ..row("mistral", "api.mistral.ai", "/v1")
    },
    Row {
        speaks: &[Dialect::Cohere],
        embeds: &[Dialect::CohereEmbed],
        families: &["command-"],
        ..row("cohere", "api.cohere.com", "/v2")
    },
    Row {
        quirks: Quirks::GROQ,
        ..row("groq", "api.groq.com", "/openai/v1")
    },
    Row {
        quirks: Quirks::SCHEMALESS,
        families: &["deepseek-"],
        ..row("deepseek", "api.deepseek.com", "/v1")
    },
    Row {
        families: &["grok-"],
        ..row("xai", "api.x.ai", "/v1")
    },
    Row {
        quirks: Quirks::OPENROUTER,
        ..row("openrouter", "openrouter.ai", "/api/v1")
    },
    open("together", "api.together.xyz", "/v1"),
    open("fireworks", "api.fireworks.ai", "/inference/v1"),
    row("cerebras", "api.cerebras.ai", "/v1"),
    open("deepinfra", "api.deepinfra.com", "/v1/openai"),
    Row {
        families: &["sonar"],
        stream_usage: StreamUsage::Always,
        ..row("perplexity", "api.perplexity.ai", "")
    },
    row("nvidia", "integrate.api.nvidia.com", "/v1"),
    row("sambanova", "api.sambanova.ai", "/v1"),
    Row {
        quirks: Quirks {
            hottest: 10,
            ..Quirks::THINKING
        },
        ..row("moonshot", "api.moonshot.ai", "/v1")
    },
    Row {
        quirks: Quirks {
            hottest: 10,
            ..Quirks::SCHEMALESS
        },
        ..row("zai", "api.z.ai", "/api/paas/v4")
    },
    row("huggingface", "router.huggingface.co", "/v1"),
    row("github", "models.github.ai", "/inference"),
    local("ollama"),
    local("vllm"),
    local("lmstudio"),
    local("llamacpp"),
];
