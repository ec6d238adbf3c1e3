//! Cohere's chat and embeddings, version 2. <https://docs.cohere.com/reference/chat>

use serde_json::{Value, json};

use super::answer::End;
use super::call::{Call, Heard, Refusal, Told, items, most, strings, text};
use super::cohere_shapes as shapes;
use super::embeddings::vector;
use super::events::{Event, Framing};
use super::script::UsageReport;
use super::shape::{Flaw, Kind, Rules, Shape, What};
use super::wish::{Format, Function, Wish};

/// Reads a request at `/v2/chat`.
///
/// # Errors
/// What is wrong with it.
pub fn hear(call: &Call<'_>) -> Result<Heard, Refusal> {
    let request = read(call, shapes::chat)?;
    check(&request)?;
    let (model, wish) = (text(&request["model"]).to_owned(), wish(&request));
    Ok(match request["stream"] == true {
        true => Heard::stream(model, wish, Framing::Sse, events),
        false => Heard::whole(model, wish, whole),
    })
}

/// Reads a request at `/v2/embed`.
///
/// # Errors
/// What is wrong with it.
pub fn hear_embed(call: &Call<'_>) -> Result<Heard, Refusal> {
    let request = read(call, shapes::embed)?;
    let mut texts = strings(&request["texts"]);
    for input in items(&request["inputs"]) {
        let parts = items(&input["content"])
            .iter()
            .map(|part| text(&part["text"]));
        texts.push(parts.collect::<Vec<_>>().join("\n"));
    }
    if texts.is_empty() || texts.len() > 96 {
        return Err(Refusal::wrong(
            "invalid request: total number of texts must be at least 1 and at most 96",
        ));
    }
    let size = if request["output_dimension"].is_null() {
        1536
    } else {
        most(&request["output_dimension"])
    };
    if !matches!(size, 256 | 512 | 1024 | 1536) {
        return Err(Refusal::wrong(
            "invalid request: output_dimension must be one of 256, 512, 1024, 1536",
        ));
    }
    let mut wish = Wish::default();
    wish.hear(true, &texts.iter().map(String::as_str).collect::<Vec<_>>());
    Ok(Heard::whole(
        text(&request["model"]).to_owned(),
        wish,
        move |told| {
            let vectors: Vec<Vec<f32>> = texts.iter().map(|text| vector(text, size)).collect();
            let billed = json!({"input_tokens": told.answer.usage.prompt_tokens});
            json!({"id": id(told), "texts": texts, "embeddings": {"float": vectors}, "response_type": "embeddings_by_type",
            "meta": {"api_version": {"version": "2"}, "billed_units": billed}})
        },
    ))
}

fn read(call: &Call<'_>, shape: Shape) -> Result<Value, Refusal> {
    if call.bearer().is_none() {
        return Err(Refusal::new(401, "no api key supplied"));
    }
    let body = call
        .json()
        .map_err(|why| Refusal::wrong(format!("invalid json syntax: {why}")))?;
    let rules = Rules {
        snake: false,
        nulls: true,
    };
    rules
        .read(&body, Kind::Object(shape))
        .map_err(|flaw| worded(&flaw))
}

fn worded(flaw: &Flaw) -> Refusal {
    let path = flaw.bracketed();
    Refusal::new(
        422,
        match &flaw.what {
            What::Extra => format!("unknown field: parameter '{path}' is not a valid field"),
            What::Missing => format!("invalid request: {path} is required"),
            What::Wrong(wanted) => {
                format!("invalid type: parameter '{path}' should be of type {wanted}")
            }
            What::NotOf(words) => format!(
                "invalid request: '{path}' must be one of {}",
                words.join(", ")
            ),
            What::Tag(tag) => format!("invalid request: '{path}' has no variant {tag}"),
        },
    )
}

fn check(request: &Value) -> Result<(), Refusal> {
    let wrong = |why: String| Err(Refusal::wrong(format!("invalid request: {why}")));
    let ranges = [
        ("temperature", 0.0, 1.0),
        ("p", 0.01, 0.99),
        ("k", 0.0, 500.0),
        ("frequency_penalty", 0.0, 1.0),
        ("presence_penalty", 0.0, 1.0),
    ];
    for (name, least, most) in ranges {
        if request[name]
            .as_f64()
            .is_some_and(|value| !(least..=most).contains(&value))
        {
            return wrong(format!(
                "{name} must be between {least} and {most} inclusive"
            ));
        }
    }
    if items(&request["stop_sequences"]).len() > 5 {
        return wrong("stop_sequences must have at most 5 items".to_owned());
    }
    let messages = items(&request["messages"]);
    if messages.is_empty() {
        return wrong("messages must have at least one message".to_owned());
    }
    let mut open: Vec<&str> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        if message["role"] == "tool" {
            let id = text(&message["tool_call_id"]);
            if !open.contains(&id) {
                return wrong(format!(
                    "tool call id not found in previous tool calls: {id}"
                ));
            }
            open.retain(|one| *one != id);
            continue;
        }
        if let Some(id) = open.first() {
            return wrong(format!(
                "messages[{at}]: all tool calls must have a tool result, {id} has none"
            ));
        }
        open = items(&message["tool_calls"])
            .iter()
            .map(|call| text(&call["id"]))
            .collect();
        let bare = message["content"].is_null() || message["content"].as_str() == Some("");
        if bare && open.is_empty() {
            return wrong(format!("messages[{at}]: content must not be empty"));
        }
    }
    match messages
        .last()
        .is_some_and(|last| last["role"] == "assistant")
    {
        true => wrong("the last message must be of the user or of a tool".to_owned()),
        false => Ok(()),
    }
}

fn wish(request: &Value) -> Wish {
    let mut wish = Wish {
        most_tokens: most(&request["max_tokens"]),
        stops: strings(&request["stop_sequences"]),
        thinks: request["thinking"]["type"] == "enabled",
        ..Wish::default()
    };
    for message in items(&request["messages"]) {
        let said = match &message["content"] {
            Value::String(text) => vec![text.as_str()],
            content => items(content)
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect(),
        };
        wish.hear(message["role"] == "user", &said);
    }
    wish.after_tool = items(&request["messages"])
        .last()
        .is_some_and(|last| last["role"] == "tool");
    let functions = items(&request["tools"])
        .iter()
        .map(|tool| &tool["function"]);
    wish.functions = functions
        .map(|one| Function {
            name: text(&one["name"]).to_owned(),
            parameters: Some(one["parameters"].clone()),
        })
        .collect();
    match text(&request["tool_choice"]) {
        "REQUIRED" => wish.demand_any(),
        "NONE" => wish.functions.clear(),
        _ => {}
    }
    let format = &request["response_format"];
    let schema = [&format["json_schema"], &format["schema"]];
    wish.format = match schema.into_iter().find(|schema| schema.is_object()) {
        Some(schema) => Format::Schema(schema.clone()),
        None if format["type"] == "json_object" => Format::Object,
        None => Format::Text,
    };
    wish
}

fn whole(told: &Told<'_>) -> Value {
    let answer = told.answer;
    let mut content = Vec::new();
    if !answer.thoughts.is_empty() {
        content.push(json!({"type": "thinking", "thinking": answer.thought()}));
    }
    let mut message = json!({"role": "assistant"});
    if answer.calls.is_empty() {
        content.push(json!({"type": "text", "text": answer.text()}));
    } else {
        message["tool_plan"] = answer.text().into();
        let calls = (0..answer.calls.len()).map(|at| tool_call(told, at, None));
        message["tool_calls"] = calls.collect();
    }
    if !content.is_empty() {
        message["content"] = content.into();
    }
    json!({"id": id(told), "message": message, "finish_reason": finish(told), "usage": usage(told)})
}

fn events(told: &Told<'_>) -> Vec<Event> {
    let answer = told.answer;
    let mut events = Vec::new();
    let mut push = |name: &'static str, index: Option<usize>, message: Value| {
        let mut event = json!({"type": name});
        if let Some(index) = index {
            event["index"] = index.into();
        }
        if !message.is_null() {
            event["delta"] = json!({"message": message});
        }
        events.push(Event::named(name, event));
    };
    let start = json!({"role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": []});
    push("message-start", None, start);
    let mut index = 0_usize;
    for (kind, pieces) in [("thinking", &answer.thoughts), ("text", &answer.pieces)] {
        if pieces.is_empty() || kind == "text" && !answer.calls.is_empty() {
            continue;
        }
        push(
            "content-start",
            Some(index),
            json!({"content": {"type": kind, kind: ""}}),
        );
        for piece in pieces {
            push(
                "content-delta",
                Some(index),
                json!({"content": {kind: piece}}),
            );
        }
        push("content-end", Some(index), Value::Null);
        index = index.saturating_add(1);
    }
    for piece in answer.pieces.iter().filter(|_| !answer.calls.is_empty()) {
        push("tool-plan-delta", None, json!({"tool_plan": piece}));
    }
    for (at, call) in answer.calls.iter().enumerate() {
        push(
            "tool-call-start",
            Some(at),
            json!({"tool_calls": tool_call(told, at, Some(""))}),
        );
        for fragment in &call.fragments {
            push(
                "tool-call-delta",
                Some(at),
                json!({"tool_calls": {"function": {"arguments": fragment}}}),
            );
        }
        push("tool-call-end", Some(at), Value::Null);
    }
    if let Some(first) = events.first_mut()
        && let Ok(mut start) = serde_json::from_str::<Value>(&first.data)
    {
        start["id"] = id(told).into();
        first.data = start.to_string();
    }
    let delta = json!({"finish_reason": finish(told), "usage": usage(told)});
    events.push(
        Event::named(
            "message-end",
            json!({"type": "message-end", "delta": delta}),
        )
        .last(),
    );
    events
}

fn tool_call(told: &Told<'_>, at: usize, arguments: Option<&str>) -> Value {
    let call = told.answer.calls.get(at);
    let (name, own) = call.map_or(("", String::new()), |call| {
        (call.name.as_str(), call.fragments.concat())
    });
    let id = format!("{name}_{:06}{at}", told.number);
    json!({"id": id, "type": "function", "function": {"name": name, "arguments": arguments.unwrap_or(&own)}})
}

fn id(told: &Told<'_>) -> String {
    format!("00000000-0000-4000-8000-{:012}", told.number)
}

fn finish<'a>(told: &Told<'a>) -> &'a str {
    match told.answer.end {
        End::Sequence(_) => told.answer.finish("STOP_SEQUENCE", "", ""),
        _ => told.answer.finish("COMPLETE", "MAX_TOKENS", "TOOL_CALL"),
    }
}

fn usage(told: &Told<'_>) -> Value {
    if told.script.usage == UsageReport::Never {
        return Value::Null;
    }
    let usage = &told.answer.usage;
    let counted =
        json!({"input_tokens": usage.prompt_tokens, "output_tokens": usage.completion_tokens});
    json!({"billed_units": counted, "tokens": counted, "cached_tokens": told.script.cached})
}
