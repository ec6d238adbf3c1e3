//! A call whose arguments come in pieces, each with its path: Vertex's `streamFunctionCallArguments`.

use serde_json::{Map, Value};

/// No array of a call is longer.
const LONGEST: usize = 10_000;

/// No path is deeper.
const DEEPEST: usize = 64;

/// The arguments so far.
#[derive(Debug, Default)]
pub(super) struct Partial {
    arguments: Map<String, Value>,
    /// The path whose text goes on.
    open: Option<String>,
}

impl Partial {
    /// Takes in one `partialArg`.
    pub(super) fn take(&mut self, piece: &Value) {
        let Some(path) = piece.get("jsonPath").and_then(Value::as_str) else {
            return;
        };
        let continues = self.open.as_deref() == Some(path);
        let more = piece.get("willContinue").and_then(Value::as_bool) == Some(true);
        let value = [
            piece.get("stringValue"),
            piece.get("numberValue"),
            piece.get("boolValue"),
        ];
        let value = value.into_iter().flatten().next().cloned();
        let mut root = Value::Object(std::mem::take(&mut self.arguments));
        if let Some(place) = place(&mut root, path) {
            match (place, value) {
                (Value::String(text), Some(Value::String(more))) if continues => {
                    text.push_str(&more);
                }
                (place, value) => *place = value.unwrap_or_default(),
            }
        }
        if let Value::Object(map) = root {
            self.arguments = map;
        }
        self.open = more.then(|| path.to_owned());
    }

    /// All of them, as JSON text.
    pub(super) fn text(self) -> String {
        Value::Object(self.arguments).to_string()
    }
}

/// The place at a path such as `$.operations[0].name`, made where it is not there yet.
fn place<'a>(root: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut at = root;
    let mut depth = 0_usize;
    let mut left = path.strip_prefix('$')?;
    while !left.is_empty() {
        depth = depth.saturating_add(1);
        if depth > DEEPEST {
            return None;
        }
        if let Some(tail) = left.strip_prefix('.') {
            let end = tail.find(['.', '[']).unwrap_or(tail.len());
            let (name, after) = tail.split_at(end);
            at = field(at, name)?;
            left = after;
        } else {
            let (inner, after) = left.strip_prefix('[')?.split_once(']')?;
            at = match inner.parse::<usize>() {
                Ok(index) => item(at, index)?,
                Err(_) => field(at, inner.trim_matches(['\'', '"']))?,
            };
            left = after;
        }
    }
    Some(at)
}

fn field<'a>(at: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    if at.is_null() {
        *at = Value::Object(Map::new());
    }
    Some(at.as_object_mut()?.entry(name).or_insert(Value::Null))
}

fn item(at: &mut Value, index: usize) -> Option<&mut Value> {
    if at.is_null() {
        *at = Value::Array(Vec::new());
    }
    let items = at.as_array_mut()?;
    if index >= LONGEST {
        return None;
    }
    while items.len() <= index {
        items.push(Value::Null);
    }
    items.get_mut(index)
}
