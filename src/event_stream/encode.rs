//! Frames for tests.

use super::Value;
use super::crc::crc32;

/// The bytes of a frame.
pub(crate) fn frame(headers: &[(&str, Value)], payload: &[u8]) -> Vec<u8> {
    let headers: Vec<u8> = headers
        .iter()
        .flat_map(|(name, value)| {
            let mut bytes = vec![u8::try_from(name.len()).unwrap()];
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend(encode(value));
            bytes
        })
        .collect();
    raw(&headers, payload)
}

/// The bytes of a frame with headers that are bytes already.
pub(crate) fn raw(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let total = u32::try_from(headers.len() + payload.len() + 16).unwrap();
    let mut bytes = total.to_be_bytes().to_vec();
    bytes.extend(u32::try_from(headers.len()).unwrap().to_be_bytes());
    bytes.extend(crc32(&bytes).to_be_bytes());
    bytes.extend_from_slice(headers);
    bytes.extend_from_slice(payload);
    bytes.extend(crc32(&bytes).to_be_bytes());
    bytes
}

/// An event as AWS services send it.
pub(crate) fn event(name: &str, payload: &str) -> Vec<u8> {
    let text = |text: &str| Value::Text(text.to_owned());
    let headers = [
        (":event-type", text(name)),
        (":content-type", text("application/json")),
        (":message-type", text("event")),
    ];
    frame(&headers, payload.as_bytes())
}

fn encode(value: &Value) -> Vec<u8> {
    let long = |kind: u8, bytes: &[u8]| {
        let len = u16::try_from(bytes.len()).unwrap().to_be_bytes();
        [&[kind], &len[..], bytes].concat()
    };
    match value {
        Value::Bool(yes) => vec![u8::from(!yes)],
        Value::Byte(number) => [&[2], &number.to_be_bytes()[..]].concat(),
        Value::Short(number) => [&[3], &number.to_be_bytes()[..]].concat(),
        Value::Integer(number) => [&[4], &number.to_be_bytes()[..]].concat(),
        Value::Long(number) => [&[5], &number.to_be_bytes()[..]].concat(),
        Value::Bytes(bytes) => long(6, bytes),
        Value::Text(text) => long(7, text.as_bytes()),
        Value::Timestamp(number) => [&[8], &number.to_be_bytes()[..]].concat(),
        Value::Uuid(bytes) => [&[9], &bytes[..]].concat(),
    }
}
