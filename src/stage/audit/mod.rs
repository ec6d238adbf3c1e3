//! The audit: every line of a worker's log is sealed with a key, and names the seal of the line before it.
//!
//! *Never*: holds what a line says.

pub mod verify;

use std::cell::RefCell;

use crate::digest::Digest;
use crate::policy::Secret;

/// How the last member of a sealed line begins, and the seal in it.
const AUDIT: &str = ",\"audit\":{\"worker\":\"";
const SEAL: &str = ",\"seal\":\"";

/// What each keyed digest is of: one is never taken for another.
const PROMPT: &[u8] = b"prompt\0";
const LINE: &[u8] = b"line\0";

/// The end of one worker's lines.
#[derive(Debug, Default)]
pub struct Chain(RefCell<State>);

#[derive(Debug, Default)]
struct State {
    /// Made up with the first line.
    worker: String,
    sequence: u64,
    previous: Option<String>,
}

/// The keyed digest of a request's body, by which equal prompts are known to be equal.
pub fn prompt(key: &Secret, body: &[u8]) -> Digest {
    Digest::keyed(key.reveal().as_bytes(), &[PROMPT, body])
}

fn seal(key: &Secret, line: &str) -> String {
    Digest::keyed(key.reveal().as_bytes(), &[LINE, line.as_bytes()]).hex()
}

impl Chain {
    /// Adds the member `audit` to a line, which is a JSON object. `random` names the worker.
    pub fn seal(
        &self,
        key: &Secret,
        line: &str,
        prompt: Option<&Digest>,
        random: impl FnOnce() -> u64,
    ) -> String {
        let mut state = self.0.borrow_mut();
        if state.worker.is_empty() {
            state.worker = format!("{:016x}", random());
        }
        state.sequence = state.sequence.saturating_add(1);
        let quoted = |hex: Option<&str>| hex.map_or("null".to_owned(), |hex| format!("\"{hex}\""));
        let prompt = quoted(prompt.map(Digest::hex).as_deref());
        let previous = quoted(state.previous.as_deref());
        let open = line.strip_suffix('}').unwrap_or(line);
        let (worker, sequence) = (&state.worker, state.sequence);
        let mut sealed = format!(
            "{open}{AUDIT}{worker}\",\"sequence\":{sequence},\"prompt\":{prompt},\"previous\":{previous}"
        );
        let own = self::seal(key, &sealed);
        sealed.push_str(SEAL);
        sealed.push_str(&own);
        sealed.push_str("\"}}");
        state.previous = Some(own);
        sealed
    }
}

#[cfg(test)]
mod tests;
