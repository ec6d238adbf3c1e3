//! Errors: the type stands in the header `x-amzn-errortype`, the words in the body.
//!
//! "Common Error Types" and the errors of Converse in the API reference.

use serde_json::Value;

use crate::dialect::neutral::{Error, ErrorKind};

/// Reads an error's body; where its type is not in it, the status decides.
pub fn read_error(status: u16, body: &str) -> Error {
    read_error_typed(status, body, None)
}

/// Reads an error's body with the header `x-amzn-errortype`.
pub fn read_error_typed(status: u16, body: &str, error_type: Option<&str>) -> Error {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |key: &str| json.get(key).and_then(Value::as_str);
    let code = error_type.or_else(|| text("__type").or_else(|| text("code")));
    let code = code.map(bare).filter(|code| !code.is_empty());
    let words = ["message", "Message", "errorMessage", "originalMessage"];
    let message = words.into_iter().find_map(text).unwrap_or(body).trim();
    let kind = code.and_then(kind);
    Error {
        status,
        kind: kind.unwrap_or_else(|| ErrorKind::of_status(status)),
        code: code.map(str::to_owned),
        message: match message {
            "" => format!("AWS Bedrock answered {status}"),
            message => message.to_owned(),
        },
        param: None,
    }
}

/// An error in the midst of a stream, by the name of its exception.
pub(super) fn in_stream(exception: &str, data: &str) -> Error {
    let mut error = read_error_typed(500, data, Some(exception));
    error.status = error.kind.status();
    if data.trim().is_empty() {
        error.message = "AWS Bedrock broke off the stream".to_owned();
    }
    error
}

/// The type without the namespace before it and the address behind it.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).trim()
}

fn kind(code: &str) -> Option<ErrorKind> {
    // A stream's exceptions begin with a small letter.
    let code = code.to_ascii_lowercase();
    Some(match code.trim_end_matches("exception") {
        "accessdenied" | "optinrequired" | "notauthorized" => ErrorKind::Permission,
        "unrecognizedclient"
        | "invalidclienttokenid"
        | "invalidsignature"
        | "incompletesignature"
        | "signaturedoesnotmatch"
        | "expiredtoken"
        | "requestexpired"
        | "missingauthenticationtoken"
        | "missingauthentication" => ErrorKind::Authentication,
        "throttling" | "throttled" | "toomanyrequests" | "servicequotaexceeded" => {
            ErrorKind::RateLimit
        }
        "serviceunavailable" | "modelnotready" => ErrorKind::Overloaded,
        "validation" | "malformedinput" => ErrorKind::Invalid,
        "resourcenotfound" | "unknownoperation" => ErrorKind::NotFound,
        "modeltimeout" => ErrorKind::Timeout,
        "internalserver" | "internalfailure" | "modelerror" | "modelstreamerror" => {
            ErrorKind::Server
        }
        _ => return None,
    })
}
