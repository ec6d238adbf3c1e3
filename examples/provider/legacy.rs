//! OpenAI's legacy completions. <https://platform.openai.com/docs/api-reference/completions>

use serde_json::{Value, json};

use super::call::{Call, Heard, Refusal, Told, items, most, strings};
use super::chat::azure;
use super::embeddings::read;
use super::events::{Event, Framing};
use super::script::UsageReport;
use super::shape::{Field, Kind, fields};
use super::wish::Wish;

/// Reads a request at `/v1/completions`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let request = read(call, request)?;
    let prompts = match &request["prompt"] {
        Value::Null => vec!["<|endoftext|>".to_owned()],
        Value::String(one) => vec![one.clone()],
        tokens @ Value::Array(all) if all.iter().all(Value::is_number) => vec![tokens.to_string()],
        all => items(all)
            .iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect(),
    };
    let each = if request["n"].is_null() {
        1
    } else {
        most(&request["n"]).clamp(1, 128)
    };
    let mut wish = Wish {
        // Sixteen, if none are asked for.
        most_tokens: if request["max_tokens"].is_null() {
            16
        } else {
            most(&request["max_tokens"])
        },
        choices: prompts.len().saturating_mul(each).max(1),
        stops: match &request["stop"] {
            Value::String(one) => vec![one.clone()],
            all => strings(all),
        },
        ..Wish::default()
    };
    for prompt in &prompts {
        wish.hear(true, &[prompt]);
    }
    let echo = request["echo"] == true;
    let before: Vec<String> = prompts
        .iter()
        .flat_map(|prompt| {
            std::iter::repeat_n(if echo { prompt.clone() } else { String::new() }, each)
        })
        .collect();
    let model = request["model"].as_str().unwrap_or(&call.model).to_owned();
    let include_usage = request["stream_options"]["include_usage"] == true;
    if !request["stream_options"].is_null() && request["stream"] != true {
        let why = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
        return Err(Refusal::wrong(why).of("stream_options"));
    }
    Ok(match request["stream"] == true {
        true => Heard::stream(model, wish, Framing::Sse, move |told| {
            events(told, &before, include_usage)
        }),
        false => Heard::whole(model, wish, move |told| whole(told, &before)),
    })
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

fn whole(told: &Told<'_>, before: &[String]) -> Value {
    let text = told.answer.text();
    let choice = |(index, before): (usize, &String)| {
        choice(index, &format!("{before}{text}"), json!(finish(told)))
    };
    let mut reply = object(told, before.iter().enumerate().map(choice).collect());
    if told.script.usage != UsageReport::Never {
        reply["usage"] = json!(told.answer.usage);
    }
    reply
}

fn events(told: &Told<'_>, before: &[String], include_usage: bool) -> Vec<Event> {
    let report = include_usage && told.script.usage != UsageReport::Never;
    let mut events = Vec::new();
    let mut push = |choices: Vec<Value>, usage: Value| {
        let mut chunk = object(told, choices);
        if report {
            chunk["usage"] = usage;
        }
        events.push(Event::unnamed(chunk));
    };
    for (index, before) in before
        .iter()
        .enumerate()
        .filter(|(_, before)| !before.is_empty())
    {
        push(vec![choice(index, before, Value::Null)], Value::Null);
    }
    for piece in &told.answer.pieces {
        (0..before.len())
            .for_each(|index| push(vec![choice(index, piece, Value::Null)], Value::Null));
    }
    (0..before.len())
        .for_each(|index| push(vec![choice(index, "", json!(finish(told)))], Value::Null));
    if report {
        push(Vec::new(), json!(told.answer.usage));
    }
    events.push(Event::unnamed("[DONE]").last());
    events
}

fn finish<'a>(told: &Told<'a>) -> &'a str {
    told.answer.finish("stop", "length", "stop")
}

fn choice(index: usize, text: &str, finish: Value) -> Value {
    json!({"text": text, "index": index, "logprobs": null, "finish_reason": finish})
}

fn object(told: &Told<'_>, choices: Vec<Value>) -> Value {
    let id = format!("cmpl-{:06}", told.number);
    json!({"id": id, "object": "text_completion", "created": told.created, "model": told.model, "choices": choices,
        "system_fingerprint": "fp_scripted"})
}

fn request() -> &'static [Field] {
    fields! {
        may "model": Kind::Text, may "prompt": Kind::TextOr(&Kind::List(&Kind::Any)), may "best_of": Kind::Whole,
        may "echo": Kind::Flag, may "frequency_penalty": Kind::Number, may "logit_bias": Kind::Map,
        may "logprobs": Kind::Whole, may "max_tokens": Kind::Whole, may "n": Kind::Whole,
        may "presence_penalty": Kind::Number, may "seed": Kind::Whole, may "stop": Kind::TextOr(&Kind::List(&Kind::Text)),
        may "stream": Kind::Flag, may "stream_options": Kind::Object(options), may "suffix": Kind::Text,
        may "temperature": Kind::Number, may "top_p": Kind::Number, may "user": Kind::Text,
    }
}

fn options() -> &'static [Field] {
    fields! { may "include_usage": Kind::Flag, may "include_obfuscation": Kind::Flag }
}
