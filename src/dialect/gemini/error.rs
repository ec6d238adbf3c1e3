//! Errors: `{"error": {code, message, status, details}}` (google.aip.dev/193, and
//! ai.google.dev/gemini-api/docs/troubleshooting for what each status means here).

use serde_json::{Map, Value};

use super::names::{one, put};
use crate::dialect::neutral::{Error, ErrorKind};
use crate::sse::write_event;

/// The longest text of a body that is no JSON, in characters.
const LONGEST: usize = 500;

/// Reads any body of an error reply.
pub fn read_error(status: u16, body: &str) -> Error {
    let value = serde_json::from_str(body).ok();
    match value.as_ref().and_then(error_of) {
        Some(error) => read(status, error),
        None => Error {
            status,
            kind: ErrorKind::of_status(status),
            code: None,
            message: plain(status, body),
            param: None,
        },
    }
}

/// The error in a body, which streaming endpoints wrap in an array.
pub(super) fn error_of(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.first().and_then(|item| item.get("error")),
        value => value.get("error"),
    }
    .filter(|error| !error.is_null())
}

/// Reads an error object that came with a status, or with 200.
pub(super) fn read(status: u16, error: &Value) -> Error {
    let code = error.get("code").and_then(Value::as_u64);
    let code = code.and_then(|code| u16::try_from(code).ok());
    let status = match status {
        200..=299 => code.filter(|code| *code >= 400).unwrap_or(500),
        status => status,
    };
    let word = error.get("status").and_then(Value::as_str);
    let message = error
        .as_str()
        .or(error.get("message").and_then(Value::as_str));
    let message = message.unwrap_or("the provider gives no reason").to_owned();
    let reason = detail(error, "ErrorInfo").and_then(|info| info.get("reason")?.as_str());
    let kind = kind(status, word, reason, &message);
    let violation = detail(error, "BadRequest");
    let violation = violation.and_then(|bad| bad.get("fieldViolations")?.get(0)?.get("field"));
    Error {
        status: match kind {
            ErrorKind::Authentication => 401,
            _ => status,
        },
        kind,
        code: word.map(str::to_owned),
        message,
        param: violation.and_then(Value::as_str).map(str::to_owned),
    }
}

fn kind(status: u16, word: Option<&str>, reason: Option<&str>, message: &str) -> ErrorKind {
    // A wrong key comes as 400 INVALID_ARGUMENT.
    if matches!(reason, Some("API_KEY_INVALID" | "API_KEY_EXPIRED"))
        || message.starts_with("API key not valid")
        || message.starts_with("API key expired")
    {
        return ErrorKind::Authentication;
    }
    match word {
        Some("INVALID_ARGUMENT") if message.contains("payload size exceeds") => ErrorKind::TooLarge,
        Some("FAILED_PRECONDITION") if message.contains("billing") => ErrorKind::Billing,
        Some("FAILED_PRECONDITION") if message.contains("location") => ErrorKind::Permission,
        Some("INVALID_ARGUMENT" | "FAILED_PRECONDITION" | "OUT_OF_RANGE") => match status {
            413 => ErrorKind::TooLarge,
            _ => ErrorKind::Invalid,
        },
        Some("UNAUTHENTICATED") => ErrorKind::Authentication,
        Some("PERMISSION_DENIED") => ErrorKind::Permission,
        Some("NOT_FOUND") => ErrorKind::NotFound,
        Some("RESOURCE_EXHAUSTED") => ErrorKind::RateLimit,
        Some("UNAVAILABLE") => ErrorKind::Overloaded,
        Some("DEADLINE_EXCEEDED") => ErrorKind::Timeout,
        Some("INTERNAL" | "UNKNOWN" | "DATA_LOSS") => ErrorKind::Server,
        _ => ErrorKind::of_status(status),
    }
}

fn detail<'a>(error: &'a Value, kind: &str) -> Option<&'a Value> {
    let details = error.get("details").and_then(Value::as_array);
    details.into_iter().flatten().find(|detail| {
        let of = detail.get("@type").and_then(Value::as_str);
        of.is_some_and(|of| of.rsplit('.').next() == Some(kind))
    })
}

fn plain(status: u16, body: &str) -> String {
    let text = body.trim();
    if text.is_empty() || text.starts_with('<') {
        return format!("the provider replied with status {status} and no reason");
    }
    text.chars().take(LONGEST).collect()
}

/// After how many seconds an error says to try again (`RetryInfo`), rounded up; Google sets no
/// `retry-after`.
pub fn retry_after(body: &str) -> Option<u64> {
    let value: Value = serde_json::from_str(body).ok()?;
    let info = detail(error_of(&value)?, "RetryInfo")?;
    let text = info.get("retryDelay")?.as_str()?.strip_suffix('s')?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole: u64 = whole.parse().ok()?;
    let more = part.bytes().any(|digit| digit != b'0');
    Some(whole.saturating_add(u64::from(more)))
}

/// The body of an error reply.
pub fn write_error(error: &Error) -> Vec<u8> {
    value(error).to_string().into_bytes()
}

/// The error inside a stream.
pub fn error_event(error: &Error) -> Vec<u8> {
    write_event("", value(error))
}

/// The error's object.
pub(super) fn value(error: &Error) -> Value {
    let word = match error.kind {
        ErrorKind::Invalid | ErrorKind::TooLarge => "INVALID_ARGUMENT",
        ErrorKind::Authentication => "UNAUTHENTICATED",
        ErrorKind::Permission => "PERMISSION_DENIED",
        ErrorKind::Billing => "FAILED_PRECONDITION",
        ErrorKind::NotFound => "NOT_FOUND",
        ErrorKind::RateLimit => "RESOURCE_EXHAUSTED",
        ErrorKind::Overloaded => "UNAVAILABLE",
        ErrorKind::Timeout => "DEADLINE_EXCEEDED",
        ErrorKind::Server => "INTERNAL",
    };
    let mut map = Map::new();
    put(&mut map, "code", Some(error.status));
    put(&mut map, "message", Some(error.message.as_str()));
    put(&mut map, "status", Some(word));
    let mut details: Vec<Value> = Vec::new();
    if let Some(code) = error.code.as_deref().filter(|code| *code != word) {
        let mut info = Map::new();
        put(
            &mut info,
            "@type",
            Some("type.googleapis.com/google.rpc.ErrorInfo"),
        );
        put(&mut info, "reason", Some(code));
        details.push(Value::Object(info));
    }
    if let Some(param) = error.param.as_deref() {
        let mut violation = Map::new();
        put(&mut violation, "field", Some(param));
        put(&mut violation, "description", Some(error.message.as_str()));
        let mut bad = Map::new();
        put(
            &mut bad,
            "@type",
            Some("type.googleapis.com/google.rpc.BadRequest"),
        );
        put(
            &mut bad,
            "fieldViolations",
            Some(vec![Value::Object(violation)]),
        );
        details.push(Value::Object(bad));
    }
    put(
        &mut map,
        "details",
        (!details.is_empty()).then_some(details),
    );
    one("error", map)
}
