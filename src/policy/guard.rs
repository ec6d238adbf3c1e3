//! What a request must not exceed.

/// What a request must not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// The longest body, in bytes.
    pub max_body: u64,
    /// The longest input, in tokens.
    pub max_input_tokens: Option<u64>,
    /// Paths that are not LLM endpoints are refused even when there is a default cluster.
    pub refuse_unknown_paths: bool,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            max_body: 8 << 20,
            max_input_tokens: None,
            refuse_unknown_paths: false,
        }
    }
}
