//! What the tables cannot say of a request to Messages: ranges, and which block may follow which.

use serde_json::Value;

use super::super::call::{Refusal, items, text};
use super::super::seal;

type Checked = Result<(), Refusal>;

/// Checks a request for a message.
///
/// # Errors
/// The first thing that is wrong.
pub fn request(request: &Value) -> Checked {
    sampling(request)?;
    thinking(request)?;
    messages(request)
}

/// Checks the conversation and the tools.
///
/// # Errors
/// The first thing that is wrong.
pub fn messages(request: &Value) -> Checked {
    tools(request)?;
    let all = items(&request["messages"]);
    if all.is_empty() {
        return wrong("messages: at least one message is required");
    }
    for block in items(&request["system"]) {
        filled(block, "system")?;
    }
    for (at, message) in all.iter().enumerate() {
        content(at, message, at.saturating_add(1) == all.len())?;
    }
    pairs(all)?;
    marks(request)?;
    prefill(request, all)
}

/// Checks what the version of 2026-10-21 no longer takes.
///
/// # Errors
/// The first such thing.
pub fn newest(request: &Value) -> Checked {
    for name in ["temperature", "top_p", "top_k"] {
        if !request[name].is_null() {
            return wrong(format!("{name}: Extra inputs are not permitted"));
        }
    }
    for (at, message) in items(&request["messages"]).iter().enumerate() {
        let cites = |block: &Value| !items(&block["citations"]).is_empty();
        let mut blocks = items(&message["content"]).iter();
        if message["role"] == "user" && blocks.any(|block| block["type"] == "text" && cites(block))
        {
            return wrong(format!(
                "messages.{at}: `citations` are not permitted in `user` messages"
            ));
        }
    }
    Ok(())
}

fn wrong(why: impl Into<String>) -> Checked {
    Err(Refusal::wrong(why))
}

fn sampling(request: &Value) -> Checked {
    if request["max_tokens"].as_i64().is_some_and(|most| most < 1) {
        return wrong("max_tokens: must be greater than or equal to 1");
    }
    for name in ["temperature", "top_p"] {
        match request[name].as_f64() {
            Some(value) if value < 0.0 => return wrong(format!("{name}: range: 0..1")),
            Some(value) if value > 1.0 => return wrong(format!("{name}: range: 0..1")),
            _ => {}
        }
    }
    if items(&request["stop_sequences"])
        .iter()
        .any(|stop| text(stop).trim().is_empty())
    {
        return wrong("stop_sequences: each stop sequence must contain non-whitespace");
    }
    Ok(())
}

fn thinking(request: &Value) -> Checked {
    let thinking = &request["thinking"];
    if let Some(budget) = thinking["budget_tokens"].as_i64() {
        if budget < 1024 {
            return wrong(
                "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
            );
        }
        if request["max_tokens"]
            .as_i64()
            .is_some_and(|most| most <= budget)
        {
            return wrong("`max_tokens` must be greater than `thinking.budget_tokens`");
        }
    }
    if !matches!(text(&thinking["type"]), "enabled" | "adaptive") {
        return Ok(());
    }
    if request["temperature"]
        .as_f64()
        .is_some_and(|heat| heat < 1.0)
    {
        return wrong("`temperature` may only be set to 1 when thinking is enabled");
    }
    if request["top_p"].as_f64().is_some_and(|p| p < 0.95) {
        return wrong(
            "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled",
        );
    }
    if !request["top_k"].is_null() {
        return wrong("`top_k` must be unset when thinking is enabled");
    }
    if matches!(text(&request["tool_choice"]["type"]), "any" | "tool") {
        return wrong("Thinking may not be enabled when tool_choice forces tool use.");
    }
    Ok(())
}

fn tools(request: &Value) -> Checked {
    let tools = items(&request["tools"]);
    for (at, tool) in tools.iter().enumerate() {
        let name = text(&tool["name"]);
        if !named(name, 128) {
            let why = "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'";
            return wrong(format!("tools.{at}.custom.name: {why}"));
        }
        if tool["input_schema"]["type"] != "object" {
            return wrong(format!(
                "tools.{at}.custom.input_schema.type: Input should be 'object'"
            ));
        }
        if tools
            .iter()
            .take(at)
            .any(|other| other["name"] == tool["name"])
        {
            return wrong("tools: Tool names must be unique.");
        }
    }
    let choice = &request["tool_choice"];
    if !choice.is_null() && tools.is_empty() {
        return wrong("tool_choice: may only be specified while providing tools");
    }
    if choice["type"] == "tool" && !tools.iter().any(|tool| tool["name"] == choice["name"]) {
        return wrong(format!(
            "Tool '{}' not found in provided tools",
            text(&choice["name"])
        ));
    }
    Ok(())
}

fn named(name: &str, longest: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=longest).contains(&name.len()) && name.bytes().all(fits)
}

fn filled(block: &Value, place: &str) -> Checked {
    match block["type"] == "text" && text(&block["text"]).is_empty() {
        true => wrong(format!("{place}: text content blocks must be non-empty")),
        false => Ok(()),
    }
}

fn content(at: usize, message: &Value, last: bool) -> Checked {
    let (role, content) = (text(&message["role"]), &message["content"]);
    let empty = content.as_str() == Some("") || content.as_array().is_some_and(Vec::is_empty);
    if empty && !(last && role == "assistant") {
        let why = "all messages must have non-empty content except for the optional final assistant message";
        return wrong(format!("messages.{at}: {why}"));
    }
    for (block_at, block) in items(content).iter().enumerate() {
        let place = format!("messages.{at}.content.{block_at}");
        filled(block, "messages")?;
        let kind = text(&block["type"]);
        let fits = match role {
            "assistant" => matches!(kind, "text" | "thinking" | "redacted_thinking" | "tool_use"),
            "system" => kind == "text",
            _ => matches!(
                kind,
                "text" | "image" | "document" | "search_result" | "tool_result"
            ),
        };
        if !fits {
            return wrong(format!(
                "messages.{at}: `{kind}` blocks can not be in `{role}` messages"
            ));
        }
        let signed = match kind {
            "thinking" => seal::holds(text(&block["signature"]), text(&block["thinking"])),
            "redacted_thinking" => seal::revealed(text(&block["data"])).is_some(),
            _ => true,
        };
        if !signed {
            let field = if kind == "thinking" {
                "signature"
            } else {
                "data"
            };
            return wrong(format!("{place}: Invalid `{field}` in `{kind}` block"));
        }
        if kind == "tool_use" && !named(text(&block["id"]), usize::MAX) {
            return wrong(format!(
                "{place}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"
            ));
        }
    }
    Ok(())
}

/// Turns of the same role count as one; each call has its result first in the turn behind it.
fn pairs(all: &[Value]) -> Checked {
    let mut turns: Vec<(usize, &str, Vec<&Value>)> = Vec::new();
    for (at, message) in all.iter().enumerate() {
        let (role, blocks) = (text(&message["role"]), items(&message["content"]));
        match turns.last_mut() {
            // What a message says as a string is text, and text before a result counts.
            Some((_, last, said)) if *last == role => {
                if message["content"].is_string() {
                    said.push(&Value::Null);
                }
                said.extend(blocks);
            }
            _ if message["content"].is_string() => turns.push((at, role, vec![&Value::Null])),
            _ => turns.push((at, role, blocks.iter().collect())),
        }
    }
    let of = |blocks: &[&Value], kind: &str, id: &str| -> Vec<String> {
        let fits = blocks.iter().filter(|block| block["type"] == kind);
        fits.map(|block| text(&block[id]).to_owned()).collect()
    };
    let mut called: Vec<String> = Vec::new();
    for (turn, (at, role, blocks)) in turns.iter().enumerate() {
        let results = of(blocks, "tool_result", "tool_use_id");
        if let Some(odd) = results.iter().find(|id| !called.contains(id)) {
            return wrong(format!(
                "messages.{at}.content.0: unexpected `tool_use_id` found in `tool_result` blocks: {odd}. Each \
                 `tool_result` block must have a corresponding `tool_use` block in the previous message."
            ));
        }
        called = of(blocks, "tool_use", "id");
        if let Some(twice) = called
            .iter()
            .enumerate()
            .find(|(n, id)| called.iter().take(*n).any(|c| c == *id))
        {
            return wrong(format!(
                "messages.{at}: `tool_use` ids must be unique, found {} twice",
                twice.1
            ));
        }
        let next = turns
            .get(turn.saturating_add(1))
            .map_or(&[][..], |(_, _, blocks)| blocks.as_slice());
        let first: Vec<&Value> = next
            .iter()
            .copied()
            .take_while(|block| block["type"] == "tool_result")
            .collect();
        let answered = of(&first, "tool_result", "tool_use_id");
        let left: Vec<&str> = called
            .iter()
            .filter(|id| !answered.contains(id))
            .map(String::as_str)
            .collect();
        if *role == "assistant" && !left.is_empty() {
            return wrong(format!(
                "messages.{at}: `tool_use` ids were found without `tool_result` blocks immediately after: {}. Each \
                 `tool_use` block must have a corresponding `tool_result` block in the next message.",
                left.join(", ")
            ));
        }
    }
    Ok(())
}

/// No more than four cache marks, and none on a thought.
fn marks(request: &Value) -> Checked {
    fn count(value: &Value) -> usize {
        let own = usize::from(value["cache_control"].is_object());
        let inner = match value {
            Value::Array(items) => items.iter().map(count).fold(0, usize::saturating_add),
            value => count_in(value),
        };
        own.saturating_add(inner)
    }
    fn count_in(value: &Value) -> usize {
        count_of(&value["content"])
    }
    fn count_of(content: &Value) -> usize {
        if content.is_array() {
            count(content)
        } else {
            0
        }
    }
    let places = ["system", "messages", "tools"]
        .iter()
        .map(|name| count_of(&request[*name]));
    match places.fold(0, usize::saturating_add) {
        0..=4 => Ok(()),
        marks => wrong(format!(
            "A maximum of 4 blocks with cache_control may be provided. Found {marks}."
        )),
    }
}

/// What the conversation may end with.
fn prefill(request: &Value, all: &[Value]) -> Checked {
    let Some(last) = all.last().filter(|last| last["role"] == "assistant") else {
        return after_tools(request, all);
    };
    let ends = match &last["content"] {
        Value::String(text) => text.as_str(),
        blocks => items(blocks)
            .last()
            .map_or("", |block| text(&block["text"])),
    };
    if ends.ends_with(char::is_whitespace) {
        return wrong("messages: final assistant content cannot end with trailing whitespace");
    }
    if matches!(text(&request["thinking"]["type"]), "enabled" | "adaptive") {
        return wrong("messages: final assistant message is not allowed when thinking is enabled");
    }
    Ok(())
}

/// With thinking, the turn that called the tools begins with its thought.
fn after_tools(request: &Value, all: &[Value]) -> Checked {
    let results = |message: &Value| {
        items(&message["content"])
            .iter()
            .any(|block| block["type"] == "tool_result")
    };
    if request["thinking"]["type"] != "enabled" || !all.last().is_some_and(results) {
        return Ok(());
    }
    let turn = all
        .iter()
        .enumerate()
        .rev()
        .find(|(_, message)| message["role"] == "assistant");
    let Some((at, turn)) = turn else {
        return Ok(());
    };
    let first = items(&turn["content"])
        .first()
        .map_or("text", |block| text(&block["type"]));
    if matches!(first, "thinking" | "redacted_thinking") {
        return Ok(());
    }
    wrong(format!(
        "messages.{at}.content.0.type: Expected `thinking` or `redacted_thinking`, but found `{first}`. When \
         `thinking` is enabled, a final `assistant` message must start with a thinking block."
    ))
}
