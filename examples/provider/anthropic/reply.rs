//! An answer as a message of Anthropic's: one object, or the events of a stream.
//! <https://docs.claude.com/en/docs/build-with-claude/streaming>

use serde_json::{Value, json};

use super::super::answer::End;
use super::super::call::Told;
use super::super::events::Event;
use super::super::script::UsageReport;
use super::super::seal;

/// The answer as one message.
pub fn whole(told: &Told<'_>) -> Value {
    let answer = told.answer;
    let mut content = Vec::new();
    if !answer.thoughts.is_empty() {
        let thought = answer.thought();
        content.push(
            json!({"type": "thinking", "signature": seal::seal(&thought), "thinking": thought}),
        );
    }
    if !answer.pieces.is_empty() {
        content.push(json!({"type": "text", "text": answer.text()}));
    }
    for (at, call) in answer.calls.iter().enumerate() {
        let input: Value = serde_json::from_str(&call.fragments.concat()).unwrap_or_default();
        content.push(
            json!({"type": "tool_use", "id": id(told, at), "name": call.name, "input": input}),
        );
    }
    let (reason, sequence) = stop(told);
    let mut message = message(told);
    message["content"] = content.into();
    message["stop_reason"] = reason.into();
    message["stop_sequence"] = sequence;
    put_usage(&mut message, told, answer.usage.completion_tokens);
    message
}

/// The answer as events.
pub fn events(told: &Told<'_>) -> Vec<Event> {
    let answer = told.answer;
    let mut start = message(told);
    put_usage(&mut start, told, 1);
    let mut events = vec![
        event("message_start", json!({"message": start})),
        event("ping", json!({})),
    ];
    let mut index = 0_usize;
    let mut block = |start: Value, deltas: Vec<Value>| {
        events.push(event(
            "content_block_start",
            json!({"index": index, "content_block": start}),
        ));
        for delta in deltas {
            events.push(event(
                "content_block_delta",
                json!({"index": index, "delta": delta}),
            ));
        }
        events.push(event("content_block_stop", json!({"index": index})));
        index = index.saturating_add(1);
    };
    if !answer.thoughts.is_empty() {
        let thoughts = answer.thoughts.iter();
        let mut deltas: Vec<Value> = thoughts
            .map(|piece| json!({"type": "thinking_delta", "thinking": piece}))
            .collect();
        deltas.push(json!({"type": "signature_delta", "signature": seal::seal(&answer.thought())}));
        block(
            json!({"type": "thinking", "thinking": "", "signature": ""}),
            deltas,
        );
    }
    if !answer.pieces.is_empty() {
        let pieces = answer
            .pieces
            .iter()
            .map(|piece| json!({"type": "text_delta", "text": piece}));
        block(json!({"type": "text", "text": ""}), pieces.collect());
    }
    for (at, call) in answer.calls.iter().enumerate() {
        let start = json!({"type": "tool_use", "id": id(told, at), "name": call.name, "input": {}});
        let json = |piece: &str| json!({"type": "input_json_delta", "partial_json": piece});
        let mut deltas = vec![json("")];
        deltas.extend(call.fragments.iter().map(|piece| json(piece)));
        block(start, deltas);
    }
    let (reason, sequence) = stop(told);
    let mut end = json!({"delta": {"stop_reason": reason, "stop_sequence": sequence}});
    put_usage(&mut end, told, answer.usage.completion_tokens);
    if let Some(usage) = end["usage"].as_object_mut() {
        usage.remove("cache_creation");
        usage.remove("service_tier");
    }
    events.push(event("message_delta", end));
    events.push(event("message_stop", json!({})).last());
    events
}

fn event(name: &'static str, mut data: Value) -> Event {
    let mut typed = json!({"type": name});
    if let (Some(typed), Some(data)) = (typed.as_object_mut(), data.as_object_mut()) {
        typed.append(data);
    }
    Event::named(name, typed)
}

fn id(told: &Told<'_>, at: usize) -> String {
    format!("toolu_{:06}_{at}", told.number)
}

fn message(told: &Told<'_>) -> Value {
    let id = format!("msg_{:06}", told.number);
    json!({"id": id, "type": "message", "role": "assistant", "model": told.model, "content": [],
        "stop_reason": null, "stop_sequence": null})
}

fn stop<'a>(told: &Told<'a>) -> (&'a str, Value) {
    match &told.answer.end {
        End::Sequence(stop) => (told.answer.finish("stop_sequence", "", ""), json!(stop)),
        _ => (
            told.answer.finish("end_turn", "max_tokens", "tool_use"),
            Value::Null,
        ),
    }
}

/// What was read from the cache or written to it is not among the input tokens.
fn put_usage(object: &mut Value, told: &Told<'_>, output: u64) {
    let script = told.script;
    if script.usage == UsageReport::Never {
        return;
    }
    let written = script.cache_write;
    object["usage"] = json!({
        "input_tokens": told.answer.usage.fresh(script),
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": script.cached,
        "cache_creation": {"ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0},
        "output_tokens": output,
        "service_tier": "standard",
    });
}
