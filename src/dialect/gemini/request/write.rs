//! From the neutral request to Gemini's.

use serde_json::{Map, Value};

use super::super::model::Model;
use super::super::names::{camel, one, put};
use super::super::{config, tools};
use super::turns;
use crate::dialect::neutral::{Aim, Cannot, Field, Place, Request, Rest, Turn, Written};

/// Writes a request for a model; the model and whether it streams stand in the path.
///
/// # Errors
///
/// Something in it has no counterpart, and the answer would be another without it.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let model = Model::of(aim.model);
    let mut dropped = Vec::new();
    let mut body = turns::write(&request.turns, model, &mut dropped)?;
    let tools = tools::write(&request.tools)?;
    if request.parallel_tool_calls == Some(false) && !tools.is_empty() {
        return Err(Cannot::new(
            Field::ParallelToolCalls,
            "Gemini cannot be kept from calling several functions at once",
        ));
    }
    if !tools.is_empty() {
        put(&mut body, "tools", Some(tools));
        let choice = tools::write_choice(request.tool_choice.as_ref(), &request.tools);
        let choice = choice.map(|choice| one("functionCallingConfig", choice));
        put(&mut body, "toolConfig", choice);
    }
    let config = config::write(request, model)?;
    put(
        &mut body,
        "generationConfig",
        (!config.is_empty()).then_some(config),
    );
    if request.user.is_some() {
        dropped.push(Place::Field(Field::User));
    }
    if request.metadata.is_some() {
        dropped.push(Place::Field(Field::Metadata));
    }
    if has_marks(request) {
        // Gemini caches by itself what begins alike.
        dropped.push(Place::Field(Field::CacheMark));
    }
    match request.service_tier.as_deref() {
        Some(tier @ ("flex" | "priority")) => put(&mut body, "serviceTier", Some(tier)),
        Some("auto" | "default") | None => {}
        Some(_) => dropped.push(Place::Field(Field::ServiceTier)),
    }
    for rest in &request.rest {
        carry(rest, aim, &mut body, &mut dropped)?;
    }
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped,
    })
}

fn has_marks(request: &Request) -> bool {
    let marked = |turn: &Turn| turn.parts.iter().any(|part| part.cache.is_some());
    request.turns.iter().any(marked) || request.tools.iter().any(|tool| tool.cache.is_some())
}

/// Puts back what only Gemini has.
fn carry(
    rest: &Rest,
    aim: &Aim<'_>,
    body: &mut Map<String, Value>,
    dropped: &mut Vec<Place>,
) -> Result<(), Cannot> {
    let path = camel(&rest.path);
    let into = match path.split_once('.') {
        None if ["safetySettings", "cachedContent"].contains(&path.as_str()) => Some((None, path)),
        None if path == "labels" && aim.kind == "vertex" => Some((None, path)),
        Some((parent @ ("generationConfig" | "toolConfig"), name)) if !name.contains('.') => {
            Some((Some(parent.to_owned()), name.to_owned()))
        }
        _ => None,
    };
    match into {
        Some((None, name)) => put(body, &name, Some(rest.value.clone())),
        Some((Some(parent), name)) => {
            let parent = body.entry(parent).or_insert_with(|| Map::new().into());
            if let Some(map) = parent.as_object_mut() {
                put(map, &name, Some(rest.value.clone()));
            }
        }
        None if rest.idle => dropped.push(Place::At(rest.path.clone())),
        None => {
            let reason = "the Gemini API has no counterpart for it here";
            return Err(Cannot::new(rest.path.as_str(), reason));
        }
    }
    Ok(())
}
