//! Chat completion chunks: who speaks first, whose delta it is, why it ends, what it cost, and `[DONE]`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Checked, must, sse};

/// One choice as far as it has come.
#[derive(Default)]
struct Choice {
    begun: bool,
    finish: Option<String>,
    /// Name, id and arguments of each call.
    calls: Vec<(String, String, String)>,
}

/// Checks a stream. With `usage`, the request asked for the usage chunk.
pub fn check(text: &str, usage: bool) -> Checked {
    let mut events = sse::events(text)?;
    must(events.iter().all(|event| event.name.is_none()), || {
        "an event has a name".to_owned()
    })?;
    let last = events.pop().ok_or("no events")?;
    if last.data != "[DONE]" {
        let error = last.json().is_ok_and(|last| last["error"].is_object());
        must(error, || {
            format!(
                "the last event is neither [DONE] nor an error: {}",
                last.data
            )
        })?;
        return chunks(&events, usage, false);
    }
    chunks(&events, usage, true)
}

fn chunks(events: &[sse::Event], usage: bool, whole: bool) -> Checked {
    let mut head: Option<[Value; 3]> = None;
    let mut choices: BTreeMap<u64, Choice> = BTreeMap::new();
    let mut used = false;
    for (at, event) in events.iter().enumerate() {
        let in_chunk = |why: String| format!("chunk {at}: {why}: {}", event.data);
        must(event.data != "[DONE]", || {
            in_chunk("[DONE] before the end".to_owned())
        })?;
        let chunk = event.json()?;
        must(!used, || {
            in_chunk("something after the usage chunk".to_owned())
        })?;
        head_of(&chunk, &mut head).map_err(in_chunk)?;
        let listed = chunk["choices"]
            .as_array()
            .ok_or_else(|| in_chunk("no choices".to_owned()))?;
        if listed.is_empty() {
            must(usage, || {
                in_chunk("a usage chunk nobody asked for".to_owned())
            })?;
            tally(&chunk["usage"]).map_err(in_chunk)?;
            used = true;
        } else {
            must(chunk["usage"].is_null(), || {
                in_chunk("usage beside choices".to_owned())
            })?;
        }
        for choice in listed {
            let index = choice["index"]
                .as_u64()
                .ok_or_else(|| in_chunk("a choice without an index".to_owned()))?;
            must(choice.get("finish_reason").is_some(), || {
                in_chunk("no finish_reason, not even null".to_owned())
            })?;
            one(choice, choices.entry(index).or_default()).map_err(in_chunk)?;
        }
    }
    if !whole {
        return Ok(());
    }
    must(!choices.is_empty(), || "no choices at all".to_owned())?;
    must(used == usage, || {
        "no usage chunk, though it was asked for".to_owned()
    })?;
    for (at, (index, choice)) in choices.iter().enumerate() {
        must(u64::try_from(at) == Ok(*index), || {
            format!("choice {at} is missing")
        })?;
        end(choice).map_err(|why| format!("choice {index}: {why}"))?;
    }
    Ok(())
}

fn head_of(chunk: &Value, head: &mut Option<[Value; 3]>) -> Checked {
    must(chunk["object"] == "chat.completion.chunk", || {
        "not a chat.completion.chunk".to_owned()
    })?;
    let own = [
        chunk["id"].clone(),
        chunk["created"].clone(),
        chunk["model"].clone(),
    ];
    let [id, created, model] = &own;
    must(id.as_str().is_some_and(|id| !id.is_empty()), || {
        "no id".to_owned()
    })?;
    must(created.is_u64() && model.is_string(), || {
        "no created or no model".to_owned()
    })?;
    let first = head.get_or_insert_with(|| own.clone());
    must(*first == own, || {
        "another id, created or model than before".to_owned()
    })
}

fn one(choice: &Value, so_far: &mut Choice) -> Checked {
    let delta = &choice["delta"];
    must(delta.is_object(), || "no delta".to_owned())?;
    must(so_far.finish.is_none(), || {
        "a delta behind the finish reason".to_owned()
    })?;
    let role = delta.get("role");
    match so_far.begun {
        false => must(role.is_some_and(|role| role == "assistant"), || {
            "no role in the first chunk".to_owned()
        })?,
        true => must(role.is_none(), || "a role again".to_owned())?,
    }
    so_far.begun = true;
    for name in ["content", "refusal", "reasoning_content"] {
        let fits = delta
            .get(name)
            .is_none_or(|said| said.is_string() || said.is_null());
        must(fits, || format!("{name} is neither text nor null"))?;
    }
    for call in delta["tool_calls"].as_array().into_iter().flatten() {
        called(call, &mut so_far.calls)?;
    }
    match &choice["finish_reason"] {
        Value::Null => Ok(()),
        Value::String(reason) => {
            let known = [
                "stop",
                "length",
                "tool_calls",
                "content_filter",
                "function_call",
            ];
            so_far.finish = Some(reason.clone());
            must(known.contains(&reason.as_str()), || {
                format!("finish_reason {reason:?} is not one of OpenAI's")
            })
        }
        _ => Err("finish_reason is no text".to_owned()),
    }
}

/// The first delta of a call has its id, type and name; those behind it have arguments alone.
fn called(call: &Value, calls: &mut Vec<(String, String, String)>) -> Checked {
    let index = call["index"]
        .as_u64()
        .and_then(|index| usize::try_from(index).ok())
        .ok_or("a call without an index")?;
    let function = &call["function"];
    let arguments = function["arguments"].as_str();
    match calls.get_mut(index) {
        Some((_, _, so_far)) => {
            must(call.get("id").is_none(), || "a call's id again".to_owned())?;
            must(function.get("name").is_none(), || {
                "a call's name again".to_owned()
            })?;
            so_far.push_str(arguments.ok_or("a call's delta without arguments")?);
        }
        None => {
            must(index == calls.len(), || {
                format!("call {index} begins before call {}", calls.len())
            })?;
            let text = |value: &Value| {
                value
                    .as_str()
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
            };
            let id = text(&call["id"]).ok_or("a call begins without an id")?;
            let name = text(&function["name"]).ok_or("a call begins without a name")?;
            must(call["type"] == "function", || {
                "a call begins without its type".to_owned()
            })?;
            must(calls.iter().all(|(_, other, _)| *other != id), || {
                format!("two calls with the id {id}")
            })?;
            calls.push((name, id, arguments.unwrap_or_default().to_owned()));
        }
    }
    Ok(())
}

fn end(choice: &Choice) -> Checked {
    let finish = choice.finish.as_deref().ok_or("no finish reason")?;
    let fits = (finish == "tool_calls") != choice.calls.is_empty()
        || matches!(finish, "length" | "content_filter");
    // A call demanded by name ends with "stop".
    must(fits || finish == "stop", || {
        format!("finish reason {finish} with {} calls", choice.calls.len())
    })?;
    let whole = |arguments: &str| {
        serde_json::from_str::<Value>(arguments).is_ok_and(|value| value.is_object())
    };
    let broken = choice
        .calls
        .iter()
        .find(|(_, _, arguments)| finish != "length" && !whole(arguments));
    must(broken.is_none(), || {
        format!("the arguments of a call are no object: {broken:?}")
    })
}

fn tally(usage: &Value) -> Checked {
    let count = |name: &str| usage[name].as_u64().ok_or(format!("no {name} in usage"));
    let (prompt, completion, total) = (
        count("prompt_tokens")?,
        count("completion_tokens")?,
        count("total_tokens")?,
    );
    must(prompt.checked_add(completion) == Some(total), || {
        "usage does not add up".to_owned()
    })
}
