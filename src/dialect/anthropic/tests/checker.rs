//! The order of a stream's events, held strictly (guide "Streaming messages").

use serde_json::Value;

use crate::sse::Event;

/// The events of a stream, each with its data.
pub fn events(bytes: &[u8]) -> Vec<(String, Value)> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.is_empty() || text.ends_with("\n\n"), "{text}");
    let raw = text.split_inclusive("\n\n");
    raw.map(|raw| {
        let event = Event::read(raw.as_bytes());
        let name = std::str::from_utf8(event.name).expect("UTF-8").to_owned();
        let data = event.data().expect("data");
        (name, serde_json::from_slice(&data).expect("JSON"))
    })
    .collect()
}

/// What is wrong with a stream that ends well, or with an error where `broken`.
pub fn check(bytes: &[u8], broken: bool) -> Result<(), String> {
    let events = events(bytes);
    let mut open: Option<String> = None;
    let mut blocks = 0;
    let mut state = State::Before;
    for (name, data) in &events {
        let wrong = |what: &str| Err(format!("{what}: {name} {data}"));
        if data["type"] != name.as_str() {
            return wrong("type is not the name");
        }
        match (state, name.as_str()) {
            (State::Before | State::Inside, "error") if open.is_none() => state = State::Broken,
            (State::Before, "message_start") => {
                let message = &data["message"];
                let fresh = message["content"] == Value::Array(Vec::new())
                    && message["stop_reason"].is_null()
                    && message["role"] == "assistant"
                    && message["usage"]["input_tokens"].is_u64()
                    && message["id"].as_str().is_some_and(|id| !id.is_empty());
                if !fresh {
                    return wrong("not a fresh message");
                }
                state = State::Inside;
            }
            (State::Inside, "content_block_start") => {
                if open.is_some() || data["index"] != blocks {
                    return wrong("start out of order");
                }
                open = data["content_block"]["type"].as_str().map(str::to_owned);
            }
            (State::Inside, "content_block_delta") => {
                let kind = open.as_deref().unwrap_or("none");
                let delta = data["delta"]["type"].as_str().unwrap_or("");
                let fits = match kind {
                    "text" => ["text_delta", "citations_delta"].contains(&delta),
                    "thinking" => ["thinking_delta", "signature_delta"].contains(&delta),
                    "tool_use" => delta == "input_json_delta",
                    _ => false,
                };
                if !fits || data["index"] != blocks {
                    return wrong("delta out of place");
                }
            }
            (State::Inside, "content_block_stop") => {
                if open.take().is_none() || data["index"] != blocks {
                    return wrong("stop out of order");
                }
                blocks += 1;
            }
            (State::Inside, "message_delta") if open.is_none() => {
                if !data["delta"]["stop_reason"].is_string()
                    || !data["usage"]["output_tokens"].is_u64()
                {
                    return wrong("no stop reason or usage");
                }
                state = State::Ending;
            }
            (State::Ending, "message_stop") => state = State::Over,
            _ => return wrong("event out of order"),
        }
    }
    let last = if broken { State::Broken } else { State::Over };
    match state == last {
        true => Ok(()),
        false => Err(format!("ends {state:?}")),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Ending,
    Over,
    Broken,
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":0}}}\n\n";
    let open = "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    let stop = "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n";
    let delta = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}\n\n";
    let end = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    let fragment = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}\n\n";
    let rows: [(&[&str], bool); 8] = [
        (&[start, open, stop, delta, end], true),
        (&[start, delta, end], true),
        (&[start, start, delta, end], false),
        (&[start, open, delta, end], false),
        (&[start, open, fragment, stop, delta, end], false),
        (&[start, open, stop, open, stop, delta, end], false),
        (&[start, open, stop, delta], false),
        (&[open, stop, delta, end], false),
    ];
    for (events, good) in rows {
        let stream = events.concat();
        assert_eq!(check(stream.as_bytes(), false).is_ok(), good, "{stream}");
    }
}
