//! A request in the dialect.

use serde_json::{Map, Number, Value, json};

use super::draft::Draft;
use super::family::Family;
use super::message::{self, Conversation};
use super::{thinking, tools};
use crate::dialect::neutral::{Aim, CacheMark, Cannot, Field, Format, Request, Written};

/// Fields of Converse that an application may name as Converse does.
const OWN: [&str; 4] = [
    "guardrailConfig",
    "performanceConfig",
    "promptVariables",
    "additionalModelResponseFieldPaths",
];

/// Claude's own fields that an application may name as Claude does.
const CLAUDES: [&str; 2] = ["anthropic_beta", "thinking"];

/// Stands in for a format that Bedrock does not have.
const AS_JSON: &str = "Answer with one JSON object and nothing else.";

/// Most pairs of `requestMetadata`, and the longest key and value.
const MOST_PAIRS: usize = 16;
const LONGEST_PAIR: usize = 256;

/// Writes the body of Converse and ConverseStream, which are alike; the model stands in the path.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let family = Family::of(aim.model);
    let mut draft = Draft {
        request,
        family,
        more: Map::new(),
        dropped: Vec::new(),
    };
    refuse(&mut draft)?;
    let mut talk = message::write(&mut draft)?;
    if request.format == Format::JsonObject {
        talk.system.push(json!({"text": AS_JSON}));
    }
    let mark = aim.mark_cache && !is_marked(request) && family.caches();
    if mark && family != Family::Unknown {
        mark_ends(&mut draft, &mut talk);
    }
    // Nova keeps no tools in its cache.
    let tools = tools::write(&mut draft, &talk, mark && family.is_claude())?;
    let effort = thinking::write(&mut draft, &talk)?;
    let output = output(&draft, effort)?;

    let mut body = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.into(), value);
        }
    };
    put("system", filled(Value::Array(talk.system)));
    let messages = talk.messages.into_iter();
    let messages = messages.map(|one| json!({"role": one.role, "content": one.content}));
    put("messages", Some(messages.collect()));
    put("inferenceConfig", filled(inference(&mut draft)?));
    put("toolConfig", tools);
    put("outputConfig", filled(output));
    put("serviceTier", tier(&mut draft));
    put("requestMetadata", filled(metadata(&mut draft)));
    if family.is_claude() && !request.stop.is_empty() {
        // Which of the stop texts came is told only when it is asked for.
        let paths = json!(["/stop_sequence", "/delta/stop_sequence"]);
        put("additionalModelResponseFieldPaths", Some(paths));
    }
    for rest in &request.rest {
        let own = OWN.contains(&rest.path.as_str());
        let claude = family.is_claude() || family == Family::Unknown;
        let model = claude && CLAUDES.contains(&rest.path.as_str());
        match (rest.path.as_str(), &rest.value) {
            (path, value) if own => put(path, Some(value.clone())),
            (path, value) if model => drop(draft.more.insert(path.to_owned(), value.clone())),
            ("additionalModelRequestFields", Value::Object(more)) => {
                draft.more.extend(more.clone());
            }
            (path, _) if rest.idle => draft.leave(path),
            (path, _) => return Err(Cannot::new(path, "AWS Bedrock has no such field")),
        }
    }
    put(
        "additionalModelRequestFields",
        filled(Value::Object(draft.more)),
    );
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped: draft.dropped,
    })
}

/// What no model of Bedrock can do, and what goes without saying.
fn refuse(draft: &mut Draft<'_>) -> Result<(), Cannot> {
    let request = draft.request;
    let sampling = &request.sampling;
    let cannot = |field, reason| Err(Cannot::new(field, reason));
    if request.candidates.is_some_and(|count| count > 1) {
        return cannot(Field::Candidates, "AWS Bedrock gives one answer");
    }
    let biased = |bias: &Value| bias.as_object().is_none_or(|bias| !bias.is_empty());
    if sampling.logit_bias.as_ref().is_some_and(biased) {
        return cannot(Field::LogitBias, "AWS Bedrock has no such field");
    }
    if sampling.logprobs == Some(true) {
        return cannot(Field::Logprobs, "AWS Bedrock does not tell them");
    }
    if sampling.top_logprobs.is_some_and(|count| count > 0) {
        return cannot(Field::TopLogprobs, "AWS Bedrock does not tell them");
    }
    if request.user.is_some() {
        draft.leave(Field::User);
    }
    Ok(())
}

fn is_marked(request: &Request) -> bool {
    let parts = request.turns.iter().flat_map(|turn| &turn.parts);
    let tools = request.tools.iter().map(|tool| &tool.cache);
    parts
        .map(|part| &part.cache)
        .chain(tools)
        .any(Option::is_some)
}

fn mark_ends(draft: &mut Draft<'_>, talk: &mut Conversation) {
    let mark = CacheMark::default();
    draft.mark(&mark, &mut talk.system);
    if let [.., message, _] = talk.messages.as_mut_slice() {
        draft.mark(&mark, &mut message.content);
    }
}

fn inference(draft: &mut Draft<'_>) -> Result<Value, Cannot> {
    let request = draft.request;
    let sampling = &request.sampling;
    let mut config = Map::new();
    if let Some(most) = request.max_output_tokens {
        let most = i32::try_from(most).unwrap_or(i32::MAX);
        config.insert("maxTokens".into(), most.into());
    }
    let mut temperature = sampling.temperature.as_ref().map(fraction);
    let mut top_p = sampling.top_p.as_ref().map(fraction);
    if let (Family::Claude(4.., _), Some(heat), Some(share)) = (draft.family, &temperature, &top_p)
    {
        // Newer Claudes take one of the two; 1 is what they do without it.
        match (heat.as_f64(), share.as_f64()) {
            (_, Some(1.0)) => top_p = None,
            (Some(1.0), _) => temperature = None,
            _ => {}
        }
    }
    if let Some(temperature) = temperature {
        config.insert("temperature".into(), Value::Number(temperature));
    }
    if let Some(top_p) = top_p {
        config.insert("topP".into(), Value::Number(top_p));
    }
    let stop: Vec<&String> = request
        .stop
        .iter()
        .filter(|text| !text.is_empty())
        .collect();
    if !stop.is_empty() {
        config.insert("stopSequences".into(), json!(stop));
    }
    own_sampling(draft)?;
    Ok(Value::Object(config))
}

/// What is sampled by fields that only some models have.
fn own_sampling(draft: &mut Draft<'_>) -> Result<(), Cannot> {
    let sampling = &draft.request.sampling;
    let set = |number: &Option<Number>| number.clone().filter(|it| it.as_f64() != Some(0.0));
    let (command, jamba) = (
        draft.family == Family::Command,
        draft.family == Family::Jamba,
    );
    let top_k = match draft.family {
        Family::Claude(..) | Family::Mistral => "top_k",
        Family::Nova { .. } => "inferenceConfig",
        Family::Command => "k",
        _ => "",
    };
    let penalty = |name| if command || jamba { name } else { "" };
    let rows = [
        (Field::TopK, sampling.top_k.clone(), top_k),
        (
            Field::FrequencyPenalty,
            set(&sampling.frequency_penalty),
            penalty("frequency_penalty"),
        ),
        (
            Field::PresencePenalty,
            set(&sampling.presence_penalty),
            penalty("presence_penalty"),
        ),
        (
            Field::Seed,
            sampling.seed.clone(),
            if command { "seed" } else { "" },
        ),
    ];
    let mut unseeded = false;
    for (field, number, name) in rows {
        let Some(number) = number else { continue };
        let value = match name {
            // It makes repeats alike where that can be had; the answer is no other without it.
            "" if field == Field::Seed => {
                unseeded = true;
                continue;
            }
            "" => {
                return Err(Cannot::new(
                    field,
                    "this model of AWS Bedrock has no such field",
                ));
            }
            "inferenceConfig" => json!({"topK": number}),
            _ => Value::Number(number),
        };
        draft.more.insert(name.into(), value);
    }
    if unseeded {
        draft.leave(Field::Seed);
    }
    Ok(())
}

fn output(draft: &Draft<'_>, effort: Option<&str>) -> Result<Value, Cannot> {
    let mut output = Map::new();
    match &draft.request.format {
        Format::Text | Format::JsonObject => {}
        Format::JsonSchema { .. } if !draft.family.takes_schema() => {
            let reason = "this model of AWS Bedrock takes no schema for its answer";
            return Err(Cannot::new(Field::Format, reason));
        }
        Format::JsonSchema {
            name,
            description,
            schema,
            ..
        } => {
            let mut said = Map::new();
            said.insert("schema".into(), schema.to_string().into());
            for (key, value) in [("name", name), ("description", description)] {
                if let Some(value) = value {
                    said.insert(key.into(), value.clone().into());
                }
            }
            let format = json!({"type": "json_schema", "structure": {"jsonSchema": said}});
            output.insert("textFormat".into(), format);
        }
    }
    if let Some(effort) = effort {
        output.insert("effort".into(), effort.into());
    }
    Ok(Value::Object(output))
}

/// The tier that the request is served at; Bedrock has OpenAI's words but for `auto`.
fn tier(draft: &mut Draft<'_>) -> Option<Value> {
    match draft.request.service_tier.as_deref()? {
        "auto" => None,
        word @ ("default" | "flex" | "priority" | "reserved") => Some(json!({"type": word})),
        _ => {
            draft.leave(Field::ServiceTier);
            None
        }
    }
}

/// `requestMetadata` filters logs: a pair that does not fit is left out.
fn metadata(draft: &mut Draft<'_>) -> Value {
    let fits = |text: &str| {
        let fits = |char: char| {
            char.is_ascii_alphanumeric()
                || char.is_ascii_whitespace()
                || ":_@$#=/+,-.".contains(char)
        };
        text.len() <= LONGEST_PAIR && text.chars().all(fits)
    };
    let mut kept = Map::new();
    let Some(metadata) = &draft.request.metadata else {
        return Value::Object(kept);
    };
    let pairs = metadata.as_object();
    for (key, value) in pairs.into_iter().flatten() {
        match value.as_str().filter(|value| fits(value)) {
            Some(value) if fits(key) && !key.is_empty() && kept.len() < MOST_PAIRS => {
                kept.insert(key.clone(), value.into());
            }
            _ => draft.leave(Field::Metadata),
        }
    }
    if pairs.is_none() {
        draft.leave(Field::Metadata);
    }
    Value::Object(kept)
}

/// A number from 0 to 1: one that lies outside becomes the nearest.
fn fraction(number: &Number) -> Number {
    let above = !number.to_string().starts_with('-');
    match number.as_f64() {
        Some(value) if (0.0..=1.0).contains(&value) => number.clone(),
        _ => Number::from(u8::from(above)),
    }
}

/// `None` for what is empty.
fn filled(value: Value) -> Option<Value> {
    let empty = match &value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    (!empty).then_some(value)
}
