//! A neutral request as a body for Anthropic.

use serde_json::{Map, Value, json};

use super::cache::place_marks;
use super::format::write_format;
use super::sampling::write_sampling;
use super::thinking::plan;
use super::tools::{forced, write_choice, write_tools};
use super::turns::{Conversation, write_turns};
use crate::dialect::anthropic::model::Model;
use crate::dialect::neutral::{Aim, Cannot, Effort, Field, Request, Rest, ToolKind, Written};

/// Fields at the top of a body that only this API has: a request that was read from it carries them over.
const SAME: &[&str] = &[
    "cache_control",
    "container",
    "context_management",
    "diagnostics",
    "inference_geo",
    "mcp_servers",
    "speed",
];

/// Writes a request.
///
/// # Errors
///
/// It asks for something that Anthropic, or the model, does not have.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let model = Model::of(aim.model);
    let mut dropped = Vec::new();
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };

    refuse_candidates(request)?;
    let plan = plan(request, &model, &mut dropped)?;
    if forced(request) && !model.forced_tools {
        let reason = "this model decides itself whether to call a tool; no call can be required";
        return Err(Cannot::new(Field::ToolChoice, reason));
    }
    let mut tools = write_tools(request, &model, &mut dropped)?;
    let Conversation {
        mut system,
        mut messages,
    } = write_turns(request, aim, &model, &mut dropped)?;
    let (format, instruction) = write_format(&request.format, &model)?;
    system.extend(instruction.map(|text| json!({"type": "text", "text": text})));
    if aim.mark_cache && !marked(request) {
        place_marks(&mut tools, &mut system, &mut messages);
    }

    match aim.kind {
        // There the model stands in the path, and the version in the body.
        "vertex" => put("anthropic_version", json!("vertex-2023-10-16")),
        _ => put("model", json!(aim.model)),
    }
    put("max_tokens", json!(plan.max_tokens));
    for (name, value) in write_sampling(&request.sampling, &model, plan.thinks, &mut dropped)? {
        put(name, value);
    }
    if let Some(stop) = write_stop(request)? {
        put("stop_sequences", stop);
    }
    if request.stream {
        put("stream", json!(true));
    }
    if let Some(thinking) = plan.thinking {
        put("thinking", thinking);
    }
    let mut config = Map::new();
    if let Some(effort) = plan.effort.and_then(effort_word) {
        config.insert("effort".to_owned(), json!(effort));
    }
    if let Some(format) = format {
        config.insert("format".to_owned(), format);
    }
    if !config.is_empty() {
        put("output_config", Value::Object(config));
    }
    match request.service_tier.as_deref() {
        None => {}
        Some("default") => put("service_tier", json!("standard_only")),
        // Priority is what `auto` takes where the account has it.
        Some("auto" | "priority") => put("service_tier", json!("auto")),
        Some(_) => dropped.push(Field::ServiceTier.into()),
    }
    if let Some(user) = &request.user {
        put("metadata", json!({"user_id": user}));
    }
    if request.metadata.is_some() {
        dropped.push(Field::Metadata.into());
    }
    for rest in &request.rest {
        match carry(rest)? {
            true => put(&rest.path, rest.value.clone()),
            false => dropped.push(rest.path.clone().into()),
        }
    }
    if !tools.is_empty() {
        put("tools", Value::Array(tools));
        if let Some(choice) = write_choice(request) {
            put("tool_choice", choice);
        }
    }
    if !system.is_empty() {
        put("system", Value::Array(system));
    }
    put("messages", Value::Array(messages));
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped,
    })
}

fn refuse_candidates(request: &Request) -> Result<(), Cannot> {
    match request.candidates {
        None | Some(1) => Ok(()),
        Some(_) => Err(Cannot::new(
            Field::Candidates,
            "Anthropic gives one answer to a request",
        )),
    }
}

/// Whether a field without neutral form goes along; `false`: it may be dropped.
fn carry(rest: &Rest) -> Result<bool, Cannot> {
    if SAME.contains(&rest.path.as_str()) {
        return Ok(true);
    }
    if rest.idle {
        return Ok(false);
    }
    let reason = "there is nothing like it in Anthropic's Messages API";
    Err(Cannot::new(rest.path.as_str(), reason))
}

/// The API takes no stop text of white space alone.
fn write_stop(request: &Request) -> Result<Option<Value>, Cannot> {
    let stops: Vec<&String> = request
        .stop
        .iter()
        .filter(|stop| !stop.is_empty())
        .collect();
    if stops.iter().any(|stop| stop.trim().is_empty()) {
        let reason = "Anthropic takes no stop text that is white space only";
        return Err(Cannot::new(Field::Stop, reason));
    }
    Ok((!stops.is_empty()).then(|| json!(stops)))
}

/// The client marks the cache itself.
fn marked(request: &Request) -> bool {
    let parts = request.turns.iter().flat_map(|turn| &turn.parts);
    parts.into_iter().any(|part| part.cache.is_some())
        || request.tools.iter().any(|tool| match &tool.kind {
            ToolKind::Hosted(raw) => raw.get("cache_control").is_some(),
            _ => tool.cache.is_some(),
        })
        || request.rest.iter().any(|rest| rest.path == "cache_control")
}

fn effort_word(effort: Effort) -> Option<&'static str> {
    match effort {
        Effort::None | Effort::Minimal => None,
        Effort::Low => Some("low"),
        Effort::Medium => Some("medium"),
        Effort::High => Some("high"),
        Effort::XHigh => Some("xhigh"),
        Effort::Max => Some("max"),
    }
}
