//! Errors in both directions.

use serde_json::{Value, json};

use super::checker::events;
use crate::dialect::anthropic::{error_event, read_error, write_error};
use crate::dialect::neutral::{Error, ErrorKind};

#[test]
fn any_body_is_an_error() {
    use ErrorKind::*;
    let rows = [
        (
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"m\"},\"request_id\":\"req_1\"}",
            Invalid,
            Some("invalid_request_error"),
            "m",
        ),
        (
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API\"}}",
            Billing,
            Some("invalid_request_error"),
            "Your credit balance is too low to access the API",
        ),
        (
            401,
            "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"k\"}}",
            Authentication,
            Some("authentication_error"),
            "k",
        ),
        (
            413,
            "{\"error\":{\"type\":\"request_too_large\",\"message\":\"b\"}}",
            TooLarge,
            Some("request_too_large"),
            "b",
        ),
        (
            429,
            "{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"r\"}}",
            RateLimit,
            Some("rate_limit_error"),
            "r",
        ),
        (
            529,
            "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
            Overloaded,
            Some("overloaded_error"),
            "Overloaded",
        ),
        (
            500,
            "{\"error\":{\"type\":\"unheard_of\",\"message\":\"m\"}}",
            Server,
            Some("unheard_of"),
            "m",
        ),
        (404, "{\"message\":\"no such\"}", NotFound, None, "no such"),
        (403, "{\"error\":\"no\"}", Permission, None, "no"),
        (422, "{\"detail\":[1]}", Invalid, None, "{\"detail\":[1]}"),
        (
            502,
            "<html>bad gateway</html>",
            Server,
            None,
            "<html>bad gateway</html>",
        ),
        (
            504,
            " ",
            Timeout,
            None,
            "The provider answered with status 504.",
        ),
    ];
    for (status, body, kind, code, message) in rows {
        let error = read_error(status, body);
        assert_eq!((error.status, error.kind), (status, kind), "{body}");
        assert_eq!(
            (error.code.as_deref(), error.message.as_str()),
            (code, message),
            "{body}"
        );
    }
    let long = read_error(500, &"\u{e4}".repeat(5000));
    assert_eq!(long.message.chars().count(), 500);
}

#[test]
fn every_kind_has_its_word() {
    use ErrorKind::*;
    let rows = [
        (Invalid, "invalid_request_error"),
        (Authentication, "authentication_error"),
        (Billing, "billing_error"),
        (Permission, "permission_error"),
        (NotFound, "not_found_error"),
        (TooLarge, "request_too_large"),
        (RateLimit, "rate_limit_error"),
        (Timeout, "timeout_error"),
        (Overloaded, "overloaded_error"),
        (Server, "api_error"),
    ];
    for (kind, word) in rows {
        let error = Error {
            status: kind.status(),
            kind,
            code: Some("theirs".to_owned()),
            message: "m \"q\"\n".to_owned(),
            param: None,
        };
        let shape = json!({"type": "error", "error": {"type": word, "message": "m \"q\"\n"}});
        let body: Value = serde_json::from_slice(&write_error(&error)).expect("JSON");
        assert_eq!(body, shape);
        assert_eq!(events(&error_event(&error)), [("error".to_owned(), shape)]);
        let again = read_error(kind.status(), &body.to_string());
        assert_eq!(again.kind, kind);
    }
}
