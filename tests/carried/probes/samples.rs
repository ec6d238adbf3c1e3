//! What the probes of several dialects show.

use serde_json::{Value, json};

/// A PNG of one point.
pub const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// The head of a PDF.
pub const PDF: &str = "JVBERi0xLjQKJSVFT0YK";

/// The head of a WAV.
pub const WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

/// Where an image is.
pub const IMAGE_URL: &str = "https://example.com/cat.png";

/// Where a PDF is.
pub const PDF_URL: &str = "https://example.com/terms.pdf";

/// A schema for answers, in the form that every provider's strict mode accepts.
pub fn answer() -> Value {
    json!({
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
        "additionalProperties": false,
    })
}

/// A schema for the arguments of a tool.
pub fn arguments() -> Value {
    json!({
        "type": "object",
        "properties": {"city": {"type": "string", "description": "Its name."}},
        "required": ["city"],
        "additionalProperties": false,
    })
}
