//! Turns as `instructions` and `input`.

use serde_json::{Map, Value, json};

use crate::dialect::neutral::{
    Aim, Cannot, Field, Part, PartKind, Request, Role, Thought, ToolCall, ToolResult, Turn, Written,
};
use crate::dialect::openai_responses::{citation, foreign, item, media};
use crate::fnv::fnv;

/// The longest id of a call that OpenAI takes.
const LONGEST_ID: usize = 64;

/// Writes `instructions` and `input`.
pub(super) fn write(
    request: &Request,
    aim: &Aim<'_>,
    body: &mut Map<String, Value>,
    written: &mut Written,
) -> Result<(), Cannot> {
    let mut turns = request.turns.as_slice();
    if let Some((first, others)) = turns.split_first()
        && let Some(text) = instructions(first)
    {
        body.insert("instructions".to_owned(), text.into());
        turns = others;
    }
    let mut items = Vec::new();
    for turn in turns {
        // A name on a message tells speakers apart; results only repeat the tool's.
        if let (Some(_), false) = (&turn.name, turn.role == Role::Tool) {
            let at = format!("{}.name", turn.at);
            return Err(Cannot::new(
                at,
                "OpenAI's Responses API has no names of speakers",
            ));
        }
        match turn.role {
            Role::Assistant => said(turn, aim, &mut items, written)?,
            Role::Tool => given(turn, request, &mut items)?,
            Role::System => items.push(message("system", turn)?),
            Role::Developer => items.push(message("developer", turn)?),
            Role::User => items.push(message("user", turn)?),
        }
    }
    let marked = |part: &Part| part.cache.is_some();
    if request
        .turns
        .iter()
        .any(|turn| turn.parts.iter().any(marked))
    {
        // OpenAI caches by itself.
        let mark = Field::CacheMark.into();
        if !written.dropped.contains(&mark) {
            written.dropped.push(mark);
        }
    }
    body.insert("input".to_owned(), Value::Array(items));
    Ok(())
}

/// The text of a first turn that can be `instructions`.
fn instructions(turn: &Turn) -> Option<&str> {
    match (turn.role, turn.parts.as_slice()) {
        (Role::System, [part]) if turn.name.is_none() => plain(part),
        _ => None,
    }
}

fn plain(part: &Part) -> Option<&str> {
    match &part.kind {
        PartKind::Text { text, citations } if citations.is_empty() => Some(text),
        _ => None,
    }
}

fn message(role: &str, turn: &Turn) -> Result<Value, Cannot> {
    let content = match turn.parts.as_slice() {
        [part] if plain(part).is_some() => plain(part).into(),
        parts => Value::Array(inputs(parts, &turn.at)?),
    };
    Ok(json!({"type": "message", "role": role, "content": content}))
}

fn inputs(parts: &[Part], at: &str) -> Result<Vec<Value>, Cannot> {
    let parts = parts.iter().map(|part| match &part.kind {
        PartKind::Text { text, .. } | PartKind::Refusal(text) => {
            Ok(json!({"type": "input_text", "text": text}))
        }
        PartKind::Media(medium) => media::write(medium, at),
        PartKind::Thought(_) | PartKind::Call(_) | PartKind::Result(_) => Err(Cannot::new(
            at,
            "thoughts, calls and results stand in turns of their own",
        )),
    });
    parts.collect()
}

fn said(
    turn: &Turn,
    aim: &Aim<'_>,
    items: &mut Vec<Value>,
    written: &mut Written,
) -> Result<(), Cannot> {
    let mut words: Vec<&Part> = Vec::new();
    let mut summary: Option<&Thought> = None;
    for part in &turn.parts {
        match &part.kind {
            PartKind::Text { .. } | PartKind::Refusal(_) => words.push(part),
            PartKind::Thought(thought) => {
                flush(&mut words, items);
                match own(thought, aim) {
                    Some(data) => {
                        let text = match summary.take() {
                            Some(summary) if summary.id == thought.id => &summary.text,
                            _ => &thought.text,
                        };
                        items.push(reasoning(thought, data, text));
                    }
                    // Perhaps the words of the sealed thought that follows.
                    None if thought.id.is_some() && thought.sealed.is_none() => {
                        summary = Some(thought);
                    }
                    None => drop_at(&turn.at, written),
                }
            }
            PartKind::Call(call) => {
                flush(&mut words, items);
                items.push(write_call(call));
            }
            PartKind::Media(_) | PartKind::Result(_) => {
                let reason = "OpenAI's Responses API takes only text and calls from the assistant";
                return Err(Cannot::new(turn.at.as_str(), reason));
            }
        }
    }
    flush(&mut words, items);
    if summary.is_some() {
        drop_at(&turn.at, written);
    }
    Ok(())
}

/// The sealed data of a thought that the target can read.
pub(super) fn own<'a>(thought: &'a Thought, aim: &Aim<'_>) -> Option<&'a str> {
    let data = thought.sealed.as_deref()?;
    let openai = aim.kind.starts_with("openai") || aim.kind.starts_with("azure");
    let readable = if openai {
        foreign::is_fernet(data)
    } else {
        foreign::is_own(data, thought.id.as_deref())
    };
    readable.then_some(data)
}

fn reasoning(thought: &Thought, data: &str, text: &str) -> Value {
    let summary = match text {
        "" => json!([]),
        text => json!([{"type": "summary_text", "text": text}]),
    };
    let mut item = Map::new();
    item.insert("type".to_owned(), "reasoning".into());
    // OpenAI checks the id against the data, so that none is better than a wrong one.
    if let Some(id) = &thought.id {
        item.insert("id".to_owned(), id.as_str().into());
    }
    item.insert("summary".to_owned(), summary);
    item.insert("encrypted_content".to_owned(), data.into());
    Value::Object(item)
}

/// Notes once that thoughts of a turn stay behind: nobody but their maker can read them.
fn drop_at(at: &str, written: &mut Written) {
    let place = at.into();
    if !written.dropped.contains(&place) {
        written.dropped.push(place);
    }
}

/// Words in a row are one message. What is only text is a string, as one answer cut in parts (by
/// citations, say) reads on without a break; else the message has the form of an output, which needs an
/// id: by its place, so that it stays the same in every turn.
fn flush(words: &mut Vec<&Part>, items: &mut Vec<Value>) {
    if words.is_empty() {
        return;
    }
    let texts: Option<Vec<&str>> = words.iter().map(|part| plain(part)).collect();
    items.push(match texts {
        Some(texts) => {
            json!({"type": "message", "role": "assistant", "content": texts.concat()})
        }
        None => json!({
            "id": format!("msg_{:032x}", items.len()),
            "type": "message",
            "role": "assistant",
            "status": "completed",
            "content": words.iter().filter_map(|part| output(part)).collect::<Vec<Value>>(),
        }),
    });
    words.clear();
}

fn output(part: &Part) -> Option<Value> {
    match &part.kind {
        PartKind::Text { text, citations } => Some(item::output_text(
            text,
            &citation::write_all(citations),
            &[],
        )),
        PartKind::Refusal(text) => Some(item::refusal(text)),
        _ => None,
    }
}

fn write_call(call: &ToolCall) -> Value {
    let id = short(&call.id);
    if call.custom {
        return json!({
            "type": "custom_tool_call",
            "call_id": id,
            "name": call.name,
            "input": call.arguments,
        });
    }
    let arguments = match call.arguments.as_str() {
        "" => "{}",
        arguments => arguments,
    };
    json!({
        "type": "function_call",
        "call_id": id,
        "name": call.name,
        "arguments": arguments,
    })
}

fn given(turn: &Turn, request: &Request, items: &mut Vec<Value>) -> Result<(), Cannot> {
    for part in &turn.parts {
        let PartKind::Result(result) = &part.kind else {
            let reason = "only results of tools stand in a turn of tools";
            return Err(Cannot::new(turn.at.as_str(), reason));
        };
        let kind = match is_custom(&result.id, request) {
            true => "custom_tool_call_output",
            false => "function_call_output",
        };
        let output = result_output(result, &turn.at)?;
        items.push(json!({"type": kind, "call_id": short(&result.id), "output": output}));
    }
    Ok(())
}

fn is_custom(id: &str, request: &Request) -> bool {
    let mut parts = request.turns.iter().flat_map(|turn| &turn.parts);
    parts.any(|part| matches!(&part.kind, PartKind::Call(call) if call.custom && call.id == id))
}

/// A result that is an error says so in words: Responses has no field for it.
fn result_output(result: &ToolResult, at: &str) -> Result<Value, Cannot> {
    let error = result.is_error;
    Ok(match result.parts.as_slice() {
        [] => if error { "Error" } else { "" }.into(),
        [part] if plain(part).is_some() => {
            let text = plain(part).unwrap_or_default();
            let says = text
                .get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case("error"));
            if error && !says {
                format!("Error: {text}").into()
            } else {
                text.into()
            }
        }
        parts => {
            let mut parts = inputs(parts, at)?;
            if error {
                parts.insert(0, json!({"type": "input_text", "text": "Error:"}));
            }
            Value::Array(parts)
        }
    })
}

/// An id that OpenAI takes: a longer one keeps its beginning and gets a hash for its end, the same in
/// every turn.
fn short(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    let hash = fnv(id.bytes());
    let mut start = String::new();
    for char in id.chars() {
        if start.len().saturating_add(char.len_utf8()) > LONGEST_ID.saturating_sub(16) {
            break;
        }
        start.push(char);
    }
    format!("{start}{hash:016x}")
}
