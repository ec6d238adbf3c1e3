use super::crc::crc32;
use super::encode::{event, frame, raw};
use super::*;

fn every_type() -> Vec<(&'static str, Value)> {
    vec![
        ("true", Value::Bool(true)),
        ("false", Value::Bool(false)),
        ("byte", Value::Byte(-7)),
        ("short", Value::Short(-300)),
        ("integer", Value::Integer(i32::MIN)),
        ("long", Value::Long(i64::MAX)),
        ("bytes", Value::Bytes(vec![0, 255, 7])),
        ("text", Value::Text("für dich".into())),
        ("time", Value::Timestamp(1_700_000_000_123)),
        ("uuid", Value::Uuid([9; 16])),
        ("empty", Value::Text(String::new())),
    ]
}

fn decode(chunks: &[&[u8]]) -> Result<Vec<Frame>, Fault> {
    let mut decoder = Decoder::default();
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        while let Some(frame) = decoder.next_frame()? {
            frames.push(frame);
        }
    }
    assert!(decoder.is_empty(), "bytes are left");
    Ok(frames)
}

#[test]
fn the_checksum_is_that_of_gzip() {
    assert_eq!(crc32(b""), 0);
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
}

#[test]
fn the_first_frame_of_the_specification_by_hand() {
    // An empty frame: 16 bytes, no headers.
    let bytes = [
        0, 0, 0, 16, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff,
    ];
    assert_eq!(decode(&[&bytes]), Ok(vec![Frame::default()]));
}

#[test]
fn frames_cut_at_every_byte() {
    let headers = every_type();
    let bytes = [
        frame(&headers, b"{\"a\":1}"),
        event("messageStop", "{}"),
        frame(&[], b""),
    ]
    .concat();
    let expected = decode(&[&bytes]).unwrap();
    let names: Vec<_> = headers
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(expected[0].headers, names);
    assert_eq!(expected[0].payload, b"{\"a\":1}");
    assert_eq!(expected[1].text(":event-type"), Some("messageStop"));
    assert_eq!(expected[0].text("long"), None);
    let ones: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(decode(&ones).unwrap(), expected);
    for cut in 0..=bytes.len() {
        let (a, b) = bytes.split_at(cut);
        assert_eq!(decode(&[a, b]).unwrap(), expected, "cut at {cut}");
    }
}

#[test]
fn every_flipped_byte_is_found() {
    let whole = frame(&every_type(), b"payload");
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        assert_eq!(
            decoder.next_frame(),
            Err(Fault::Checksum),
            "flipped at {at}"
        );
        decoder.push(&whole);
        assert_eq!(
            decoder.next_frame(),
            Err(Fault::Checksum),
            "a fault is final"
        );
    }
}

#[test]
fn lengths_are_bounded() {
    let prelude = |total: u32, headers: u32| {
        let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
        bytes.extend(crc32(&bytes).to_be_bytes());
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        decoder.next_frame()
    };
    let largest = u32::try_from(LARGEST_FRAME).unwrap();
    assert_eq!(prelude(largest, 0), Ok(None));
    assert_eq!(
        prelude(largest + 1, 0),
        Err(Fault::TooLarge(16 * 1024 * 1024 + 1))
    );
    assert_eq!(prelude(u32::MAX, u32::MAX), Err(Fault::TooLarge(u32::MAX)));
    for (total, headers) in [(0, 0), (15, 0), (16, 1), (100, 85), (100, u32::MAX)] {
        assert_eq!(prelude(total, headers), Err(Fault::Length(total)));
    }
    assert_eq!(prelude(100, 84), Ok(None));
}

#[test]
fn broken_headers_are_a_fault() {
    let rows: [&[u8]; 7] = [
        &[3, b'a', b'b'],                // a name cut short
        &[1, b'a'],                      // no type
        &[1, b'a', 10],                  // an unknown type
        &[1, b'a', 4, 0, 0],             // a number cut short
        &[1, b'a', 7, 0, 9, b'x'],       // a text cut short
        &[1, b'a', 7, 0, 1, 0xff],       // a text that is no UTF-8
        &[1, b'a', 9, 0, 0, 0, 0, 0, 0], // an id cut short
    ];
    for headers in rows {
        assert_eq!(decode(&[&raw(headers, b"")]), Err(Fault::Headers));
    }
}

#[test]
fn faults_are_said_in_words() {
    let rows = [
        (
            Fault::Checksum,
            "a frame of the event stream has a wrong checksum",
        ),
        (
            Fault::Length(3),
            "a frame of the event stream claims 3 bytes",
        ),
        (
            Fault::TooLarge(16_777_217),
            "a frame of the event stream has 16777217 bytes, more than 16777216",
        ),
        (
            Fault::Headers,
            "a frame of the event stream has broken headers",
        ),
    ];
    for (fault, words) in rows {
        assert_eq!(fault.to_string(), words);
    }
}
