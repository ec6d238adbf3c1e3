//! How the next token is chosen: what Anthropic takes of it.
//!
//! A model that fixes its sampling has a range of one value, to which whatever the client asked for is
//! clamped by leaving it out. So has temperature while a model thinks; `top_p` then may be 0.95 to 1 (guide
//! "Extended thinking").

use serde_json::{Number, Value, json};

use crate::dialect::anthropic::model::{Model, Sampling as Takes};
use crate::dialect::neutral::{Cannot, Field, Place, Sampling};

/// The fields to write.
pub fn write_sampling(
    sampling: &Sampling,
    model: &Model,
    thinks: bool,
    dropped: &mut Vec<Place>,
) -> Result<Vec<(&'static str, Value)>, Cannot> {
    refuse(sampling, dropped)?;
    let mut temperature = sampling.temperature.as_ref();
    let mut top_p = sampling.top_p.as_ref();
    let mut top_k = sampling.top_k.as_ref();
    let fixed = model.sampling == Takes::Fixed;
    if fixed || thinks {
        drop_field(&mut temperature, Field::Temperature, dropped);
        drop_field(&mut top_k, Field::TopK, dropped);
    }
    if fixed || thinks && top_p.is_some_and(|top_p| of(top_p) < 0.95) {
        drop_field(&mut top_p, Field::TopP, dropped);
    }
    if let (Takes::One, Some(warm), Some(top)) = (model.sampling, temperature, top_p) {
        // What is above the range becomes 1.
        if of(warm) >= 1.0 {
            drop_field(&mut temperature, Field::Temperature, dropped);
        } else if of(top) >= 1.0 {
            drop_field(&mut top_p, Field::TopP, dropped);
        } else {
            let reason = "this model takes either a temperature or a top_p, not both";
            return Err(Cannot::new(Field::TopP, reason));
        }
    }
    let fields = [
        ("temperature", temperature.map(clamp)),
        ("top_p", top_p.map(clamp)),
        ("top_k", top_k.map(|top_k| json!(top_k))),
    ];
    let given = fields.into_iter();
    Ok(given
        .filter_map(|(name, value)| Some((name, value?)))
        .collect())
}

fn drop_field(value: &mut Option<&Number>, field: Field, dropped: &mut Vec<Place>) {
    if value.take().is_some() {
        dropped.push(field.into());
    }
}

/// What Anthropic does not have: refused, unless it asks for nothing.
fn refuse(sampling: &Sampling, dropped: &mut Vec<Place>) -> Result<(), Cannot> {
    let zero = |number: &Number| of(number) == 0.0;
    let empty = |bias: &Value| bias.as_object().is_some_and(serde_json::Map::is_empty);
    let asked = [
        (
            Field::FrequencyPenalty,
            sampling.frequency_penalty.as_ref().map(zero),
        ),
        (
            Field::PresencePenalty,
            sampling.presence_penalty.as_ref().map(zero),
        ),
        // A seed is best effort everywhere: without it an answer is as good.
        (Field::Seed, sampling.seed.as_ref().map(|_| true)),
        (Field::LogitBias, sampling.logit_bias.as_ref().map(empty)),
        (Field::Logprobs, sampling.logprobs.map(|wanted| !wanted)),
        (
            Field::TopLogprobs,
            sampling.top_logprobs.map(|wanted| wanted == 0),
        ),
    ];
    for (field, idle) in asked {
        match idle {
            None => {}
            Some(true) => dropped.push(field.into()),
            Some(false) => return Err(Cannot::new(field, "Anthropic's models do not have it")),
        }
    }
    Ok(())
}

/// A number that is too large to hold is above every range.
fn of(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::INFINITY)
}

fn clamp(number: &Number) -> Value {
    match of(number) {
        value if value > 1.0 => json!(1),
        value if value < 0.0 => json!(0),
        _ => json!(number),
    }
}
