//! Whose a thought's signature is. Gemini refuses a signature that is not its own ("Corrupted thought
//! signature"), as the others refuse Gemini's, and a conversation may fall over from one to the other.
//!
//! - In the neutral form a signature of Gemini's begins with `gemini:`. The signature of a call is
//!   Gemini's by definition and has no mark.
//! - A Gemini client sees Gemini's signatures as they are. Those of others, and sealed thoughts, it sees
//!   in base64 of `tollgate:` and an object, since the field is one of bytes.
//! - A signature at a text or an image stands in the neutral form as a thought without words before it.
//!
//! Facts: ai.google.dev/gemini-api/docs/thought-signatures.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde_json::{Map, Value};

use super::names::put;
use crate::dialect::neutral::Thought;

/// What Google documents for calls that no Gemini made, or whose signature is lost: Gemini 3 refuses a
/// call of the running turn without one.
pub(super) const UNSIGNED: &str = "skip_thought_signature_validator";

const OWN: &str = "gemini:";
const FOREIGN: &[u8] = b"tollgate:";

/// How a wrapped signature begins.
pub(super) const WRAPPED: &str = "dG9sbGdhdGU6";

/// What a Gemini client sees at a call that no Gemini made: a wrapped signature of nothing. When the
/// conversation comes to Gemini, [`UNSIGNED`] stands in its place.
pub(super) const NOBODYS: &str = "dG9sbGdhdGU6e30=";

/// The neutral form of a signature that Gemini made.
pub(super) fn marked(wire: &str) -> String {
    format!("{OWN}{wire}")
}

/// A thought with the signature that stands in a Gemini body.
pub(super) fn thought(text: String, wire: Option<String>) -> Thought {
    let mut thought = Thought {
        text,
        ..Thought::default()
    };
    let Some(wire) = wire else {
        return thought;
    };
    match foreign(&wire) {
        Some(fields) => {
            let field = |name| fields.get(name).and_then(Value::as_str).map(str::to_owned);
            thought.signature = field("signature");
            thought.sealed = field("sealed");
            thought.id = field("id");
        }
        None => thought.signature = Some(marked(&wire)),
    }
    thought
}

/// The signature that Gemini made, if it did.
pub(super) fn own(signature: Option<&str>) -> Option<&str> {
    signature.and_then(|signature| signature.strip_prefix(OWN))
}

/// The signature as a Gemini client sees it, whosever it is.
pub(super) fn shown(thought: &Thought) -> Option<String> {
    if let Some(own) = own(thought.signature.as_deref()) {
        return Some(own.to_owned());
    }
    let mut fields = Map::new();
    put(&mut fields, "signature", thought.signature.clone());
    put(&mut fields, "sealed", thought.sealed.clone());
    put(&mut fields, "id", thought.id.clone());
    if fields.is_empty() {
        return None;
    }
    let mut bytes = FOREIGN.to_vec();
    bytes.extend(Value::Object(fields).to_string().into_bytes());
    Some(STANDARD.encode(bytes))
}

/// The signature of a call, if it is one.
pub(super) fn of_call(wire: Option<String>) -> Option<String> {
    wire.filter(|wire| !wire.starts_with(WRAPPED))
}

/// What a signature of another provider was wrapped in.
fn foreign(wire: &str) -> Option<Map<String, Value>> {
    // The Python SDK writes bytes again in the URL-safe alphabet.
    let plain = wire.trim_end_matches('=').replace('-', "+");
    let bytes = STANDARD_NO_PAD.decode(plain.replace('_', "/")).ok()?;
    let json = bytes.strip_prefix(FOREIGN)?;
    match serde_json::from_slice(json).ok()? {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}
