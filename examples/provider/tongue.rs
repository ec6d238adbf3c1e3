//! The dialects' errors: as the body of a reply, and inside a stream that fails.

use serde_json::{Value, json};

use super::call::Refusal;
use super::events::Event;
use super::fault::{self, Fault};
use super::script::Script;

/// Whose errors a path has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// OpenAI's, and of all who do as it does.
    OpenAi,
    /// OpenAI's, where a stream is one of the Responses API.
    Responses,
    /// Azure's.
    Azure,
    /// Anthropic's.
    Anthropic,
    /// Google's, on both of its platforms.
    Google,
    /// Bedrock's.
    Bedrock,
    /// Cohere's.
    Cohere,
}

/// An error, ready to be sent.
pub struct Spoken {
    /// The body.
    pub body: String,
    /// Headers that say more.
    pub headers: Vec<(&'static str, &'static str)>,
}

impl From<String> for Spoken {
    fn from(body: String) -> Self {
        Self {
            body,
            headers: Vec::new(),
        }
    }
}

impl From<Value> for Spoken {
    fn from(body: Value) -> Self {
        body.to_string().into()
    }
}

impl Tongue {
    /// The refusal of a request.
    pub fn refusal(self, refusal: &Refusal, script: &Script) -> Spoken {
        let Refusal {
            status,
            message,
            param,
            code,
        } = refusal;
        match self {
            Self::OpenAi | Self::Responses => Fault {
                message,
                kind: kind(*status),
                param: param.as_deref(),
                code: *code,
            }
            .body()
            .into(),
            _ => self.error(*status, message, script),
        }
    }

    /// What an error with `status` says when the script asks for one.
    pub fn of_status(self, status: u16, model: &str, script: &Script) -> Spoken {
        match self {
            Self::OpenAi | Self::Responses => fault::of_status(status, model).into(),
            _ => self.error(status, &sentence(status, model), script),
        }
    }

    /// The error of a server that has too much to do.
    pub fn overloaded(self, script: &Script) -> Spoken {
        match self {
            Self::OpenAi | Self::Responses => fault::overloaded().into(),
            Self::Anthropic => self.error(529, "Overloaded", script),
            _ => self.error(503, &sentence(503, ""), script),
        }
    }

    /// The events with which a stream fails that has had so many.
    pub fn faults(self, before: usize) -> Vec<Event> {
        let script = &Script::default();
        let message = sentence(503, "");
        match self {
            Self::Anthropic => vec![Event::named("error", self.overloaded(script).body)],
            Self::Bedrock => {
                vec![Event::named(
                    "serviceUnavailableException",
                    json!({"message": message}),
                )]
            }
            Self::Cohere => {
                let delta = json!({"finish_reason": "ERROR", "error": message, "usage": null});
                let end = json!({"type": "message-end", "delta": delta});
                vec![Event::named("message-end", end)]
            }
            Self::Responses => vec![Event::named("error", responses(before))],
            Self::OpenAi | Self::Azure | Self::Google => {
                vec![Event::unnamed(self.overloaded(script).body)]
            }
        }
    }

    fn error(self, status: u16, message: &str, script: &Script) -> Spoken {
        match self {
            Self::OpenAi | Self::Responses => fault::invalid(message).into(),
            Self::Azure => {
                json!({"error": {"code": status.to_string(), "message": message}}).into()
            }
            Self::Anthropic => {
                let error = json!({"type": anthropic(status), "message": message});
                json!({"type": "error", "error": error, "request_id": "req_scripted"}).into()
            }
            Self::Google => google(status, message, script).into(),
            Self::Bedrock => Spoken {
                body: json!({"message": message}).to_string(),
                headers: vec![("x-amzn-errortype", bedrock(status))],
            },
            Self::Cohere => json!({"id": "scripted", "message": message}).into(),
        }
    }
}

fn sentence(status: u16, model: &str) -> String {
    match status {
        401 => "The credentials are not valid.".to_owned(),
        403 => "This is not allowed with these credentials.".to_owned(),
        404 => format!("There is no model {model}."),
        413 => "The request is larger than the maximum.".to_owned(),
        429 => "Too many requests, please wait before trying again.".to_owned(),
        503 | 529 => "The model is overloaded. Please try again later.".to_owned(),
        400..=499 => format!("This request was answered with status {status}."),
        _ => "The server had an internal error.".to_owned(),
    }
}

fn kind(status: u16) -> &'static str {
    match status {
        429 => "requests",
        500.. => "server_error",
        _ => "invalid_request_error",
    }
}

/// <https://docs.claude.com/en/api/errors>
fn anthropic(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        400..=499 => "invalid_request_error",
        _ => "api_error",
    }
}

/// <https://cloud.google.com/apis/design/errors>
fn google(status: u16, message: &str, script: &Script) -> Value {
    let name = match status {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        400..=499 => "INVALID_ARGUMENT",
        _ => "INTERNAL",
    };
    let mut error = json!({"code": status, "message": message, "status": name});
    let wait = script
        .retry_after
        .as_ref()
        .and_then(|wait| wait.to_str().ok());
    // Google tells it in the body only.
    let wait = wait.or((status == 429).then_some("17"));
    if let Some(wait) = wait {
        let kind = "type.googleapis.com/google.rpc.RetryInfo";
        error["details"] = json!([{"@type": kind, "retryDelay": format!("{wait}s")}]);
    }
    json!({"error": error})
}

/// <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors>
fn bedrock(status: u16) -> &'static str {
    match status {
        401 | 403 => "AccessDeniedException",
        404 => "ResourceNotFoundException",
        408 => "ModelTimeoutException",
        424 => "ModelErrorException",
        429 => "ThrottlingException",
        503 => "ServiceUnavailableException",
        400..=499 => "ValidationException",
        _ => "InternalServerException",
    }
}

fn responses(before: usize) -> Value {
    let message = sentence(503, "");
    let error =
        json!({"type": "server_error", "code": "server_error", "message": message, "param": null});
    json!({"type": "error", "sequence_number": before, "error": error})
}
