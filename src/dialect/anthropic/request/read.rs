//! A client's request as a neutral one.

use serde_json::Value;

use super::read_config::{read_format, read_reasoning, read_user};
use super::read_part::{blocks, part};
use super::read_tool::{read_choice, read_tool};
use crate::dialect::Fields;
use crate::dialect::anthropic::opaque::Opaque;
use crate::dialect::neutral::{Cannot, PartKind, Request, Rest, Role, Sampling, Turn, tree};

/// Fields without which the answer is the same: who asks and how it is billed, cached and watched.
const IDLE: &[&str] = &[
    "anthropic_version",
    "cache_control",
    "diagnostics",
    "speed",
    "user_profile_id",
    "workspace_id",
];

/// Reads a request's body.
///
/// # Errors
///
/// It is no request of this API: not JSON, a field of a wrong type, an unknown role.
pub fn read_request(json: &str) -> Result<Request, Cannot> {
    let value = tree(json)?;
    let mut body = Fields::of(value, "")?;
    let mut rest = Vec::new();
    let Some(model) = body.string("model")? else {
        return Err(Cannot::new("model", "the field is required"));
    };
    let mut request = Request {
        model,
        turns: read_system(&mut body, &mut rest)?,
        max_output_tokens: body.whole("max_tokens")?,
        stream: body.bool("stream")?.unwrap_or(false),
        stop: read_stop(&mut body)?,
        sampling: Sampling {
            temperature: body.number("temperature")?,
            top_p: body.number("top_p")?,
            top_k: body.number("top_k")?,
            ..Sampling::default()
        },
        service_tier: read_tier(&mut body)?,
        ..Request::default()
    };
    let mut config = body.object("output_config")?;
    request.format = read_format(&mut body, config.as_mut(), &mut rest)?;
    request.reasoning = read_reasoning(&mut body, config.as_mut(), &mut rest)?;
    rest.extend(config.into_iter().flat_map(|config| config.rest(&[])));
    request.user = read_user(&mut body, &mut rest)?;
    read_choice(&mut body, &mut request, &mut rest)?;
    for (index, tool) in body.array("tools")?.into_iter().enumerate() {
        let tool = read_tool(tool, format!("tools[{index}]"), &mut rest)?;
        request.tools.push(tool);
    }
    if body.peek("messages").is_none() {
        return Err(Cannot::new("messages", "the field is required"));
    }
    for (index, message) in body.array("messages")?.into_iter().enumerate() {
        let at = format!("messages[{index}]");
        read_message(message, &at, &mut request.turns, &mut rest)?;
    }
    request.rest = body.rest(IDLE);
    for rest in &mut request.rest {
        rest.idle |= says_nothing(rest);
    }
    request.rest.append(&mut rest);
    Ok(request)
}

fn read_system(body: &mut Fields, rest: &mut Vec<Rest>) -> Result<Vec<Turn>, Cannot> {
    let Some(system) = body.take("system") else {
        return Ok(Vec::new());
    };
    let mut turn = Turn {
        at: "system".to_owned(),
        role: Role::System,
        ..Turn::default()
    };
    for (block, path) in blocks(system, "system")? {
        turn.parts.extend(part(block, path, rest)?);
    }
    Ok(vec![turn])
}

/// A message is a turn; one with tool results among other parts is several.
fn read_message(
    message: Value,
    at: &str,
    turns: &mut Vec<Turn>,
    rest: &mut Vec<Rest>,
) -> Result<(), Cannot> {
    let mut message = Fields::of(message, at)?;
    let role = match message.string("role")?.as_deref() {
        Some("user") => Role::User,
        Some("assistant") => Role::Assistant,
        Some("system") => Role::System,
        _ => {
            let reason = "expected 'user', 'assistant' or 'system'";
            return Err(Cannot::new(message.path("role"), reason));
        }
    };
    let path = message.path("content");
    let Some(content) = message.take("content") else {
        return Err(Cannot::new(path, "the field is required"));
    };
    let first = turns.len();
    for (block, path) in blocks(content, &path)? {
        let sealed = sealed_for_call(&block);
        if let Some((id, signature)) = sealed {
            sign_call(turns.get_mut(first..), &id, signature);
            continue;
        }
        let Some(part) = part(block, path, rest)? else {
            continue;
        };
        let role = match part.kind {
            PartKind::Result(_) => Role::Tool,
            _ => role,
        };
        match turns.get_mut(first..).and_then(<[Turn]>::last_mut) {
            Some(turn) if turn.role == role => turn.parts.push(part),
            _ => turns.push(Turn {
                at: at.to_owned(),
                role,
                name: None,
                parts: vec![part],
            }),
        }
    }
    if turns.len() == first {
        turns.push(Turn {
            at: at.to_owned(),
            role,
            ..Turn::default()
        });
    }
    rest.extend(message.rest(&[]));
    Ok(())
}

fn sealed_for_call(block: &Value) -> Option<(String, String)> {
    let kind = block.get("type")?.as_str()?;
    let data = block.get("data")?.as_str()?;
    match Opaque::read(data.to_owned()) {
        Opaque::Call { id, signature } if kind == "redacted_thinking" => Some((id, signature)),
        _ => None,
    }
}

fn sign_call(turns: Option<&mut [Turn]>, id: &str, signature: String) {
    let parts = turns.into_iter().flatten().flat_map(|turn| &mut turn.parts);
    let mut calls = parts.filter_map(|part| match &mut part.kind {
        PartKind::Call(call) if call.id == id => Some(call),
        _ => None,
    });
    if let Some(call) = calls.next() {
        call.signature = Some(signature);
    }
}

fn read_stop(body: &mut Fields) -> Result<Vec<String>, Cannot> {
    let path = body.path("stop_sequences");
    let stops = body.array("stop_sequences")?.into_iter();
    stops
        .map(|stop| match stop {
            Value::String(stop) => Ok(stop),
            _ => Err(Cannot::new(path.as_str(), "expected an array of strings")),
        })
        .collect()
}

/// Anthropic's two tiers in OpenAI's words.
fn read_tier(body: &mut Fields) -> Result<Option<String>, Cannot> {
    let tier = body.string("service_tier")?;
    Ok(tier.map(|tier| match tier.as_str() {
        "standard_only" => "default".to_owned(),
        _ => tier,
    }))
}

/// Fields that ask for something, but not with this value.
fn says_nothing(rest: &Rest) -> bool {
    match rest.path.as_str() {
        "mcp_servers" => rest.value.as_array().is_some_and(Vec::is_empty),
        // Only Anthropic's own thoughts are cleared so, and no other provider is sent those.
        "context_management" => {
            let edits = rest.value.get("edits").and_then(Value::as_array);
            edits.is_some_and(|edits| {
                edits.iter().all(|edit| {
                    let kind = edit.get("type").and_then(Value::as_str);
                    kind.is_some_and(|kind| kind.starts_with("clear_thinking_"))
                })
            })
        }
        _ => false,
    }
}
