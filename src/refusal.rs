//! Every reason for which the gateway answers by itself, and the one place that maps a reason to a
//! status, a code and a sentence.

mod reached;

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
    /// The conversation has more messages than `guard.max_messages`.
    TooManyMessages {
        /// How many.
        counted: u64,
        /// As configured.
        limit: u64,
    },
    /// The request offers more tools than `guard.max_tools`.
    TooManyTools {
        /// How many.
        counted: u64,
        /// As configured.
        limit: u64,
    },
    /// The request asks for a longer output than `guard.max_output_tokens`.
    OutputTooLong {
        /// The field that asks.
        path: &'static str,
        /// As configured.
        limit: u64,
    },
    /// The request says what `guard.deny` does not allow; the rules' names.
    Denied(Vec<String>),
    /// So does the reply.
    ReplyDenied(String),
    /// The redaction rules block what was found in the reply; the kind.
    ReplyBlocked(String),
    /// The reply does not fit the request's own schema; where, and what is wrong there.
    ReplyUnfit {
        /// A JSON pointer into the reply's text.
        path: String,
        /// Without any value.
        what: String,
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
    /// A text is a prompt attack; where it stands, as the beginning of a sentence.
    PromptAttack(&'static str),
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
    /// The service that counts the fleet's limits did not answer.
    LimitStore,
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
            Self::CannotCarry { path, .. } if path.is_empty() => None,
            Self::Field { path, .. } | Self::CannotCarry { path, .. } => Some(path.clone()),
            Self::Missing(path) => Some((*path).to_owned()),
            Self::UnknownModel { .. } | Self::Chain(_) | Self::ModelNotAllowed(_) => {
                Some("model".to_owned())
            }
            Self::TooManyTokens { .. } | Self::TooManyMessages { .. } => {
                Some("messages".to_owned())
            }
            Self::TooManyTools { .. } => Some("tools".to_owned()),
            Self::OutputTooLong { path, .. } => Some((*path).to_owned()),
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
            Self::TooManyMessages { .. } => (400, INVALID, "too_many_messages"),
            Self::TooManyTools { .. } => (400, INVALID, "too_many_tools"),
            Self::OutputTooLong { .. } => (400, INVALID, "max_output_tokens_exceeded"),
            // A status from 500 on would have clients ask, and pay, again.
            Self::Denied(_) | Self::ReplyDenied(_) => (400, INVALID, "content_denied"),
            Self::ReplyUnfit { .. } => (502, "server_error", "reply_schema_mismatch"),
            Self::CannotCarry { .. } => (400, INVALID, "unsupported_by_provider"),
            Self::Blocked(_) | Self::BlockedIds(_) | Self::ReplyBlocked(_) => {
                (400, INVALID, "personal_data_blocked")
            }
            Self::PromptAttack(_) => (400, INVALID, "prompt_attack_blocked"),
            Self::NoOpinion => (503, "server_error", "second_opinion_unavailable"),
            Self::Limited(reached) => match reached.scarce {
                Scarce::Requests => (429, "requests", "rate_limit_exceeded"),
                Scarce::Tokens => (429, "tokens", "rate_limit_exceeded"),
                Scarce::Money => (429, "insufficient_quota", "budget_exceeded"),
                Scarce::Concurrent => (429, "requests", "concurrency_limit_exceeded"),
            },
            Self::PriceUnknown { .. } => (403, "permission_error", "price_unknown"),
            Self::LimitsBusy => (503, "server_error", "limits_busy"),
            Self::LimitStore => (503, "server_error", "limit_store_unavailable"),
            Self::UnknownPath(_) => (404, INVALID, "unknown_path"),
            Self::Method { .. } => (405, INVALID, "method_not_allowed"),
        }
    }

    /// Every code, so that metrics can be defined before the first refusal.
    pub const CODES: &[&str] = &[
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
        "too_many_messages",
        "too_many_tools",
        "max_output_tokens_exceeded",
        "content_denied",
        "reply_schema_mismatch",
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

mod words;

#[cfg(test)]
mod tests;
