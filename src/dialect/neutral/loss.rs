//! What one dialect can say and another cannot.

use serde_json::Value;

/// A field of a request for which there is no neutral form.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Its path in the client's body, such as `messages[2].audio`.
    pub path: String,
    /// What it holds.
    pub value: Value,
    /// Without it the answer is the same: it may be dropped.
    pub idle: bool,
}

/// A field of a request that has a neutral form. Each client dialect has its own name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the neutral request")]
pub enum Field {
    Tools,
    ToolChoice,
    ParallelToolCalls,
    Format,
    Reasoning,
    Temperature,
    TopP,
    TopK,
    FrequencyPenalty,
    PresencePenalty,
    Seed,
    LogitBias,
    Logprobs,
    TopLogprobs,
    MaxOutputTokens,
    Stop,
    Candidates,
    User,
    Metadata,
    ServiceTier,
    CacheMark,
}

/// Where in the client's request something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At this path of its body.
    At(String),
    /// Where its dialect has this field.
    Field(Field),
}

impl From<Field> for Place {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl From<String> for Place {
    fn from(path: String) -> Self {
        Self::At(path)
    }
}

impl From<&str> for Place {
    fn from(path: &str) -> Self {
        Self::At(path.to_owned())
    }
}

/// A client's body as a tree, where its dialect was found in it before.
///
/// # Errors
///
/// It holds what a tree cannot: half a character (`\ud83d`), values too deep within each other.
pub fn tree(json: &str) -> Result<Value, Cannot> {
    let fault = |fault| Cannot::new("", format!("it cannot be read in full: {fault}"));
    serde_json::from_str(json).map_err(fault)
}

/// A request in a provider's dialect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The body.
    pub body: Vec<u8>,
    /// What was dropped because the answer is the same without it.
    pub dropped: Vec<Place>,
}

/// Why a request cannot be carried to a target, or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cannot {
    /// What cannot be carried.
    pub place: Place,
    /// Why, as the end of the sentence "Invalid 'PATH': …".
    pub reason: String,
}

impl Cannot {
    /// Something that cannot be carried.
    pub fn new(place: impl Into<Place>, reason: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            reason: reason.into(),
        }
    }
}
