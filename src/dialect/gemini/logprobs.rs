//! `logprobsResult` and OpenAI's `logprobs` object.

use serde_json::{Map, Value};

use super::names::{one, put};

/// OpenAI's object.
pub(super) fn read(result: &Value) -> Option<Value> {
    let chosen = result.get("chosenCandidates")?.as_array()?;
    let top = result.get("topCandidates").and_then(Value::as_array);
    let token = |one: &Value| {
        let text = one.get("token").and_then(Value::as_str).unwrap_or_default();
        let mut map = Map::new();
        put(&mut map, "token", Some(text));
        put(&mut map, "logprob", one.get("logProbability").cloned());
        put(&mut map, "bytes", Some(text.as_bytes().to_vec()));
        map
    };
    let content = chosen.iter().enumerate().map(|(i, one)| {
        let mut map = token(one);
        let others = top.and_then(|top| top.get(i)?.get("candidates")?.as_array());
        let others = others.into_iter().flatten();
        let others = others.map(|one| Value::Object(token(one)));
        put(&mut map, "top_logprobs", Some(others.collect::<Value>()));
        Value::Object(map)
    });
    Some(one("content", content.collect::<Value>()))
}

/// Gemini's object.
pub(super) fn write(logprobs: &Value) -> Option<Value> {
    let content = logprobs.get("content")?.as_array()?;
    let token = |one: &Value| {
        let mut map = Map::new();
        put(&mut map, "token", one.get("token").cloned());
        put(&mut map, "logProbability", one.get("logprob").cloned());
        Value::Object(map)
    };
    let top = |item: &Value| {
        let others = item.get("top_logprobs").and_then(Value::as_array);
        let others = others.into_iter().flatten().map(token);
        one("candidates", others.collect::<Value>())
    };
    let mut map = Map::new();
    let chosen: Value = content.iter().map(token).collect();
    put(&mut map, "chosenCandidates", Some(chosen));
    let top: Value = content.iter().map(top).collect();
    put(&mut map, "topCandidates", Some(top));
    Some(Value::Object(map))
}
