//! Signatures of other dialects inside Anthropic's opaque fields.
//!
//! Anthropic's own `signature` and `data` are base64, which has no colon. What another provider signed is
//! told to the application with a tag before it, and known by the tag when it comes back:
//!
//! - `openai:ID:DATA`: a reasoning item and its `encrypted_content`;
//! - `call:ID:SIGNATURE`: the signature of the tool call of this id.

use crate::dialect::neutral::Thought;

/// What an opaque field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opaque {
    /// What Anthropic made.
    Own(String),
    /// A reasoning item of OpenAI.
    Item { id: String, data: String },
    /// The signature of a tool call.
    Call { id: String, signature: String },
}

impl Opaque {
    pub fn read(text: String) -> Self {
        if let Some((id, data)) = text.strip_prefix("openai:").and_then(|t| t.split_once(':')) {
            return Self::Item {
                id: id.to_owned(),
                data: data.to_owned(),
            };
        }
        // The signature has no colon; an id may.
        if let Some((id, signature)) = text.strip_prefix("call:").and_then(|t| t.rsplit_once(':')) {
            return Self::Call {
                id: id.to_owned(),
                signature: signature.to_owned(),
            };
        }
        Self::Own(text)
    }

    pub fn write(&self) -> String {
        match self {
            Self::Own(text) => text.clone(),
            Self::Item { id, data } => format!("openai:{id}:{data}"),
            Self::Call { id, signature } => format!("call:{id}:{signature}"),
        }
    }
}

/// Whether this is a proof that Anthropic made.
pub fn is_own(proof: &str) -> bool {
    !proof.is_empty() && !proof.contains(':')
}

/// A sealed thought as `data` of `redacted_thinking`.
pub fn sealed(data: &str, id: Option<&str>) -> String {
    match id {
        None => data.to_owned(),
        Some(id) => Opaque::Item {
            id: id.to_owned(),
            data: data.to_owned(),
        }
        .write(),
    }
}

/// The `signature` of a thought that has words.
pub fn signature(thought: &Thought) -> String {
    match (&thought.signature, &thought.id, &thought.sealed) {
        (Some(signature), _, _) => signature.clone(),
        (None, Some(id), data) => sealed(data.as_deref().unwrap_or_default(), Some(id)),
        (None, None, _) => String::new(),
    }
}

/// A thought from its words and what came with them; `None` where it belongs to a tool call.
pub fn thought(text: String, opaque: Opaque, redacted: bool) -> Option<Thought> {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let thought = Thought {
        text,
        ..Thought::default()
    };
    match opaque {
        Opaque::Own(data) if redacted => Some(Thought {
            sealed: Some(data),
            ..thought
        }),
        Opaque::Own(data) => Some(Thought {
            signature: filled(data),
            ..thought
        }),
        Opaque::Item { id, data } => Some(Thought {
            sealed: filled(data),
            id: Some(id),
            ..thought
        }),
        Opaque::Call { .. } => None,
    }
}
