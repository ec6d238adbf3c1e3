//! The dialect by tables of wire texts.

mod reply;
mod request;
mod sampling;
mod stream;
mod tools;

use serde_json::{Value, json};

use super::*;
use crate::dialect::neutral::*;

const COMMAND: &str = "command-a-03-2025";
const REASONING: &str = "command-a-reasoning-08-2025";

fn turn(role: Role, parts: Vec<PartKind>) -> Turn {
    Turn {
        at: "messages[0]".to_owned(),
        role,
        parts: parts.into_iter().map(Part::from).collect(),
        ..Turn::default()
    }
}

fn says(role: Role, text: &str) -> Turn {
    turn(role, vec![PartKind::text(text)])
}

fn asks(turns: Vec<Turn>) -> Request {
    Request {
        turns,
        ..Request::default()
    }
}

fn hi() -> Request {
    asks(vec![says(Role::User, "Hi")])
}

fn aim(model: &str) -> Aim<'_> {
    Aim {
        model,
        kind: "cohere",
        mark_cache: false,
    }
}

fn written(request: &Request, model: &str) -> (Value, Vec<Place>) {
    let written = write_request(request, &aim(model)).unwrap();
    let body = serde_json::from_slice(&written.body).unwrap();
    (body, written.dropped)
}

fn body(request: &Request, model: &str) -> Value {
    written(request, model).0
}

fn refused(request: &Request, model: &str) -> Cannot {
    write_request(request, &aim(model)).unwrap_err()
}

fn call(id: &str, name: &str, arguments: &str) -> PartKind {
    PartKind::Call(ToolCall {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
        ..ToolCall::default()
    })
}

fn thought(text: &str) -> PartKind {
    PartKind::Thought(Thought {
        text: text.to_owned(),
        ..Thought::default()
    })
}

fn media(kind: MediaKind, source: Source, media_type: Option<&str>) -> Media {
    Media {
        kind,
        source,
        media_type: media_type.map(str::to_owned),
        name: None,
        detail: None,
    }
}
