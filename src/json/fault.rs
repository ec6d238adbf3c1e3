//! What a JSON text can be, and what can be wrong with it.

use std::fmt;

/// Objects and arrays within one another, at the most.
pub const MAX_DEPTH: u32 = 128;

/// What a value is, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// A digit or `-`
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
        })
    }
}

/// Why a text is not acceptable JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The byte offset.
    pub at: usize,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Something else should stand here.
    Expected(&'static str),
    /// The text ends too early.
    Ended,
    /// More follows after the value.
    Trailing,
    /// Objects and arrays are nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// This key was said before in the same object.
    Duplicate(String),
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::Ended => f.write_str("the text ends before the value is complete"),
            Self::Trailing => f.write_str("more text follows after the JSON value"),
            Self::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
            Self::Duplicate(key) => write!(f, "the key \"{key}\" stands twice in one object"),
        }
    }
}
