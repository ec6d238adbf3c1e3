//! What the tests of written requests share.

use serde_json::Value;

use crate::dialect::neutral::{Aim, Part, PartKind, Request, Role, Turn, Written};
use crate::dialect::openai_responses::write_request;

pub(super) const AIM: Aim<'_> = Aim {
    model: "gpt-4o",
    kind: "openai",
    mark_cache: false,
};

pub(super) fn write(request: &Request) -> Written {
    write_request(request, &AIM).unwrap()
}

pub(super) fn body(request: &Request) -> Value {
    serde_json::from_slice(&write(request).body).unwrap()
}

pub(super) fn turn(role: Role, parts: Vec<PartKind>) -> Turn {
    Turn {
        at: "messages[0]".to_owned(),
        role,
        name: None,
        parts: parts.into_iter().map(Part::from).collect(),
    }
}

pub(super) fn says(turns: Vec<Turn>) -> Request {
    Request {
        turns,
        ..Request::default()
    }
}

pub(super) fn number(text: &str) -> Option<serde_json::Number> {
    serde_json::from_str(text).ok()
}
