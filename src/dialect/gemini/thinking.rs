//! `thinkingConfig` and the neutral reasoning.
//!
//! Gemini 2.5 takes a budget in tokens, 3 and later a level. Words become budgets as Google's own
//! OpenAI endpoint has it (ai.google.dev/gemini-api/docs/openai, "Thinking"; the ranges:
//! ai.google.dev/gemini-api/docs/thinking):
//!
//! | effort     | 2.5 Flash | 2.5 Pro | 3 and later                          |
//! | ---------- | --------- | ------- | ------------------------------------ |
//! | none       | 0         | 128     | `MINIMAL`, or `LOW` where there is no `MINIMAL` |
//! | minimal    | 1024      | 1024    | the same                             |
//! | low        | 1024      | 1024    | `LOW`                                |
//! | medium     | 8192      | 8192    | `MEDIUM`; with `gemini-3-pro` `HIGH` |
//! | high       | 24576     | 24576   | `HIGH`                               |
//! | xhigh, max | 24576     | 32768   | `HIGH`                               |
//!
//! `MINIMAL` is known to Flash models before 3.7.

use serde_json::{Map, Value};

use super::model::Model;
use super::names::{Names, put};
use crate::dialect::neutral::{Cannot, Effort, Field, Reasoning, Rest};

/// Reads `thinkingConfig`.
pub(super) fn read(mut config: Names, rest: &mut Vec<Rest>) -> Result<Reasoning, Cannot> {
    let mut reasoning = Reasoning {
        shown: config.bool("includeThoughts")?,
        ..Reasoning::default()
    };
    let path = config.path("thinkingBudget");
    if let Some(budget) = config.number("thinkingBudget")? {
        match (budget.as_u64(), budget.as_i64()) {
            (Some(0), _) => {
                reasoning.budget = Some(0);
                reasoning.effort = Some(Effort::None);
            }
            (Some(budget), _) => reasoning.budget = Some(budget),
            (None, Some(-1)) => reasoning.adaptive = true,
            _ => return Err(Cannot::new(path, "expected a whole number, or -1")),
        }
    }
    let path = config.path("thinkingLevel");
    if let Some(level) = config.string("thinkingLevel")? {
        reasoning.effort = match level.to_ascii_uppercase().as_str() {
            "THINKING_LEVEL_UNSPECIFIED" => None,
            "MINIMAL" => Some(Effort::Minimal),
            "LOW" => Some(Effort::Low),
            "MEDIUM" => Some(Effort::Medium),
            "HIGH" => Some(Effort::High),
            "XHIGH" => Some(Effort::XHigh),
            _ => return Err(Cannot::new(path, "no such thinking level")),
        };
    }
    rest.extend(config.rest(&[]));
    Ok(reasoning)
}

/// Writes `thinkingConfig`; `None`: nothing is asked.
pub(super) fn write(reasoning: &Reasoning, model: Model) -> Result<Option<Value>, Cannot> {
    let mut config = Map::new();
    let off = reasoning.effort == Some(Effort::None) || reasoning.budget == Some(0);
    match model.version {
        Some((0..=1, _) | (2, 0..=4)) if off => {}
        Some((0..=1, _) | (2, 0..=4)) => {
            return Err(Cannot::new(
                Field::Reasoning,
                "this model does not think; it is for Gemini 2.5 and later",
            ));
        }
        Some(_) if model.is_3() => put(&mut config, "thinkingLevel", level(reasoning, model)),
        _ => put(&mut config, "thinkingBudget", budget(reasoning, model)),
    }
    if !off {
        let shown = reasoning.shown.or(reasoning.summary.as_ref().map(|_| true));
        put(&mut config, "includeThoughts", shown);
    }
    Ok((!config.is_empty()).then_some(Value::Object(config)))
}

fn level(reasoning: &Reasoning, model: Model) -> Option<&'static str> {
    let effort = match (reasoning.effort, reasoning.budget) {
        (Some(effort), _) => effort,
        (None, Some(0)) => Effort::None,
        // Half-way between the budgets of the table.
        (None, Some(1..=4_608)) => Effort::Low,
        (None, Some(4_609..=16_384)) => Effort::Medium,
        (None, Some(_)) => Effort::High,
        (None, None) => return None,
    };
    let has_minimal = model.flash && model.version < Some((3, 7));
    let no_medium = !model.flash && model.version == Some((3, 0));
    Some(match effort {
        Effort::None | Effort::Minimal if has_minimal => "MINIMAL",
        Effort::None | Effort::Minimal | Effort::Low => "LOW",
        Effort::Medium if !no_medium => "MEDIUM",
        Effort::Medium | Effort::High | Effort::XHigh | Effort::Max => "HIGH",
    })
}

fn budget(reasoning: &Reasoning, model: Model) -> Option<i64> {
    let wanted = match (reasoning.budget, reasoning.effort) {
        (Some(budget), _) => i64::try_from(budget).unwrap_or(i64::MAX),
        (None, Some(Effort::None)) => 0,
        (None, Some(Effort::Minimal | Effort::Low)) => 1_024,
        (None, Some(Effort::Medium)) => 8_192,
        (None, Some(Effort::High)) => 24_576,
        (None, Some(Effort::XHigh | Effort::Max)) => 32_768,
        (None, None) => return reasoning.adaptive.then_some(-1),
    };
    Some(match (model.version, wanted) {
        (None, wanted) => wanted.min(32_768),
        (Some(_), wanted) if !model.flash => wanted.clamp(128, 32_768),
        (Some(_), 0) => 0,
        (Some(_), wanted) if model.lite => wanted.clamp(512, 24_576),
        (Some(_), wanted) => wanted.min(24_576),
    })
}
