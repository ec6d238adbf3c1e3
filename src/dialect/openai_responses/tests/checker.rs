//! What every stream of Responses must keep to: sequence numbers without gaps, each `added` with its `done`,
//! indexes that fit, whole texts that are the sum of their pieces, and a last response that repeats the
//! items.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json;

/// Checks a stream, and gives the last response.
pub(super) fn check(stream: &[u8]) -> Value {
    let stream = std::str::from_utf8(stream).unwrap();
    assert!(stream.ends_with("\n\n"), "{stream}");
    let mut checker = Checker::default();
    for (nth, event) in stream.split_terminator("\n\n").enumerate() {
        let (name, data) = event.split_once('\n').unwrap();
        let data = json(data.strip_prefix("data: ").unwrap());
        assert_eq!(name.strip_prefix("event: "), data["type"].as_str());
        assert_eq!(data["sequence_number"], json!(nth), "{event}");
        assert!(checker.last.is_none(), "after the end: {event}");
        checker.event(nth, &data);
    }
    checker.last.expect("no last event")
}

#[derive(Default)]
struct Checker {
    id: Option<Value>,
    items: Vec<Item>,
    error: Option<Value>,
    last: Option<Value>,
}

struct Item {
    id: Value,
    added: Value,
    done: Option<Value>,
    parts: BTreeMap<u64, Part>,
    /// Of a call.
    said: String,
    said_done: bool,
}

struct Part {
    kind: Value,
    said: String,
    annotations: Vec<Value>,
    logprobs: Vec<Value>,
    said_done: bool,
    done: Option<Value>,
}

impl Checker {
    fn event(&mut self, nth: usize, data: &Value) {
        let kind = data["type"].as_str().unwrap();
        match nth {
            0 => assert_eq!(kind, "response.created"),
            1 => assert_eq!(kind, "response.in_progress"),
            _ => {}
        }
        if self.error.is_some() {
            assert_eq!(kind, "response.failed", "after an error");
        }
        match kind {
            "response.created" | "response.in_progress" => {
                assert!(nth < 2);
                let response = &data["response"];
                assert_eq!(response["status"], "in_progress");
                assert_eq!(response["output"], json!([]));
                let id = self.id.get_or_insert_with(|| response["id"].clone());
                assert_eq!(*id, response["id"]);
            }
            "response.output_item.added" => {
                assert_eq!(data["output_index"], json!(self.items.len()));
                let item = &data["item"];
                assert!(
                    self.items.iter().all(|other| other.id != item["id"]),
                    "{item}"
                );
                self.items.push(Item {
                    id: item["id"].clone(),
                    added: item.clone(),
                    done: None,
                    parts: BTreeMap::new(),
                    said: String::new(),
                    said_done: false,
                });
            }
            "response.output_item.done" => {
                let place = data["output_index"].as_u64().unwrap();
                let item = &mut self.items[usize::try_from(place).unwrap()];
                item.end(&data["item"]);
            }
            "response.completed" | "response.incomplete" | "response.failed" => {
                self.end(kind, &data["response"]);
            }
            "error" => {
                assert_eq!(data["message"], data["error"]["message"]);
                assert_eq!(data["code"], data["error"]["code"]);
                self.error = Some(data.clone());
            }
            _ => {
                let place = data["output_index"].as_u64().unwrap();
                let item = &mut self.items[usize::try_from(place).unwrap()];
                assert_eq!(item.id, data["item_id"]);
                assert!(item.done.is_none(), "after its item: {data}");
                item.event(kind, data);
            }
        }
    }

    fn end(&mut self, kind: &str, response: &Value) {
        assert_eq!(response["status"], kind.strip_prefix("response.").unwrap());
        assert_eq!(Some(&response["id"]), self.id.as_ref());
        let failed = kind == "response.failed";
        assert_eq!(response["error"].is_null(), !failed);
        assert_eq!(
            response["incomplete_details"].is_null(),
            kind != "response.incomplete"
        );
        let done: Vec<&Value> = self
            .items
            .iter()
            .filter_map(|item| item.done.as_ref())
            .collect();
        assert!(
            failed || done.len() == self.items.len(),
            "an item that is not done"
        );
        assert_eq!(response["output"], json!(done));
        if let Some(usage) = response.get("usage") {
            let count = |key: &str| usage[key].as_u64().unwrap();
            assert_eq!(
                count("total_tokens"),
                count("input_tokens") + count("output_tokens")
            );
        }
        for field in [
            "object",
            "created_at",
            "model",
            "tools",
            "parallel_tool_calls",
            "tool_choice",
        ] {
            assert!(!response[field].is_null(), "{field}");
        }
        for field in ["instructions", "metadata", "temperature", "top_p"] {
            assert!(response.get(field).is_some(), "{field}");
        }
        self.last = Some(response.clone());
    }
}

impl Item {
    fn event(&mut self, kind: &str, data: &Value) {
        let of_item = self.added["type"].as_str().unwrap();
        let text = |key: &str| data[key].as_str().unwrap();
        match (of_item, kind) {
            ("function_call", "response.function_call_arguments.delta")
            | ("custom_tool_call", "response.custom_tool_call_input.delta") => {
                assert!(!self.said_done);
                self.said.push_str(text("delta"));
            }
            ("function_call", "response.function_call_arguments.done") => {
                assert_eq!(self.said, text("arguments"));
                assert_eq!(self.added["name"], data["name"]);
                self.said_done = true;
            }
            ("custom_tool_call", "response.custom_tool_call_input.done") => {
                assert_eq!(self.said, text("input"));
                self.said_done = true;
            }
            ("message", "response.content_part.added")
            | ("reasoning", "response.reasoning_summary_part.added") => {
                let part = &data["part"];
                let nth = index(data);
                assert_eq!(nth, u64::try_from(self.parts.len()).unwrap());
                assert!(
                    self.parts.values().all(|part| part.done.is_some()),
                    "two at once"
                );
                assert_eq!(content(part), "");
                let part = Part {
                    kind: part["type"].clone(),
                    said: String::new(),
                    annotations: Vec::new(),
                    logprobs: Vec::new(),
                    said_done: false,
                    done: None,
                };
                self.parts.insert(nth, part);
            }
            ("message" | "reasoning", _) => {
                let part = self.parts.get_mut(&index(data)).expect("no such part");
                part.event(kind, data);
            }
            other => panic!("unexpected {other:?}"),
        }
    }

    fn end(&mut self, item: &Value) {
        assert!(self.done.is_none(), "twice: {item}");
        for field in ["id", "type", "role", "call_id", "name"] {
            assert_eq!(item[field], self.added[field], "{item}");
        }
        let parts: Vec<&Value> = self
            .parts
            .values()
            .map(|part| part.done.as_ref().unwrap())
            .collect();
        match item["type"].as_str().unwrap() {
            "message" => {
                assert_eq!(self.added["content"], json!([]));
                assert_eq!(item["content"], json!(parts));
            }
            "reasoning" => {
                assert_eq!(item["summary"], json!(parts));
                assert!(item["encrypted_content"].is_string());
            }
            "function_call" => {
                assert!(self.said_done);
                assert_eq!(item["arguments"], self.said);
                assert_eq!(self.added["arguments"], "");
            }
            "custom_tool_call" => {
                assert!(self.said_done);
                assert_eq!(item["input"], self.said);
            }
            other => panic!("unexpected {other}"),
        }
        if item["type"] != "reasoning" {
            assert_eq!(self.added["status"], "in_progress");
            assert!(["completed", "incomplete"].contains(&item["status"].as_str().unwrap()));
        }
        self.done = Some(item.clone());
    }
}

impl Part {
    fn event(&mut self, kind: &str, data: &Value) {
        assert!(self.done.is_none(), "after its part: {data}");
        let of_part = self.kind.as_str().unwrap();
        match (of_part, kind) {
            ("output_text", "response.output_text.delta")
            | ("refusal", "response.refusal.delta")
            | ("summary_text", "response.reasoning_summary_text.delta") => {
                assert!(!self.said_done);
                self.said.push_str(data["delta"].as_str().unwrap());
                if of_part == "output_text" {
                    self.logprobs
                        .extend(data["logprobs"].as_array().unwrap().clone());
                }
            }
            ("output_text", "response.output_text.annotation.added") => {
                assert_eq!(data["annotation_index"], json!(self.annotations.len()));
                self.annotations.push(data["annotation"].clone());
            }
            ("output_text", "response.output_text.done")
            | ("refusal", "response.refusal.done")
            | ("summary_text", "response.reasoning_summary_text.done") => {
                let key = if of_part == "refusal" {
                    "refusal"
                } else {
                    "text"
                };
                assert_eq!(data[key], self.said);
                self.said_done = true;
            }
            ("output_text" | "refusal", "response.content_part.done")
            | ("summary_text", "response.reasoning_summary_part.done") => {
                assert!(self.said_done, "{data}");
                let part = &data["part"];
                assert_eq!(part["type"], self.kind);
                assert_eq!(content(part), self.said);
                if of_part == "output_text" {
                    assert_eq!(part["annotations"], json!(self.annotations));
                    assert_eq!(part["logprobs"], json!(self.logprobs));
                }
                self.done = Some(part.clone());
            }
            other => panic!("unexpected {other:?}"),
        }
    }
}

fn index(data: &Value) -> u64 {
    let index = data.get("content_index").or(data.get("summary_index"));
    index.and_then(Value::as_u64).unwrap()
}

fn content(part: &Value) -> &str {
    let content = part.get("text").or(part.get("refusal"));
    content.and_then(Value::as_str).unwrap()
}
