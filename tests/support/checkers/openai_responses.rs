//! Events of a Responses stream: numbered, each thing that is added also done, and the end says again what was said.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Checked, must, sse};

/// Where a stream is.
#[derive(Default)]
struct Stream {
    id: Option<Value>,
    /// The items by their place in the output.
    items: BTreeMap<u64, Item>,
    ended: bool,
    failed: bool,
}

/// One item of the output.
struct Item {
    id: Value,
    kind: String,
    /// What was said, by the place in it and what it is: `output_text`, `arguments` …
    said: BTreeMap<(u64, String), Said>,
    /// The parts that are open.
    parts: Vec<(String, u64)>,
    done: Option<Value>,
}

/// A text that comes in deltas.
#[derive(Default)]
struct Said {
    text: String,
    done: bool,
}

/// Where a kind of delta says its place, and what its `done` calls the text.
const SAID: [(&str, &str, &str); 5] = [
    ("output_text", "content_index", "text"),
    ("refusal", "content_index", "refusal"),
    ("reasoning_text", "content_index", "text"),
    ("reasoning_summary_text", "summary_index", "text"),
    ("function_call_arguments", "", "arguments"),
];

/// Checks a stream.
pub fn check(text: &str) -> Checked {
    let mut stream = Stream::default();
    for (at, event) in sse::events(text)?.iter().enumerate() {
        let data = event.json()?;
        let kind = data["type"].as_str().unwrap_or_default();
        let in_event = |why: String| format!("event {at}: {why}: {}", event.data);
        must(event.name.as_deref() == Some(kind), || {
            in_event(format!("its event line says {:?}", event.name))
        })?;
        must(data["sequence_number"] == at, || {
            in_event(format!("not the sequence number {at}"))
        })?;
        must(!stream.ended, || {
            in_event("something behind the end".to_owned())
        })?;
        must(!stream.failed || kind == "response.failed", || {
            in_event("something behind an error".to_owned())
        })?;
        stream.next(at, kind, &data).map_err(in_event)?;
    }
    must(stream.ended || stream.failed, || {
        "the stream does not end".to_owned()
    })
}

impl Stream {
    fn next(&mut self, at: usize, kind: &str, data: &Value) -> Checked {
        if kind == "error" {
            self.failed = true;
            let message = [&data["message"], &data["error"]["message"]]
                .iter()
                .any(|text| text.is_string());
            return must(message, || "an error without a message".to_owned());
        }
        let first = kind == "response.created";
        must(first == (at == 0), || {
            "response.created is not the first event, or not the only one".to_owned()
        })?;
        match kind {
            "response.created" | "response.in_progress" | "response.queued" => {
                self.begun(&data["response"])
            }
            "response.completed" | "response.incomplete" | "response.failed" => {
                self.end(kind, &data["response"])
            }
            "response.output_item.added" => self.add(data),
            "response.output_item.done" => self.finish(data),
            _ => self.inside(kind, data),
        }
    }

    fn begun(&mut self, response: &Value) -> Checked {
        must(self.items.is_empty(), || {
            "it begins behind an item".to_owned()
        })?;
        must(
            response["object"] == "response" && response["model"].is_string(),
            || "no response, or no model".to_owned(),
        )?;
        must(
            response["status"] == "in_progress" || response["status"] == "queued",
            || "not in progress".to_owned(),
        )?;
        must(
            response["output"].as_array().is_some_and(Vec::is_empty),
            || "the output does not begin empty".to_owned(),
        )?;
        self.same(response)
    }

    fn same(&mut self, response: &Value) -> Checked {
        let id = response["id"].clone();
        must(id.is_string(), || "a response without an id".to_owned())?;
        let first = self.id.get_or_insert_with(|| id.clone());
        must(*first == id, || "another response's id".to_owned())
    }

    fn add(&mut self, data: &Value) -> Checked {
        let at = data["output_index"].as_u64().ok_or("no output_index")?;
        must(u64::try_from(self.items.len()) == Ok(at), || {
            format!("not the item {}", self.items.len())
        })?;
        let (item, kind) = (
            &data["item"],
            data["item"]["type"]
                .as_str()
                .ok_or("an item without a type")?,
        );
        must(item["id"].is_string(), || {
            "an item without an id".to_owned()
        })?;
        must(
            self.items.values().all(|other| other.id != item["id"]),
            || "an id of two items".to_owned(),
        )?;
        match kind {
            "message" => must(
                item["content"].as_array().is_some_and(Vec::is_empty)
                    && item["role"] == "assistant",
                || "a message that does not begin empty, or is not the assistant's".to_owned(),
            )?,
            "function_call" => must(
                item["arguments"] == "" && item["call_id"].is_string() && item["name"].is_string(),
                || {
                    "a call that does not begin without arguments, or has no call_id or name"
                        .to_owned()
                },
            )?,
            "reasoning" => must(item["summary"].is_array(), || {
                "reasoning without a summary".to_owned()
            })?,
            _ => {}
        }
        let (id, kind) = (item["id"].clone(), kind.to_owned());
        self.items.insert(
            at,
            Item {
                id,
                kind,
                said: BTreeMap::new(),
                parts: Vec::new(),
                done: None,
            },
        );
        Ok(())
    }

    fn finish(&mut self, data: &Value) -> Checked {
        let item = data["output_index"]
            .as_u64()
            .and_then(|at| self.items.get_mut(&at))
            .ok_or("an item done, not added")?;
        let whole = &data["item"];
        must(item.done.is_none(), || "an item done again".to_owned())?;
        must(
            item.id == whole["id"] && whole["type"] == *item.kind,
            || "another item than was added".to_owned(),
        )?;
        must(item.parts.is_empty(), || {
            format!("a part is open: {:?}", item.parts)
        })?;
        for ((at, kind), said) in &item.said {
            must(said.done, || format!("{kind} {at} has deltas and no done"))?;
            let place = usize::try_from(*at).unwrap_or(usize::MAX);
            let again = match kind.as_str() {
                "output_text" | "reasoning_text" => &whole["content"][place]["text"],
                "refusal" => &whole["content"][place]["refusal"],
                "reasoning_summary_text" => &whole["summary"][place]["text"],
                _ => &whole["arguments"],
            };
            must(*again == *said.text, || {
                format!("the item's {kind} {at} is not the sum of its deltas")
            })?;
        }
        let untold = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        let told = |kind: &str| item.said.keys().any(|(_, one)| one == kind);
        if item.kind == "function_call" {
            must(
                told("function_call_arguments") || !untold(&whole["arguments"]),
                || "arguments without deltas".to_owned(),
            )?;
            let object = whole["arguments"]
                .as_str()
                .and_then(|text| serde_json::from_str::<Value>(text).ok());
            let cut = whole["status"] == "incomplete";
            must(cut || object.is_some_and(|value| value.is_object()), || {
                "a call's arguments are no object".to_owned()
            })?;
        }
        if item.kind == "message" {
            let parts = whole["content"].as_array().map_or(0, Vec::len);
            let texts = item
                .said
                .keys()
                .filter(|(_, kind)| kind == "output_text" || kind == "refusal")
                .count();
            must(parts == texts, || {
                format!("{parts} parts, of which {texts} were told")
            })?;
        }
        item.done = Some(whole.clone());
        Ok(())
    }

    /// An event of an item that is open.
    fn inside(&mut self, kind: &str, data: &Value) -> Checked {
        let item = data["output_index"]
            .as_u64()
            .and_then(|at| self.items.get_mut(&at));
        let item = item.ok_or_else(|| format!("{kind} of an item that was not added"))?;
        must(item.done.is_none(), || {
            "an event of an item that is done".to_owned()
        })?;
        // What runs at the provider does not always have one.
        let own = data.get("item_id").is_none_or(|id| *id == item.id);
        must(own, || "item_id is not the item's".to_owned())?;
        let name = kind.strip_prefix("response.").unwrap_or(kind);
        let told = SAID.iter().any(|said| name.starts_with(said.0)) || name.contains("_part.");
        must(!told || data["item_id"].is_string(), || {
            "no item_id".to_owned()
        })?;
        if let Some((part, what)) = name
            .rsplit_once('.')
            .filter(|(part, _)| part.ends_with("_part"))
        {
            return item.part(part, what, data);
        }
        let known = SAID
            .iter()
            .find_map(|said| Some((said, name.strip_prefix(said.0)?)));
        match known {
            Some((said, ".delta")) => item.say(said, data),
            Some((said, ".done")) => item.said(said, data),
            // Annotations, and what runs at the provider.
            _ => Ok(()),
        }
    }

    fn end(&mut self, kind: &str, response: &Value) -> Checked {
        self.ended = true;
        self.same(response)?;
        let status = kind.trim_start_matches("response.");
        must(response["status"] == status, || {
            format!("the status is not {status}")
        })?;
        if status == "failed" {
            return must(response["error"]["message"].is_string(), || {
                "a failure without an error".to_owned()
            });
        }
        must(
            status != "incomplete" || response["incomplete_details"]["reason"].is_string(),
            || "incomplete, but not why".to_owned(),
        )?;
        let open = self.items.iter().find(|(_, item)| item.done.is_none());
        must(open.is_none(), || {
            "an item is added and not done".to_owned()
        })?;
        let items = self.items.values().filter_map(|item| item.done.as_ref());
        let items: Vec<Value> = items.map(unsealed).collect();
        let output = response["output"].as_array().into_iter().flatten();
        let output: Vec<Value> = output.map(unsealed).collect();
        must(output == items, || {
            "the output is not the items that were done".to_owned()
        })?;
        let count = |name: &str| response["usage"][name].as_u64();
        let sum = count("input_tokens")
            .zip(count("output_tokens"))
            .and_then(|(a, b)| a.checked_add(b));
        must(sum.is_some() && sum == count("total_tokens"), || {
            "no usage, or it does not add up".to_owned()
        })
    }
}

impl Item {
    fn part(&mut self, part: &str, what: &str, data: &Value) -> Checked {
        let place = [&data["content_index"], &data["summary_index"]]
            .into_iter()
            .find_map(Value::as_u64);
        let key = (part.to_owned(), place.ok_or("a part without an index")?);
        if what == "added" {
            must(!self.parts.contains(&key), || {
                "a part added again".to_owned()
            })?;
            let begun = &data["part"];
            let empty = [&begun["text"], &begun["refusal"]]
                .iter()
                .any(|text| text.as_str() == Some(""));
            self.parts.push(key);
            return must(empty, || "a part that does not begin empty".to_owned());
        }
        must(self.parts.contains(&key), || {
            "a part done that was not added".to_owned()
        })?;
        self.parts.retain(|open| *open != key);
        let said = self
            .said
            .iter()
            .find(|((at, kind), _)| *at == key.1 && belongs(part, kind));
        let text = said.map(|(_, said)| (said.done, said.text.as_str()));
        let again = [&data["part"]["text"], &data["part"]["refusal"]]
            .into_iter()
            .find_map(Value::as_str);
        must(text == again.map(|text| (true, text)), || {
            "the part is not the text that is done".to_owned()
        })
    }

    fn say(&mut self, (kind, index, _): &(&str, &str, &str), data: &Value) -> Checked {
        let said = self.place(kind, index, data)?;
        must(!said.done, || "a delta behind its done".to_owned())?;
        said.text
            .push_str(data["delta"].as_str().ok_or("a delta without text")?);
        Ok(())
    }

    fn said(&mut self, (kind, index, text): &(&str, &str, &str), data: &Value) -> Checked {
        let said = self.place(kind, index, data)?;
        must(!std::mem::replace(&mut said.done, true), || {
            "done again".to_owned()
        })?;
        must(data[*text] == *said.text, || {
            "what is done is not the sum of its deltas".to_owned()
        })
    }

    fn place(&mut self, kind: &str, index: &str, data: &Value) -> Result<&mut Said, String> {
        let fits = match kind {
            "function_call_arguments" => self.kind == "function_call",
            "reasoning_text" | "reasoning_summary_text" => self.kind == "reasoning",
            _ => self.kind == "message",
        };
        must(fits, || format!("{kind} in an item of type {}", self.kind))?;
        let at = if index.is_empty() {
            0
        } else {
            data[index].as_u64().ok_or_else(|| format!("no {index}"))?
        };
        let open = index.is_empty()
            || self
                .parts
                .iter()
                .any(|(part, place)| *place == at && belongs(part, kind));
        must(open, || format!("{kind} of a part that is not open"))?;
        Ok(self.said.entry((at, kind.to_owned())).or_default())
    }
}

/// An item without what is sealed anew each time.
fn unsealed(item: &Value) -> Value {
    let mut item = item.clone();
    if let Some(sealed) = item
        .get_mut("encrypted_content")
        .filter(|sealed| sealed.is_string())
    {
        *sealed = "".into();
    }
    item
}

/// Is a text of this kind in a part of that?
fn belongs(part: &str, kind: &str) -> bool {
    (part == "reasoning_summary_part") == (kind == "reasoning_summary_text")
}
