//! A strict reader of JSON (RFC 8259) that walks a text and hands out places, not a tree.
//!
//! Stricter than the RFC in two points, so that everyone who reads the same bytes reads the same
//! thing: an object that says a key twice is a fault, and so is nesting deeper than [`MAX_DEPTH`].

use std::collections::HashSet;

use super::fault::{Fault, FaultKind, Kind, MAX_DEPTH};
use super::special::plain_len;
use super::text::Token;
use crate::fnv::fnv;

/// From this many keys on, an object's keys are looked up in a hash set.
const MANY_KEYS: usize = 32;

/// An object or array that the reader is inside of.
#[derive(Debug)]
struct Frame {
    object: bool,
    first: bool,
    keys: usize,
    many: Option<HashSet<u64>>,
}

/// A place in a JSON text, moving forward.
#[derive(Debug)]
pub struct Reader<'a> {
    json: &'a str,
    at: usize,
    frames: Vec<Frame>,
    keys: Vec<u64>,
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of `json`.
    pub fn new(json: &'a str) -> Self {
        Self {
            json,
            at: 0,
            frames: Vec::with_capacity(8),
            keys: Vec::with_capacity(32),
        }
    }

    /// The whole text.
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// The byte offset of what comes next, white space passed over.
    pub fn place(&mut self) -> usize {
        self.blank();
        self.at
    }

    /// One past the last byte that was read.
    pub fn end_of_last(&self) -> usize {
        self.at
    }

    /// What kind of value comes next.
    pub fn kind(&mut self) -> Result<Kind, Fault> {
        self.blank();
        Ok(match self.byte() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            Some(_) => return Err(self.fault(FaultKind::Expected("a value"))),
            None => return Err(self.fault(FaultKind::Ended)),
        })
    }

    /// Goes into the object that comes next.
    pub fn enter_object(&mut self) -> Result<(), Fault> {
        self.enter(b'{', "an object", true)
    }

    /// Goes into the array that comes next.
    pub fn enter_array(&mut self) -> Result<(), Fault> {
        self.enter(b'[', "an array", false)
    }

    /// The next key of the object, its value to be read next; `None` leaves the object.
    pub fn next_key(&mut self) -> Result<Option<Token>, Fault> {
        if !self.next_item()? {
            return Ok(None);
        }
        let key = self.string()?;
        self.note_key(key)?;
        self.expect(b':', "':'")?;
        Ok(Some(key))
    }

    /// Whether another value of the array comes next; `false` leaves the array.
    pub fn next_item(&mut self) -> Result<bool, Fault> {
        self.blank();
        let byte = self.byte();
        let Some(frame) = self.frames.last_mut() else {
            return Ok(false);
        };
        let (object, first) = (frame.object, std::mem::take(&mut frame.first));
        match (byte, object, first) {
            (Some(b'}'), true, _) | (Some(b']'), false, _) => {
                self.step();
                self.leave();
                Ok(false)
            }
            (Some(b','), _, false) => {
                self.step();
                self.blank();
                match (self.byte(), object) {
                    (Some(b']'), false) => Err(self.fault(FaultKind::Expected("a value"))),
                    (Some(b'"'), true) | (_, false) => Ok(true),
                    (None, _) => Err(self.fault(FaultKind::Ended)),
                    _ => Err(self.fault(FaultKind::Expected("a key in quotes"))),
                }
            }
            (Some(b'"'), true, true) | (Some(_), false, true) => Ok(true),
            (None, ..) => Err(self.fault(FaultKind::Ended)),
            (_, true, true) => Err(self.fault(FaultKind::Expected("a key in quotes or '}'"))),
            (_, true, false) => Err(self.fault(FaultKind::Expected("',' or '}'"))),
            (_, false, false) => Err(self.fault(FaultKind::Expected("',' or ']'"))),
        }
    }

    /// The string that comes next.
    pub fn string(&mut self) -> Result<Token, Fault> {
        self.blank();
        let start = self.at;
        self.expect(b'"', "a string")?;
        let mut escaped = false;
        loop {
            self.at = self.at.saturating_add(plain_len(self.rest()));
            match self.byte() {
                Some(b'"') => {
                    self.step();
                    let end = self.at;
                    return Ok(Token {
                        start,
                        end,
                        escaped,
                    });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => {
                    let what = "an escape such as \\n in place of a control character";
                    return Err(self.fault(FaultKind::Expected(what)));
                }
                None => return Err(self.fault(FaultKind::Ended)),
            }
        }
    }

    /// The boolean that comes next.
    pub fn bool(&mut self) -> Result<bool, Fault> {
        self.blank();
        match self.byte() {
            Some(b't') => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    /// The number that comes next, as it is written.
    pub fn number(&mut self) -> Result<&'a str, Fault> {
        self.blank();
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.step();
        }
        if self.byte() == Some(b'0') {
            self.step();
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.step();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.step();
            if let Some(b'+' | b'-') = self.byte() {
                self.step();
            }
            self.digits()?;
        }
        Ok(self.json.get(start..self.at).unwrap_or_default())
    }

    /// Passes over the value that comes next, checking it; the answer is its bytes.
    pub fn skip(&mut self) -> Result<std::ops::Range<usize>, Fault> {
        let start = self.place();
        let floor = self.frames.len();
        loop {
            let inside = match self.kind()? {
                Kind::Object => {
                    self.enter_object()?;
                    self.next_key()?.is_some()
                }
                Kind::Array => {
                    self.enter_array()?;
                    self.next_item()?
                }
                Kind::String => self.string().map(|_| false)?,
                Kind::Number => self.number().map(|_| false)?,
                Kind::Bool => self.bool().map(|_| false)?,
                Kind::Null => self.word("null").map(|()| false)?,
            };
            if !inside && !self.climb(floor)? {
                return Ok(start..self.at);
            }
        }
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Fault> {
        self.blank();
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Trailing)),
        }
    }

    /// After a value: leaves what is complete, down to `floor`; whether a further value follows.
    fn climb(&mut self, floor: usize) -> Result<bool, Fault> {
        while self.frames.len() > floor {
            let object = self.frames.last().is_some_and(|frame| frame.object);
            let more = if object {
                self.next_key()?.is_some()
            } else {
                self.next_item()?
            };
            if more {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn enter(&mut self, open: u8, what: &'static str, object: bool) -> Result<(), Fault> {
        self.blank();
        if u32::try_from(self.frames.len()).is_ok_and(|depth| depth >= MAX_DEPTH) {
            return Err(self.fault(FaultKind::TooDeep));
        }
        self.expect(open, what)?;
        self.frames.push(Frame {
            object,
            first: true,
            keys: self.keys.len(),
            many: None,
        });
        Ok(())
    }

    fn leave(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.keys.truncate(frame.keys);
        }
    }

    fn note_key(&mut self, key: Token) -> Result<(), Fault> {
        let text = key.text(self.json);
        let hash = fnv(text.bytes());
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        let own = self.keys.get(frame.keys..).unwrap_or_default();
        let fresh = match &mut frame.many {
            Some(many) => many.insert(hash),
            None if own.len() < MANY_KEYS => !own.contains(&hash),
            None => {
                let many = frame.many.insert(own.iter().copied().collect());
                many.insert(hash)
            }
        };
        if !fresh {
            let at = key.start;
            let kind = FaultKind::Duplicate(text.chars().take(64).collect());
            return Err(Fault { at, kind });
        }
        if frame.many.is_none() {
            self.keys.push(hash);
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.step();
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(),
            Some(b'u') => {
                self.step();
                for _ in 0..4 {
                    match self.byte() {
                        Some(byte) if byte.is_ascii_hexdigit() => self.step(),
                        Some(_) => {
                            let what = "four hexadecimal digits after \\u";
                            return Err(self.fault(FaultKind::Expected(what)));
                        }
                        None => return Err(self.fault(FaultKind::Ended)),
                    }
                }
            }
            Some(_) => return Err(self.fault(FaultKind::Expected("a known escape after \\"))),
            None => return Err(self.fault(FaultKind::Ended)),
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let count = self
            .rest()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if count == 0 {
            return Err(self.fault(FaultKind::Expected("a digit")));
        }
        self.at = self.at.saturating_add(count);
        Ok(())
    }

    fn word(&mut self, word: &'static str) -> Result<(), Fault> {
        if self.rest().starts_with(word.as_bytes()) {
            self.at = self.at.saturating_add(word.len());
            Ok(())
        } else {
            Err(self.fault(FaultKind::Expected(word)))
        }
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), Fault> {
        self.blank();
        match self.byte() {
            Some(found) if found == byte => {
                self.step();
                Ok(())
            }
            Some(_) => Err(self.fault(FaultKind::Expected(what))),
            None => Err(self.fault(FaultKind::Ended)),
        }
    }

    fn fault(&self, kind: FaultKind) -> Fault {
        Fault { at: self.at, kind }
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.step();
        }
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.json.as_bytes().get(self.at..).unwrap_or_default()
    }
}
