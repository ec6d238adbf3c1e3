//! A request as the dialects look at it, and what one makes of it: a wish, and how the answer to it is written.

use hyper::http::request::Parts;
use serde_json::Value;

use super::answer::Answer;
use super::events::{Event, Framing};
use super::script::Script;
use super::wish::Wish;

/// A request.
pub struct Call<'a> {
    /// Its head.
    pub head: &'a Parts,
    /// The model that the path names, switches and all.
    pub model: String,
    /// What the path asks for, such as `streamGenerateContent`.
    pub verb: String,
    /// The body.
    pub body: bytes::Bytes,
}

/// What a script says against a request.
pub type Quirk = dyn Fn(&Script) -> Option<Refusal>;

/// A request that is in order.
pub struct Heard {
    /// The model's name, switches and all.
    pub model: String,
    /// What is wanted.
    pub wish: Wish,
    /// How the reply's events become bytes, when it is to be a stream.
    pub stream: Option<Framing>,
    /// Why a server that the script describes would refuse it.
    pub quirk: Box<Quirk>,
    /// Writes the reply.
    pub write: Box<dyn FnOnce(&Told<'_>) -> Body>,
}

/// What a reply is written from.
pub struct Told<'a> {
    /// The reply's number, for its ids.
    pub number: u64,
    /// Seconds since 1970.
    pub created: u64,
    /// The model's name, without switches.
    pub model: &'a str,
    /// The number of choices.
    pub choices: usize,
    /// What is said.
    pub answer: &'a Answer,
    /// What else is to be minded.
    pub script: &'a Script,
}

/// A reply's body.
pub enum Body {
    /// One JSON text.
    Whole(String),
    /// The events of a stream.
    Stream(Vec<Event>),
}

/// Why a request is not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// A sentence for the client.
    pub message: String,
    /// The parameter at fault, for dialects that name it.
    pub param: Option<String>,
    /// A code, for dialects that have one.
    pub code: Option<&'static str>,
}

impl Heard {
    /// A request for a whole reply.
    pub fn whole(
        model: String,
        wish: Wish,
        write: impl FnOnce(&Told<'_>) -> Value + 'static,
    ) -> Self {
        Self {
            model,
            wish,
            stream: None,
            quirk: Box::new(|_| None),
            write: Box::new(|told| Body::Whole(write(told).to_string())),
        }
    }

    /// A request for a stream.
    pub fn stream(
        model: String,
        wish: Wish,
        framing: Framing,
        write: impl FnOnce(&Told<'_>) -> Vec<Event> + 'static,
    ) -> Self {
        Self {
            model,
            wish,
            stream: Some(framing),
            quirk: Box::new(|_| None),
            write: Box::new(|told| Body::Stream(write(told))),
        }
    }
}

impl Refusal {
    /// A refusal with this status.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            ..Self::default()
        }
    }

    /// The refusal of a request that is wrong.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// The same with a parameter.
    pub fn of(self, param: impl Into<String>) -> Self {
        Self {
            param: Some(param.into()),
            ..self
        }
    }

    /// The same with a code.
    pub fn code(self, code: &'static str) -> Self {
        Self {
            code: Some(code),
            ..self
        }
    }
}

impl Call<'_> {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// The bearer token.
    pub fn bearer(&self) -> Option<&str> {
        let token = self
            .header("authorization")?
            .strip_prefix("Bearer ")?
            .trim();
        Some(token).filter(|token| !token.is_empty())
    }

    /// A parameter of the query, as it is written.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .head
            .uri
            .query()?
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(given, _)| *given == name)
            .map(|(_, value)| value)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// What the parser says.
    pub fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.body).map_err(|fault| fault.to_string())
    }
}

/// The items of the array `value`; none if it is something else.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The text of the string `value`; empty if it is something else.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The number of tokens that `value` limits a reply to.
pub fn most(value: &Value) -> usize {
    let most = value.as_u64().and_then(|most| usize::try_from(most).ok());
    most.unwrap_or(usize::MAX)
}

/// The strings of the array `value`.
pub fn strings(value: &Value) -> Vec<String> {
    items(value)
        .iter()
        .map(|item| text(item).to_owned())
        .collect()
}
