//! A text that stands in a request: unescaped, named and masked only when somebody asks.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::json::{Token, quote};
use crate::mask::Form;
use crate::seen::{Name, Seen};

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a string.
    Text,
    /// Where nothing can be changed: in a key, in an address.
    Fixed,
    /// In a number. The token is the number.
    Number,
    /// In a string, in base64, perhaps of a `data:` address.
    Base64,
}

/// A text that stands in the request.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    /// Where.
    pub token: Token,
    /// Tool-call arguments are JSON within a string.
    pub form: Form,
    /// What it stands in.
    pub place: Place,
    json: &'a str,
    text: OnceCell<Cow<'a, str>>,
    name: OnceCell<Option<Name>>,
    masked: bool,
}

impl<'a> Passage<'a> {
    /// The string that stands at `token` in `json`.
    pub fn new(json: &'a str, token: Token, form: Form) -> Self {
        Self::at(json, token, form, Place::Text)
    }

    /// What stands at `token` in `json`, which is no string of text.
    pub fn at(json: &'a str, token: Token, form: Form, place: Place) -> Self {
        Self {
            token,
            form,
            place,
            json,
            text: OnceCell::new(),
            name: OnceCell::new(),
            masked: false,
        }
    }

    /// The string at `token`, if it holds a text in base64 (RFC 4648, either alphabet).
    pub fn in_base64(json: &'a str, token: Token) -> Option<Self> {
        let said = token.text(json);
        let (_, data) = halves(&said);
        let text = decoded(data)?;
        let passage = Self::at(json, token, Form::Plain, Place::Base64);
        passage.text.get_or_init(|| Cow::Owned(text));
        Some(passage)
    }

    /// The bytes that an edit to it may replace: between the quotes, or the number.
    pub fn inner(&self) -> Range<usize> {
        match self.place {
            Place::Number => self.token.span(),
            _ => self.token.inner(),
        }
    }

    /// As it stands between the quotes.
    pub fn raw(&self) -> &'a str {
        self.json.get(self.inner()).unwrap_or_default()
    }

    /// What it says.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| match self.place {
            Place::Number => Cow::Borrowed(self.raw()),
            _ => self.token.text(self.json),
        })
    }

    /// The key of the member that it is, as it stands; empty for an element of an array.
    pub fn key(&self) -> &'a str {
        let before = self.json.get(..self.token.span().start).unwrap_or_default();
        let before = before.trim_ascii_end().strip_suffix(':');
        let key = before.and_then(|before| before.trim_ascii_end().strip_suffix('"'));
        let key = key.and_then(|key| key.rsplit_once('"'));
        key.map_or("", |(_, key)| key)
    }

    /// How another text is written in its place: what is put between the quotes, or in place of the number.
    pub fn written(&self, text: &str) -> String {
        if self.place != Place::Base64 {
            return text.to_owned();
        }
        let said = self.token.text(self.json);
        let (head, _) = halves(&said);
        let whole = quote(&[head, &EITHER.encode(text)].concat());
        let inner = whole.len().saturating_sub(1);
        whole.get(1..inner).unwrap_or_default().to_owned()
    }

    /// Its name, for which it need not be unescaped; `None` when it is short, masked or no string of text. A
    /// request is only ever asked with the texts seen by its own worker.
    pub fn name(&self, seen: &Seen) -> Option<Name> {
        *self.name.get_or_init(|| match self.place {
            Place::Text => seen.name(self.raw().as_bytes()),
            _ => None,
        })
    }

    /// It does not say what the request says there.
    pub fn is_masked(&self) -> bool {
        self.masked
    }

    /// It says this from now on.
    pub fn mask(&mut self, text: String) {
        self.text = OnceCell::from(Cow::Owned(text));
        self.name = OnceCell::from(None);
        self.masked = true;
    }
}

/// With or without padding.
const EITHER: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What stands before the data, and the data.
fn halves(said: &str) -> (&str, &str) {
    const MARK: &str = ";base64,";
    match said.find(MARK) {
        Some(at) if said.starts_with("data:") => said
            .split_at_checked(at.saturating_add(MARK.len()))
            .unwrap_or(("", said)),
        _ => ("", said),
    }
}

/// The text that stands in base64.
fn decoded(data: &str) -> Option<String> {
    let plain: String = data
        .chars()
        .filter(|char| !char.is_ascii_whitespace())
        .map(|char| match char {
            '-' => '+',
            '_' => '/',
            char => char,
        })
        .collect();
    String::from_utf8(EITHER.decode(plain).ok()?).ok()
}
