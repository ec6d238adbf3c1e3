//! The configuration's bytes as one tree, whichever way Envoy hands them over.

use prost::Message;
use prost_types::value::Kind;
use prost_types::{Struct, Value as Proto};
use serde_json::{Map, Value};

use super::node::Fault;
use crate::json;

/// JSON text (from a `google.protobuf.StringValue`), or the serialised form of a
/// `google.protobuf.Struct` (native YAML in Envoy's file).
pub(super) fn read(bytes: &[u8]) -> Result<Value, Fault> {
    let text = std::str::from_utf8(bytes).ok();
    match text.map(str::trim_ascii_start) {
        Some("") => Err(Fault::new(
            "",
            "the configuration is empty: providers is required".to_owned(),
        )),
        Some(json) if json.starts_with('{') => from_json(json),
        _ => match Struct::decode(bytes) {
            Ok(fields) => Ok(from_struct(fields)),
            Err(_) => Err(Fault::new(
                "",
                "expected a JSON object (google.protobuf.StringValue) or native YAML \
                 (google.protobuf.Struct)"
                    .to_owned(),
            )),
        },
    }
}

fn from_json(text: &str) -> Result<Value, Fault> {
    let mut reader = json::Reader::new(text);
    reader
        .skip()
        .and_then(|_| reader.end())
        .map_err(|fault| Fault::new("", format!("{}, at byte {}", fault.kind, fault.at)))?;
    serde_json::from_str(text).map_err(|error| Fault::new("", error.to_string()))
}

fn from_struct(fields: Struct) -> Value {
    let fields = fields
        .fields
        .into_iter()
        .map(|(key, value)| (key, from_value(value)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn from_value(value: Proto) -> Value {
    match value.kind {
        None | Some(Kind::NullValue(_)) => Value::Null,
        Some(Kind::NumberValue(number)) => Value::from(number),
        Some(Kind::StringValue(text)) => Value::String(text),
        Some(Kind::BoolValue(on)) => Value::Bool(on),
        Some(Kind::StructValue(fields)) => from_struct(fields),
        Some(Kind::ListValue(list)) => list.values.into_iter().map(from_value).collect(),
    }
}
