//! One frame.

use super::header::Value;

/// A whole frame, its checksums verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The headers in their order.
    pub headers: Vec<(String, Value)>,
    /// What it carries.
    pub payload: Vec<u8>,
}

impl Frame {
    /// The text of a header; `None` when there is none of that name or it holds something else.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        match found {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        }
    }
}
