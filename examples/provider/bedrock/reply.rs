//! An answer as Converse gives it: one object, or the events of ConverseStream.
//! <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html>

use serde_json::{Value, json};

use super::super::answer::{Call, End};
use super::super::call::Told;
use super::super::events::Event;
use super::super::script::UsageReport;
use super::super::seal;

/// The answer as one object.
pub fn whole(told: &Told<'_>) -> Value {
    let answer = told.answer;
    let mut content = Vec::new();
    if !answer.thoughts.is_empty() {
        let thought = answer.thought();
        let text = json!({"text": thought, "signature": seal::seal(&thought)});
        content.push(json!({"reasoningContent": {"reasoningText": text}}));
    }
    if !answer.pieces.is_empty() {
        content.push(json!({"text": answer.text()}));
    }
    for (at, call) in answer.calls.iter().enumerate() {
        let input: Value = serde_json::from_str(&call.fragments.concat()).unwrap_or_default();
        content.push(
            json!({"toolUse": {"toolUseId": id(told, at), "name": call.name, "input": input}}),
        );
    }
    let mut reply = json!({
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop(told),
        "metrics": {"latencyMs": 1},
    });
    if told.script.usage != UsageReport::Never {
        reply["usage"] = usage(told);
    }
    reply
}

/// The answer as events. A text's block has no start; each has some padding, as the service's own have.
pub fn events(told: &Told<'_>) -> Vec<Event> {
    let answer = told.answer;
    let mut events = vec![event("messageStart", json!({"role": "assistant"}))];
    let mut index = 0_usize;
    let mut block = |start: Option<Value>, deltas: Vec<Value>| {
        let at = |mut data: Value| {
            data["contentBlockIndex"] = index.into();
            data
        };
        let start = start.map(|start| event("contentBlockStart", at(json!({"start": start}))));
        events.extend(start);
        events.extend(
            deltas
                .into_iter()
                .map(|delta| event("contentBlockDelta", at(json!({"delta": delta})))),
        );
        events.push(event("contentBlockStop", at(json!({}))));
        index = index.saturating_add(1);
    };
    if !answer.thoughts.is_empty() {
        let thoughts = answer
            .thoughts
            .iter()
            .map(|piece| json!({"reasoningContent": {"text": piece}}));
        let mut deltas: Vec<Value> = thoughts.collect();
        deltas.push(json!({"reasoningContent": {"signature": seal::seal(&answer.thought())}}));
        block(None, deltas);
    }
    if !answer.pieces.is_empty() {
        block(
            None,
            answer
                .pieces
                .iter()
                .map(|piece| json!({"text": piece}))
                .collect(),
        );
    }
    for (at, Call { name, fragments }) in answer.calls.iter().enumerate() {
        let start = json!({"toolUse": {"toolUseId": id(told, at), "name": name}});
        let deltas = fragments
            .iter()
            .map(|piece| json!({"toolUse": {"input": piece}}));
        block(Some(start), deltas.collect());
    }
    events.push(event("messageStop", json!({"stopReason": stop(told)})).last());
    if told.script.usage != UsageReport::Never {
        events.push(event(
            "metadata",
            json!({"usage": usage(told), "metrics": {"latencyMs": 1}}),
        ));
    }
    events
}

fn event(name: &'static str, mut data: Value) -> Event {
    data["p"] = "abcdefgh".into();
    Event::named(name, data)
}

fn id(told: &Told<'_>, at: usize) -> String {
    format!("tooluse_{:06}_{at}", told.number)
}

fn stop<'a>(told: &Told<'a>) -> &'a str {
    match &told.answer.end {
        End::Sequence(_) => told.answer.finish("stop_sequence", "", ""),
        _ => told.answer.finish("end_turn", "max_tokens", "tool_use"),
    }
}

/// What was read from the cache or written to it is not among the input tokens, but is in the total.
fn usage(told: &Told<'_>) -> Value {
    let usage = &told.answer.usage;
    let mut counted = json!({
        "inputTokens": usage.fresh(told.script),
        "outputTokens": usage.completion_tokens,
        "totalTokens": usage.total_tokens,
    });
    if told.script.cached > 0 || told.script.cache_write > 0 {
        counted["cacheReadInputTokens"] = told.script.cached.into();
        counted["cacheWriteInputTokens"] = told.script.cache_write.into();
    }
    counted
}
