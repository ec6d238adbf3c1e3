//! Embeddings of OpenAI's, as numbers or as base64, and the made-up vectors of all dialects.
//! <https://platform.openai.com/docs/api-reference/embeddings>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::call::{Call, Heard, Refusal, items, most, text};
use super::chat::azure;
use super::script::UsageReport;
use super::shape::{Field, Flaw, Kind, Rules, Shape, What, fields};
use super::wish::Wish;

/// What a model of OpenAI's gives without a size asked for.
const SIZE: usize = 1536;

/// A vector of length 1 that is the same for the same text.
pub fn vector(text: &str, size: usize) -> Vec<f32> {
    let mut state = text.bytes().fold(0x9e37_79b9_u32, |state, byte| {
        state.rotate_left(5) ^ u32::from(byte)
    });
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, low, ..] = state.to_be_bytes();
        f32::from(i16::from_be_bytes([high, low])) / 32_768.0
    };
    let values: Vec<f32> = (0..size).map(|_| next()).collect();
    let length = values
        .iter()
        .map(|value| value * value)
        .sum::<f32>()
        .sqrt()
        .max(f32::MIN_POSITIVE);
    values.into_iter().map(|value| value / length).collect()
}

/// Reads a request at `/v1/embeddings`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let request = read(call, request)?;
    let inputs = match &request["input"] {
        Value::String(one) => vec![one.clone()],
        tokens @ Value::Array(all) if all.iter().all(Value::is_number) => vec![tokens.to_string()],
        all => items(all)
            .iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect(),
    };
    if inputs.is_empty() || inputs.iter().any(|one| one.is_empty() || one == "[]") {
        return Err(
            Refusal::wrong("'$.input' is invalid. Please check the API reference.").of("input"),
        );
    }
    let base64 = request["encoding_format"] == "base64";
    let size = if request["dimensions"].is_null() {
        SIZE
    } else {
        most(&request["dimensions"]).clamp(1, 3072)
    };
    let mut wish = Wish::default();
    wish.hear(true, &inputs.iter().map(String::as_str).collect::<Vec<_>>());
    let model = request["model"].as_str().unwrap_or(&call.model).to_owned();
    Ok(Heard::whole(model, wish, move |told| {
        let one = |(index, text): (usize, &String)| {
            let vector = vector(text, size);
            let embedding = if base64 {
                json!(packed(&vector))
            } else {
                json!(vector)
            };
            json!({"object": "embedding", "index": index, "embedding": embedding})
        };
        let data: Vec<Value> = inputs.iter().enumerate().map(one).collect();
        let tokens = told.answer.usage.prompt_tokens;
        let mut reply = json!({"object": "list", "data": data, "model": told.model});
        if told.script.mistral {
            reply["id"] = format!("embd-{:06}", told.number).into();
        }
        if told.script.usage != UsageReport::Never {
            reply["usage"] = json!({"prompt_tokens": tokens, "total_tokens": tokens});
        }
        reply
    }))
}

/// The same at Azure's path of a deployment.
///
/// # Errors
/// What is wrong with it.
pub fn hear_azure(call: &Call<'_>) -> Result<Heard, Refusal> {
    azure(call)?;
    let model = call.model.clone();
    Ok(Heard {
        model,
        ..hear(call)?
    })
}

fn packed(vector: &[f32]) -> String {
    STANDARD.encode(
        vector
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect::<Vec<u8>>(),
    )
}

/// Reads a body as OpenAI does; if the path names the model, the body need not.
///
/// # Errors
/// The first flaw, in OpenAI's words.
pub fn read(call: &Call<'_>, shape: Shape) -> Result<Value, Refusal> {
    let body = call.json().map_err(|why| {
        Refusal::wrong(format!(
            "We could not parse the JSON body of your request: {why}"
        ))
    })?;
    let rules = Rules {
        snake: false,
        nulls: true,
    };
    let request = rules
        .read(&body, Kind::Object(shape))
        .map_err(|flaw| worded(&flaw))?;
    if call.model.is_empty() && text(&request["model"]).is_empty() {
        return Err(Refusal::wrong("you must provide a model parameter"));
    }
    Ok(request)
}

/// A flaw in OpenAI's words.
pub fn worded(flaw: &Flaw) -> Refusal {
    let path = flaw.bracketed();
    let (message, code) = match &flaw.what {
        What::Extra => (format!("Unknown parameter: '{path}'."), "unknown_parameter"),
        What::Missing => (
            format!("Missing required parameter: '{path}'."),
            "missing_required_parameter",
        ),
        What::Wrong(wanted) => (
            format!("Invalid type for '{path}': expected {wanted}."),
            "invalid_type",
        ),
        What::NotOf(words) => {
            let message = format!(
                "Invalid value for '{path}'. Supported values are: '{}'.",
                words.join("', '")
            );
            (message, "invalid_value")
        }
        What::Tag(tag) => (
            format!("Invalid value: '{tag}' at '{path}'."),
            "invalid_value",
        ),
    };
    Refusal::wrong(message).of(path).code(code)
}

fn request() -> &'static [Field] {
    fields! { may "model": Kind::Text, must "input": Kind::TextOr(&Kind::List(&Kind::Any)),
    may "encoding_format": Kind::Word(&["float", "base64"]), may "dimensions": Kind::Whole, may "user": Kind::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_of_length_one_and_of_their_text() {
        let one = vector("hello", 64);
        let length: f32 = one.iter().map(|value| value * value).sum();
        assert!(
            (length - 1.0).abs() < 1e-4 && one == vector("hello", 64) && one != vector("hellp", 64)
        );
        assert_eq!(packed(&[1.0]), "AACAPw==");
    }
}
