//! A reply's JSON without its vectors, and the vectors: a value for each of a million numbers would be
//! many times the size of the text.

use serde_json::{Map, Value};

use super::Vector;
use crate::json::{Fault, Kind, Reader};

/// A reply whose lists of numbers are replaced by their places in `vectors`.
#[derive(Debug)]
pub(super) struct Lifted {
    pub(super) body: Value,
    vectors: Vec<Option<Vector>>,
}

impl Lifted {
    /// Reads a reply; an object with an error in it is none.
    pub(super) fn read(json: &str) -> Result<Self, String> {
        let mut reader = Reader::new(json);
        let mut vectors = Vec::new();
        let mut walk = || {
            let body = value(&mut reader, &mut vectors)?;
            reader.end()?;
            Ok(body)
        };
        let body = walk().map_err(|fault: Fault| format!("{fault:?}"))?;
        if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
            return Err(format!("error: {error}"));
        }
        match body {
            Value::Object(_) => Ok(Self { body, vectors }),
            _ => Err("expected an object".to_owned()),
        }
    }

    /// Takes the vector that stands here, as numbers or in base64.
    pub(super) fn take(&mut self, value: Option<&Value>) -> Result<Vector, String> {
        let wrong = || "expected a vector".to_owned();
        match value {
            Some(Value::Number(place)) => {
                let place = place.as_u64().and_then(|place| usize::try_from(place).ok());
                let vector = place.and_then(|place| self.vectors.get_mut(place)?.take());
                vector.ok_or_else(wrong)
            }
            Some(Value::String(text)) => Vector::of_base64(text).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    /// Takes all vectors of a list.
    pub(super) fn take_all(&mut self, list: &Value) -> Result<Vec<Vector>, String> {
        let items = list.as_array().ok_or("expected vectors")?;
        items.iter().map(|item| self.take(Some(item))).collect()
    }
}

fn value(reader: &mut Reader<'_>, vectors: &mut Vec<Option<Vector>>) -> Result<Value, Fault> {
    let json = reader.json();
    Ok(match reader.kind()? {
        Kind::Object => {
            let mut map = Map::new();
            reader.enter_object()?;
            while let Some(key) = reader.next_key()? {
                let key = key.text(json).into_owned();
                map.insert(key, value(reader, vectors)?);
            }
            Value::Object(map)
        }
        Kind::Array => array(reader, vectors)?,
        Kind::String => reader.string()?.text(json).into(),
        Kind::Bool => reader.bool()?.into(),
        Kind::Number => {
            let number = serde_json::from_str(reader.number()?);
            number.map_or(Value::Null, Value::Number)
        }
        Kind::Null => {
            reader.skip()?;
            Value::Null
        }
    })
}

fn array(reader: &mut Reader<'_>, vectors: &mut Vec<Option<Vector>>) -> Result<Value, Fault> {
    let start = reader.place();
    let mut items = Vec::new();
    let (mut numbers, mut others) = (0_usize, false);
    reader.enter_array()?;
    while reader.next_item()? {
        if reader.kind()? == Kind::Number {
            reader.number()?;
            numbers = numbers.saturating_add(1);
        } else {
            others = true;
            items.push(value(reader, vectors)?);
        }
    }
    if numbers == 0 || others {
        return Ok(Value::Array(items));
    }
    let text = reader.json().get(start..reader.end_of_last());
    vectors.push(text.map(Vector::of_floats));
    Ok(vectors.len().saturating_sub(1).into())
}
