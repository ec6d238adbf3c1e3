//! A request in the dialect.

use serde_json::{Map, Number, Value, json};

use super::{message, tools};
use crate::dialect::neutral::{
    Aim, Cannot, Effort, Field, Format, Place, Reasoning, Request, Written,
};

/// Fields of Cohere that an application may name as Cohere does.
const OWN: [&str; 6] = [
    "documents",
    "citation_options",
    "safety_mode",
    "priority",
    "strict_tools",
    "raw_prompting",
];

/// The most stop texts.
const MOST_STOPS: usize = 5;

/// How the names of models begin that do not reason.
const UNTHINKING: [&str; 8] = [
    "command-r",
    "command-a-03-2025",
    "command-a-vision",
    "command-a-translate",
    "command-light",
    "command-nightly",
    "c4ai-",
    "tiny-aya",
];

/// A request while it is written.
pub(super) struct Draft<'a> {
    pub(super) request: &'a Request,
    /// The model reasons.
    pub(super) thinks: bool,
    pub(super) documents: Vec<Value>,
    dropped: Vec<Place>,
}

impl Draft<'_> {
    /// Notes that something was left out; once is enough.
    pub(super) fn leave(&mut self, place: impl Into<Place>) {
        let place = place.into();
        if !self.dropped.contains(&place) {
            self.dropped.push(place);
        }
    }
}

/// Writes the body of `POST /v2/chat`.
pub fn write_request(request: &Request, aim: &Aim<'_>) -> Result<Written, Cannot> {
    let mut draft = Draft {
        request,
        thinks: aim.model != "command"
            && !UNTHINKING.iter().any(|start| aim.model.starts_with(start)),
        documents: Vec::new(),
        dropped: Vec::new(),
    };
    let mut body = Map::new();
    body.insert("model".into(), aim.model.into());
    body.insert("stream".into(), request.stream.into());
    let messages = message::write(&mut draft)?;
    body.insert("messages".into(), Value::Array(messages));
    tools::write(&mut draft, &mut body)?;
    sampling(&mut draft, &mut body)?;
    limits(&mut draft, &mut body)?;
    format(request, &mut body)?;
    let thinking = request.reasoning.as_ref();
    let thinking = thinking.map(|reasoning| thinks(&draft, reasoning));
    if let Some(thinking) = thinking.transpose()?.flatten() {
        body.insert("thinking".into(), thinking);
    }
    for rest in &request.rest {
        match rest.path.as_str() {
            "documents" => match &rest.value {
                Value::Array(more) => draft.documents.extend(more.iter().cloned()),
                _ => return Err(Cannot::new("documents", "expected an array")),
            },
            path if OWN.contains(&path) => drop(body.insert(path.into(), rest.value.clone())),
            path if rest.idle => draft.leave(path),
            path => return Err(Cannot::new(path, "Cohere has no such field")),
        }
    }
    if !draft.documents.is_empty() {
        body.insert("documents".into(), Value::Array(draft.documents));
    }
    if body.contains_key("response_format")
        && (body.contains_key("tools") || body.contains_key("documents"))
    {
        let reason = "Cohere takes no format of the answer beside tools or documents";
        return Err(Cannot::new(Field::Format, reason));
    }
    Ok(Written {
        body: Value::Object(body).to_string().into_bytes(),
        dropped: draft.dropped,
    })
}

fn sampling(draft: &mut Draft<'_>, body: &mut Map<String, Value>) -> Result<(), Cannot> {
    let sampling = &draft.request.sampling;
    let mut put = |key: &str, number: Option<Number>| {
        if let Some(number) = number {
            body.insert(key.into(), Value::Number(number));
        }
    };
    let clamped = |number: &Option<Number>, low: &str, high: &str| {
        number.as_ref().map(|number| clamp(number, low, high))
    };
    // docs.cohere.com/docs/temperature has it from 0 to 1.
    put("temperature", clamped(&sampling.temperature, "0", "1"));
    put("p", clamped(&sampling.top_p, "0.01", "0.99"));
    put("k", clamped(&sampling.top_k, "0", "500"));
    let frequency = penalty(&sampling.frequency_penalty, Field::FrequencyPenalty)?;
    let presence = penalty(&sampling.presence_penalty, Field::PresencePenalty)?;
    if frequency.is_some() && presence.is_some() {
        let reason = "Cohere takes only one of the two penalties";
        return Err(Cannot::new(Field::PresencePenalty, reason));
    }
    put("frequency_penalty", frequency);
    put("presence_penalty", presence);
    if sampling.seed.as_ref().is_some_and(|seed| !seed.is_u64()) {
        let reason = "Cohere takes a whole number that is not negative";
        return Err(Cannot::new(Field::Seed, reason));
    }
    put("seed", sampling.seed.clone());
    let biased = |bias: &Value| bias.as_object().is_none_or(|bias| !bias.is_empty());
    if sampling.logit_bias.as_ref().is_some_and(biased) {
        return Err(Cannot::new(Field::LogitBias, "Cohere has no such field"));
    }
    if sampling.top_logprobs.is_some_and(|count| count > 0) {
        let reason = "Cohere tells the chosen tokens' only";
        return Err(Cannot::new(Field::TopLogprobs, reason));
    }
    if let Some(wanted) = sampling.logprobs {
        body.insert("logprobs".into(), wanted.into());
    }
    Ok(())
}

/// A penalty from 0 to 1; none for 0, which is the default. A negative one asks for the contrary.
fn penalty(number: &Option<Number>, field: Field) -> Result<Option<Number>, Cannot> {
    let Some(number) = number else {
        return Ok(None);
    };
    match number.as_f64() {
        Some(0.0) => Ok(None),
        _ if number.to_string().starts_with('-') => {
            Err(Cannot::new(field, "Cohere takes 0 to 1 only"))
        }
        _ => Ok(Some(clamp(number, "0", "1"))),
    }
}

fn limits(draft: &mut Draft<'_>, body: &mut Map<String, Value>) -> Result<(), Cannot> {
    let request = draft.request;
    if let Some(most) = request.max_output_tokens {
        body.insert("max_tokens".into(), most.into());
    }
    let stop: Vec<&String> = request
        .stop
        .iter()
        .filter(|text| !text.is_empty())
        .collect();
    if stop.len() > MOST_STOPS {
        let reason = format!("Cohere takes {MOST_STOPS} of them at the most");
        return Err(Cannot::new(Field::Stop, reason));
    }
    if !stop.is_empty() {
        body.insert("stop_sequences".into(), json!(stop));
    }
    if request.candidates.is_some_and(|count| count > 1) {
        return Err(Cannot::new(Field::Candidates, "Cohere gives one answer"));
    }
    if request.user.is_some() {
        draft.leave(Field::User);
    }
    if request.metadata.is_some() {
        draft.leave(Field::Metadata);
    }
    let tier = request.service_tier.as_deref();
    if tier.is_some_and(|tier| !["auto", "default"].contains(&tier)) {
        draft.leave(Field::ServiceTier);
    }
    Ok(())
}

fn format(request: &Request, body: &mut Map<String, Value>) -> Result<(), Cannot> {
    let format = match &request.format {
        Format::Text => return Ok(()),
        Format::JsonObject => json!({"type": "json_object"}),
        Format::JsonSchema { schema, .. } => {
            json!({"type": "json_object", "json_schema": schema})
        }
    };
    body.insert("response_format".into(), format);
    Ok(())
}

/// `thinking`: models that reason do so unless they are told not to. An effort is a budget, but for the
/// high ones, which set no bound.
fn thinks(draft: &Draft<'_>, reasoning: &Reasoning) -> Result<Option<Value>, Cannot> {
    let off = reasoning.effort == Some(Effort::None) || reasoning.budget == Some(0);
    let asked = reasoning.effort.is_some() || reasoning.budget.is_some() || reasoning.adaptive;
    if !asked || (off && !draft.thinks) {
        return Ok(None);
    }
    if !draft.thinks {
        return Err(Cannot::new(Field::Reasoning, "this model does not reason"));
    }
    if off {
        return Ok(Some(json!({"type": "disabled"})));
    }
    let of_effort = match reasoning.effort {
        Some(Effort::Minimal) => Some(1024),
        Some(Effort::Low) => Some(2048),
        Some(Effort::Medium) => Some(8192),
        _ => None,
    };
    Ok(Some(match reasoning.budget.or(of_effort) {
        Some(budget) => json!({"type": "enabled", "token_budget": budget}),
        None => json!({"type": "enabled"}),
    }))
}

/// The number, or the bound that it is beyond.
fn clamp(number: &Number, low: &str, high: &str) -> Number {
    let bound = |text: &str| serde_json::from_str::<Number>(text).ok();
    let (Some(low), Some(high)) = (bound(low), bound(high)) else {
        return number.clone();
    };
    let below = number.to_string().starts_with('-');
    let Some(value) = number.as_f64() else {
        return if below { low } else { high };
    };
    let beyond = |bound: &Number| bound.as_f64().unwrap_or(value);
    if value < beyond(&low) {
        low
    } else if value > beyond(&high) {
        high
    } else {
        number.clone()
    }
}
