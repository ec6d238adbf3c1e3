//! Thoughts of other providers, which Anthropic refuses: they leave a body that else goes on as it is. So does
//! a budget to think by, amidst a tool loop whose last calls came from a provider without thoughts: Anthropic
//! wants such calls to come behind a thought of its own (guide "Extended thinking", tool use).

use std::ops::Range;

use serde_json::Value;

use crate::dialect::anthropic::opaque::is_own;
use crate::dialect::splice::{cut, items, object};
use crate::json::{Edit, Fault, Kind, Reader, mentions};

/// What a body says that may have something of the kind.
const SIGNS: [&str; 3] = ["\"budget_tokens\"", "\"signature\"", "redacted_thinking"];

/// The edits that take them out; none for most bodies.
///
/// # Errors
///
/// The body is not JSON.
pub fn take_out(json: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    if !SIGNS.iter().any(|sign| mentions(json, sign)) {
        return Ok(edits);
    }
    let mut budget = None;
    let mut talk = Talk::default();
    object(&mut Reader::new(json), |reader, key, kind| {
        match (key, kind) {
            ("messages", Kind::Array) => {
                items(reader, |reader, _| talk.message(reader, &mut edits))?;
            }
            ("thinking", Kind::Object) => budget = Some(reader.skip()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let budget = budget.filter(|at| is_budget(json, at));
    if let (Some(at), true) = (budget, talk.unthought && talk.awaits) {
        edits.push(Edit::new(at, "{\"type\":\"disabled\"}"));
    }
    Ok(edits)
}

/// How a conversation stands after the messages so far.
#[derive(Default)]
struct Talk {
    /// The last message of the model does not begin with a thought.
    unthought: bool,
    /// The last message brings results of calls.
    awaits: bool,
}

impl Talk {
    fn message(&mut self, reader: &mut Reader<'_>, edits: &mut Vec<Edit>) -> Result<(), Fault> {
        let json = reader.json();
        let (mut model, mut results) = (false, false);
        let mut first = None;
        object(reader, |reader, key, kind| {
            match (key, kind) {
                ("role", Kind::String) => model = reader.string()?.text(json) == "assistant",
                ("content", Kind::Array) => cut(reader, edits, |block| {
                    let foreign = is_foreign(block);
                    if !foreign {
                        first.get_or_insert_with(|| is_thought(block));
                        results = results || block.contains("\"tool_result\"");
                    }
                    foreign
                })?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        self.awaits = results && !model;
        if model {
            self.unthought = first != Some(true);
        }
        Ok(())
    }
}

fn is_thought(block: &str) -> bool {
    let block: Value = serde_json::from_str(block).unwrap_or_default();
    let kind = block.get("type").and_then(Value::as_str);
    matches!(kind, Some("thinking" | "redacted_thinking"))
}

fn is_budget(json: &str, at: &Range<usize>) -> bool {
    let text = json.get(at.clone()).unwrap_or_default();
    let thinking: Value = serde_json::from_str(text).unwrap_or_default();
    thinking.get("type").and_then(Value::as_str) == Some("enabled")
}

fn is_foreign(block: &str) -> bool {
    if !block.contains("thinking") {
        return false;
    }
    let block: Value = serde_json::from_str(block).unwrap_or_default();
    let field = |key: &str| block.get(key).and_then(Value::as_str);
    let proof = match field("type") {
        Some("thinking") => field("signature"),
        Some("redacted_thinking") => field("data"),
        _ => return false,
    };
    !proof.is_some_and(is_own)
}
