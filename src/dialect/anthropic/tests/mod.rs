//! The dialect's tests: wire texts in both directions, streams under a strict checker, generated cases.

mod checker;
mod client_requests;
mod errors;
mod generated;
mod provider_requests;
mod refusals;
mod replies;
mod streams;
mod thinking;
mod tools;
mod turns;
mod written_streams;

use serde_json::{Value, json};

use super::{read_request, write_request};
use crate::dialect::neutral::{
    Aim, Cannot, Part, PartKind, Place, Request, Role, Told, ToolCall, ToolResult, Turn,
};

const OPUS: &str = "claude-opus-4-8";
const SONNET: &str = "claude-sonnet-4-5";

fn told() -> Told {
    Told {
        model: "asked-for".to_owned(),
        random: 0xabc,
        now: 1,
        usage: false,
        ..Told::default()
    }
}

fn aim(model: &str) -> Aim<'_> {
    Aim {
        model,
        kind: "anthropic",
        mark_cache: false,
    }
}

fn turn(role: Role, kinds: Vec<PartKind>) -> Turn {
    Turn {
        at: "messages[9]".to_owned(),
        role,
        name: None,
        parts: kinds.into_iter().map(Part::from).collect(),
    }
}

fn text(role: Role, text: &str) -> Turn {
    turn(role, vec![PartKind::text(text)])
}

fn call(id: &str, arguments: &str) -> PartKind {
    PartKind::Call(ToolCall {
        id: id.to_owned(),
        name: "f".to_owned(),
        arguments: arguments.to_owned(),
        ..ToolCall::default()
    })
}

fn result(id: &str, text: &str) -> PartKind {
    PartKind::Result(ToolResult {
        id: id.to_owned(),
        parts: vec![PartKind::text(text).into()],
        ..ToolResult::default()
    })
}

fn ask(turns: Vec<Turn>) -> Request {
    Request {
        turns,
        max_output_tokens: Some(4000),
        ..Request::default()
    }
}

fn hello() -> Request {
    ask(vec![text(Role::User, "hi")])
}

fn write(request: &Request, model: &str) -> Result<(Value, Vec<Place>), Cannot> {
    write_for(request, &aim(model))
}

fn write_for(request: &Request, aim: &Aim<'_>) -> Result<(Value, Vec<Place>), Cannot> {
    let written = write_request(request, aim)?;
    let body = serde_json::from_slice(&written.body).expect("JSON");
    Ok((body, written.dropped))
}

/// One field of what is written for `request`.
fn field(request: &Request, model: &str, name: &str) -> Value {
    let (body, _) = write(request, model).expect("can be carried");
    body.get(name).cloned().unwrap_or(json!(null))
}

/// A body read and written again for the same model.
fn again(body: &Value) -> Value {
    let request = read_request(&body.to_string()).expect("a request");
    let model = body["model"].as_str().expect("a model");
    write(&request, model).expect("can be carried").0
}
