use super::*;
use crate::dialect::neutral::{Error, ErrorKind};

#[test]
fn errors_of_every_shape_are_read() {
    let rows = [
        (
            429,
            r#"{"error":{"message":"slow","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
            ErrorKind::RateLimit,
            "slow",
            Some("rate_limit_exceeded"),
            None,
        ),
        (
            429,
            r#"{"error":{"message":"pay","type":"insufficient_quota","code":"insufficient_quota"}}"#,
            ErrorKind::Billing,
            "pay",
            Some("insufficient_quota"),
            None,
        ),
        (
            400,
            r#"{"error":{"message":"no","type":"invalid_request_error","param":"temperature","code":null}}"#,
            ErrorKind::Invalid,
            "no",
            None,
            Some("temperature"),
        ),
        (
            404,
            r#"{"error":"model 'x' not found"}"#,
            ErrorKind::NotFound,
            "model 'x' not found",
            None,
            None,
        ),
        (
            400,
            r#"{"object":"error","message":"bad","type":"BadRequestError","param":null,"code":400}"#,
            ErrorKind::Invalid,
            "bad",
            Some("400"),
            None,
        ),
        (
            401,
            r#"{"detail":"Unauthorized"}"#,
            ErrorKind::Authentication,
            "Unauthorized",
            None,
            None,
        ),
        (
            422,
            r#"{"detail":[{"type":"missing","loc":["body","messages",0],"msg":"Field required"}]}"#,
            ErrorKind::Invalid,
            "Field required",
            Some("missing"),
            Some("messages.0"),
        ),
        (
            400,
            r#"{"errors":[{"message":"first","code":7},{"message":"second"}]}"#,
            ErrorKind::Invalid,
            "first",
            Some("7"),
            None,
        ),
        (
            400,
            r#"[{"error":{"code":400,"message":"in an array","status":"INVALID_ARGUMENT"}}]"#,
            ErrorKind::Invalid,
            "in an array",
            Some("400"),
            None,
        ),
        (
            400,
            r#"{"message":{"detail":[{"loc":["body","n"],"msg":"too many"}]}}"#,
            ErrorKind::Invalid,
            "too many",
            None,
            Some("n"),
        ),
        (
            502,
            "<html><head><title>502 Bad Gateway</title></head><body>x</body></html>",
            ErrorKind::Server,
            "502 Bad Gateway",
            None,
            None,
        ),
        (
            503,
            "upstream connect error\n",
            ErrorKind::Overloaded,
            "upstream connect error",
            None,
            None,
        ),
        (
            500,
            "",
            ErrorKind::Server,
            "the provider answered with status 500 and no message",
            None,
            None,
        ),
        (
            500,
            "{}",
            ErrorKind::Server,
            "the provider answered with status 500 and no message",
            None,
            None,
        ),
        (
            529,
            "null",
            ErrorKind::Overloaded,
            "the provider answered with status 529 and no message",
            None,
            None,
        ),
        (
            400,
            r#"{"error":{"message":"key?","code":"invalid_api_key"}}"#,
            ErrorKind::Authentication,
            "key?",
            Some("invalid_api_key"),
            None,
        ),
        (
            400,
            r#"{"error":{"message":"\ud83d\ude00","code":1e+999}}"#,
            ErrorKind::Invalid,
            "😀",
            Some("1e+999"),
            None,
        ),
    ];
    for (status, body, kind, message, code, param) in rows {
        let expected = Error {
            status,
            kind,
            code: code.map(str::to_owned),
            message: message.to_owned(),
            param: param.map(str::to_owned),
        };
        assert_eq!(read_error(status, body), expected, "{body}");
    }
}

#[test]
fn an_error_without_a_status_gets_the_one_of_its_words() {
    let rows = [
        (
            r#"{"type":"server_error","code":"rate_limit_exceeded","message":"m"}"#,
            429,
            ErrorKind::RateLimit,
        ),
        (
            r#"{"type":"overloaded_error","message":"m"}"#,
            503,
            ErrorKind::Overloaded,
        ),
        (
            r#"{"error":{"code":404,"message":"m"}}"#,
            404,
            ErrorKind::NotFound,
        ),
        (r#"{"message":"m"}"#, 500, ErrorKind::Server),
    ];
    for (json, status, kind) in rows {
        let error = error_of(&serde_json::from_str(json).unwrap(), None);
        assert_eq!(
            (error.status, error.kind, error.message.as_str()),
            (status, kind, "m"),
            "{json}"
        );
    }
}

#[test]
fn errors_are_written_in_openais_shape() {
    let rows = [
        (
            ErrorKind::Invalid,
            None,
            r#""type":"invalid_request_error","param":"x","code":null"#,
        ),
        (
            ErrorKind::Billing,
            None,
            r#""type":"insufficient_quota","param":"x","code":"insufficient_quota""#,
        ),
        (
            ErrorKind::RateLimit,
            Some("c"),
            r#""type":"rate_limit_error","param":"x","code":"c""#,
        ),
        (
            ErrorKind::Overloaded,
            None,
            r#""type":"server_error","param":"x","code":null"#,
        ),
    ];
    for (kind, code, end) in rows {
        let error = Error {
            status: kind.status(),
            kind,
            code: code.map(str::to_owned),
            message: "say \"it\"".to_owned(),
            param: Some("x".to_owned()),
        };
        let body = String::from_utf8(write_error(&error)).unwrap();
        assert_eq!(
            body,
            format!(r#"{{"error":{{"message":"say \"it\"",{end}}}}}"#)
        );
        assert_eq!(read_error(kind.status(), &body).kind, kind);
    }
}
