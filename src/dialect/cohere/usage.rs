//! Usage: what is billed, else what was counted.

use serde_json::Value;

use crate::dialect::Reported;
use crate::json;

/// Reads a `usage` object.
pub(super) fn read(usage: &Value) -> Option<Reported> {
    let count = |path: &str| Reported::figure(json::at(usage, path)?);
    let billed = Reported {
        input: count("/billed_units/input_tokens"),
        output: count("/billed_units/output_tokens"),
        ..Reported::default()
    };
    if !billed.is_empty() {
        return Some(billed);
    }
    let counted = Reported {
        input: count("/tokens/input_tokens"),
        output: count("/tokens/output_tokens"),
        cached: count("/cached_tokens").unwrap_or(0),
        ..Reported::default()
    };
    (!counted.is_empty()).then_some(counted)
}
