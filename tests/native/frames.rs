//! AWS event streams as texts: a line is an event's name, a blank, and its payload. An exception's name ends
//! in `Exception`.

use flate2::Crc;

/// The bytes of a stream that is written so.
pub fn encoded(text: &str) -> Vec<u8> {
    let line = |line: &str| {
        let (name, payload) = line.split_once(' ').unwrap();
        frame(name, payload)
    };
    text.lines().flat_map(line).collect()
}

/// Lengths, headers and payload with a checksum of the lengths and one of all.
fn frame(name: &str, payload: &str) -> Vec<u8> {
    let (named, kind) = match name.ends_with("Exception") {
        true => (":exception-type", "exception"),
        false => (":event-type", "event"),
    };
    let json = (":content-type", "application/json");
    let headers: Vec<u8> = [(named, name), json, (":message-type", kind)]
        .into_iter()
        .flat_map(header)
        .collect();
    let lengths = [headers.len() + payload.len() + 16, headers.len()];
    let lengths = lengths.map(|length| u32::try_from(length).unwrap().to_be_bytes());
    let mut bytes = lengths.concat();
    bytes.extend(checksum(&bytes));
    bytes.extend(headers);
    bytes.extend(payload.as_bytes());
    bytes.extend(checksum(&bytes));
    bytes
}

/// A header that is a text, which is type 7.
fn header((name, value): (&str, &str)) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    let name_length = [u8::try_from(name.len()).unwrap()];
    let parts: [&[u8]; 5] = [
        &name_length,
        name.as_bytes(),
        &[7],
        &length,
        value.as_bytes(),
    ];
    parts.concat()
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_be_bytes()
}
