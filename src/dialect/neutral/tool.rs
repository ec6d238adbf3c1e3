//! Tools, calls of them, and what they gave.

use serde_json::Value;

use super::{CacheMark, Part};

/// Something that the model may call.
#[derive(Debug, Clone, PartialEq)]
pub struct Tool {
    /// By which name; for a provider's own tool, its type.
    pub name: String,
    /// What it does.
    pub description: Option<String>,
    /// What kind of tool.
    pub kind: ToolKind,
    /// The prompt up to and with this tool shall be cached by the provider.
    pub cache: Option<CacheMark>,
}

/// What kind of tool.
#[derive(Debug, Clone, PartialEq)]
pub enum ToolKind {
    /// A function with a JSON Schema for its arguments; `None`: no arguments.
    Function {
        /// The schema.
        parameters: Option<Value>,
        /// Arguments are constrained to the schema.
        strict: Option<bool>,
    },
    /// OpenAI's custom tool: its input is free text, perhaps of a grammar (`format`).
    Custom {
        /// As the client wrote it.
        format: Option<Value>,
    },
    /// A tool that the provider runs itself (web search, code execution …), as the client wrote
    /// it. Only a target of the same dialect can carry it.
    Hosted(Value),
}

/// Whether a tool must be called.
#[derive(Debug, Clone, PartialEq)]
pub enum ToolChoice {
    /// As the model likes.
    Auto,
    /// No tool.
    None,
    /// Some tool.
    Required,
    /// This one.
    Named(String),
    /// One of these, and whether one must be.
    Allowed {
        /// Their names.
        names: Vec<String>,
        /// One must be called.
        required: bool,
    },
}

/// A call of a tool by the model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToolCall {
    /// The call's id, by which its result is known. Dialects without ids get one made when they are read.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// A function's arguments as JSON text, just as the model wrote them; a custom tool's input.
    pub arguments: String,
    /// It is a call of a custom tool: `arguments` is free text.
    pub custom: bool,
    /// Gemini's thought signature, which its next turn needs.
    pub signature: Option<String>,
}

/// What a tool gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToolResult {
    /// The id of the call.
    pub id: String,
    /// The tool's name, where the client says it. Dialects that need one look for the call.
    pub name: Option<String>,
    /// It failed.
    pub is_error: bool,
    /// What it gave: text, images, documents.
    pub parts: Vec<Part>,
}
