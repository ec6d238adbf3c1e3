//! What is done about prompt attacks.

use std::time::Duration;

use super::{Mode, Secret};
use crate::injection::Detector;

/// The rules against prompt attacks.
#[derive(Debug)]
pub struct Injection {
    /// Enforced, or only reported.
    pub mode: Mode,
    /// The detector.
    pub detector: Detector,
    /// For texts of users.
    pub users: Bar,
    /// For what tools gave back.
    pub tools: Bar,
    /// For documents.
    pub documents: Bar,
    /// Who else is asked.
    pub opinion: Option<Opinion>,
}

/// From what score on a text is an attack, and what is done then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// In thousandths.
    pub threshold: u16,
    /// What is done.
    pub response: Response,
}

/// What is done about an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// The request is refused.
    Block,
    /// It goes on, and the reply says so.
    Tag,
    /// It is counted.
    Observe,
}

/// Somebody else who is asked whether a text is an attack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// How it is asked.
    pub form: OpinionForm,
    /// Envoy's cluster.
    pub cluster: String,
    /// `:authority`.
    pub host: String,
    /// `:path`.
    pub path: String,
    /// Sent as a bearer token.
    pub key: Option<Secret>,
    /// How long the answer may take.
    pub timeout: Duration,
    /// What happens without an answer.
    pub on_error: OnError,
    /// Of which scores it is asked, in thousandths, both included.
    pub zone: (u16, u16),
}

/// How a second opinion is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpinionForm {
    /// OpenAI's moderation endpoint, with this model.
    Moderation(Option<String>),
    /// A chat completion of a model that classifies, such as Llama Guard.
    Chat(String),
    /// `{text, score, rule, source}`, answered by `{attack: true | false}`.
    Webhook,
}

/// What happens when there is no second opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// The request goes on.
    Allow,
    /// The request is refused.
    Refuse,
    /// The detector's own score decides.
    Local,
}
