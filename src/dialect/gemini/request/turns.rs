//! The conversation: `systemInstruction` and `contents`.
//!
//! Instructions at the front are the system instruction. Later ones stay where they are, so that what was
//! sent before does not change: as a user's part between marks. Turns of the same side that follow each
//! other are one content, a user's after results of tools included.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::model::Model;
use super::super::names::{one, put};
use super::super::{ids, media, result, signature};
use crate::dialect::neutral::{Cannot, Part, PartKind, Place, Role, Thought, ToolCall, Turn};

const MARKS: [&str; 2] = ["<system_instruction>\n", "\n</system_instruction>"];

/// Writes `contents` and `systemInstruction` into a new body.
pub(super) fn write(
    turns: &[Turn],
    model: Model,
    dropped: &mut Vec<Place>,
) -> Result<Map<String, Value>, Cannot> {
    let mut writer = Writer {
        model,
        dropped,
        names: HashMap::new(),
        contents: Vec::new(),
    };
    let is_system = |turn: &&Turn| matches!(turn.role, Role::System | Role::Developer);
    let front = turns.iter().take_while(is_system).count();
    let mut system = Vec::new();
    for (i, turn) in turns.iter().enumerate() {
        let named = turn.name.is_some() && turn.role != Role::Tool;
        if named && turn.speaker().is_none() {
            writer.dropped.push(Place::At(format!("{}.name", turn.at)));
        }
        match i < front {
            true => writer.instructions(turn, &mut system)?,
            false => writer.turn(turn)?,
        }
    }
    let mut contents = writer.contents;
    if contents.is_empty() {
        // There must be one: instructions alone are said by the user.
        contents.push(("user", std::mem::take(&mut system)));
    }
    let contents = contents.into_iter().map(|(role, parts)| {
        let mut content = Map::new();
        put(&mut content, "role", Some(role));
        put(&mut content, "parts", Some(parts));
        Value::Object(content)
    });
    let mut body = Map::new();
    put(&mut body, "contents", Some(contents.collect::<Value>()));
    let system = (!system.is_empty()).then(|| one("parts", system));
    put(&mut body, "systemInstruction", system);
    Ok(body)
}

struct Writer<'a> {
    model: Model,
    dropped: &'a mut Vec<Place>,
    /// Of each call so far.
    names: HashMap<String, String>,
    contents: Vec<(&'static str, Vec<Value>)>,
}

impl Writer<'_> {
    /// Instructions are text.
    fn instructions(&mut self, turn: &Turn, to: &mut Vec<Value>) -> Result<(), Cannot> {
        for part in &turn.parts {
            match &part.kind {
                PartKind::Text { text, .. } if text.is_empty() => {}
                PartKind::Text { text, .. } => to.push(one("text", text.as_str())),
                _ => {
                    return Err(Cannot::new(
                        turn.at.as_str(),
                        "Gemini's instructions are text",
                    ));
                }
            }
        }
        Ok(())
    }

    fn turn(&mut self, turn: &Turn) -> Result<(), Cannot> {
        let mut parts = Vec::new();
        let role = match turn.role {
            Role::System | Role::Developer => {
                self.instructions(turn, &mut parts)?;
                if !parts.is_empty() {
                    let [before, after] = MARKS;
                    parts.insert(0, one("text", before));
                    parts.push(one("text", after));
                }
                "user"
            }
            Role::Assistant => {
                self.said(turn, &mut parts)?;
                "model"
            }
            Role::User | Role::Tool => {
                parts.extend(turn.speaker().map(|speaker| one("text", speaker)));
                self.said(turn, &mut parts)?;
                "user"
            }
        };
        match self.contents.last_mut() {
            Some((last, all)) if *last == role => all.append(&mut parts),
            _ if parts.is_empty() => {}
            _ => self.contents.push((role, parts)),
        }
        Ok(())
    }

    fn said(&mut self, turn: &Turn, to: &mut Vec<Value>) -> Result<(), Cannot> {
        let calls = turn.parts.iter().filter_map(call);
        let mut unsigned = !calls.clone().any(|call| call.signature.is_some());
        let only = turn.parts.len() == 1;
        // A signature that belongs to the part after it.
        let mut seal: Option<&str> = None;
        for part in &turn.parts {
            let value = match &part.kind {
                // Google refuses empty texts; one that is all the person said is Google's to judge.
                PartKind::Text { text, .. } | PartKind::Refusal(text)
                    if text.is_empty() && !only =>
                {
                    continue;
                }
                PartKind::Text { text, .. } | PartKind::Refusal(text) => one("text", text.as_str()),
                PartKind::Media(media) => {
                    if media
                        .detail
                        .as_deref()
                        .is_some_and(|detail| detail != "auto")
                    {
                        self.dropped.push(Place::At(turn.at.clone()));
                    }
                    media::write(media, &turn.at)?
                }
                PartKind::Thought(thought) => {
                    to.extend(seal.take().map(|seal| sealed(one("text", ""), Some(seal))));
                    match signature::own(thought.signature.as_deref()) {
                        Some(own) if thought.text.is_empty() => seal = Some(own),
                        own => to.extend(self.thought(thought, own, turn)),
                    }
                    continue;
                }
                PartKind::Call(call) => {
                    // Clients with no place at a call give its signature back as a thought before it.
                    let first = std::mem::take(&mut unsigned).then(|| {
                        let dummy = self.model.is_3().then_some(signature::UNSIGNED);
                        seal.take().or(dummy)
                    });
                    to.extend(seal.take().map(|seal| sealed(one("text", ""), Some(seal))));
                    let seal = call.signature.as_deref().or(first.flatten());
                    to.push(sealed(self.call(call, turn)?, seal));
                    continue;
                }
                PartKind::Result(found) => {
                    let known = self.names.get(&found.id);
                    let Some(name) = known.or(found.name.as_ref()).or(turn.name.as_ref()) else {
                        let reason = "no call with this id comes before, so that its function's \
                                      name, which Gemini needs, is unknown";
                        return Err(Cannot::new(turn.at.as_str(), reason));
                    };
                    to.extend(result::write(found, name, &turn.at, self.model)?);
                    continue;
                }
            };
            to.push(sealed(value, seal.take()));
        }
        to.extend(seal.map(|seal| sealed(one("text", ""), Some(seal))));
        Ok(())
    }

    /// A thought without what only another provider can read.
    fn thought(&mut self, thought: &Thought, own: Option<&str>, turn: &Turn) -> Option<Value> {
        let foreign = thought.signature.is_some() && own.is_none();
        if foreign || thought.sealed.is_some() {
            self.dropped.push(Place::At(turn.at.clone()));
        }
        if thought.text.is_empty() {
            return None;
        }
        let mut map = Map::new();
        put(&mut map, "text", Some(thought.text.as_str()));
        put(&mut map, "thought", Some(true));
        Some(sealed(Value::Object(map), own))
    }

    fn call(&mut self, call: &ToolCall, turn: &Turn) -> Result<Value, Cannot> {
        if call.custom {
            return Err(Cannot::new(turn.at.as_str(), "Gemini has no custom tools"));
        }
        self.names.insert(call.id.clone(), call.name.clone());
        let mut map = Map::new();
        put(&mut map, "id", ids::written(&call.id));
        put(&mut map, "name", Some(call.name.as_str()));
        put(&mut map, "args", Some(arguments(&call.arguments)));
        Ok(one("functionCall", map))
    }
}

fn call(part: &Part) -> Option<&ToolCall> {
    match &part.kind {
        PartKind::Call(call) => Some(call),
        _ => None,
    }
}

/// Arguments are an object. A text that is none, such as one cut short, is kept in one.
pub(in super::super) fn arguments(text: &str) -> Value {
    if text.trim().is_empty() {
        return Value::Object(Map::new());
    }
    match serde_json::from_str(text) {
        Ok(Value::Null) => Value::Object(Map::new()),
        Ok(object @ Value::Object(_)) => object,
        Ok(other) => one("arguments", other),
        Err(_) => one("arguments", text),
    }
}

fn sealed(mut part: Value, signature: Option<&str>) -> Value {
    if let Some(map) = part.as_object_mut() {
        put(map, "thoughtSignature", signature);
    }
    part
}
