//! What a request must not exceed, and what neither it nor its reply may say.

use super::deny::Deny;
use super::redact::Mode;

/// What a request must not exceed, and what neither it nor its reply may say.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The longest body, in bytes.
    pub max_body: u64,
    /// The longest input, in tokens.
    pub max_input_tokens: Option<Ceiling>,
    /// The longest output of a choice, in tokens.
    pub max_output_tokens: Option<OutputLimit>,
    /// The most messages of a conversation.
    pub max_messages: Option<Ceiling>,
    /// The most tools that a request may offer.
    pub max_tools: Option<Ceiling>,
    /// What may not be said.
    pub deny: Deny,
    /// Whether a reply is held to the request's own schema.
    pub reply_schema: ReplySchema,
    /// Paths that are not LLM endpoints are refused even when there is a default cluster.
    pub refuse_unknown_paths: bool,
}

impl Guard {
    /// Some rule is about how many messages or tools a request has, how much it asks for, or what it wants its
    /// reply to look like.
    pub fn reads_shapes(&self) -> bool {
        self.max_output_tokens.is_some()
            || self.max_messages.is_some()
            || self.max_tools.is_some()
            || self.reply_schema != ReplySchema::Off
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            max_body: 8 << 20,
            max_input_tokens: None,
            max_output_tokens: None,
            max_messages: None,
            max_tools: None,
            deny: Deny::default(),
            reply_schema: ReplySchema::default(),
            refuse_unknown_paths: false,
        }
    }
}

/// The most of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// How many.
    pub most: u64,
    /// Enforced, or only reported.
    pub mode: Mode,
}

/// The longest output that a request may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputLimit {
    /// How many tokens.
    pub limit: Ceiling,
    /// A request that asks for more asks for this much instead; else it is refused.
    pub clamps: bool,
}

/// Whether a reply is held to the request's own schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReplySchema {
    /// It is not looked at.
    #[default]
    Off,
    /// A reply that does not fit passes, and says so in a header.
    Header,
    /// A reply that does not fit is an error.
    Enforce,
}
