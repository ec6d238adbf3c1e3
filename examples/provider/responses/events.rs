//! An answer as the events of a Responses stream. <https://platform.openai.com/docs/api-reference/responses-streaming>

use serde_json::{Value, json};

use super::super::call::Told;
use super::super::events::Event;
use super::reply::{begun, call, id, items, message, part, response, summary};

/// The answer as events, each with its number.
pub fn events(told: &Told<'_>, request: &Value) -> Vec<Event> {
    let mut stream = Stream {
        events: Vec::new(),
        index: 0,
    };
    stream.push(
        "response.created",
        json!({"response": begun(told, request)}),
    );
    stream.push(
        "response.in_progress",
        json!({"response": begun(told, request)}),
    );
    let output = items(told, request);
    for item in &output {
        match item["type"].as_str().unwrap_or_default() {
            "reasoning" => stream.thought(told, item),
            "message" => stream.message(told, item),
            _ => stream.call(told, item),
        }
    }
    let whole = response(told, request, output);
    let name = match whole["status"].as_str() {
        Some("incomplete") => "response.incomplete",
        _ => "response.completed",
    };
    stream.push(name, json!({"response": whole}));
    let last = stream.events.pop().map(Event::last);
    stream.events.extend(last);
    stream.events
}

struct Stream {
    events: Vec<Event>,
    index: usize,
}

impl Stream {
    fn push(&mut self, name: &'static str, data: Value) {
        let mut event = json!({"type": name, "sequence_number": self.events.len()});
        if let (Some(event), Some(data)) = (event.as_object_mut(), data.as_object()) {
            event.extend(data.clone());
        }
        self.events.push(Event::named(name, event));
    }

    /// An event of the item that is being written.
    fn of_item(&mut self, name: &'static str, item: &Value, mut data: Value) {
        data["item_id"] = item["id"].clone();
        data["output_index"] = self.index.into();
        self.push(name, data);
    }

    fn item(&mut self, begun: Value, item: &Value, inside: impl FnOnce(&mut Self)) {
        self.push(
            "response.output_item.added",
            json!({"output_index": self.index, "item": begun}),
        );
        inside(self);
        self.push(
            "response.output_item.done",
            json!({"output_index": self.index, "item": item}),
        );
        self.index = self.index.saturating_add(1);
    }

    fn thought(&mut self, told: &Told<'_>, item: &Value) {
        let begun = json!({"id": id(told, "rs", 0), "type": "reasoning", "summary": []});
        let at = |mut data: Value| {
            data["summary_index"] = 0.into();
            data
        };
        self.item(begun, item, |stream| {
            stream.of_item(
                "response.reasoning_summary_part.added",
                item,
                at(json!({"part": summary("")})),
            );
            for piece in &told.answer.thoughts {
                stream.of_item(
                    "response.reasoning_summary_text.delta",
                    item,
                    at(json!({"delta": piece})),
                );
            }
            let text = told.answer.thought();
            stream.of_item(
                "response.reasoning_summary_text.done",
                item,
                at(json!({"text": text})),
            );
            stream.of_item(
                "response.reasoning_summary_part.done",
                item,
                at(json!({"part": summary(&text)})),
            );
        });
    }

    fn message(&mut self, told: &Told<'_>, item: &Value) {
        let at = |mut data: Value| {
            data["content_index"] = 0.into();
            data
        };
        self.item(message(told, "in_progress", Vec::new()), item, |stream| {
            stream.of_item(
                "response.content_part.added",
                item,
                at(json!({"part": part("")})),
            );
            for piece in &told.answer.pieces {
                stream.of_item(
                    "response.output_text.delta",
                    item,
                    at(json!({"delta": piece, "logprobs": []})),
                );
            }
            let text = told.answer.text();
            stream.of_item(
                "response.output_text.done",
                item,
                at(json!({"text": text, "logprobs": []})),
            );
            stream.of_item(
                "response.content_part.done",
                item,
                at(json!({"part": part(&text)})),
            );
        });
    }

    fn call(&mut self, told: &Told<'_>, item: &Value) {
        let calls = &told.answer.calls;
        let at = (0..calls.len())
            .find(|at| item["id"] == id(told, "fc", *at))
            .unwrap_or(0);
        self.item(call(told, at, "in_progress", Some("")), item, |stream| {
            for fragment in calls.get(at).into_iter().flat_map(|call| &call.fragments) {
                stream.of_item(
                    "response.function_call_arguments.delta",
                    item,
                    json!({"delta": fragment}),
                );
            }
            let whole = json!({"arguments": item["arguments"], "name": item["name"]});
            stream.of_item("response.function_call_arguments.done", item, whole);
        });
    }
}
