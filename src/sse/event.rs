//! One event: its name and its data, the same event with other data, and a new one.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Range;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// An event as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// The event's bytes.
    pub raw: &'a [u8],
    /// The value of the last `event:` line.
    pub name: &'a [u8],
    /// Where each `data:` line has its value, in `raw`.
    data: Vec<Range<usize>>,
}

impl<'a> Event<'a> {
    /// Reads one event. Comments and unknown fields are passed over.
    pub fn read(raw: &'a [u8]) -> Self {
        let mut event = Self {
            raw,
            name: b"",
            data: Vec::with_capacity(1),
        };
        let mut from = if raw.starts_with(BOM) { BOM.len() } else { 0 };
        while from < raw.len() {
            let rest = raw.get(from..).unwrap_or_default();
            let len = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            event.line(from, rest.get(..len).unwrap_or_default());
            from = from.saturating_add(len).saturating_add(1);
        }
        event
    }

    fn line(&mut self, from: usize, line: &'a [u8]) {
        let colon = memchr::memchr(b':', line).unwrap_or(line.len());
        let mut value = colon.saturating_add(1).min(line.len());
        if line.get(value) == Some(&b' ') {
            value = value.saturating_add(1);
        }
        match line.get(..colon) {
            Some(b"data") => {
                let end = from.saturating_add(line.len());
                self.data.push(from.saturating_add(value)..end);
            }
            Some(b"event") => self.name = line.get(value..).unwrap_or_default(),
            _ => {}
        }
    }

    /// The data, lines joined by LF; `None` for an event without any.
    pub fn data(&self) -> Option<Cow<'a, [u8]>> {
        match self.data.as_slice() {
            [] => None,
            [one] => self.raw.get(one.clone()).map(Cow::Borrowed),
            lines => {
                let lines: Vec<&[u8]> = lines
                    .iter()
                    .filter_map(|line| self.raw.get(line.clone()))
                    .collect();
                Some(Cow::Owned(lines.join(&b'\n')))
            }
        }
    }

    /// The same event with `data` for its data: every other line stays as it is.
    ///
    /// Data of several lines is written in the place of the first one.
    pub fn with_data(&self, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.raw.len().saturating_add(data.len()));
        let Some((first, others)) = self.data.split_first() else {
            return self.raw.to_vec();
        };
        out.extend_from_slice(self.raw.get(..first.start).unwrap_or_default());
        for (nth, line) in data.split(|byte| *byte == b'\n').enumerate() {
            if nth > 0 {
                out.extend_from_slice(b"\ndata: ");
            }
            out.extend_from_slice(line);
        }
        let last = others.last().unwrap_or(first);
        if others.is_empty() {
            out.extend_from_slice(self.raw.get(last.end..).unwrap_or_default());
        } else {
            out.extend_from_slice(&self.without_data_after(first.end));
        }
        out
    }

    /// The bytes from `from` on without the `data:` lines that begin there.
    fn without_data_after(&self, from: usize) -> Vec<u8> {
        let tail = self.raw.get(from..).unwrap_or_default();
        tail.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'))
            .filter(|line| !line.starts_with(b"data"))
            .flatten()
            .copied()
            .collect()
    }
}

/// An event with this name, which may be empty, and with `data`, which is one line.
pub fn write_event(name: &str, data: impl Display) -> Vec<u8> {
    let event = match name {
        "" => format!("data: {data}\n\n"),
        name => format!("event: {name}\ndata: {data}\n\n"),
    };
    event.into_bytes()
}
