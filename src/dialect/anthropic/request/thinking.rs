//! How much the model shall think, by the means that it has.
//!
//! | effort | budget of tokens | budget of a client | effort |
//! | --- | --- | --- | --- |
//! | `minimal` | 1,024 | up to 2,048 | `low` |
//! | `low` | 2,048 | up to 8,192 | `medium` |
//! | `medium` | 8,192 | up to 16,384 | `high` |
//! | `high`, none | 16,384 | more | `xhigh` |
//! | `xhigh` | 24,576 | | |
//! | `max` | 32,768 | | |
//!
//! - Claude 3.7 to 4.5 take a budget, 4.6 both, later models an effort. An effort that a model does not have
//!   is the next lower one.
//! - A budget is 1,024 at least and less than `max_tokens`; one made of an effort leaves a fifth of `max_tokens`
//!   to the answer.
//! - Amidst a tool loop whose thoughts Anthropic did not sign, a model with budgets does not think: another
//!   provider has answered before.
//! - An effort, being a hint, yields: where `max_tokens` leaves no room for a budget, and where a tool is
//!   required, a model with budgets does not think. A budget that a client gives does not yield; such a
//!   request is refused.
//! - A model that cannot be kept from thinking thinks with `low` effort when it should not.

use serde_json::{Value, json};

use super::tools::forced;
use crate::dialect::anthropic::model::{Model, Off, Thinking};
use crate::dialect::anthropic::opaque;
use crate::dialect::neutral::{
    Cannot, Effort, Field, PartKind, Place, Reasoning, Request, Role, Thought, Turn,
};

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub thinking: Option<Value>,
    pub effort: Option<Effort>,
    pub max_tokens: u64,
    /// `thinking` says that the model thinks.
    pub thinks: bool,
}

/// The least budget.
const LEAST: u64 = 1024;

/// Plans the thinking of a request.
pub fn plan(request: &Request, model: &Model, dropped: &mut Vec<Place>) -> Result<Plan, Cannot> {
    let asked = request.max_output_tokens;
    let limit = |most: u64| asked.map(|asked| asked.min(most)).or(asked);
    let max_tokens = model.most.map_or(asked, limit);
    let plan = Plan {
        thinking: None,
        effort: None,
        max_tokens: max_tokens.unwrap_or_else(|| model.default_output()),
        thinks: false,
    };
    let Some(reasoning) = &request.reasoning else {
        return Ok(plan);
    };
    if reasoning.effort == Some(Effort::None) || reasoning.budget == Some(0) {
        return Ok(off(plan, reasoning, model));
    }
    let said = reasoning.effort.is_some() || reasoning.budget.is_some() || reasoning.adaptive;
    if !said && !model.thinks {
        return Ok(plan);
    }
    if model.thinking == Thinking::None {
        return Err(Cannot::new(Field::Reasoning, "this model does not think"));
    }
    let hint = reasoning.budget.is_none() && !reasoning.adaptive;
    // A model that thinks of itself takes a required tool too, if it takes one at all.
    if forced(request) && !model.thinks {
        if !hint {
            let reason = "Anthropic's models cannot be made to call a tool while they think";
            return Err(Cannot::new(Field::ToolChoice, reason));
        }
        dropped.push(Field::Reasoning.into());
        return Ok(off(plan, reasoning, model));
    }
    let budgeted = match model.thinking {
        Thinking::Budget => true,
        Thinking::Either => reasoning.budget.is_some(),
        Thinking::None | Thinking::Adaptive => false,
    };
    match budgeted {
        true => with_budget(request, reasoning, model, plan, dropped),
        false => Ok(adaptive(reasoning, model, plan)),
    }
}

fn off(plan: Plan, reasoning: &Reasoning, model: &Model) -> Plan {
    let effort = reasoning.effort.filter(|effort| *effort > Effort::Minimal);
    let effort = effort.and_then(|effort| model.effort(effort));
    let (thinking, effort) = match model.off {
        Off::Silent => (None, None),
        Off::Never => (None, Some(Effort::Low)),
        // Above `high` these models want to think.
        Off::Disabled if model.thinks => {
            let effort = effort.map(|effort| effort.min(Effort::High));
            (Some("disabled"), effort)
        }
        Off::Disabled => (Some("disabled"), effort),
        Off::BetweenTools => {
            let effort = effort.map(|effort| effort.min(Effort::High));
            (Some("between_tools"), effort)
        }
    };
    Plan {
        thinking: thinking.map(|kind| json!({"type": kind})),
        effort,
        ..plan
    }
}

fn adaptive(reasoning: &Reasoning, model: &Model, plan: Plan) -> Plan {
    let wanted = reasoning.effort.or(reasoning.budget.map(effort_of));
    let mut thinking = json!({"type": "adaptive"});
    let display = display(reasoning);
    if let (Some(display), Some(thinking)) = (display, thinking.as_object_mut()) {
        thinking.insert("display".to_owned(), json!(display));
    }
    let silent = model.thinks && !reasoning.adaptive && display.is_none();
    Plan {
        thinking: (!silent).then_some(thinking),
        effort: wanted.and_then(|wanted| model.effort(wanted)),
        thinks: true,
        ..plan
    }
}

fn with_budget(
    request: &Request,
    reasoning: &Reasoning,
    model: &Model,
    plan: Plan,
    dropped: &mut Vec<Place>,
) -> Result<Plan, Cannot> {
    let hint = reasoning.budget.is_none();
    let wanted = reasoning
        .budget
        .unwrap_or_else(|| budget_of(reasoning.effort))
        .max(LEAST);
    let room = match hint {
        true => plan.max_tokens.saturating_sub(plan.max_tokens / 5),
        false => plan.max_tokens,
    };
    let budget = wanted.min(room.saturating_sub(1));
    if budget < LEAST && !hint {
        let reason = "to think takes 1,024 tokens, and max_tokens must be more than that";
        return Err(Cannot::new(Field::MaxOutputTokens, reason));
    }
    if budget < LEAST || amidst_foreign_loop(&request.turns) {
        dropped.push(Field::Reasoning.into());
        return Ok(off(plan, reasoning, model));
    }
    let mut thinking = json!({"type": "enabled", "budget_tokens": budget});
    if let (Some("omitted"), Some(thinking)) = (display(reasoning), thinking.as_object_mut()) {
        thinking.insert("display".to_owned(), json!("omitted"));
    }
    let effort = reasoning.effort.filter(|_| !hint);
    Ok(Plan {
        thinking: Some(thinking),
        effort: effort.and_then(|effort| model.effort(effort)),
        thinks: true,
        ..plan
    })
}

/// A model with budgets that thinks wants its last calls to come with their thought.
fn amidst_foreign_loop(turns: &[Turn]) -> bool {
    let last = turns.last().map(|turn| turn.role);
    let calls = turns.iter().rfind(|turn| turn.role == Role::Assistant);
    let thought = |turn: &Turn| {
        let mut kinds = turn.parts.iter().map(|part| &part.kind);
        kinds.any(|kind| matches!(kind, PartKind::Thought(thought) if is_own(thought)))
    };
    last == Some(Role::Tool) && calls.is_some_and(|turn| !thought(turn))
}

/// Anthropic takes this thought back.
pub fn is_own(thought: &Thought) -> bool {
    let proof = thought.signature.as_ref().or(thought.sealed.as_ref());
    thought.id.is_none() && proof.is_some_and(|proof| opaque::is_own(proof))
}

fn display(reasoning: &Reasoning) -> Option<&'static str> {
    match (reasoning.shown, &reasoning.summary) {
        (Some(false), _) => Some("omitted"),
        (Some(true), _) | (None, Some(_)) => Some("summarized"),
        (None, None) => None,
    }
}

fn budget_of(effort: Option<Effort>) -> u64 {
    match effort {
        Some(Effort::None | Effort::Minimal) => LEAST,
        Some(Effort::Low) => 2048,
        Some(Effort::Medium) => 8192,
        Some(Effort::High) | None => 16_384,
        Some(Effort::XHigh) => 24_576,
        Some(Effort::Max) => 32_768,
    }
}

fn effort_of(budget: u64) -> Effort {
    match budget {
        0..=2048 => Effort::Low,
        2049..=8192 => Effort::Medium,
        8193..=16_384 => Effort::High,
        _ => Effort::XHigh,
    }
}
