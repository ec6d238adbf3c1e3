//! What the tables cannot say of a request to Converse: one kind a block, roles in turn, results behind their calls.

use serde_json::Value;

use super::super::call::{Refusal, items, text};
use super::super::seal;

type Checked = Result<(), Refusal>;

/// Checks a request to Converse.
///
/// # Errors
/// The first thing that is wrong.
pub fn request(request: &Value) -> Checked {
    let messages = items(&request["messages"]);
    let Some(first) = messages.first() else {
        return wrong("The messages field is required and must not be empty.");
    };
    if first["role"] != "user" {
        return wrong(
            "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
        );
    }
    if messages
        .windows(2)
        .any(|two| matches!(two, [one, other] if one["role"] == other["role"]))
    {
        return wrong(
            "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between \
             user and assistant roles and try again.",
        );
    }
    if items(&request["system"])
        .iter()
        .any(|block| block["text"].as_str() == Some(""))
    {
        return wrong("The text field in the ContentBlock object at system.0 is blank.");
    }
    config(request)?;
    for (at, message) in messages.iter().enumerate() {
        blocks(at, message)?;
    }
    tools(request, messages)?;
    pairs(messages)
}

fn wrong(why: impl Into<String>) -> Checked {
    Err(Refusal::wrong(why))
}

fn config(request: &Value) -> Checked {
    let config = &request["inferenceConfig"];
    for name in ["temperature", "topP"] {
        if config[name]
            .as_f64()
            .is_some_and(|value| !(0.0..=1.0).contains(&value))
        {
            return wrong(format!(
                "1 validation error detected: Value at 'inferenceConfig.{name}' failed to satisfy constraint: Member must \
                 have value less than or equal to 1"
            ));
        }
    }
    if config["maxTokens"].as_i64().is_some_and(|most| most < 1) {
        return wrong(
            "1 validation error detected: Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: \
                      Member must have value greater than or equal to 1",
        );
    }
    let format = &request["outputConfig"]["textFormat"]["structure"]["jsonSchema"]["schema"];
    match format.as_str().map(serde_json::from_str::<Value>) {
        Some(Err(_)) => wrong("The schema in outputConfig.textFormat is not valid JSON."),
        _ => Ok(()),
    }
}

fn blocks(at: usize, message: &Value) -> Checked {
    let blocks = items(&message["content"]);
    if blocks.is_empty() {
        return wrong(format!(
            "The content field in the Message object at messages.{at} is empty. Add a ContentBlock \
                              object to the content field and try again."
        ));
    }
    let assistant = message["role"] == "assistant";
    for (block_at, block) in blocks.iter().enumerate() {
        let place = format!("messages.{at}.content.{block_at}");
        let kinds: Vec<&String> = block
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys)
            .collect();
        let [kind] = kinds.as_slice() else {
            return wrong(format!(
                "The ContentBlock object at {place} must set one of its keys."
            ));
        };
        if text(&block["text"]).trim().is_empty() && block["text"].is_string() {
            return wrong(format!(
                "The text field in the ContentBlock object at {place} is blank. Add text to the text field, and try again."
            ));
        }
        let fits = match kind.as_str() {
            "toolUse" | "reasoningContent" => assistant,
            "toolResult" | "image" | "document" | "video" | "audio" => !assistant,
            _ => true,
        };
        if !fits {
            let role = text(&message["role"]);
            return wrong(format!(
                "The {kind} block at {place} is not allowed in a message of the {role}."
            ));
        }
        if let Some(input) = Some(&block["toolUse"]["input"]).filter(|_| *kind == "toolUse")
            && !input.is_object()
        {
            return wrong(format!(
                "The format of the value at {place}.toolUse.input is invalid. Provide a json object for \
                                  the field and try again."
            ));
        }
        let thought = &block["reasoningContent"]["reasoningText"];
        if thought.is_object() && !seal::holds(text(&thought["signature"]), text(&thought["text"]))
        {
            return wrong(format!(
                "The model returned the following errors: {place}: Invalid `signature` in `thinking` block"
            ));
        }
    }
    Ok(())
}

fn tools(request: &Value, messages: &[Value]) -> Checked {
    let config = &request["toolConfig"];
    let mut blocks = messages
        .iter()
        .flat_map(|message| items(&message["content"]));
    if config.is_null() {
        return match blocks
            .any(|block| block["toolUse"].is_object() || block["toolResult"].is_object())
        {
            true => wrong(
                "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
            ),
            false => Ok(()),
        };
    }
    let tools = items(&config["tools"]);
    if tools.is_empty() {
        return wrong(
            "1 validation error detected: Value at 'toolConfig.tools' failed to satisfy constraint: Member must \
                      have length greater than or equal to 1",
        );
    }
    for (at, tool) in tools.iter().enumerate() {
        let name = text(&tool["toolSpec"]["name"]);
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        if tool["toolSpec"].is_object()
            && (!(1..=64).contains(&name.len()) || !name.bytes().all(fits))
        {
            return wrong(format!(
                "1 validation error detected: Value at 'toolConfig.tools.{at}.toolSpec.name' failed to satisfy \
                 constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+"
            ));
        }
        if tool["toolSpec"]["description"].as_str() == Some("") {
            return wrong(format!(
                "Value at 'toolConfig.tools.{at}.toolSpec.description' must not be empty"
            ));
        }
    }
    match config["toolChoice"]
        .as_object()
        .map_or(1, serde_json::Map::len)
    {
        1 => Ok(()),
        _ => wrong("The toolChoice object must set one of the following keys: auto, any, tool."),
    }
}

/// What a message calls, the next one answers, and nothing else.
fn pairs(messages: &[Value]) -> Checked {
    let ids = |message: Option<&Value>, kind: &str| -> Vec<String> {
        let blocks = message.map_or(&[][..], |message| items(&message["content"]));
        blocks
            .iter()
            .filter_map(|block| block[kind]["toolUseId"].as_str().map(str::to_owned))
            .collect()
    };
    let mut called: Vec<String> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        let answered = ids(Some(message), "toolResult");
        let (some, left) = (
            called.len(),
            called
                .iter()
                .filter(|id| !answered.contains(id))
                .cloned()
                .collect::<Vec<_>>(),
        );
        if !left.is_empty() {
            return wrong(format!(
                "Expected toolResult blocks at messages.{at}.content for the following Ids: {}",
                left.join(", ")
            ));
        }
        if answered.len() > some {
            return wrong(format!(
                "The number of toolResult blocks at messages.{at}.content exceeds the number of toolUse blocks of previous turn."
            ));
        }
        called = ids(Some(message), "toolUse");
    }
    match called.is_empty() {
        true => Ok(()),
        false => wrong(format!(
            "Expected toolResult blocks at messages.{}.content for the following Ids: {}",
            messages.len(),
            called.join(", ")
        )),
    }
}
