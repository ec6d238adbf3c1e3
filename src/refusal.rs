//! Every reason for which the gateway answers by itself, and the one place that maps a reason to a
//! status, a code and a sentence.

mod reached;

use std::fmt;

pub use reached::{Reached, Scarce};

/// Why a request is refused, or why no provider's reply can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The body is not acceptable JSON.
    Json {
        /// Byte offset.
        at: usize,
        /// Line and column, from 1.
        place: (usize, usize),
        /// What is wrong there.
        what: String,
    },
    /// The body is not UTF-8; the byte offset.
    NotUtf8(usize),
    /// The body begins with a byte order mark.
    ByteOrderMark,
    /// The body is compressed in this way.
    Compressed(String),
    /// A field has a value of a wrong kind.
    Field {
        /// Its path.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// A field that must be there is not.
    Missing(&'static str),
    /// No such model; names that are near to it.
    UnknownModel {
        /// As the client wrote it.
        model: String,
        /// What could have been meant.
        near: Vec<String>,
    },
    /// The chain that the client wrote cannot be followed.
    Chain(String),
    /// Every target of the model is at a provider that has no credential.
    NoCredential(String),
    /// `from: client`, and the client sent none.
    NoClientKey(String),
    /// A key must be sent, and none was.
    NoKey,
    /// No such key.
    InvalidKey,
    /// What was checked before Tollgate names no one that can be understood: the part of it.
    Identity(&'static str),
    /// Whether the key holds cannot be found out.
    KeySource,
    /// The key's time is over.
    KeyExpired,
    /// The key is switched off.
    KeyDisabled,
    /// The key may not ask for this model.
    ModelNotAllowed(String),
    /// The key may not call this endpoint.
    EndpointNotAllowed(&'static str),
    /// The body is longer than `guard.max_body`, in bytes.
    BodyTooLarge(u64),
    /// Envoy's buffers are too small for the body.
    BufferTooSmall,
    /// Envoy answered before the request was complete.
    Interrupted,
    /// The input has more tokens than `guard.max_input_tokens`.
    TooManyTokens {
        /// As counted, or more.
        counted: u64,
        /// As configured.
        limit: u64,
    },
    /// No target can carry the request.
    CannotCarry {
        /// The path of the field that the first one cannot carry.
        path: String,
        /// Why.
        what: String,
        /// That target.
        target: String,
    },
    /// The redaction rules block what was found; kinds, never values.
    Blocked(Vec<String>),
    /// What was found stands in input in tokens, where nothing can be taken out; kinds, never values.
    BlockedIds(Vec<String>),
    /// A text is a prompt attack.
    PromptAttack,
    /// Nobody gave the second opinion that is wanted.
    NoOpinion,
    /// A limit is reached.
    Limited(Reached),
    /// A budget cannot be kept, as nobody knows what the target costs.
    PriceUnknown {
        /// The target.
        target: String,
        /// The budget.
        limit: String,
    },
    /// The counters of the limits could not be read and written in time.
    LimitsBusy,
    /// No such path.
    UnknownPath(String),
    /// The path is there, the method is not.
    Method {
        /// What was asked.
        method: String,
        /// What is allowed.
        allow: &'static str,
    },
}

/// A refusal in words that every dialect can express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// OpenAI's `type`.
    pub kind: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// The field that is at fault.
    pub param: Option<String>,
    /// One sentence that says what to do.
    pub message: String,
}

const INVALID: &str = "invalid_request_error";
const UNKNOWN: &str = "authentication_error";
const FORBIDDEN: &str = "permission_error";

impl Refusal {
    /// Status, code and sentence.
    pub fn answer(&self) -> Answer {
        let param = match self {
            Self::Field { path, .. } | Self::CannotCarry { path, .. } => Some(path.clone()),
            Self::Missing(path) => Some((*path).to_owned()),
            Self::UnknownModel { .. } | Self::Chain(_) | Self::ModelNotAllowed(_) => {
                Some("model".to_owned())
            }
            Self::TooManyTokens { .. } => Some("messages".to_owned()),
            _ => None,
        };
        let (status, kind, code) = self.class();
        Answer {
            status,
            kind,
            code,
            param,
            message: self.to_string(),
        }
    }

    fn class(&self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Json { .. } | Self::NotUtf8(_) | Self::ByteOrderMark => {
                (400, INVALID, "invalid_json")
            }
            Self::Compressed(_) => (415, INVALID, "unsupported_content_encoding"),
            Self::Field { .. } => (400, INVALID, "invalid_field"),
            Self::Missing(_) => (400, INVALID, "missing_field"),
            Self::UnknownModel { .. } => (404, INVALID, "model_not_found"),
            Self::Chain(_) => (400, INVALID, "invalid_chain"),
            Self::NoCredential(_) => (503, "server_error", "provider_not_configured"),
            Self::NoClientKey(_) | Self::NoKey => (401, UNKNOWN, "missing_api_key"),
            Self::InvalidKey => (401, UNKNOWN, "invalid_api_key"),
            Self::Identity(_) => (401, UNKNOWN, "invalid_identity"),
            Self::KeySource => (503, "server_error", "key_source_unavailable"),
            Self::KeyExpired => (401, UNKNOWN, "api_key_expired"),
            Self::KeyDisabled => (401, UNKNOWN, "api_key_disabled"),
            Self::ModelNotAllowed(_) => (403, FORBIDDEN, "model_not_allowed"),
            Self::EndpointNotAllowed(_) => (403, FORBIDDEN, "endpoint_not_allowed"),
            Self::BodyTooLarge(_) => (413, INVALID, "body_too_large"),
            Self::BufferTooSmall => (413, INVALID, "body_too_large"),
            Self::Interrupted => (400, INVALID, "request_interrupted"),
            Self::TooManyTokens { .. } => (400, INVALID, "context_length_exceeded"),
            Self::CannotCarry { .. } => (400, INVALID, "unsupported_by_provider"),
            Self::Blocked(_) | Self::BlockedIds(_) => (400, INVALID, "personal_data_blocked"),
            Self::PromptAttack => (400, INVALID, "prompt_attack_blocked"),
            Self::NoOpinion => (503, "server_error", "second_opinion_unavailable"),
            Self::Limited(reached) => match reached.scarce {
                Scarce::Requests => (429, "requests", "rate_limit_exceeded"),
                Scarce::Tokens => (429, "tokens", "rate_limit_exceeded"),
                Scarce::Money => (429, "insufficient_quota", "budget_exceeded"),
                Scarce::Concurrent => (429, "requests", "concurrency_limit_exceeded"),
            },
            Self::PriceUnknown { .. } => (403, "permission_error", "price_unknown"),
            Self::LimitsBusy => (503, "server_error", "limits_busy"),
            Self::UnknownPath(_) => (404, INVALID, "unknown_path"),
            Self::Method { .. } => (405, INVALID, "method_not_allowed"),
        }
    }

    /// Every code, so that metrics can be defined before the first refusal.
    pub const CODES: [&str; 29] = [
        "invalid_json",
        "unsupported_content_encoding",
        "invalid_field",
        "missing_field",
        "model_not_found",
        "invalid_chain",
        "provider_not_configured",
        "missing_api_key",
        "invalid_api_key",
        "invalid_identity",
        "key_source_unavailable",
        "api_key_expired",
        "api_key_disabled",
        "model_not_allowed",
        "endpoint_not_allowed",
        "body_too_large",
        "request_interrupted",
        "context_length_exceeded",
        "unsupported_by_provider",
        "personal_data_blocked",
        "prompt_attack_blocked",
        "second_opinion_unavailable",
        "rate_limit_exceeded",
        "budget_exceeded",
        "concurrency_limit_exceeded",
        "price_unknown",
        "limits_busy",
        "unknown_path",
        "method_not_allowed",
    ];
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { at, place, what } => write!(
                f,
                "The body is not valid JSON: {what}, at byte {at} (line {}, column {}).",
                place.0, place.1
            ),
            Self::NotUtf8(at) => write!(f, "The body is not valid UTF-8 at byte {at}; send UTF-8."),
            Self::ByteOrderMark => {
                f.write_str("The body begins with a byte order mark; send UTF-8 without it.")
            }
            Self::Compressed(how) => write!(
                f,
                "The body has content-encoding {how}; send it uncompressed."
            ),
            Self::Field { path, what } => write!(f, "Invalid '{path}': {what}."),
            Self::Missing(path) => write!(f, "The required field '{path}' is missing."),
            Self::UnknownModel { model, near } => {
                write!(f, "The model '{model}' does not exist here.")?;
                match near.as_slice() {
                    [] => f.write_str(" GET /v1/models lists the models."),
                    names => write!(f, " Did you mean {}?", names.join(" or ")),
                }
            }
            Self::Chain(what) => write!(f, "Invalid 'model': {what}."),
            Self::NoCredential(model) => write!(
                f,
                "No provider of the model '{model}' has a credential; set the environment \
                 variable of its api_key and list it in host_env_keys."
            ),
            Self::NoClientKey(provider) => write!(
                f,
                "The provider '{provider}' takes your own key; send it as 'authorization: Bearer', and \
                 your key for this gateway, if it asks for one, as 'x-tollgate-key'."
            ),
            Self::NoKey => f.write_str(
                "No API key was sent; send yours as 'authorization: Bearer KEY' or 'x-api-key: KEY'.",
            ),
            Self::InvalidKey => f.write_str(
                "The API key is not known here; check it, or ask whoever runs this gateway.",
            ),
            Self::Identity(part) => write!(
                f,
                "Who you are could not be read: the {part} is not a short text; check the token or \
                 certificate that you send."
            ),
            Self::KeySource => f.write_str(
                "Whether the API key holds cannot be found out now; try again in a moment.",
            ),
            Self::KeyExpired => f.write_str("The API key has expired; ask for a new one."),
            Self::KeyDisabled => f.write_str(
                "The API key is switched off; ask whoever runs this gateway.",
            ),
            Self::ModelNotAllowed(model) => write!(
                f,
                "This API key may not use the model '{model}'; GET /v1/models lists those it may."
            ),
            Self::EndpointNotAllowed(name) => write!(
                f,
                "This API key may not call the endpoint '{name}'; ask whoever runs this gateway."
            ),
            Self::BodyTooLarge(limit) => write!(
                f,
                "The body is larger than {limit} bytes; send less, or raise guard.max_body."
            ),
            Self::BufferTooSmall => f.write_str(
                "The body is larger than Envoy's buffer; send less, or raise \
                 per_connection_buffer_limit_bytes.",
            ),
            Self::Interrupted => f.write_str("The request did not arrive whole; send it again."),
            Self::TooManyTokens { counted, limit } => write!(
                f,
                "The input has {counted} tokens or more and at most {limit} are allowed; shorten \
                 the messages."
            ),
            Self::CannotCarry { path, what, target } => {
                write!(f, "Invalid '{path}': {what} (target {target}).")
            }
            Self::Blocked(kinds) => write!(
                f,
                "The request holds personal data that may not leave ({}); take it out.",
                kinds.join(", ")
            ),
            Self::BlockedIds(kinds) => write!(
                f,
                "The input in tokens holds personal data ({}), which cannot be taken out of tokens; send \
                 it as text.",
                kinds.join(", ")
            ),
            Self::PromptAttack => f.write_str(
                "A text of the request looks like an attempt to take over the model; take out what \
                 tells the model to leave its instructions.",
            ),
            Self::NoOpinion => f.write_str(
                "The request could not be checked for prompt attacks; send it again later.",
            ),
            Self::Limited(reached) => reached.fmt(f),
            Self::PriceUnknown { target, limit } => write!(
                f,
                "The price of {target} is not known, so the budget '{limit}' cannot be kept; set it in prices."
            ),
            Self::LimitsBusy => f.write_str("The limits could not be counted; try again."),
            Self::UnknownPath(path) => write!(
                f,
                "There is nothing at {path}; POST /v1/chat/completions is served here."
            ),
            Self::Method { method, allow } => {
                write!(f, "{method} is not allowed on this path; use {allow}.")
            }
        }
    }
}

#[cfg(test)]
mod tests;
