//! Turns as `system` and `messages`.

use serde_json::{Value, json};

use super::blocks::{is_blank, write_part};
use super::cache::mark;
use crate::dialect::anthropic::model::Model;
use crate::dialect::neutral::{Aim, Cannot, Part, PartKind, Place, Request, Role, Turn};

/// The two halves of a conversation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conversation {
    pub system: Vec<Value>,
    pub messages: Vec<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaker {
    User,
    Assistant,
    System,
}

struct Message {
    speaker: Speaker,
    /// Results stand before anything else in a message.
    results: Vec<Value>,
    blocks: Vec<Value>,
}

/// Writes the turns.
pub fn write_turns(
    request: &Request,
    aim: &Aim<'_>,
    model: &Model,
    dropped: &mut Vec<Place>,
) -> Result<Conversation, Cannot> {
    let turns = request.turns.as_slice();
    let talk = turns.iter().position(|turn| !instructs(turn));
    // There must be a message, so that of nothing but instructions the last ones are one.
    let start = talk.unwrap_or(turns.len().saturating_sub(1));
    let (first, rest) = turns.split_at_checked(start).unwrap_or((turns, &[]));
    let mut system = Vec::new();
    for turn in first {
        add_blocks(turn, Speaker::System, &mut system, dropped)?;
    }
    let mut messages: Vec<Message> = Vec::new();
    for (index, turn) in rest.iter().enumerate() {
        let next = rest
            .iter()
            .skip(index)
            .find(|turn| !instructs(turn))
            .map(|turn| turn.role);
        let last = messages.last().map(|message| message.speaker);
        // The API's rule: after a message of the user, and before one of the assistant or none.
        let may_stand = matches!(last, Some(Speaker::User | Speaker::System))
            && matches!(next, None | Some(Role::Assistant));
        let inline = may_stand && model.system_turns && aim.kind != "vertex";
        let speaker = match turn.role {
            Role::Assistant => Speaker::Assistant,
            Role::System | Role::Developer if inline => Speaker::System,
            _ => Speaker::User,
        };
        let mut blocks = Vec::new();
        match instructs(turn) && !inline && talk.is_some() {
            true => blocks.extend(wrap(turn)?),
            false => add_blocks(turn, speaker, &mut blocks, dropped)?,
        }
        let is_result = |block: &Value| block.get("type") == Some(&json!("tool_result"));
        let (results, blocks): (Vec<Value>, Vec<Value>) = blocks.into_iter().partition(is_result);
        if results.is_empty() && blocks.is_empty() {
            continue;
        }
        match messages.last_mut() {
            Some(message) if message.speaker == speaker => {
                message.results.extend(results);
                message.blocks.extend(blocks);
            }
            _ => messages.push(Message {
                speaker,
                results,
                blocks,
            }),
        }
    }
    if messages.is_empty() {
        let place = turns.last().map_or("messages", |turn| turn.at.as_str());
        return Err(Cannot::new(place, "the conversation has no words"));
    }
    Ok(Conversation {
        system,
        messages: messages.into_iter().map(write_message).collect(),
    })
}

fn write_message(message: Message) -> Value {
    let role = match message.speaker {
        Speaker::User => "user",
        Speaker::Assistant => "assistant",
        Speaker::System => "system",
    };
    let mut content = message.results;
    content.extend(message.blocks);
    json!({"role": role, "content": content})
}

fn instructs(turn: &Turn) -> bool {
    matches!(turn.role, Role::System | Role::Developer)
}

fn add_blocks(
    turn: &Turn,
    speaker: Speaker,
    blocks: &mut Vec<Value>,
    dropped: &mut Vec<Place>,
) -> Result<(), Cannot> {
    let from = blocks.len();
    for part in &turn.parts {
        if speaker == Speaker::System {
            only_text(turn, part)?;
        }
        match write_part(part, speaker == Speaker::Assistant, &turn.at, dropped)? {
            Some(block) => blocks.push(block),
            // A mark on what is not written moves to what stands before it.
            None => {
                let before = blocks.get_mut(from..).and_then(<[Value]>::last_mut);
                if let (Some(cache), Some(before)) = (&part.cache, before) {
                    mark(before, cache);
                }
            }
        }
    }
    if turn.name.as_deref().is_none_or(str::is_empty) {
        return Ok(());
    }
    if let (Some(speaker), true) = (turn.speaker(), blocks.len() > from) {
        blocks.insert(from, json!({"type": "text", "text": speaker}));
    } else {
        dropped.push(Place::At(format!("{}.name", turn.at)));
    }
    Ok(())
}

fn only_text(turn: &Turn, part: &Part) -> Result<(), Cannot> {
    match part.kind {
        PartKind::Text { .. } => Ok(()),
        _ => {
            let reason = "Anthropic takes instructions as text only";
            Err(Cannot::new(turn.at.as_str(), reason))
        }
    }
}

/// An instruction amidst the talk, where the model takes none: the user says it, and it says what it is.
fn wrap(turn: &Turn) -> Result<Option<Value>, Cannot> {
    let mut texts = Vec::new();
    let mut cache = None;
    for part in &turn.parts {
        only_text(turn, part)?;
        if let PartKind::Text { text, .. } = &part.kind {
            texts.push(text.as_str());
        }
        cache = part.cache.as_ref().or(cache);
    }
    let text = texts.join("\n");
    if is_blank(&text) {
        return Ok(None);
    }
    let text = format!("<system-instruction>\n{text}\n</system-instruction>");
    let mut block = json!({"type": "text", "text": text});
    if let Some(cache) = cache {
        mark(&mut block, cache);
    }
    Ok(Some(block))
}
