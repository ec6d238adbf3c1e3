//! What a stream must look like, in deltas and on the wire.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Holds deltas to the order that `neutral::Delta` documents.
pub(super) fn order(deltas: &[Delta]) {
    let mut open: BTreeMap<(u32, u32), bool> = BTreeMap::new();
    let mut next: BTreeMap<u32, u32> = BTreeMap::new();
    let mut finished = BTreeSet::new();
    let mut over = false;
    for (nth, delta) in deltas.iter().enumerate() {
        assert!(!over, "after the end: {delta:?}");
        assert_eq!(
            nth == 0,
            matches!(delta, Delta::Begin { .. } | Delta::Error(_)) && nth == 0
        );
        match delta {
            Delta::Begin { .. } => assert_eq!(nth, 0, "a second beginning"),
            Delta::Open {
                choice,
                block,
                kind,
            } => {
                assert!(!finished.contains(choice), "after its finish: {delta:?}");
                let expected = next.entry(*choice).or_default();
                assert_eq!(block, expected, "numbers");
                *expected += 1;
                let is_call = matches!(kind, BlockKind::Call { .. });
                let others = open.iter().filter(|((own, _), _)| own == choice);
                for (place, call) in others {
                    assert!(is_call && *call, "{place:?} is still open at {delta:?}");
                }
                open.insert((*choice, *block), is_call);
            }
            Delta::Say { choice, block, .. }
            | Delta::Sign { choice, block, .. }
            | Delta::Cite { choice, block, .. } => {
                assert!(open.contains_key(&(*choice, *block)), "not open: {delta:?}");
            }
            Delta::Close { choice, block } => {
                assert!(
                    open.remove(&(*choice, *block)).is_some(),
                    "not open: {delta:?}"
                );
            }
            Delta::Finish { choice, .. } => {
                assert!(finished.insert(*choice), "a second finish");
                assert!(
                    !open.keys().any(|(own, _)| own == choice),
                    "blocks are open"
                );
            }
            Delta::Usage(_) => {}
            Delta::End => {
                over = true;
                assert!(open.is_empty() && !finished.is_empty(), "open: {open:?}");
            }
            Delta::Error(_) => over = true,
        }
    }
}

/// Holds a stream to OpenAI's rules and gives its chunks: the role comes first, one id, time and model,
/// indexes of calls that count up, one reason per choice, usage only where it is asked for and then in
/// a chunk without choices, and `[DONE]` or an error last.
pub(super) fn chunks(wire: &str, usage: bool) -> Vec<Value> {
    let mut events: Vec<&str> = wire.split("\n\n").collect();
    assert_eq!(events.pop(), Some(""), "the last event has no end");
    let datas = events
        .iter()
        .map(|event| event.strip_prefix("data: ").unwrap());
    let mut chunks = Vec::new();
    let (mut over, mut counted) = (false, false);
    let mut choices: BTreeMap<u64, (bool, u64)> = BTreeMap::new();
    for data in datas {
        assert!(!over, "after the end: {data}");
        if data == "[DONE]" {
            assert!(
                choices.values().all(|(finished, _)| *finished),
                "unfinished"
            );
            over = true;
            continue;
        }
        let chunk: Value = serde_json::from_str(data).unwrap();
        if chunk.get("error").is_some() {
            over = true;
            chunks.push(chunk);
            continue;
        }
        assert!(!counted, "after the usage: {data}");
        for key in ["id", "created", "model", "object"] {
            assert!(!chunk[key].is_null(), "no {key}: {data}");
            assert_eq!(
                chunk[key],
                *chunks
                    .first()
                    .map_or(&chunk[key], |first: &Value| &first[key])
            );
        }
        assert_eq!(chunk["object"], "chat.completion.chunk");
        assert_eq!(chunk.get("usage").is_some(), usage, "{data}");
        let items = chunk["choices"].as_array().unwrap();
        if items.is_empty() {
            assert!(usage && chunk["usage"].is_object(), "{data}");
            counted = true;
        } else if usage {
            assert!(chunk["usage"].is_null(), "{data}");
        }
        for item in items {
            let index = item["index"].as_u64().unwrap();
            let delta = item["delta"].as_object().unwrap();
            let is_new = !choices.contains_key(&index);
            assert_eq!(is_new, delta.contains_key("role"), "the role: {data}");
            let (finished, calls) = choices.entry(index).or_default();
            assert!(!*finished, "after its end: {data}");
            for call in delta
                .get("tool_calls")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let index = call["index"].as_u64().unwrap();
                let kind = if call.get("custom").is_some() {
                    "custom"
                } else {
                    "function"
                };
                assert!(call[kind].is_object(), "{data}");
                let begins = call.get("id").is_some();
                assert_eq!(begins, index == *calls, "{data}");
                if begins {
                    assert!(call["id"] != "" && call[kind]["name"].is_string(), "{data}");
                    *calls += 1;
                }
            }
            if item["finish_reason"].is_string() {
                *finished = true;
            } else {
                assert!(item["finish_reason"].is_null() && item.get("finish_reason").is_some());
            }
        }
        chunks.push(chunk);
    }
    assert!(over, "no end");
    chunks
}

/// What a client puts together of a choice: the message and the reason.
pub(super) fn message(chunks: &[Value], index: u64) -> (Value, Value) {
    let mut message = json!({});
    let mut reason = Value::Null;
    let items = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"].as_array())
        .flatten();
    for item in items.filter(|item| item["index"] == index) {
        merge(&mut message, &item["delta"]);
        if item["finish_reason"].is_string() {
            reason = item["finish_reason"].clone();
        }
    }
    (message, reason)
}

fn merge(into: &mut Value, from: &Value) {
    match (&mut *into, from) {
        (Value::Object(own), Value::Object(new)) => {
            for (key, value) in new {
                match own.get_mut(key) {
                    Some(old) if key != "index" => merge(old, value),
                    _ => {
                        own.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::String(own), Value::String(new)) => own.push_str(new),
        (Value::Array(own), Value::Array(new)) => {
            for item in new {
                let index = item.get("index");
                let same = own
                    .iter_mut()
                    .find(|old| index.is_some() && old.get("index") == index);
                match same {
                    Some(old) => merge(old, item),
                    None => own.push(item.clone()),
                }
            }
        }
        (own, new) => *own = new.clone(),
    }
}
