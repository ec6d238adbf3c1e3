//! Server-sent events as a strict client reads them: whole events, each with one line of data, comments left out.

use serde_json::Value;

use super::must;

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its `event:` line.
    pub name: Option<String>,
    /// Its data.
    pub data: String,
}

impl Event {
    /// The data as a JSON object.
    pub fn json(&self) -> Result<Value, String> {
        let value: Value = serde_json::from_str(&self.data)
            .map_err(|why| format!("not JSON: {why}: {}", self.data))?;
        must(value.is_object(), || {
            format!("not an object: {}", self.data)
        })?;
        Ok(value)
    }
}

/// The events of a stream.
pub fn events(text: &str) -> Result<Vec<Event>, String> {
    must(!text.contains('\r'), || "a line ends in CR".to_owned())?;
    must(text.is_empty() || text.ends_with("\n\n"), || {
        "the last event is not ended by an empty line".to_owned()
    })?;
    let mut events = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.is_empty()) {
        events.extend(event(block)?);
    }
    Ok(events)
}

fn event(block: &str) -> Result<Option<Event>, String> {
    let (mut name, mut data) = (None, None);
    for line in block.split('\n').filter(|line| !line.starts_with(':')) {
        let Some((field, value)) = line.split_once(':') else {
            return Err(format!("a line that is no field: {line:?}"));
        };
        let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
        let before = match field {
            "event" => name.replace(value),
            "data" => data.replace(value),
            _ => return Err(format!("a field that is not expected: {line:?}")),
        };
        must(before.is_none(), || {
            format!("a field twice in one event: {block:?}")
        })?;
    }
    match (name, data) {
        (None, None) => Ok(None),
        (name, Some(data)) => Ok(Some(Event { name, data })),
        (Some(name), None) => Err(format!("an event without data: {name}")),
    }
}
