//! Keys that a service knows: how it is asked, and what its answer says.

use serde_json::Value;

use crate::config;
use crate::digest::Digest;
use crate::host::{Answer, Ask, CallOut};
use crate::policy::keys::{Key, Source};

/// What a source says of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It is this key's.
    Key(Box<Key>),
    /// It is no key's.
    Unknown,
    /// Nothing: it did not answer.
    Nothing,
    /// What cannot be understood; one sentence.
    Wrong(String),
}

/// Asks for the key of a digest. Only that goes out.
pub fn ask(source: &Source, digest: &Digest) -> CallOut {
    let path = source.path.replace(Source::MARK, &digest.hex());
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    CallOut {
        cluster: source.cluster.clone(),
        timeout: source.timeout,
        ask: Ask::Http {
            headers: vec![
                pair(":method", "GET"),
                pair(":path", &path),
                pair(":authority", &source.host),
                pair("accept", "application/json"),
            ],
            body: Vec::new(),
        },
    }
}

/// Reads an answer: the row where the pointer says, as an object or as a text that is one. Null, nothing or
/// status 404 say that there is no such key.
pub fn read(source: &Source, digest: &Digest, answer: &Answer) -> Told {
    let body = match answer {
        Answer::Http { status: 404, .. } => return Told::Unknown,
        Answer::Http { status: 200, body } => body,
        Answer::Http { .. } | Answer::Grpc(_) | Answer::Nothing => return Told::Nothing,
    };
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return Told::Wrong("the answer is not JSON".to_owned());
    };
    let row = match answer.pointer(&source.pointer) {
        None | Some(Value::Null) => return Told::Unknown,
        Some(Value::String(text)) => match serde_json::from_str(text) {
            Ok(row) => row,
            Err(_) => return Told::Wrong("the row is not JSON".to_owned()),
        },
        Some(row) => row.clone(),
    };
    match config::key(&row, digest) {
        Ok(key) => Told::Key(Box::new(key)),
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Told::Wrong(faults.join("; "))
        }
    }
}
