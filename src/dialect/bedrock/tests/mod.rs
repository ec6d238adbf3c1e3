//! The dialect by tables of wire texts.

mod edges;
mod errors;
mod reply;
mod request;
mod sampling;
mod stream;
mod stream_edges;
mod tools;

use serde_json::{Value, json};

use super::*;
use crate::dialect::neutral::*;

const CLAUDE: &str = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const NOVA: &str = "amazon.nova-lite-v1:0";

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
        kind: "bedrock",
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

fn gave(id: &str, text: &str) -> PartKind {
    PartKind::Result(ToolResult {
        id: id.to_owned(),
        parts: vec![PartKind::text(text).into()],
        ..ToolResult::default()
    })
}

fn tool(name: &str) -> Tool {
    Tool {
        name: name.to_owned(),
        description: Some("Looks.".to_owned()),
        kind: ToolKind::Function {
            parameters: Some(json!({"type": "object", "properties": {"q": {"type": "string"}}})),
            strict: None,
        },
        cache: None,
    }
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
