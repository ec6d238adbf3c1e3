//! Errors (API reference, "Errors").

use serde_json::{Value, json};

use crate::dialect::neutral::{Error, ErrorKind};
use crate::json;
use crate::sse::write_event;

/// An error reply's body.
pub fn write_error(error: &Error) -> Vec<u8> {
    body(error).to_string().into_bytes()
}

/// The event that ends a stream that broke.
pub fn error_event(error: &Error) -> Vec<u8> {
    write_event("error", body(error))
}

fn body(error: &Error) -> Value {
    json!({"type": "error", "error": {"type": word(error.kind), "message": error.message}})
}

/// Reads an error reply, whatever it is.
pub fn read_error(status: u16, body: &str) -> Error {
    let json: Option<Value> = serde_json::from_str(body).ok();
    let said = json.as_ref().and_then(said).map(str::to_owned);
    let word = json
        .as_ref()
        .and_then(|json| json::at(json, "/error/type")?.as_str());
    let message = match said {
        Some(said) => said,
        None if body.trim().is_empty() => format!("The provider answered with status {status}."),
        None => body.trim().chars().take(LONGEST).collect(),
    };
    let kind = word.and_then(kind);
    Error {
        status,
        kind: match kind.unwrap_or_else(|| ErrorKind::of_status(status)) {
            // An empty account comes as a wrong request.
            ErrorKind::Invalid if message.contains("credit balance is too low") => {
                ErrorKind::Billing
            }
            kind => kind,
        },
        code: word.map(str::to_owned),
        message,
        param: None,
    }
}

/// Reads the error of a stream's `error` event, which has no status of its own.
pub fn read_event(data: &Value) -> Error {
    let mut error = read_error(500, &data.to_string());
    error.status = match error.kind {
        ErrorKind::Overloaded => 529,
        kind => kind.status(),
    };
    error
}

/// An error page can be long.
const LONGEST: usize = 500;

/// The words of an error in JSON: Anthropic's, or those of what stands before it.
fn said(json: &Value) -> Option<&str> {
    let places = [
        "/error/message",
        "/message",
        "/error",
        "/detail",
        "/Message",
    ];
    let mut found = places.iter().filter_map(|place| json::at(json, place));
    found.find_map(|place| place.as_str().filter(|text| !text.is_empty()))
}

fn kind(word: &str) -> Option<ErrorKind> {
    Some(match word {
        "invalid_request_error" => ErrorKind::Invalid,
        "authentication_error" => ErrorKind::Authentication,
        "billing_error" => ErrorKind::Billing,
        "permission_error" => ErrorKind::Permission,
        "not_found_error" => ErrorKind::NotFound,
        "request_too_large" => ErrorKind::TooLarge,
        "rate_limit_error" => ErrorKind::RateLimit,
        "timeout_error" => ErrorKind::Timeout,
        "overloaded_error" => ErrorKind::Overloaded,
        "api_error" => ErrorKind::Server,
        _ => return None,
    })
}

fn word(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid => "invalid_request_error",
        ErrorKind::Authentication => "authentication_error",
        ErrorKind::Billing => "billing_error",
        ErrorKind::Permission => "permission_error",
        ErrorKind::NotFound => "not_found_error",
        ErrorKind::TooLarge => "request_too_large",
        ErrorKind::RateLimit => "rate_limit_error",
        ErrorKind::Timeout => "timeout_error",
        ErrorKind::Overloaded => "overloaded_error",
        ErrorKind::Server => "api_error",
    }
}
