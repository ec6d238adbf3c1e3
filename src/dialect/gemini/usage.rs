//! `usageMetadata` (ai.google.dev/api/generate-content#UsageMetadata).
//!
//! `promptTokenCount` includes what was cached but not what hosted tools put into the prompt;
//! `candidatesTokenCount` does not include thoughts. Google leaves out what is zero.

use serde_json::{Map, Value};

use super::names::put;
use crate::dialect::{Reported, Tier};
use crate::json::{self, Tree};

/// Reads it; `None` when it says nothing, as in all but the last chunk of some streams.
pub(in crate::dialect) fn read(usage: &dyn Tree) -> Option<Reported> {
    let count = |path: &str| Reported::count(usage, path);
    let of = |name: &str, kind: &str| {
        let all = (0..).map_while(|nth| {
            let modality = usage.text(&format!("{name}/{nth}/modality"));
            let count = count(&format!("{name}/{nth}/tokenCount"));
            (modality.is_some() || count.is_some()).then_some((modality, count))
        });
        let fitting = all.filter(|(modality, _)| modality.as_deref() == Some(kind));
        let counts = fitting.filter_map(|(_, count)| count);
        counts.fold(0, u64::saturating_add).min(Reported::MOST)
    };
    let thoughts = count("/thoughtsTokenCount").unwrap_or(0);
    let prompt = count("/promptTokenCount");
    let said = count("/candidatesTokenCount");
    let tools = count("/toolUsePromptTokenCount").unwrap_or(0);
    if prompt.is_none() && said.is_none() && thoughts == 0 {
        return None;
    }
    Some(Reported {
        input: prompt.map(|prompt| prompt.saturating_add(tools)),
        output: Some(said.unwrap_or(0).saturating_add(thoughts)),
        cached: count("/cachedContentTokenCount").unwrap_or(0),
        reasoning: thoughts,
        audio_input: of("/promptTokensDetails", "AUDIO"),
        audio_cached: of("/cacheTokensDetails", "AUDIO"),
        audio_output: of("/candidatesTokensDetails", "AUDIO"),
        image_input: of("/promptTokensDetails", "IMAGE"),
        image_output: of("/candidatesTokensDetails", "IMAGE"),
        // Vertex AI names the kind of traffic; Google AI says the tier in a header of the reply.
        tier: usage
            .text("/trafficType")
            .map(|kind| Tier::of(&kind))
            .unwrap_or_default(),
        ..Reported::default()
    })
}

/// What a reply, or a chunk of a stream, says of its usage, its searches with it: `webSearchQueries` of its
/// candidates' `groundingMetadata`.
pub(super) fn of_reply(reply: &Value) -> Option<Reported> {
    let usage = read(reply.get("usageMetadata")?)?;
    let candidates = reply.get("candidates").and_then(Value::as_array);
    let queries = candidates.into_iter().flatten().filter_map(|candidate| {
        let queries = json::at(candidate, "/groundingMetadata/webSearchQueries")?;
        Some(queries.as_array()?.iter().filter(|query| is_search(query)))
    });
    let searches = u64::try_from(queries.flatten().count()).unwrap_or(u64::MAX);
    Some(Reported { searches, ..usage })
}

/// Empty queries are not charged (ai.google.dev/gemini-api/docs/google-search).
pub(super) fn is_search(query: &Value) -> bool {
    query.as_str().is_some_and(|query| !query.trim().is_empty())
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
