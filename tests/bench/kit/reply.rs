//! What the provider answers, as bytes that are ready to send.

use serde_json::{Value, json};
use tollgate::mask::{Key, Vault};

use super::body::ADDRESS;
use super::text::{Dice, prose};
use super::variant::KEY;

/// Which reply a request asks for, by its `x-bench-reply` header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One JSON object.
    Plain,
    /// An event stream in so many writes.
    Stream(usize),
}

/// The replies that can be asked for.
pub const KINDS: [Kind; 5] = [
    Kind::Plain,
    Kind::Stream(1),
    Kind::Stream(20),
    Kind::Stream(100),
    Kind::Stream(1000),
];

impl Kind {
    /// The value of `x-bench-reply`.
    pub fn number(self) -> usize {
        match self {
            Self::Plain => 0,
            Self::Stream(chunks) => chunks,
        }
    }

    /// As in the table.
    pub fn name(self) -> String {
        match self {
            Self::Plain => "plain".to_owned(),
            Self::Stream(1) => "1 chunk".to_owned(),
            Self::Stream(chunks) => format!("{chunks} chunks"),
        }
    }
}

/// A reply in the parts that it is written in, the head with the first of them.
pub struct Reply {
    /// Each is one write.
    pub writes: Vec<Vec<u8>>,
}

/// Makes a reply.
pub fn reply(kind: Kind) -> Reply {
    let mut dice = Dice::new(7);
    let placeholder = Vault::new(Key::new(KEY.as_bytes())).placeholder("EMAIL", ADDRESS);
    let text = prose(&mut dice, 700) + &format!("Best write to {placeholder} first.");
    match kind {
        Kind::Plain => plain(&text),
        Kind::Stream(chunks) => stream(&text, chunks),
    }
}

fn usage() -> Value {
    json!({"prompt_tokens": 230, "completion_tokens": 170, "total_tokens": 400,
           "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
           "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0}})
}

fn plain(text: &str) -> Reply {
    let body = json!({
        "id": "chatcmpl-BenchBenchBenchBenchBench0001", "object": "chat.completion", "created": 1_760_000_000,
        "model": "gpt-4o-2024-08-06",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text, "refusal": null},
                     "logprobs": null, "finish_reason": "stop"}],
        "usage": usage(), "service_tier": "default", "system_fingerprint": "fp_0123456789"})
    .to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{COMMON}content-length: {}\r\n\r\n",
        body.len()
    );
    Reply {
        writes: vec![[head.into_bytes(), body.into_bytes()].concat()],
    }
}

/// Headers that a provider's reply usually has.
const COMMON: &str = "date: Thu, 01 Jan 2026 00:00:00 GMT\r\nserver: bench\r\nopenai-processing-ms: 1\r\n\
    openai-version: 2020-10-01\r\nx-ratelimit-limit-requests: 10000\r\nx-ratelimit-remaining-requests: 9999\r\n\
    x-request-id: req_0123456789abcdef0123456789abcdef\r\n";

/// The last write brings the finish, the usage and the terminator; a single write brings all.
fn stream(text: &str, chunks: usize) -> Reply {
    let event = |delta: Value, finish: Value| {
        let chunk = json!({
            "id": "chatcmpl-BenchBenchBenchBenchBench0001", "object": "chat.completion.chunk",
            "created": 1_760_000_000, "model": "gpt-4o-2024-08-06", "service_tier": "default",
            "system_fingerprint": "fp_0123456789",
            "choices": [{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]});
        format!("data: {chunk}\n\n")
    };
    let first = event(
        json!({"role": "assistant", "content": "", "refusal": null}),
        Value::Null,
    );
    let end = json!({"id": "chatcmpl-BenchBenchBenchBenchBench0001", "object": "chat.completion.chunk",
        "created": 1_760_000_000, "model": "gpt-4o-2024-08-06", "choices": [], "usage": usage()});
    let last = event(json!({}), json!("stop")) + &format!("data: {end}\n\ndata: [DONE]\n\n");
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let mut parts: Vec<String> = (1..chunks.saturating_sub(1))
        .map(|nth| event(json!({"content": words[nth % words.len()]}), Value::Null))
        .collect();
    match chunks {
        1 => parts = vec![first + &event(json!({"content": "Hello."}), Value::Null) + &last],
        _ => {
            parts.insert(0, first);
            parts.push(last);
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n{COMMON}transfer-encoding: chunked\r\n\r\n"
    );
    let framed = |part: String| format!("{:x}\r\n{part}\r\n", part.len()).into_bytes();
    let mut writes: Vec<Vec<u8>> = parts.into_iter().map(framed).collect();
    if let Some(first) = writes.first_mut() {
        *first = [head.into_bytes(), std::mem::take(first)].concat();
    }
    if let Some(last) = writes.last_mut() {
        last.extend_from_slice(b"0\r\n\r\n");
    }
    Reply { writes }
}
