//! The text that a JSON string stands for, and the way from a place in it back to the bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Fault, Kind};
use super::quote::quote;
use super::reader::Reader;

/// A string as it stands in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The opening quote.
    pub start: usize,
    /// One past the closing quote.
    pub end: usize,
    /// Whether a backslash stands in it.
    pub escaped: bool,
}

impl Token {
    /// The bytes of the string, quotes included.
    pub fn span(self) -> Range<usize> {
        self.start..self.end
    }

    /// The bytes between the quotes.
    pub fn inner(self) -> Range<usize> {
        self.start.saturating_add(1)..self.end.saturating_sub(1)
    }

    /// The text. `json` is what the token was read from. A lone surrogate becomes U+FFFD.
    pub fn text(self, json: &str) -> Cow<'_, str> {
        let raw = json.get(self.inner()).unwrap_or_default();
        if self.escaped {
            Cow::Owned(Text::unescape(raw).chars)
        } else {
            Cow::Borrowed(raw)
        }
    }
}

/// A JSON text in which nothing is escaped that need not be, so that what its strings say is seen in it.
pub fn plain(json: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', json.as_bytes()).is_none() {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    let mut done = 0;
    let mut reader = Reader::new(json);
    let mut say = |token: Token| {
        out.push_str(json.get(done..token.start).unwrap_or_default());
        out.push_str(&quote(&token.text(json)));
        done = token.end;
    };
    if strings(&mut reader, &mut say).is_err() {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Every string of the value that comes next, keys too.
fn strings(reader: &mut Reader<'_>, say: &mut impl FnMut(Token)) -> Result<(), Fault> {
    match reader.kind()? {
        Kind::String => say(reader.string()?),
        Kind::Object => {
            reader.enter_object()?;
            while let Some(key) = reader.next_key()? {
                say(key);
                strings(reader, say)?;
            }
        }
        Kind::Array => {
            reader.enter_array()?;
            while reader.next_item()? {
                strings(reader, say)?;
            }
        }
        _ => {
            reader.skip()?;
        }
    }
    Ok(())
}

/// An unescaped text that remembers where its characters came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The text itself.
    pub chars: String,
    /// (place in `chars`, place in the escaped form) after each escape; between two such places
    /// both sides advance alike.
    marks: Vec<(usize, usize)>,
}

impl Text {
    /// Unescapes what stands between the quotes of a JSON string.
    pub fn unescape(raw: &str) -> Self {
        Self::unescaped(raw, |_| true)
    }

    /// Unescapes what looks like JSON's escapes in any text, such as JSON that was pasted into it. A
    /// backslash before anything else stays.
    pub fn unescape_loosely(raw: &str) -> Self {
        let known = |escape: &str| match escape.as_bytes().get(1) {
            Some(b'n' | b't' | b'r' | b'b' | b'f' | b'"' | b'\\' | b'/') => true,
            Some(b'u') => escape
                .get(2..6)
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())),
            _ => false,
        };
        Self::unescaped(raw, known)
    }

    fn unescaped(raw: &str, known: impl Fn(&str) -> bool) -> Self {
        let mut out = Self {
            chars: String::with_capacity(raw.len()),
            marks: Vec::new(),
        };
        let mut rest = raw;
        while let Some(slash) = memchr::memchr(b'\\', rest.as_bytes()) {
            let (plain, escape) = rest.split_at_checked(slash).unwrap_or((rest, ""));
            out.chars.push_str(plain);
            let (char, len) = match known(escape) {
                true => one_escape(escape),
                false => ('\\', 1),
            };
            out.chars.push(char);
            rest = escape.get(len..).unwrap_or_default();
            let place = raw.len().saturating_sub(rest.len());
            out.marks.push((out.chars.len(), place));
        }
        out.chars.push_str(rest);
        out
    }

    /// The place in the escaped form of the byte at `place` in the text.
    pub fn source(&self, place: usize) -> usize {
        let after = self.marks.partition_point(|(text, _)| *text <= place);
        let (text, raw) = after
            .checked_sub(1)
            .and_then(|nth| self.marks.get(nth))
            .copied()
            .unwrap_or((0, 0));
        raw.saturating_add(place.saturating_sub(text))
    }
}

/// The character of the escape that `escape` begins with, and the bytes that it takes up.
fn one_escape(escape: &str) -> (char, usize) {
    let simple = |char| (char, 2);
    match escape.as_bytes().get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'u') => unicode(escape),
        Some(byte) if byte.is_ascii() => simple(char::from(*byte)),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}

/// `\u` with four hexadecimal digits, or a pair of such (RFC 8259, section 7).
fn unicode(escape: &str) -> (char, usize) {
    let unit = |from: usize| {
        let digits = escape.get(from..from.saturating_add(4))?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(2) else {
        return (char::REPLACEMENT_CHARACTER, 2);
    };
    if (0xd800..0xdc00).contains(&high)
        && escape.get(6..8) == Some("\\u")
        && let Some(low @ 0xdc00..=0xdfff) = unit(8)
    {
        let offset = ((high & 0x3ff) << 10) | (low & 0x3ff);
        let code = offset.saturating_add(0x1_0000);
        return (
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
            12,
        );
    }
    (
        char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER),
        6,
    )
}
