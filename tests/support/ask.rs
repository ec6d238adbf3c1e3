//! A request as a test writes it down. Each has a mark by which providers' records and log lines are found again.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

/// A request.
#[derive(Clone)]
pub struct Ask {
    pub method: String,
    pub path: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body, in the pieces in which it is sent.
    pub pieces: Vec<Bytes>,
    /// Without it the body is sent chunked (HTTP/1.1).
    pub length: bool,
    /// A trailer field behind the body.
    pub trailer: Option<(HeaderName, HeaderValue)>,
    /// What is to be found again.
    pub mark: String,
}

/// The path of a chat completion.
pub const CHAT: &str = "/v1/chat/completions";

/// A text that no other request of this run has.
pub fn mark() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("mark~{}~", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Ask {
    /// A request without a body.
    pub fn get(path: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            pieces: Vec::new(),
            length: true,
            trailer: None,
            mark: mark(),
        }
    }

    /// A plain chat completion of one short message.
    pub fn chat(model: &str) -> Self {
        Self::say(model, "Say hello, please.")
    }

    /// A plain chat completion of this message.
    pub fn say(model: &str, text: &str) -> Self {
        Self::with(
            model,
            json!({"messages": [{"role": "user", "content": text}]}),
        )
    }

    /// A streamed chat completion of one short message.
    pub fn stream(model: &str) -> Self {
        Self::with(
            model,
            json!({"messages": [{"role": "user", "content": "Say hello, please."}], "stream": true}),
        )
    }

    /// A chat completion with these members.
    pub fn with(model: &str, members: Value) -> Self {
        let mark = mark();
        let mut body = members;
        body["model"] = model.into();
        Self {
            mark,
            ..Self::raw(body.to_string())
        }
    }

    /// A chat completion with this very body; `MARK` in it becomes the mark.
    pub fn text(body: &str) -> Self {
        let mark = mark();
        Self {
            pieces: vec![body.replace("MARK", &mark).into()],
            ..Self::raw("")
        }
        .marked(mark)
    }

    /// A chat completion with these very bytes.
    pub fn raw(body: impl Into<Bytes>) -> Self {
        let ask = Self {
            method: "POST".to_owned(),
            pieces: vec![body.into()],
            ..Self::get(CHAT)
        };
        ask.header("content-type", "application/json")
    }

    fn marked(mut self, mark: String) -> Self {
        self.mark = mark;
        self
    }

    /// The same with another method.
    pub fn method(mut self, method: &str) -> Self {
        self.method = method.to_owned();
        self
    }

    /// The same on another path.
    pub fn at(mut self, path: &str) -> Self {
        self.path = path.to_owned();
        self
    }

    /// The same with one more header.
    pub fn header(mut self, name: &'static str, value: impl AsRef<[u8]>) -> Self {
        let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
        self.headers.push((HeaderName::from_static(name), value));
        self
    }

    /// The same with the body sent chunked, in pieces of so many bytes.
    pub fn chunked(mut self, size: usize) -> Self {
        let body = self.body();
        self.pieces = body.chunks(size).map(Bytes::copy_from_slice).collect();
        self.length = false;
        self
    }

    /// The same with a trailer field.
    pub fn trailer(mut self, name: &'static str, value: &'static str) -> Self {
        self.trailer = Some((
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        ));
        self
    }

    /// The body, whole.
    pub fn body(&self) -> Vec<u8> {
        self.pieces.concat()
    }
}
