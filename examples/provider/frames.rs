//! Events as frames of AWS's binary event stream, `application/vnd.amazon.eventstream`.
//!
//! A frame is its length, the length of its headers, a CRC-32 of these two, the headers, the payload, and a CRC-32
//! of all before; numbers are big-endian. A header is a name with its length in a byte, the type 7 for text, and the
//! text with its length in two bytes. <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html>

use flate2::Crc;

use super::events::{Event, Part};

/// What an event's name ends in when it is an exception.
const EXCEPTION: &str = "Exception";

/// Writes each event as a frame; the checksum of the frame `bad` is wrong.
pub fn written(events: &[Event], bad: Option<usize>) -> Vec<Part> {
    let part = |(at, event): (usize, &Event)| {
        let mut bytes = frame(event.name.unwrap_or_default(), &event.data);
        if let Some(byte) = bytes.last_mut().filter(|_| bad == Some(at)) {
            *byte = !*byte;
        }
        Part::Event(bytes)
    };
    events.iter().enumerate().map(part).collect()
}

/// One frame.
fn frame(name: &str, payload: &str) -> Vec<u8> {
    let (named, kind) = match name.ends_with(EXCEPTION) {
        true => (":exception-type", "exception"),
        false => (":event-type", "event"),
    };
    let json = (":content-type", "application/json");
    let headers = [(named, name), json, (":message-type", kind)];
    let headers: Vec<u8> = headers.into_iter().flat_map(header).collect();
    // Two lengths and a checksum before the headers, a checksum behind the payload.
    let length = headers
        .len()
        .saturating_add(payload.len())
        .saturating_add(16);
    let mut bytes = Vec::with_capacity(length);
    bytes.extend(four(length));
    bytes.extend(four(headers.len()));
    bytes.extend(checksum(&bytes));
    bytes.extend(headers);
    bytes.extend(payload.as_bytes());
    bytes.extend(checksum(&bytes));
    bytes
}

fn header((name, value): (&str, &str)) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(name.len()).unwrap_or(u8::MAX)];
    bytes.extend(name.as_bytes());
    bytes.push(7);
    bytes.extend(u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend(value.as_bytes());
    bytes
}

fn four(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_as_a_service_has_sent_it() {
        let bytes = frame(
            "contentBlockStop",
            r#"{"contentBlockIndex":0,"p":"abcdefghijklmnopqrstu"}"#,
        );
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        // The prelude's checksum and the message's, as Bedrock computed them.
        assert_eq!(hex[..24], *"00000099000000563b3c6ec9");
        assert_eq!(hex[hex.len() - 8..], *"776208d4");
    }

    #[test]
    fn an_exception_says_so_and_a_bad_checksum_is_the_last() {
        let event = Event::named("throttlingException", "{}");
        let good = written(std::slice::from_ref(&event), None);
        let bad = written(&[event], Some(0));
        let bytes = |parts: Vec<Part>| {
            parts
                .into_iter()
                .flat_map(Part::into_bytes)
                .collect::<Vec<u8>>()
        };
        let (good, bad) = (bytes(good), bytes(bad));
        let text = String::from_utf8_lossy(&good);
        assert!(
            text.contains(":exception-type\u{7}\0\u{13}throttlingException")
                && text.contains("\texception")
        );
        assert_eq!(
            (good.len(), good[..good.len() - 1] == bad[..bad.len() - 1]),
            (bad.len(), true)
        );
        assert_ne!(good.last(), bad.last());
    }
}
