//! A neutral request as a provider's body.

use serde_json::{Map, Number, Value, json};

use super::{options, tools, turns};
use crate::dialect::neutral::{
    Aim, Cannot, Effort, Field, Format, PartKind, Reasoning, Request, Rest, Written,
};

/// The smallest `max_output_tokens` that OpenAI takes.
const LEAST_OUTPUT: u64 = 16;

/// Fields of Responses (and of chat, by the same name) that have no neutral form and go as they came.
const CARRIED: [&str; 11] = [
    "prompt_cache_key",
    "prompt_cache_retention",
    "prompt_cache_options",
    "safety_identifier",
    "max_tool_calls",
    "truncation",
    "context_management",
    "moderation",
    "client_metadata",
    "store",
    "tool_choice",
];

/// Writes a request.
///
/// # Errors
///
/// It asks for what Responses does not have.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let mut written = Written::default();
    absent(request, &mut written)?;
    let mut body = Map::new();
    body.insert("model".to_owned(), aim.model.into());
    turns::write(request, aim, &mut body, &mut written)?;
    tools::write(request, &mut body, &mut written)?;
    let mut text = format(&request.format);
    let mut reasoning = request.reasoning.as_ref().map_or_else(Map::new, think);
    let mut include = include(request, aim);
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    let sampling = &request.sampling;
    let ranges = [
        (
            Field::Temperature,
            "temperature",
            &sampling.temperature,
            2.0,
        ),
        (Field::TopP, "top_p", &sampling.top_p, 1.0),
    ];
    for (field, key, number, most) in ranges {
        // Models that reason refuse the very field; one that says the default can go.
        let one = number.as_ref().and_then(Number::as_f64) == Some(1.0);
        if one && reasons(aim.model) {
            written.dropped.push(field.into());
        } else {
            put(key, clamped(number.as_ref(), most));
        }
    }
    let most = sampling
        .top_logprobs
        .filter(|_| sampling.logprobs != Some(false));
    put("top_logprobs", most.map(|most| most.min(20).into()));
    let output = request.max_output_tokens;
    put(
        "max_output_tokens",
        output.map(|most| most.max(LEAST_OUTPUT).into()),
    );
    put("user", request.user.as_deref().map(Value::from));
    put("metadata", request.metadata.clone());
    put(
        "service_tier",
        request.service_tier.as_deref().map(Value::from),
    );
    put("stream", request.stream.then_some(Value::Bool(true)));
    put("store", Some(Value::Bool(false)));
    for rest in &request.rest {
        let value = rest.value.clone();
        match rest.path.as_str() {
            "text.verbosity" | "verbosity" => {
                text.insert("verbosity".to_owned(), value);
            }
            "reasoning.mode" | "reasoning.context" => {
                let key = rest.path.trim_start_matches("reasoning.");
                reasoning.insert(key.to_owned(), value);
            }
            "stream_options.include_obfuscation" => {
                put(
                    "stream_options",
                    Some(json!({"include_obfuscation": value})),
                );
            }
            "include" => {
                let names = value.as_array().into_iter().flatten();
                for name in names.filter_map(Value::as_str) {
                    if !include.iter().any(|known| known == name) {
                        include.push(name.to_owned());
                    }
                }
            }
            path if CARRIED.contains(&path) => put(path, Some(value)),
            _ => leave(rest, &mut written)?,
        }
    }
    put("text", Some(Value::Object(text)).filter(filled));
    put("reasoning", Some(Value::Object(reasoning)).filter(filled));
    put("include", Some(Value::from(include)).filter(filled));
    written.body = Value::Object(body).to_string().into_bytes();
    Ok(written)
}

fn filled(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

fn leave(rest: &Rest, written: &mut Written) -> Result<(), Cannot> {
    if rest.idle {
        written.dropped.push(rest.path.clone().into());
        return Ok(());
    }
    let reason = "OpenAI's Responses API cannot carry it";
    Err(Cannot::new(rest.path.clone(), reason))
}

/// What Responses does not have: refused, or dropped where it changes nothing.
fn absent(request: &Request, written: &mut Written) -> Result<(), Cannot> {
    let no = |field: Field, what: &str| {
        Err(Cannot::new(
            field,
            format!("OpenAI's Responses API has no {what}"),
        ))
    };
    let sampling = &request.sampling;
    if !request.stop.is_empty() {
        return no(Field::Stop, "stop sequences");
    }
    match request.candidates {
        Some(0 | 1) => written.dropped.push(Field::Candidates.into()),
        Some(_) => return no(Field::Candidates, "several answers to one request"),
        None => {}
    }
    let penalties = [
        (Field::FrequencyPenalty, &sampling.frequency_penalty),
        (Field::PresencePenalty, &sampling.presence_penalty),
    ];
    for (field, penalty) in penalties {
        match penalty.as_ref().map(Number::as_f64) {
            None => {}
            Some(Some(0.0)) => written.dropped.push(field.into()),
            Some(_) => return no(field, "penalties"),
        }
    }
    if sampling.top_k.is_some() {
        return no(Field::TopK, "top_k");
    }
    match &sampling.logit_bias {
        None => {}
        Some(bias) if !filled(bias) => written.dropped.push(Field::LogitBias.into()),
        Some(_) => return no(Field::LogitBias, "logit_bias"),
    }
    if sampling.seed.is_some() {
        written.dropped.push(Field::Seed.into());
    }
    Ok(())
}

/// The number, or the end of the range it lies beyond. One that is within stays as it was written.
fn clamped(number: Option<&Number>, most: f64) -> Option<Value> {
    let number = number?;
    match number.as_f64() {
        Some(value) if value > most => Some(most.into()),
        Some(value) if value < 0.0 => Some(0.into()),
        _ => Some(Value::Number(number.clone())),
    }
}

fn format(format: &Format) -> Map<String, Value> {
    let mut text = Map::new();
    let format = match format {
        Format::Text => return text,
        Format::JsonObject => json!({"type": "json_object"}),
        Format::JsonSchema {
            name,
            description,
            schema,
            strict,
        } => {
            let mut format = Map::new();
            format.insert("type".to_owned(), "json_schema".into());
            // OpenAI requires a name; no other provider does.
            let name = name.as_deref().unwrap_or("answer");
            format.insert("name".to_owned(), name.into());
            if let Some(description) = description {
                format.insert("description".to_owned(), description.as_str().into());
            }
            format.insert("schema".to_owned(), schema.clone());
            if let Some(strict) = strict {
                format.insert("strict".to_owned(), (*strict).into());
            }
            Value::Object(format)
        }
    };
    text.insert("format".to_owned(), format);
    text
}

fn think(reasoning: &Reasoning) -> Map<String, Value> {
    let mut map = Map::new();
    // A budget says how much where no word does. The bounds are those that the gateways of this kind
    // share: OpenAI gives no figures.
    let of_budget = reasoning.budget.map(|budget| match budget {
        0 => Effort::None,
        1..=4096 => Effort::Low,
        4097..=16384 => Effort::Medium,
        _ => Effort::High,
    });
    let adaptive = reasoning.adaptive;
    let effort = reasoning.effort.or(of_budget.filter(|_| !adaptive));
    if let Some(effort) = effort {
        map.insert("effort".to_owned(), options::word(effort).into());
    }
    let summary = match (&reasoning.summary, reasoning.shown) {
        (_, Some(false)) => None,
        (Some(summary), _) => Some(summary.as_str()),
        (None, Some(true)) => Some("auto"),
        (None, None) => None,
    };
    if let Some(summary) = summary {
        map.insert("summary".to_owned(), summary.into());
    }
    map
}

/// The reasoning of models that reason is wanted for the next turn, as nothing is stored. Others
/// refuse to be asked for it.
fn include(request: &Request, aim: &Aim<'_>) -> Vec<String> {
    let mut include = Vec::new();
    let asked = request.reasoning.as_ref();
    let asked = asked.is_some_and(|reasoning| reasoning.effort != Some(Effort::None));
    let mut parts = request.turns.iter().flat_map(|turn| &turn.parts);
    let sealed = |kind: &PartKind| match kind {
        PartKind::Thought(thought) => turns::own(thought, aim).is_some(),
        _ => false,
    };
    if asked || reasons(aim.model) || parts.any(|part| sealed(&part.kind)) {
        include.push("reasoning.encrypted_content".to_owned());
    }
    if request.sampling.logprobs == Some(true) {
        include.push("message.output_text.logprobs".to_owned());
    }
    include
}

/// Whether a model of OpenAI reasons, by its name: o1, o3, o4 …, gpt-5 and later but for the chat ones.
fn reasons(model: &str) -> bool {
    let name = model.rsplit('/').next().unwrap_or(model);
    let digit = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    let series = name.strip_prefix('o').is_some_and(digit);
    let generation = name.strip_prefix("gpt-").and_then(|rest| {
        let digits = rest.split(|char: char| !char.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    });
    let gpt = generation.is_some_and(|number| (5..100).contains(&number)) && !name.contains("chat");
    series || gpt || name.starts_with("codex-")
}
