//! Errors in both directions.

use super::super::{error_event, read_error, retry_after, write_error};
use super::json;
use crate::dialect::neutral::{Error, ErrorKind};

#[test]
fn errors_are_read() {
    use ErrorKind::*;
    let key = r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}"#;
    let rows = [
        (
            400,
            r#"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}"#,
            400,
            Invalid,
            Some("INVALID_ARGUMENT"),
            "m",
        ),
        (
            400,
            key,
            401,
            Authentication,
            Some("INVALID_ARGUMENT"),
            "API key not valid. Please pass a valid API key.",
        ),
        (
            401,
            r#"{"error":{"message":"m","status":"UNAUTHENTICATED"}}"#,
            401,
            Authentication,
            Some("UNAUTHENTICATED"),
            "m",
        ),
        (
            403,
            r#"{"error":{"message":"m","status":"PERMISSION_DENIED"}}"#,
            403,
            Permission,
            Some("PERMISSION_DENIED"),
            "m",
        ),
        (
            404,
            r#"{"error":{"message":"m","status":"NOT_FOUND"}}"#,
            404,
            NotFound,
            Some("NOT_FOUND"),
            "m",
        ),
        (
            429,
            r#"[{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}]"#,
            429,
            RateLimit,
            Some("RESOURCE_EXHAUSTED"),
            "m",
        ),
        (
            500,
            r#"{"error":{"message":"m","status":"INTERNAL"}}"#,
            500,
            Server,
            Some("INTERNAL"),
            "m",
        ),
        (
            503,
            r#"{"error":{"message":"m","status":"UNAVAILABLE"}}"#,
            503,
            Overloaded,
            Some("UNAVAILABLE"),
            "m",
        ),
        (
            504,
            r#"{"error":{"message":"m","status":"DEADLINE_EXCEEDED"}}"#,
            504,
            Timeout,
            Some("DEADLINE_EXCEEDED"),
            "m",
        ),
        (
            400,
            r#"{"error":{"message":"enable billing on your project","status":"FAILED_PRECONDITION"}}"#,
            400,
            Billing,
            Some("FAILED_PRECONDITION"),
            "enable billing on your project",
        ),
        (
            400,
            r#"{"error":{"message":"User location is not supported","status":"FAILED_PRECONDITION"}}"#,
            400,
            Permission,
            Some("FAILED_PRECONDITION"),
            "User location is not supported",
        ),
        (
            429,
            r#"{"error":"slow down"}"#,
            429,
            RateLimit,
            None,
            "slow down",
        ),
        (
            400,
            r#"{"error":{"message":"Request payload size exceeds the limit: 20971520 bytes.","status":"INVALID_ARGUMENT"}}"#,
            400,
            TooLarge,
            Some("INVALID_ARGUMENT"),
            "Request payload size exceeds the limit: 20971520 bytes.",
        ),
        (
            404,
            "<html>Not Found</html>",
            404,
            NotFound,
            None,
            "the provider replied with status 404 and no reason",
        ),
        (
            502,
            "",
            502,
            Server,
            None,
            "the provider replied with status 502 and no reason",
        ),
        (
            503,
            " upstream down ",
            503,
            Overloaded,
            None,
            "upstream down",
        ),
        (500, "[]", 500, Server, None, "[]"),
        (
            500,
            r#"{"error":null}"#,
            500,
            Server,
            None,
            r#"{"error":null}"#,
        ),
    ];
    for (status, body, as_status, kind, code, message) in rows {
        let error = read_error(status, body);
        let found = (
            error.status,
            error.kind,
            error.code.as_deref(),
            error.message.as_str(),
        );
        assert_eq!(found, (as_status, kind, code, message), "{body}");
    }
    let field = r#"{"error":{"message":"m","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"contents[0]"}]}]}}"#;
    assert_eq!(read_error(400, field).param.as_deref(), Some("contents[0]"));
}

#[test]
fn the_delay_is_read() {
    let body = |delay: &str| {
        format!(
            r#"[{{"error":{{"details":[{{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":{delay}}}]}}}}]"#
        )
    };
    let rows = [
        ("\"34s\"", Some(34)),
        ("\"34.07s\"", Some(35)),
        ("\"0.5s\"", Some(1)),
        ("\"x\"", None),
        ("3", None),
    ];
    for (delay, seconds) in rows {
        assert_eq!(retry_after(&body(delay)), seconds, "{delay}");
    }
    assert_eq!(retry_after("not JSON"), None);
}

#[test]
fn errors_are_written() {
    let mut error = Error {
        status: 429,
        kind: ErrorKind::RateLimit,
        code: None,
        message: "slow".to_owned(),
        param: None,
    };
    let plain = r#"{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}"#;
    assert_eq!(String::from_utf8(write_error(&error)).unwrap(), plain);
    let event = String::from_utf8(error_event(&error)).unwrap();
    assert_eq!(event, format!("data: {plain}\n\n"));
    error.code = Some("rate_limit_exceeded".to_owned());
    error.param = Some("tools".to_owned());
    let body = json(write_error(&error));
    assert_eq!(body["error"]["details"][0]["reason"], "rate_limit_exceeded");
    assert_eq!(
        body["error"]["details"][1]["fieldViolations"][0]["field"],
        "tools"
    );
    let again = read_error(429, &body.to_string());
    assert_eq!((again.kind, again.param), (error.kind, error.param));
}
