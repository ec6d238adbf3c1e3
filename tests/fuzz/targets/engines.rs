//! The engines: the JSON reader beside serde_json, and what cuts streams into events and frames.

use serde::de::IgnoredAny;
use tollgate::event_stream::Decoder;
use tollgate::json::{Reader, quote};
use tollgate::sse::{Event, Piece, Splitter};

/// What the reader accepts is JSON; what serde_json reads as a value, it reads too, but for what it forbids on
/// purpose: keys that stand twice, and depth.
pub fn json(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut reader = Reader::new(&text);
    let own = reader.skip().and_then(|_| reader.end());
    let other = serde_json::from_str::<IgnoredAny>(&text);
    match (own, other) {
        (Ok(()), Err(fault)) => panic!("{fault}: {text}"),
        (Err(fault), _) => assert!(fault.at <= text.len(), "{fault:?}: {text}"),
        (Ok(()), Ok(_)) => {}
    }
    let mut quoted = quote(&text);
    if !quoted.starts_with('"') {
        quoted = format!("\"{quoted}\"");
    }
    let back: String = serde_json::from_str(&quoted).unwrap();
    assert_eq!(back, text);
}

/// However the bytes are cut, the same events and frames come, and no byte of a stream is lost.
pub fn frames(data: &[u8]) {
    let Some((step, data)) = data.split_first() else {
        return;
    };
    let step = usize::from(*step).max(1);
    let (whole, cut) = (events(data, data.len().max(1)), events(data, step));
    assert_eq!(whole, cut);
    assert_eq!(whole.concat(), data);
    for raw in &whole {
        let event = Event::read(raw);
        let _ = event.data();
    }
    assert_eq!(aws(data, data.len().max(1)), aws(data, step));
}

fn events(data: &[u8], step: usize) -> Vec<Vec<u8>> {
    let mut splitter = Splitter::default();
    let mut found = Vec::new();
    for bytes in data.chunks(step) {
        splitter.push(bytes);
        while let Some(piece) = splitter.next_piece() {
            match piece {
                Piece::Event(raw) | Piece::Part(raw) => found.push(raw),
                // It belongs to the event before it.
                Piece::Lf => found.last_mut().unwrap().push(b'\n'),
            }
        }
    }
    found.push(splitter.rest());
    found
}

fn aws(data: &[u8], step: usize) -> (usize, Option<String>) {
    let mut decoder = Decoder::default();
    let mut frames = 0;
    for bytes in data.chunks(step) {
        decoder.push(bytes);
        loop {
            match decoder.next_frame() {
                Ok(Some(_)) => frames += 1,
                Ok(None) => break,
                Err(fault) => return (frames, Some(fault.to_string())),
            }
        }
    }
    (frames, None)
}
