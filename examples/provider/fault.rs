//! Errors as OpenAI words them, and as a proxy in between does.

use serde::Serialize;

use super::wire::json;

#[derive(Serialize)]
struct Body<'a> {
    error: Fault<'a>,
}

/// OpenAI's error object.
#[derive(Serialize)]
pub struct Fault<'a> {
    pub message: &'a str,
    #[serde(rename = "type")]
    pub kind: &'a str,
    pub param: Option<&'a str>,
    pub code: Option<&'a str>,
}

impl Fault<'_> {
    /// The body that carries it.
    pub fn body(self) -> String {
        json(&Body { error: self })
    }
}

/// A request that is wrong, in the client's words.
pub fn invalid(message: &str) -> String {
    Fault {
        message,
        kind: "invalid_request_error",
        param: None,
        code: None,
    }
    .body()
}

/// The error that an overloaded server sends, with status 503 or inside a stream.
pub fn overloaded() -> String {
    let message = "The server is currently overloaded with other requests. Please try again later.";
    Fault {
        message,
        kind: "overloaded_error",
        param: None,
        code: Some("overloaded"),
    }
    .body()
}

/// The body OpenAI sends with `status`.
pub fn of_status(status: u16, model: &str) -> String {
    let (message, kind, code) = match status {
        400 => (
            "This request was rejected.".to_owned(),
            "invalid_request_error",
            Some("invalid_request"),
        ),
        401 => (
            "Incorrect API key provided.".to_owned(),
            "invalid_request_error",
            Some("invalid_api_key"),
        ),
        403 => (
            "You are not allowed to sample from this model.".to_owned(),
            "invalid_request_error",
            Some("permission_denied"),
        ),
        404 => (
            format!("The model `{model}` does not exist or you do not have access to it."),
            "invalid_request_error",
            Some("model_not_found"),
        ),
        413 => (
            "Request body is too large.".to_owned(),
            "invalid_request_error",
            Some("request_too_large"),
        ),
        429 => (
            format!("Rate limit reached for {model}."),
            "requests",
            Some("rate_limit_exceeded"),
        ),
        503 => return overloaded(),
        300..=499 => (
            format!("This request was answered with status {status}."),
            "invalid_request_error",
            None,
        ),
        _ => (
            "The server had an error while processing your request. Sorry about that!".to_owned(),
            "server_error",
            Some("internal_error"),
        ),
    };
    let param = (status == 404).then_some("model");
    Fault {
        message: &message,
        kind,
        param,
        code,
    }
    .body()
}

/// The page of a proxy that cannot reach its server.
pub fn html(status: u16) -> String {
    format!(
        "<html>\r\n<head><title>{status} Error</title></head>\r\n<body>\r\n\
         <center><h1>{status} Error</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
}
