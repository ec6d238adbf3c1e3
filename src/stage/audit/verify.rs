//! Whether the lines of a log are whole: none changed, missing, doubled or moved.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::{AUDIT, SEAL, seal};
use crate::policy::Secret;

/// How the object of a line begins.
const BEGINNING: &str = "{\"dialect\":";

/// What is known of the lines so far.
#[derive(Debug, Default)]
pub struct Log {
    workers: BTreeMap<String, Last>,
    /// Sealed lines.
    pub sealed: usize,
    /// Lines without a seal: other paths, or what was written before the audit was switched on. One whose
    /// seal was taken away is missing from its worker's lines.
    pub unsealed: usize,
}

#[derive(Debug, Default)]
struct Last {
    sequence: u64,
    seal: Option<String>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The seal is not that of the line, or there is none that can be read.
    Changed,
    /// Lines of this worker are not there: the first and the last of them.
    Missing(u64, u64),
    /// It stands behind a later one, or stands there twice.
    Moved(u64),
    /// The line before it is not the one that it was written behind.
    Unlinked,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("the line was changed, or sealed with another key"),
            Self::Missing(first, last) if first == last => {
                write!(f, "line {first} is missing before it")
            }
            Self::Missing(first, last) => {
                write!(f, "lines {first} to {last} are missing before it")
            }
            Self::Moved(sequence) => {
                write!(f, "line {sequence} stands behind a later one, or twice")
            }
            Self::Unlinked => f.write_str("the line before it is another one"),
        }
    }
}

impl Log {
    /// The workers whose lines were seen, and how many each has written.
    pub fn workers(&self) -> impl Iterator<Item = (&str, u64)> {
        let all = self.workers.iter();
        all.map(|(worker, last)| (worker.as_str(), last.sequence))
    }

    /// Takes in the next line; the worker that wrote it, and what is wrong. `None`: it has no seal.
    pub fn read(&mut self, key: &Secret, line: &str) -> Option<(String, Vec<Wrong>)> {
        let Some(object) = object(line) else {
            self.unsealed = self.unsealed.saturating_add(1);
            return None;
        };
        self.sealed = self.sealed.saturating_add(1);
        let audit = serde_json::from_str::<Value>(&object).ok();
        let audit = audit.as_ref().and_then(|line| line.get("audit"));
        let text = |name| audit.and_then(|audit| audit.get(name)?.as_str().map(str::to_owned));
        let sequence = audit.and_then(|audit| audit.get("sequence")?.as_u64());
        let (Some(worker), Some(sequence), Some(own)) = (text("worker"), sequence, text("seal"))
        else {
            return Some(("?".to_owned(), vec![Wrong::Changed]));
        };
        let mut wrong = Vec::new();
        let sealed = object.rsplit_once(SEAL).map_or("", |(sealed, _)| sealed);
        if seal(key, sealed) != own {
            wrong.push(Wrong::Changed);
        }
        let last = self.workers.entry(worker.clone()).or_default();
        let next = last.sequence.saturating_add(1);
        if sequence < next {
            wrong.push(Wrong::Moved(sequence));
            return Some((worker, wrong));
        }
        if sequence > next {
            wrong.push(Wrong::Missing(next, sequence.saturating_sub(1)));
        } else if text("previous") != last.seal {
            wrong.push(Wrong::Unlinked);
        }
        (last.sequence, last.seal) = (sequence, Some(own));
        Some((worker, wrong))
    }
}

/// The sealed object in a line of a log: as it is, or as a text in an object of Envoy's.
fn object(line: &str) -> Option<String> {
    if let Some(object) = cut(line) {
        return Some(object.to_owned());
    }
    fn search(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => cut(text).map(str::to_owned),
            Value::Array(items) => items.iter().find_map(search),
            Value::Object(members) => members.values().find_map(search),
            _ => None,
        }
    }
    search(&serde_json::from_str(line).ok()?)
}

fn cut(text: &str) -> Option<&str> {
    let audit = text.rfind(AUDIT)?;
    let start = text.get(..audit)?.find(BEGINNING)?;
    let end = text.rfind('}')?.checked_add(1)?;
    text.get(start..end)
}
