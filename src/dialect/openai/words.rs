//! The words for kinds of errors, OpenAI's and those of the providers that follow it
//! (platform.openai.com/docs/guides/error-codes).

use crate::dialect::neutral::ErrorKind;

/// What an error's `type` or `code` says of its kind; `None` for a word that says nothing certain.
pub(super) fn kind_of(word: &str) -> Option<ErrorKind> {
    let kind = match word {
        "invalid_request_error"
        | "invalid_prompt"
        | "invalid_value"
        | "context_length_exceeded"
        | "string_above_max_length"
        | "unsupported_parameter"
        | "unsupported_value"
        | "content_policy_violation"
        | "content_filter"
        | "validation_error"
        | "BadRequestError" => ErrorKind::Invalid,
        "authentication_error"
        | "invalid_api_key"
        | "invalid_authentication_error"
        | "AuthenticationError" => ErrorKind::Authentication,
        "permission_error" | "permission_denied" | "PermissionDeniedError" => ErrorKind::Permission,
        "insufficient_quota"
        | "billing_error"
        | "billing_hard_limit_reached"
        | "insufficient_balance"
        | "exceeded_current_quota_error" => ErrorKind::Billing,
        "not_found_error" | "model_not_found" | "resource_not_found_error" | "NotFoundError" => {
            ErrorKind::NotFound
        }
        "request_too_large" => ErrorKind::TooLarge,
        "rate_limit_error"
        | "rate_limit_exceeded"
        | "rate_limit_reached_error"
        | "tokens"
        | "requests"
        | "RateLimitError" => ErrorKind::RateLimit,
        "overloaded_error"
        | "engine_overloaded_error"
        | "engine_overloaded"
        | "service_unavailable"
        | "service_unavailable_error"
        | "slow_down" => ErrorKind::Overloaded,
        "timeout" | "timeout_error" | "request_timeout" => ErrorKind::Timeout,
        "server_error"
        | "api_error"
        | "internal_error"
        | "internal_server_error"
        | "InternalServerError" => ErrorKind::Server,
        _ => return None,
    };
    Some(kind)
}

/// OpenAI's `type` for a kind.
pub(super) fn type_of(kind: ErrorKind) -> &'static str {
    match kind {
        // A model that does not exist is an invalid request to OpenAI.
        ErrorKind::Invalid | ErrorKind::TooLarge | ErrorKind::NotFound => "invalid_request_error",
        ErrorKind::Authentication => "authentication_error",
        ErrorKind::Permission => "permission_error",
        ErrorKind::Billing => "insufficient_quota",
        ErrorKind::RateLimit => "rate_limit_error",
        ErrorKind::Overloaded | ErrorKind::Timeout | ErrorKind::Server => "server_error",
    }
}

/// The code of an error that came without one, where clients of OpenAI look for it.
pub(super) fn code_of(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Authentication => Some("invalid_api_key"),
        ErrorKind::Billing => Some("insufficient_quota"),
        ErrorKind::RateLimit => Some("rate_limit_exceeded"),
        _ => None,
    }
}
