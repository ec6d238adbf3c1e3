//! Chunks of streamGenerateContent: each a whole object, the finish reason and the usage on the last.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Checked, must, sse};

/// Checks a stream.
pub fn check(text: &str) -> Checked {
    let events = sse::events(text)?;
    must(!events.is_empty(), || "no events".to_owned())?;
    let mut finished: BTreeMap<u64, bool> = BTreeMap::new();
    let mut head: Option<(Value, Value)> = None;
    for (at, event) in events.iter().enumerate() {
        let in_chunk = |why: String| format!("chunk {at}: {why}: {}", event.data);
        must(event.name.is_none(), || {
            in_chunk("an event with a name".to_owned())
        })?;
        let (chunk, last) = (event.json()?, at + 1 == events.len());
        if chunk["error"].is_object() {
            let error = &chunk["error"];
            must(last, || in_chunk("something behind an error".to_owned()))?;
            let whole = error["code"].is_u64()
                && error["message"].is_string()
                && error["status"].is_string();
            return must(whole, || {
                in_chunk("an error without code, message or status".to_owned())
            });
        }
        let own = (chunk["responseId"].clone(), chunk["modelVersion"].clone());
        must(own.0.is_string() && own.1.is_string(), || {
            in_chunk("no responseId or no modelVersion".to_owned())
        })?;
        let first = head.get_or_insert_with(|| own.clone());
        must(*first == own, || {
            in_chunk("another responseId or modelVersion than before".to_owned())
        })?;
        // What is blocked has no candidates, but says why.
        let blocked = chunk["promptFeedback"]["blockReason"].is_string();
        let candidates = chunk["candidates"].as_array();
        must(
            blocked || candidates.is_some_and(|all| !all.is_empty()),
            || in_chunk("no candidates".to_owned()),
        )?;
        for candidate in candidates.into_iter().flatten() {
            one(candidate, &mut finished).map_err(in_chunk)?;
        }
        // Before the last one it may have no counts, as at Vertex.
        if chunk["usageMetadata"]["totalTokenCount"].is_u64() || last {
            tally(&chunk["usageMetadata"]).map_err(in_chunk)?;
        }
        must(
            !last
                || blocked
                || candidates
                    .into_iter()
                    .flatten()
                    .any(|one| one["finishReason"].is_string()),
            || in_chunk("the last chunk has no finishReason".to_owned()),
        )?;
    }
    let open = finished.iter().find(|(_, done)| !**done);
    must(open.is_none(), || {
        format!("a candidate never finishes: {open:?}")
    })
}

fn one(candidate: &Value, finished: &mut BTreeMap<u64, bool>) -> Checked {
    let index = candidate["index"].as_u64().unwrap_or(0);
    let done = finished.entry(index).or_default();
    must(!*done, || {
        format!("candidate {index} says more behind its finishReason")
    })?;
    let content = &candidate["content"];
    if let Some(parts) = content["parts"].as_array() {
        must(content["role"] == "model", || {
            "a content that is not the model's".to_owned()
        })?;
        must(!parts.is_empty(), || {
            "a content with an empty list of parts".to_owned()
        })?;
        parts.iter().try_for_each(part)?;
    }
    match &candidate["finishReason"] {
        Value::Null => must(content["parts"].is_array(), || {
            "neither parts nor a finishReason".to_owned()
        }),
        Value::String(reason) => {
            *done = true;
            let upper = reason
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            must(upper && !reason.is_empty(), || {
                format!("finishReason {reason:?} is none of Google's")
            })
        }
        _ => Err("a finishReason that is no text".to_owned()),
    }
}

/// A part has one thing in it, and has it whole.
fn part(part: &Value) -> Checked {
    let data = [
        "text",
        "functionCall",
        "inlineData",
        "fileData",
        "executableCode",
        "codeExecutionResult",
    ];
    let count = data
        .iter()
        .filter(|name| part.get(**name).is_some())
        .count();
    must(count == 1, || format!("a part with {count} things in it"))?;
    must(part.get("text").is_none_or(Value::is_string), || {
        "a text that is none".to_owned()
    })?;
    must(part.get("thought").is_none_or(Value::is_boolean), || {
        "thought is neither true nor false".to_owned()
    })?;
    if let Some(call) = part.get("functionCall") {
        must(
            call["name"].as_str().is_some_and(|name| !name.is_empty()),
            || "a call without a name".to_owned(),
        )?;
        must(call.get("args").is_none_or(Value::is_object), || {
            "a call whose args are no object".to_owned()
        })?;
    }
    Ok(())
}

fn tally(usage: &Value) -> Checked {
    let count = |name: &str| usage[name].as_u64();
    let (prompt, total) = (count("promptTokenCount"), count("totalTokenCount"));
    let (Some(prompt), Some(total)) = (prompt, total) else {
        return Err("no promptTokenCount or totalTokenCount in usageMetadata".to_owned());
    };
    let more = [
        "candidatesTokenCount",
        "thoughtsTokenCount",
        "toolUsePromptTokenCount",
    ];
    let sum = more
        .iter()
        .filter_map(|name| count(name))
        .fold(prompt, u64::saturating_add);
    must(sum == total, || {
        format!("usageMetadata does not add up: {sum} and {total}")
    })
}
