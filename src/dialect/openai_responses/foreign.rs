//! Signatures and sealed thoughts of other providers, in the one field of Responses that clients send back
//! as they got it: a reasoning item's `encrypted_content`.
//!
//! `tollgate:1:` and what it is:
//!
//! | rest                      | the item stands for                                              |
//! | ------------------------- | ---------------------------------------------------------------- |
//! | `plain`                   | the thought in its summary, unsigned                             |
//! | `signed:SIGNATURE`        | the thought in its summary (empty with Gemini), with its proof   |
//! | `sealed:DATA`             | a thought that only its maker can read                           |
//! | `call:LENGTH:ID SIGNATURE`| the signature of the call `ID` of the same turn (no space between) |
//!
//! The thought itself stays in the summary, in clear, so that it is masked and counted as any text.
//! OpenAI must never see these: it refuses what it did not encrypt.

use crate::dialect::splice::cut;
use crate::json::{Edit, Fault, Reader, mentions};

const MARK: &str = "tollgate:1:";

/// What stands in `encrypted_content`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealed {
    /// OpenAI's own data.
    Own(String),
    /// Another provider's thought without a proof.
    Plain,
    /// The proof of another provider's thought.
    Signed(String),
    /// Another provider's sealed thought.
    Foreign(String),
    /// The proof of a call.
    Call {
        /// The call's id.
        id: String,
        /// The proof.
        signature: String,
    },
}

impl Sealed {
    /// Reads the field. What begins with the mark and cannot be read is a thought without a proof.
    pub fn read(text: String) -> Self {
        let Some(rest) = text.strip_prefix(MARK) else {
            return Self::Own(text);
        };
        let (kind, rest) = rest.split_once(':').unwrap_or((rest, ""));
        match kind {
            "signed" => Self::Signed(rest.to_owned()),
            "sealed" => Self::Foreign(rest.to_owned()),
            "call" => Self::call(rest).unwrap_or(Self::Plain),
            _ => Self::Plain,
        }
    }

    fn call(rest: &str) -> Option<Self> {
        let (length, rest) = rest.split_once(':')?;
        let (id, signature) = rest.split_at_checked(length.parse().ok()?)?;
        Some(Self::Call {
            id: id.to_owned(),
            signature: signature.to_owned(),
        })
    }

    /// Writes the field.
    pub fn write(&self) -> String {
        match self {
            Self::Own(data) => data.clone(),
            Self::Plain => format!("{MARK}plain"),
            Self::Signed(signature) => format!("{MARK}signed:{signature}"),
            Self::Foreign(data) => format!("{MARK}sealed:{data}"),
            Self::Call { id, signature } => format!("{MARK}call:{}:{id}{signature}", id.len()),
        }
    }
}

/// Whether sealed data is what OpenAI made: it comes with an item's id, or is a Fernet token (version
/// 0x80 and a time whose first bytes are zero), as all of OpenAI's is.
pub fn is_own(data: &str, id: Option<&str>) -> bool {
    !data.starts_with(MARK) && (id.is_some() || is_fernet(data))
}

/// Whether the data is a Fernet token.
pub fn is_fernet(data: &str) -> bool {
    data.starts_with("gAAAAA")
}

/// The edits that take other providers' reasoning items out of a client's body, so that the rest can go to
/// OpenAI byte for byte. None for a body without any, which is most of them.
///
/// # Errors
///
/// The body is not JSON.
pub fn take_out(json: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    if !mentions(json, MARK) {
        return Ok(edits);
    }
    let mut reader = Reader::new(json);
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        if key.text(json) != "input" || reader.kind()? != crate::json::Kind::Array {
            reader.skip()?;
            continue;
        }
        cut(&mut reader, &mut edits, is_foreign)?;
    }
    Ok(edits)
}

fn is_foreign(item: &str) -> bool {
    if !item.contains(MARK) {
        return false;
    }
    let item: serde_json::Value = serde_json::from_str(item).unwrap_or_default();
    let field = |key: &str| item.get(key).and_then(serde_json::Value::as_str);
    field("type") == Some("reasoning")
        && field("encrypted_content").is_some_and(|data| data.starts_with(MARK))
}
