//! What went wrong at a provider.

use crate::refusal::Answer;

/// A provider's error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The HTTP status that it came with, or that it stands for.
    pub status: u16,
    /// Whose fault it is.
    pub kind: ErrorKind,
    /// The provider's own code, as it wrote it.
    pub code: Option<String>,
    /// In words.
    pub message: String,
    /// The field that is at fault.
    pub param: Option<String>,
}

/// What kind of error, by which each dialect chooses its own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request is wrong (400, 405, 415, 422).
    Invalid,
    /// No or a wrong credential (401).
    Authentication,
    /// The credential does not allow it (403).
    Permission,
    /// No money left (402).
    Billing,
    /// No such model or path (404).
    NotFound,
    /// The request is too large (413).
    TooLarge,
    /// Too many requests or tokens (429).
    RateLimit,
    /// The provider is overloaded (503, 529).
    Overloaded,
    /// It took too long (408, 504).
    Timeout,
    /// Anything else (500).
    Server,
}

impl ErrorKind {
    /// What a status means when nothing else says it (RFC 9110; 529 is Anthropic's).
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Authentication,
            402 => Self::Billing,
            403 => Self::Permission,
            404 | 410 => Self::NotFound,
            408 | 504 => Self::Timeout,
            413 => Self::TooLarge,
            429 => Self::RateLimit,
            503 | 529 => Self::Overloaded,
            400..=499 => Self::Invalid,
            _ => Self::Server,
        }
    }

    /// The status for an error that came without one of its own, as in the midst of a stream.
    pub fn status(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::Authentication => 401,
            Self::Billing => 402,
            Self::Permission => 403,
            Self::NotFound => 404,
            Self::TooLarge => 413,
            Self::RateLimit => 429,
            Self::Overloaded => 503,
            Self::Timeout => 504,
            Self::Server => 500,
        }
    }
}

impl Error {
    /// A reply that cannot be read, or that broke off.
    pub fn broken(message: impl Into<String>) -> Self {
        Self {
            status: 502,
            kind: ErrorKind::Server,
            code: None,
            message: message.into(),
            param: None,
        }
    }

    /// A stream that ended before its end.
    pub fn cut() -> Self {
        let message = "The provider's stream ended before it was complete.";
        Self::new(502, message, "stream_cut")
    }

    /// An error in Tollgate's own words.
    pub fn new(status: u16, message: impl Into<String>, code: &str) -> Self {
        Self {
            status,
            kind: ErrorKind::of_status(status),
            code: Some(code.to_owned()),
            message: message.into(),
            param: None,
        }
    }
}

/// A refusal in words that every dialect can express.
impl From<&Answer> for Error {
    fn from(answer: &Answer) -> Self {
        Self {
            param: answer.param.clone(),
            ..Self::new(answer.status, answer.message.as_str(), answer.code)
        }
    }
}
