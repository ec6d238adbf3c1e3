//! Each reason in one sentence that says what to do.

use std::fmt;

use super::Refusal;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { at, place, what } => write!(
                f,
                "The body is not valid JSON: {what}, at byte {at} (line {}, column {}).",
                place.0, place.1
            ),
            Self::NotUtf8(at) => write!(f, "The body is not valid UTF-8 at byte {at}; send UTF-8."),
            Self::ByteOrderMark => {
                f.write_str("The body begins with a byte order mark; send UTF-8 without it.")
            }
            Self::Compressed(how) => write!(
                f,
                "The body has content-encoding {how}; send it uncompressed."
            ),
            Self::Field { path, what } => write!(f, "Invalid '{path}': {what}."),
            Self::Missing(path) => write!(f, "The required field '{path}' is missing."),
            Self::UnknownModel { model, near } => {
                write!(f, "The model '{model}' does not exist here.")?;
                match near.as_slice() {
                    [] => f.write_str(" GET /v1/models lists the models."),
                    names => write!(f, " Did you mean {}?", names.join(" or ")),
                }
            }
            Self::Chain(what) => write!(f, "Invalid 'model': {what}."),
            Self::NoCredential(model) => write!(
                f,
                "No provider of the model '{model}' has a credential; set the environment \
                 variable of its api_key and list it in host_env_keys."
            ),
            Self::NoClientKey(provider) => write!(
                f,
                "The provider '{provider}' takes your own key; send it as 'authorization: Bearer', and \
                 your key for this gateway, if it asks for one, as 'x-tollgate-key'."
            ),
            Self::NoKey => f.write_str(
                "No API key was sent; send yours as 'authorization: Bearer KEY', 'x-api-key: KEY' or \
                 'x-goog-api-key: KEY'.",
            ),
            Self::InvalidKey => f.write_str(
                "The API key is not known here; check it, or ask whoever runs this gateway.",
            ),
            Self::Identity(part) => write!(
                f,
                "Who you are could not be read: the {part} is not a short text; check the token or \
                 certificate that you send."
            ),
            Self::KeySource => f.write_str(
                "Whether the API key holds cannot be found out now; try again in a moment.",
            ),
            Self::KeyExpired => f.write_str("The API key has expired; ask for a new one."),
            Self::KeyDisabled => f.write_str(
                "The API key is switched off; ask whoever runs this gateway.",
            ),
            Self::ModelNotAllowed(model) => write!(
                f,
                "This API key may not use the model '{model}'; GET /v1/models lists those it may."
            ),
            Self::EndpointNotAllowed(name) => write!(
                f,
                "This API key may not call the endpoint '{name}'; ask whoever runs this gateway."
            ),
            Self::BodyTooLarge(limit) => write!(
                f,
                "The body is larger than {limit} bytes; send less, or raise guard.max_body."
            ),
            Self::BufferTooSmall => f.write_str(
                "The body is larger than Envoy's buffer; send less, or raise \
                 per_connection_buffer_limit_bytes.",
            ),
            Self::Interrupted => f.write_str("The request did not arrive whole; send it again."),
            Self::TooManyTokens { counted, limit } => write!(
                f,
                "The input has {counted} tokens or more and at most {limit} are allowed; shorten \
                 the messages."
            ),
            Self::TooManyMessages { counted, limit } => write!(
                f,
                "The conversation has {counted} messages and at most {limit} are allowed; send fewer."
            ),
            Self::TooManyTools { counted, limit } => write!(
                f,
                "The request offers {counted} tools and at most {limit} are allowed; offer fewer."
            ),
            Self::OutputTooLong { path, limit } => write!(
                f,
                "Invalid '{path}': at most {limit} tokens of output are allowed; ask for no more."
            ),
            Self::Denied(rules) => write!(
                f,
                "The request says what is not allowed here ({}); take it out.",
                rules.join(", ")
            ),
            Self::ReplyDenied(rule) => write!(
                f,
                "The model's reply says what is not allowed here ({rule}); ask for something else."
            ),
            Self::ReplyBlocked(kind) => write!(
                f,
                "The model's reply holds personal data that may not be told ({kind}); ask for \
                 something else."
            ),
            Self::ReplyUnfit { path, what } => write!(
                f,
                "The model's reply does not fit the schema that was asked for: {what} at '{path}'; \
                 ask again."
            ),
            Self::CannotCarry { path, what, target } if path.is_empty() => {
                write!(f, "The body cannot be sent to the target {target}: {what}.")
            }
            Self::CannotCarry { path, what, target } => {
                write!(f, "Invalid '{path}': {what} (target {target}).")
            }
            Self::Blocked(kinds) => write!(
                f,
                "The request holds personal data that may not leave ({}); take it out.",
                kinds.join(", ")
            ),
            Self::BlockedIds(kinds) => write!(
                f,
                "The input in tokens holds personal data ({}), which cannot be taken out of tokens; send \
                 it as text.",
                kinds.join(", ")
            ),
            Self::PromptAttack(place) => write!(
                f,
                "{place} looks like an attempt to take over the model; take out what tells the model to \
                 leave its instructions."
            ),
            Self::NoOpinion => f.write_str(
                "The request could not be checked for prompt attacks; send it again later.",
            ),
            Self::Limited(reached) => reached.fmt(f),
            Self::PriceUnknown { target, limit } => write!(
                f,
                "The price of {target} is not known, so the budget '{limit}' cannot be kept; set it in prices."
            ),
            Self::LimitStore => {
                f.write_str("The service that counts the limits did not answer; try again.")
            }
            Self::LimitsBusy => f.write_str("The limits could not be counted; try again."),
            Self::UnknownPath(path) => write!(
                f,
                "There is nothing at {path}; POST /v1/chat/completions is served here."
            ),
            Self::Method { method, allow } => {
                write!(f, "{method} is not allowed on this path; use {allow}.")
            }
        }
    }
}
