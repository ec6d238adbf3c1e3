//! Usage: what is billed, else what was counted.

use serde_json::Value;

use crate::dialect::Reported;

/// Reads a `usage` object. Cohere's figures may be written as decimal numbers.
pub(super) fn read(usage: &Value) -> Option<Reported> {
    let count = |path: &str| whole(usage.pointer(path)?);
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

fn whole(number: &Value) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "in range"
    )]
    number.as_u64().or_else(|| {
        let value = number.as_f64()?.round();
        (0.0..=Reported::MOST as f64)
            .contains(&value)
            .then_some(value as u64)
    })
}
