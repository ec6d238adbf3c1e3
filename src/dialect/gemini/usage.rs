//! `usageMetadata` (ai.google.dev/api/generate-content#UsageMetadata).
//!
//! `promptTokenCount` includes what was cached but not what hosted tools put into the prompt;
//! `candidatesTokenCount` does not include thoughts. Google leaves out what is zero.

use serde_json::{Map, Value};

use super::names::put;
use crate::dialect::Reported;

/// Reads it; `None` when it says nothing, as in all but the last chunk of some streams.
pub(in crate::dialect) fn read(usage: &Value) -> Option<Reported> {
    let count = |name: &str| Reported::figure(usage.get(name)?);
    let audio = |name: &str| {
        let all = usage.get(name).and_then(Value::as_array);
        let audio = all.into_iter().flatten().filter(|one| {
            let modality = one.get("modality").and_then(Value::as_str);
            modality == Some("AUDIO")
        });
        let count = audio.filter_map(|one| Reported::figure(one.get("tokenCount")?));
        count.fold(0, u64::saturating_add).min(Reported::MOST)
    };
    let thoughts = count("thoughtsTokenCount").unwrap_or(0);
    let prompt = count("promptTokenCount");
    let said = count("candidatesTokenCount");
    let tools = count("toolUsePromptTokenCount").unwrap_or(0);
    if prompt.is_none() && said.is_none() && thoughts == 0 {
        return None;
    }
    Some(Reported {
        input: prompt.map(|prompt| prompt.saturating_add(tools)),
        output: Some(said.unwrap_or(0).saturating_add(thoughts)),
        cached: count("cachedContentTokenCount").unwrap_or(0),
        reasoning: thoughts,
        audio_input: audio("promptTokensDetails"),
        audio_output: audio("candidatesTokensDetails"),
        ..Reported::default()
    })
}

/// Writes it.
pub(super) fn write(usage: &Reported) -> Value {
    let input = usage.input.unwrap_or(0);
    let output = usage.output.unwrap_or(0);
    let said = output.saturating_sub(usage.reasoning);
    let some = |count: u64| (count > 0).then_some(count);
    let mut map = Map::new();
    put(&mut map, "promptTokenCount", Some(input));
    put(&mut map, "cachedContentTokenCount", some(usage.cached));
    put(&mut map, "candidatesTokenCount", Some(said));
    put(&mut map, "thoughtsTokenCount", some(usage.reasoning));
    put(
        &mut map,
        "totalTokenCount",
        Some(input.saturating_add(output)),
    );
    put(
        &mut map,
        "promptTokensDetails",
        details(input, usage.audio_input),
    );
    put(
        &mut map,
        "candidatesTokensDetails",
        details(said, usage.audio_output),
    );
    Value::Object(map)
}

/// How many of the tokens are audio; nothing when none are.
fn details(all: u64, audio: u64) -> Option<Value> {
    if audio == 0 {
        return None;
    }
    let of = |modality: &str, count: u64| {
        let mut map = Map::new();
        put(&mut map, "modality", Some(modality));
        put(&mut map, "tokenCount", Some(count));
        Value::Object(map)
    };
    let text = all.saturating_sub(audio);
    Some(Value::from(vec![of("TEXT", text), of("AUDIO", audio)]))
}
