//! What a reply says.

use serde_json::Value;

use super::Part;
use crate::dialect::Reported;

/// A whole reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The provider's id of the reply.
    pub id: Option<String>,
    /// The model, as the provider names it.
    pub model: Option<String>,
    /// When it was made, in seconds since 1970.
    pub created: Option<u64>,
    /// The answers.
    pub choices: Vec<Choice>,
    /// What was used, as far as the provider says.
    pub usage: Option<Reported>,
    /// At which service tier it was served, in OpenAI's words.
    pub service_tier: Option<String>,
}

/// One answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// From 0.
    pub index: u32,
    /// What the model says and calls, in its order.
    pub parts: Vec<Part>,
    /// Why it ends.
    pub stop: Stop,
    /// OpenAI's `logprobs` object.
    pub logprobs: Option<Value>,
}

/// Why an answer ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stop {
    /// It is complete.
    #[default]
    End,
    /// `max_output_tokens`, or the model's context, is used up.
    Length,
    /// The model waits for the results of its calls.
    Tool,
    /// One of the request's stop texts came; which, if the provider says.
    Sequence(Option<String>),
    /// A content filter of the provider stopped it.
    Filter,
    /// The model declines to go on.
    Refusal,
    /// A long turn of hosted tools pauses (Anthropic's `pause_turn`).
    Pause,
    /// Any other reason, in the provider's word.
    Other(String),
}
