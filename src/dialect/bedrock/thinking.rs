//! How much the model shall think, by the model's family.
//!
//! A budget and an effort become each other where a model knows only one of them.

use serde_json::{Value, json};

use super::draft::Draft;
use super::family::{Family, Thinking};
use super::message::Conversation;
use crate::dialect::neutral::{Cannot, Effort, Field, Reasoning, ToolChoice};

/// The least budget that Claude takes.
const LEAST: u64 = 1024;

/// Writes what makes the model think; gives what goes to `outputConfig.effort`.
pub(super) fn write(
    draft: &mut Draft<'_>,
    talk: &Conversation,
) -> Result<Option<&'static str>, Cannot> {
    let Some(reasoning) = &draft.request.reasoning else {
        return Ok(None);
    };
    let off = reasoning.effort == Some(Effort::None) || reasoning.budget == Some(0);
    let asked = reasoning.effort.is_some() || reasoning.budget.is_some() || reasoning.adaptive;
    match draft.family {
        Family::Open => {
            draft.leave(Field::Reasoning);
            Ok(None)
        }
        Family::GptOss if asked => {
            let word = match level(reasoning) {
                Effort::None | Effort::Minimal | Effort::Low => "low",
                Effort::Medium => "medium",
                Effort::High | Effort::XHigh | Effort::Max => "high",
            };
            draft.more.insert("reasoning_effort".into(), word.into());
            Ok(None)
        }
        _ if off || !asked => Ok(None),
        Family::Claude(..) => claude(draft, talk, reasoning),
        Family::Nova { second: true } => {
            let word = nova(draft, level(reasoning));
            let config = json!({"type": "enabled", "maxReasoningEffort": word});
            draft.more.insert("reasoningConfig".into(), config);
            Ok(None)
        }
        Family::Unknown => Ok(unknown(draft, reasoning)),
        _ => Err(Cannot::new(Field::Reasoning, "this model does not think")),
    }
}

fn claude(
    draft: &mut Draft<'_>,
    talk: &Conversation,
    reasoning: &Reasoning,
) -> Result<Option<&'static str>, Cannot> {
    let thinking = draft.family.thinking();
    if thinking == Thinking::No {
        return Err(Cannot::new(Field::Reasoning, "this model does not think"));
    }
    let choice = &draft.request.tool_choice;
    let forced = matches!(
        choice,
        Some(
            ToolChoice::Required
                | ToolChoice::Named(_)
                | ToolChoice::Allowed { required: true, .. }
        )
    );
    if forced {
        let reason = "this model cannot be made to call a tool while it thinks";
        return Err(Cannot::new(Field::ToolChoice, reason));
    }
    let by_budget = match thinking {
        Thinking::Either => reasoning.budget.is_some() && !reasoning.adaptive,
        Thinking::Budget => true,
        Thinking::Adaptive | Thinking::No => false,
    };
    if by_budget {
        // Without room for a budget, or after a call without a thought, it answers without thinking.
        match budget(draft, reasoning).filter(|_| !talk.calls_unthought()) {
            Some(budget) => {
                let said = json!({"type": "enabled", "budget_tokens": budget});
                draft.more.insert("thinking".into(), said);
            }
            None => draft.leave(Field::Reasoning),
        }
        return Ok(None);
    }
    let mut said = json!({"type": "adaptive"});
    let shown = reasoning.shown.or(reasoning.summary.as_ref().map(|_| true));
    if let (Thinking::Adaptive, Some(shown), Some(fields)) = (thinking, shown, said.as_object_mut())
    {
        let display = if shown { "summarized" } else { "omitted" };
        fields.insert("display".into(), Value::from(display));
    }
    draft.more.insert("thinking".into(), said);
    if reasoning.effort.is_none() && reasoning.budget.is_none() {
        return Ok(None);
    }
    Ok(Some(match (level(reasoning), thinking) {
        (Effort::None | Effort::Minimal | Effort::Low, _) => "low",
        (Effort::Medium, _) => "medium",
        (Effort::High, _) | (Effort::XHigh, Thinking::Either) => "high",
        (Effort::XHigh, _) => "xhigh",
        (Effort::Max, _) => "max",
    }))
}

/// An id that does not tell the model most often hides a Claude, which alone has budgets; an effort has a
/// field of Converse's own. A model that does not know them refuses them.
fn unknown(draft: &mut Draft<'_>, reasoning: &Reasoning) -> Option<&'static str> {
    if let Some(budget) = reasoning.budget {
        let said = json!({"type": "enabled", "budget_tokens": budget});
        draft.more.insert("thinking".into(), said);
        return None;
    }
    if reasoning.adaptive {
        let said = json!({"type": "adaptive"});
        draft.more.insert("thinking".into(), said);
    }
    reasoning.effort.map(|effort| match effort {
        Effort::None | Effort::Minimal | Effort::Low => "low",
        Effort::Medium => "medium",
        Effort::High => "high",
        Effort::XHigh => "xhigh",
        Effort::Max => "max",
    })
}

/// At the highest effort Nova decides on length and sampling alone; a request that sets them gets the next
/// lower one.
fn nova(draft: &Draft<'_>, effort: Effort) -> &'static str {
    let sampling = &draft.request.sampling;
    let set = sampling.temperature.is_some()
        || sampling.top_p.is_some()
        || draft.request.max_output_tokens.is_some();
    match effort {
        Effort::None | Effort::Minimal | Effort::Low => "low",
        Effort::Medium => "medium",
        Effort::High | Effort::XHigh | Effort::Max if set => "medium",
        Effort::High | Effort::XHigh | Effort::Max => "high",
    }
}

/// The effort, or the one that a budget stands for.
fn level(reasoning: &Reasoning) -> Effort {
    match (reasoning.effort, reasoning.budget) {
        (Some(effort), _) => effort,
        (None, Some(0)) => Effort::None,
        (None, Some(1..=2048)) => Effort::Low,
        (None, Some(2049..=8192)) => Effort::Medium,
        (None, _) => Effort::High,
    }
}

/// The budget, or the one that an effort stands for. It must leave room for the answer.
fn budget(draft: &Draft<'_>, reasoning: &Reasoning) -> Option<u64> {
    let wanted = reasoning.budget.unwrap_or(match level(reasoning) {
        Effort::None | Effort::Minimal => LEAST,
        Effort::Low => 2048,
        Effort::Medium => 8192,
        Effort::High => 16_384,
        Effort::XHigh => 24_576,
        Effort::Max => 32_000,
    });
    let most = draft.request.max_output_tokens.unwrap_or(u64::MAX);
    let budget = wanted.max(LEAST).min(most.saturating_sub(1));
    (budget >= LEAST).then_some(budget)
}
