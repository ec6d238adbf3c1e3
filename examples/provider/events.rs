//! Server-sent events as bytes, in every way that the specification allows.
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>

use super::script::{LineEnd, Script};

/// One event.
#[derive(Debug)]
pub struct Event {
    /// Its `event:` line, if it has one.
    pub name: Option<&'static str>,
    /// Its data: one line.
    pub data: String,
    /// Does it do nothing but end the stream?
    pub last: bool,
}

impl Event {
    /// An event without a name.
    pub fn unnamed(data: impl ToString) -> Self {
        let (name, data) = (None, data.to_string());
        Self {
            name,
            data,
            last: false,
        }
    }

    /// An event with a name.
    pub fn named(name: &'static str, data: impl ToString) -> Self {
        Self {
            name: Some(name),
            ..Self::unnamed(data)
        }
    }

    /// The same as the one that ends the stream.
    pub fn last(self) -> Self {
        Self { last: true, ..self }
    }
}

/// How events become bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events.
    Sse,
    /// Frames of AWS's event stream.
    Frames,
    /// One JSON array.
    Array,
}

/// Bytes of a stream that belong together.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// A comment line.
    Comment(Vec<u8>),
    /// An event.
    Event(Vec<u8>),
}

impl Part {
    /// Its bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Comment(bytes) | Self::Event(bytes) => bytes,
        }
    }
}

/// The items of one JSON array, each as it comes.
pub fn array(events: &[Event]) -> Vec<Part> {
    let last = events.len().saturating_sub(1);
    let part = |(at, event): (usize, &Event)| {
        let open = if at == 0 { "[" } else { ",\r\n" };
        let close = if at == last { "]" } else { "" };
        Part::Event(format!("{open}{}{close}", event.data).into_bytes())
    };
    events.iter().enumerate().map(part).collect()
}

/// Writes the events down as the script says.
pub fn written(events: &[Event], script: &Script) -> Vec<Part> {
    let mut parts = Vec::with_capacity(events.len());
    let last = events.len().saturating_sub(1);
    for (at, event) in events.iter().enumerate() {
        let end = line_end(script.line_end, at);
        if script.comments {
            parts.push(Part::Comment(format!(": ping{end}{end}").into_bytes()));
        }
        let mut text = one(event, at, end, script);
        if script.bare_end && at == last {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        parts.push(Part::Event(text.into_bytes()));
    }
    if script.bom
        && let Some(Part::Comment(first) | Part::Event(first)) = parts.first_mut()
    {
        first.splice(0..0, *b"\xef\xbb\xbf");
    }
    parts
}

fn one(event: &Event, at: usize, end: &str, script: &Script) -> String {
    let colon = if script.no_space { ":" } else { ": " };
    let mut text = String::with_capacity(event.data.len().saturating_add(32));
    let mut line = |field: &str, value: &str| {
        for part in [field, colon, value, end] {
            text.push_str(part);
        }
    };
    match event.name {
        Some(name) => line("event", name),
        None if script.fields => line("event", "message"),
        None => {}
    }
    if script.fields {
        line("id", &at.to_string());
    }
    match event.data.split_once(',') {
        Some((left, right)) if script.folded => {
            line("data", &format!("{left},"));
            line("data", right);
        }
        _ => line("data", &event.data),
    }
    if script.fields {
        line("retry", "3000");
    }
    text.push_str(end);
    text
}

fn line_end(end: LineEnd, at: usize) -> &'static str {
    match (end, at.checked_rem(3)) {
        (LineEnd::Lf, _) | (LineEnd::Mixed, Some(0)) => "\n",
        (LineEnd::CrLf, _) | (LineEnd::Mixed, Some(1)) => "\r\n",
        (LineEnd::Cr | LineEnd::Mixed, _) => "\r",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_events() {
        for (switches, is) in [
            ("", "data: {\"a\":1,\"b\":2}\n\ndata: [DONE]\n\n"),
            (
                "crlf",
                "data: {\"a\":1,\"b\":2}\r\n\r\ndata: [DONE]\r\n\r\n",
            ),
            ("cr+no_space", "data:{\"a\":1,\"b\":2}\r\rdata:[DONE]\r\r"),
            ("mixed+bare_end", "data: {\"a\":1,\"b\":2}\n\ndata: [DONE]"),
            (
                "bom+comments",
                "\u{feff}: ping\n\ndata: {\"a\":1,\"b\":2}\n\n: ping\n\ndata: [DONE]\n\n",
            ),
            (
                "folded",
                "data: {\"a\":1,\ndata: \"b\":2}\n\ndata: [DONE]\n\n",
            ),
            (
                "fields",
                "event: message\nid: 0\ndata: {\"a\":1,\"b\":2}\nretry: 3000\n\n\
                 event: message\nid: 1\ndata: [DONE]\nretry: 3000\n\n",
            ),
        ] {
            let mut script = Script::default();
            script.read(switches, '+').unwrap();
            let data = ["{\"a\":1,\"b\":2}", "[DONE]"];
            let events = data.map(Event::unnamed);
            let parts = written(&events, &script);
            let bytes: Vec<u8> = parts.into_iter().flat_map(Part::into_bytes).collect();
            assert_eq!(String::from_utf8(bytes).unwrap(), is, "{switches}");
        }
    }
}
