//! Errors in replies.

use super::*;

#[test]
fn errors() {
    use ErrorKind::*;
    let rows = [
        (
            429,
            r#"{"message":"Too many tokens"}"#,
            Some("ThrottlingException:http://internal.amazon.com/coral/"),
            RateLimit,
            Some("ThrottlingException"),
            "Too many tokens",
        ),
        (
            400,
            r#"{"message":"slow"}"#,
            Some("ThrottledException"),
            RateLimit,
            Some("ThrottledException"),
            "slow",
        ),
        (
            403,
            r#"{"Message":"no"}"#,
            Some("UnrecognizedClientException"),
            Authentication,
            Some("UnrecognizedClientException"),
            "no",
        ),
        (403, r#"{"Message":"no"}"#, None, Permission, None, "no"),
        (
            400,
            r#"{"__type":"com.amazon.coral#ValidationException","message":"bad"}"#,
            None,
            Invalid,
            Some("ValidationException"),
            "bad",
        ),
        (
            408,
            "",
            Some("ModelTimeoutException"),
            Timeout,
            Some("ModelTimeoutException"),
            "AWS Bedrock answered 408",
        ),
        (
            429,
            r#"{"message":"wait"}"#,
            Some("ModelNotReadyException"),
            Overloaded,
            Some("ModelNotReadyException"),
            "wait",
        ),
        (
            424,
            r#"{"message":"oh","originalStatusCode":500}"#,
            Some("ModelErrorException"),
            Server,
            Some("ModelErrorException"),
            "oh",
        ),
        (
            503,
            "<html>Service Unavailable</html>",
            None,
            Overloaded,
            None,
            "<html>Service Unavailable</html>",
        ),
        (
            404,
            r#"{"message":"no"}"#,
            Some("Odd"),
            NotFound,
            Some("Odd"),
            "no",
        ),
        (500, "[1]", None, Server, None, "[1]"),
    ];
    for (status, body, error_type, kind, code, message) in rows {
        let expected = Error {
            status,
            kind,
            code: code.map(str::to_owned),
            message: message.to_owned(),
            param: None,
        };
        assert_eq!(read_error_typed(status, body, error_type), expected);
    }
    let plain = read_error(429, r#"{"message":"x"}"#);
    assert_eq!((plain.kind, plain.code), (RateLimit, None));
}
