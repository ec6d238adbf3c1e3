//! `input`: items as turns. What the model says in a row is one turn, and so are results in a row.

use serde_json::Value;

use super::message;
use crate::dialect::Fields;
use crate::dialect::neutral::{
    Cannot, Part, PartKind, Request, Rest, Role, Thought, ToolCall, ToolResult, Turn,
};
use crate::dialect::openai_responses::foreign::Sealed;
use crate::dialect::openai_responses::media;

/// What the API writes on every item that it gives, and needs of none that it gets.
const BOOKKEEPING: [&str; 3] = ["id", "status", "created_by"];

/// Reads `input`.
pub(super) fn read(input: Option<Value>, request: &mut Request) -> Result<(), Cannot> {
    match input {
        None => Ok(()),
        Some(Value::String(text)) => {
            let part = PartKind::text(text).into();
            request
                .turns
                .push(turn("input".to_owned(), Role::User, vec![part]));
            Ok(())
        }
        Some(Value::Array(items)) => {
            for (nth, item) in items.into_iter().enumerate() {
                read_item(item, format!("input[{nth}]"), request)?;
            }
            Ok(())
        }
        Some(_) => Err(Cannot::new("input", "expected a string or an array")),
    }
}

fn read_item(item: Value, at: String, request: &mut Request) -> Result<(), Cannot> {
    let whole = item.clone();
    let mut fields = Fields::of(item, &at)?;
    let kind = fields.string("type")?;
    let kind = match kind.as_deref() {
        Some(kind) => kind,
        None if fields.peek("role").is_some() => "message",
        None => "item_reference",
    };
    if kind == "item_reference" {
        let reason = "an item_reference names an item that OpenAI keeps; send the item itself (with most \
                      SDKs: store false)";
        return Err(Cannot::new(at, reason));
    }
    let known = [
        "message",
        "function_call",
        "custom_tool_call",
        "function_call_output",
        "custom_tool_call_output",
        "reasoning",
    ];
    if let ("image_generation_call", Some(Value::String(image))) = (kind, fields.take("result")) {
        let part = PartKind::Media(media::made(image)).into();
        join(request, Role::Assistant, at, vec![part]);
        return Ok(());
    }
    if !known.contains(&kind) {
        // An item of a tool that the provider runs.
        request.rest.push(Rest {
            path: at,
            value: whole,
            idle: false,
        });
        return Ok(());
    }
    let id = fields.string("id")?;
    for key in BOOKKEEPING {
        fields.take(key);
    }
    // Called by the model itself, as every call is that no program of OpenAI makes.
    let caller = fields.peek("caller").and_then(|caller| caller.get("type"));
    if caller.and_then(Value::as_str) == Some("direct") {
        fields.take("caller");
    }
    match kind {
        "message" => message::read(&mut fields, at, request)?,
        "reasoning" => {
            let parts = thoughts(&mut fields, id, request)?;
            join(request, Role::Assistant, at, parts);
        }
        "function_call_output" | "custom_tool_call_output" => {
            let result = PartKind::Result(ToolResult {
                id: fields.string("call_id")?.unwrap_or_default(),
                name: fields.string("name")?,
                is_error: false,
                parts: output(&mut fields, request)?,
            });
            join(request, Role::Tool, at, vec![result.into()]);
        }
        _ => {
            let custom = kind == "custom_tool_call";
            let said = if custom { "input" } else { "arguments" };
            let call = PartKind::Call(ToolCall {
                id: fields.string("call_id")?.unwrap_or_default(),
                name: fields.string("name")?.unwrap_or_default(),
                arguments: fields.string(said)?.unwrap_or_default(),
                custom,
                signature: None,
            });
            join(request, Role::Assistant, at, vec![call.into()]);
        }
    }
    // The API's word for "commentary" or "final answer", of use to its own models only.
    request.rest.extend(fields.rest(&["phase"]));
    Ok(())
}

/// Adds to the turn before when the same side goes on.
pub(super) fn join(request: &mut Request, role: Role, at: String, parts: Vec<Part>) {
    match request.turns.last_mut() {
        Some(last) if last.role == role && matches!(role, Role::Assistant | Role::Tool) => {
            last.parts.extend(parts);
        }
        _ if parts.is_empty() && role == Role::Assistant => {}
        _ => request.turns.push(turn(at, role, parts)),
    }
}

fn turn(at: String, role: Role, parts: Vec<Part>) -> Turn {
    Turn {
        at,
        role,
        name: None,
        parts,
    }
}

fn output(fields: &mut Fields, request: &mut Request) -> Result<Vec<Part>, Cannot> {
    let at = fields.path("output");
    match fields.take("output") {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![PartKind::text(text).into()]),
        Some(Value::Array(parts)) => message::parts(parts, &at, &mut request.rest),
        Some(_) => Err(Cannot::new(at, "expected a string or an array")),
    }
}

fn thoughts(
    fields: &mut Fields,
    id: Option<String>,
    request: &mut Request,
) -> Result<Vec<Part>, Cannot> {
    let summary = texts(fields, "summary")?;
    let content = texts(fields, "content")?;
    let text = if summary.is_empty() { content } else { summary };
    let sealed = fields.string("encrypted_content")?.map(Sealed::read);
    if let Some(Sealed::Call { id, signature }) = sealed {
        sign(request, &id, signature);
        return Ok(Vec::new());
    }
    Ok(of_reasoning(text, sealed, id))
}

/// The thoughts of one reasoning item.
pub(in crate::dialect::openai_responses) fn of_reasoning(
    text: String,
    sealed: Option<Sealed>,
    id: Option<String>,
) -> Vec<Part> {
    let mut thoughts = Vec::with_capacity(2);
    let spoken = |signature, id| Thought {
        text: text.clone(),
        signature,
        sealed: None,
        id,
    };
    let silent = |data, id| Thought {
        sealed: Some(data),
        id,
        ..Thought::default()
    };
    match sealed {
        Some(Sealed::Signed(signature)) => thoughts.push(spoken(Some(signature), None)),
        Some(Sealed::Foreign(data)) => thoughts.push(silent(data, None)),
        Some(Sealed::Own(data)) if !data.is_empty() => {
            if !text.is_empty() {
                thoughts.push(spoken(None, id.clone()));
            }
            thoughts.push(silent(data, id));
        }
        Some(Sealed::Plain | Sealed::Call { .. }) => thoughts.push(spoken(None, None)),
        Some(Sealed::Own(_)) | None => thoughts.push(spoken(None, id)),
    }
    let said = |thought: &Thought| {
        !thought.text.is_empty() || thought.signature.is_some() || thought.sealed.is_some()
    };
    let parts = thoughts.into_iter().filter(said);
    parts
        .map(|thought| PartKind::Thought(thought).into())
        .collect()
}

fn texts(fields: &mut Fields, key: &str) -> Result<String, Cannot> {
    let at = fields.path(key);
    let mut texts = Vec::new();
    for (nth, part) in fields.array(key)?.into_iter().enumerate() {
        let mut part = Fields::of(part, format!("{at}[{nth}]"))?;
        texts.extend(part.string("text")?);
    }
    Ok(texts.join("\n\n"))
}

/// Gives the call its signature back. The call stands before it, in the same turn.
fn sign(request: &mut Request, id: &str, proof: String) {
    let turns = request.turns.iter_mut().rev();
    let mut parts = turns.flat_map(|turn| turn.parts.iter_mut().rev());
    let call = parts.find_map(|part| match &mut part.kind {
        PartKind::Call(call) if call.id == id => Some(call),
        _ => None,
    });
    if let Some(call) = call {
        call.signature = Some(proof);
    }
}
