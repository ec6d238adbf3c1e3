//! An answer as a GenerateContentResponse of Google's, or as several, each whole, in a stream.

use serde_json::{Value, json};

use super::super::answer::Call;
use super::super::call::Told;
use super::super::events::Event;
use super::super::script::UsageReport;
use super::super::seal;

/// The answer as one object.
pub fn whole(told: &Told<'_>) -> Value {
    let answer = told.answer;
    let mut parts = Vec::new();
    if !answer.thoughts.is_empty() {
        parts.push(json!({"text": answer.thought(), "thought": true}));
    }
    if !answer.pieces.is_empty() {
        parts.push(json!({"text": answer.text()}));
        sign(told, &mut parts);
    }
    parts.extend(calls(told));
    let candidate = |index: usize| json!({"content": {"parts": parts, "role": "model"}, "finishReason": finish(told), "index": index});
    let candidates: Vec<Value> = (0..told.choices).map(candidate).collect();
    response(told, candidates, Some(answer.tokens()))
}

/// The answer as events: a thought or a word each, the calls in one, the finish reason in the last.
pub fn events(told: &Told<'_>) -> Vec<Event> {
    let answer = told.answer;
    let thoughts = answer
        .thoughts
        .iter()
        .map(|piece| json!([{"text": piece, "thought": true}]));
    let pieces = answer.pieces.iter().map(|piece| json!([{"text": piece}]));
    let mut chunks: Vec<Value> = thoughts.chain(pieces).collect();
    if !answer.calls.is_empty() {
        chunks.push(calls(told).into());
    } else if !answer.thoughts.is_empty() {
        // The signature of a text comes behind it, on a part without any.
        chunks.push(json!([{"text": "", "thoughtSignature": seal::seal("")}]));
    } else if chunks.is_empty() {
        chunks.push(json!([{"text": ""}]));
    }
    let last = chunks.len().saturating_sub(1);
    let chunk = |(at, parts): (usize, Value)| {
        let candidate = |index: usize| {
            let mut candidate =
                json!({"content": {"parts": parts, "role": "model"}, "index": index});
            if at == last {
                candidate["finishReason"] = finish(told).into();
            }
            candidate
        };
        let said = (at == last)
            .then(|| answer.tokens())
            .or(Some(at.saturating_add(1)));
        let candidates = (0..told.choices).map(candidate).collect();
        let event = Event::unnamed(response(told, candidates, said));
        if at == last { event.last() } else { event }
    };
    chunks.into_iter().enumerate().map(chunk).collect()
}

/// What the signature of a part signs.
pub fn sealed(part: &Value) -> String {
    match &part["functionCall"] {
        Value::Null => part["text"].as_str().unwrap_or_default().to_owned(),
        call => format!(
            "{}{}",
            call["name"].as_str().unwrap_or_default(),
            call["args"]
        ),
    }
}

fn sign(told: &Told<'_>, parts: &mut [Value]) {
    if let Some(last) = parts
        .last_mut()
        .filter(|_| !told.answer.thoughts.is_empty())
    {
        last["thoughtSignature"] = seal::seal(&sealed(last)).into();
    }
}

/// Function calls; the first one is signed when there was a thought, and always by models that ask for it back.
fn calls(told: &Told<'_>) -> Vec<Value> {
    let signed = !told.answer.thoughts.is_empty() || told.model.starts_with("gemini-3");
    let one = |(at, call): (usize, &Call)| {
        let args: Value = serde_json::from_str(&call.fragments.concat()).unwrap_or_default();
        let mut part = json!({"functionCall": {"name": call.name, "args": args}});
        if told.model.starts_with("gemini-3") {
            part["functionCall"]["id"] = format!("call_{:06}_{at}", told.number).into();
        }
        if at == 0 && signed {
            part["thoughtSignature"] = seal::seal(&sealed(&part)).into();
        }
        part
    };
    told.answer.calls.iter().enumerate().map(one).collect()
}

fn finish<'a>(told: &Told<'a>) -> &'a str {
    told.answer.finish("STOP", "MAX_TOKENS", "STOP")
}

fn response(told: &Told<'_>, candidates: Vec<Value>, said: Option<usize>) -> Value {
    let mut response = json!({"candidates": candidates, "modelVersion": told.model, "responseId": format!("resp-{:06}", told.number)});
    if told.script.usage != UsageReport::Never {
        response["usageMetadata"] = usage(told, said);
    }
    response
}

/// Cached tokens are among the prompt's, thoughts are not among the candidates'.
fn usage(told: &Told<'_>, said: Option<usize>) -> Value {
    let all = told.answer.tokens();
    let usage = told.answer.usage.so_far(said.unwrap_or(all), all);
    let thoughts = usage.completion_tokens_details.reasoning_tokens;
    let prompt = usage.prompt_tokens;
    let mut metadata = json!({
        "promptTokenCount": prompt,
        "candidatesTokenCount": usage.completion_tokens.saturating_sub(thoughts),
        "totalTokenCount": usage.total_tokens,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt}],
    });
    if thoughts > 0 {
        metadata["thoughtsTokenCount"] = thoughts.into();
    }
    if told.script.cached > 0 {
        metadata["cachedContentTokenCount"] = told.script.cached.into();
    }
    metadata
}
