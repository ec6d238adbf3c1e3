//! `generationConfig` (ai.google.dev/api/generate-content#GenerationConfig).

use serde_json::{Map, Number, Value};

use super::model::Model;
use super::names::{Names, put};
use super::schema::json_schema;
use super::thinking;
use crate::dialect::neutral::{Cannot, Field, Format, Request};

/// Reads it into the request.
pub(super) fn read(mut config: Names, request: &mut Request) -> Result<(), Cannot> {
    let sampling = &mut request.sampling;
    sampling.temperature = config.number("temperature")?;
    sampling.top_p = config.number("topP")?;
    sampling.top_k = config.number("topK")?;
    sampling.presence_penalty = config.number("presencePenalty")?;
    sampling.frequency_penalty = config.number("frequencyPenalty")?;
    sampling.seed = config.number("seed")?;
    sampling.logprobs = config.bool("responseLogprobs")?;
    sampling.top_logprobs = config.whole("logprobs")?;
    request.max_output_tokens = config.whole("maxOutputTokens")?;
    request.stop = config.strings("stopSequences")?;
    request.candidates = config.whole("candidateCount")?;
    request.format = format(&mut config)?;
    if let Some(thinking) = config.object("thinkingConfig")? {
        request.reasoning = Some(thinking::read(thinking, &mut request.rest)?);
    }
    if is_text_only(config.peek("responseModalities")) {
        config.take("responseModalities");
    }
    // As with OpenAI's `detail`: others see an image as they see every one.
    request.rest.extend(config.rest(&["mediaResolution"]));
    Ok(())
}

/// Text is what every provider answers with.
fn is_text_only(modalities: Option<&Value>) -> bool {
    let words = modalities.and_then(Value::as_array);
    let is_text = |word: &Value| {
        word.as_str()
            .is_some_and(|w| w.eq_ignore_ascii_case("TEXT"))
    };
    words.is_some_and(|words| words.iter().all(is_text))
}

fn format(config: &mut Names) -> Result<Format, Cannot> {
    let kind = config.peek("responseMimeType").and_then(Value::as_str);
    match kind {
        Some("application/json") => {
            config.take("responseMimeType");
        }
        Some("text/plain") | None => {
            config.string("responseMimeType")?;
            return Ok(Format::Text);
        }
        // `text/x.enum` and the like stay, with their schema, among what only Gemini has.
        Some(_) => return Ok(Format::Text),
    }
    let subset = config.take("responseSchema").map(json_schema);
    Ok(match config.take("responseJsonSchema").or(subset) {
        None => Format::JsonObject,
        Some(schema) => Format::JsonSchema {
            name: None,
            description: None,
            schema,
            strict: None,
        },
    })
}

/// Writes it.
pub(super) fn write(request: &Request, model: Model) -> Result<Map<String, Value>, Cannot> {
    let sampling = &request.sampling;
    let mut config = Map::new();
    let range = |number: &Option<Number>, low: f64, high: f64| {
        number.as_ref().map(|number| clamp(number, low, high))
    };
    put(
        &mut config,
        "temperature",
        range(&sampling.temperature, 0.0, 2.0),
    );
    put(&mut config, "topP", range(&sampling.top_p, 0.0, 1.0));
    put(&mut config, "topK", sampling.top_k.clone());
    put(&mut config, "candidateCount", candidates(request)?);
    let tokens = request.max_output_tokens.map(|most| most.min(LARGEST));
    put(&mut config, "maxOutputTokens", tokens);
    put(&mut config, "stopSequences", stop(request)?);
    let penalty = range(&sampling.presence_penalty, -2.0, 2.0);
    put(&mut config, "presencePenalty", penalty);
    let penalty = range(&sampling.frequency_penalty, -2.0, 2.0);
    put(&mut config, "frequencyPenalty", penalty);
    put(
        &mut config,
        "seed",
        sampling.seed.as_ref().map(seed).transpose()?,
    );
    if sampling.logprobs == Some(true) {
        put(&mut config, "responseLogprobs", Some(true));
        let most = sampling.top_logprobs.filter(|most| *most > 0);
        put(&mut config, "logprobs", most.map(|most| most.min(20)));
    }
    let is_empty = |bias: &Value| bias.as_object().is_some_and(Map::is_empty);
    if sampling
        .logit_bias
        .as_ref()
        .is_some_and(|bias| !is_empty(bias))
    {
        return Err(Cannot::new(Field::LogitBias, "Gemini has no logit bias"));
    }
    write_format(request, model, &mut config)?;
    if let Some(reasoning) = &request.reasoning {
        put(
            &mut config,
            "thinkingConfig",
            thinking::write(reasoning, model)?,
        );
    }
    Ok(config)
}

/// The largest number of protobuf's `int32`.
const LARGEST: u64 = 2_147_483_647;

fn clamp(number: &Number, low: f64, high: f64) -> Value {
    let bound = match number.as_f64() {
        Some(value) if value < low => low,
        Some(value) if value > high => high,
        _ => return Value::Number(number.clone()),
    };
    Value::from(bound)
}

fn candidates(request: &Request) -> Result<Option<u64>, Cannot> {
    match request.candidates {
        Some(0) => Err(Cannot::new(Field::Candidates, "expected 1 or more")),
        Some(9..) => Err(Cannot::new(
            Field::Candidates,
            "Gemini gives at most 8 candidates",
        )),
        count => Ok(count.filter(|count| *count > 1)),
    }
}

fn stop(request: &Request) -> Result<Option<Vec<String>>, Cannot> {
    match request.stop.len() {
        0 => Ok(None),
        1..=5 => Ok(Some(request.stop.clone())),
        _ => Err(Cannot::new(
            Field::Stop,
            "Gemini takes at most 5 stop texts",
        )),
    }
}

/// Seeds are `int32`. A larger one becomes a smaller one, always the same: that is all a seed is for.
fn seed(seed: &Number) -> Result<Value, Cannot> {
    let bits = match (seed.as_i64(), seed.as_u64()) {
        (Some(small), _) if i32::try_from(small).is_ok() => return Ok(Value::from(small)),
        (Some(large), _) => large.unsigned_abs(),
        (None, Some(large)) => large,
        (None, None) => return Err(Cannot::new(Field::Seed, "expected a whole number")),
    };
    Ok(Value::from((bits ^ (bits >> 32)) & LARGEST))
}

fn write_format(
    request: &Request,
    model: Model,
    config: &mut Map<String, Value>,
) -> Result<(), Cannot> {
    if request.format == Format::Text {
        return Ok(());
    }
    if model.is_before_3() && !request.tools.is_empty() {
        return Err(Cannot::new(
            Field::Format,
            "Gemini before 3 takes no form of the answer together with tools",
        ));
    }
    put(config, "responseMimeType", Some("application/json"));
    if let Format::JsonSchema {
        schema,
        description,
        ..
    } = &request.format
    {
        let mut schema = schema.clone();
        // The one place that Gemini has for it.
        if let (Some(map), Some(description)) = (schema.as_object_mut(), description)
            && !map.contains_key("description")
        {
            put(map, "description", Some(description.as_str()));
        }
        put(config, "responseJsonSchema", Some(schema));
    }
    Ok(())
}
