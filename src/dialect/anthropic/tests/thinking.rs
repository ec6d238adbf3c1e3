//! Effort, budgets and models.

use serde_json::{Value, json};

use super::{OPUS, SONNET, ask, call, hello, result, text, turn, write};
use crate::dialect::neutral::{
    Effort, Field, PartKind, Reasoning, Request, Role, Thought, Tool, ToolChoice, ToolKind,
};

fn effort(effort: Effort) -> Reasoning {
    Reasoning {
        effort: Some(effort),
        ..Reasoning::default()
    }
}

fn budget(tokens: u64) -> Reasoning {
    Reasoning {
        budget: Some(tokens),
        ..Reasoning::default()
    }
}

fn shown(shown: bool, reasoning: Reasoning) -> Reasoning {
    Reasoning {
        shown: Some(shown),
        ..reasoning
    }
}

/// `thinking`, `output_config` and `max_tokens` of what is written.
fn written(request: &Request, model: &str) -> (Value, Value, Value) {
    let (body, _) = write(request, model).expect("can be carried");
    let at = |key: &str| body.get(key).cloned().unwrap_or(json!(null));
    (at("thinking"), at("output_config"), at("max_tokens"))
}

#[test]
fn effort_and_budget_become_what_the_model_has() {
    let enabled = |tokens: u64| json!({"type": "enabled", "budget_tokens": tokens});
    let adaptive = json!({"type": "adaptive"});
    let disabled = json!({"type": "disabled"});
    let level = |level: &str| json!({"effort": level});
    let none = json!(null);
    let rows = [
        (SONNET, Reasoning::default(), none.clone(), none.clone()),
        (SONNET, effort(Effort::Minimal), enabled(1024), none.clone()),
        (SONNET, effort(Effort::Low), enabled(2048), none.clone()),
        (SONNET, effort(Effort::Medium), enabled(8192), none.clone()),
        (SONNET, effort(Effort::High), enabled(16_384), none.clone()),
        (SONNET, effort(Effort::Max), enabled(32_768), none.clone()),
        (SONNET, budget(512), enabled(1024), none.clone()),
        (SONNET, budget(5000), enabled(5000), none.clone()),
        (SONNET, budget(0), disabled.clone(), none.clone()),
        (SONNET, effort(Effort::None), disabled.clone(), none.clone()),
        (
            SONNET,
            shown(false, budget(5000)),
            json!({"type": "enabled", "budget_tokens": 5000, "display": "omitted"}),
            none.clone(),
        ),
        (
            SONNET,
            Reasoning {
                adaptive: true,
                ..Reasoning::default()
            },
            enabled(16_384),
            none.clone(),
        ),
        (
            "claude-opus-4-5",
            Reasoning {
                effort: Some(Effort::Max),
                ..budget(2000)
            },
            enabled(2000),
            level("high"),
        ),
        (
            "claude-opus-4-6",
            effort(Effort::XHigh),
            adaptive.clone(),
            level("high"),
        ),
        ("claude-opus-4-6", budget(5000), enabled(5000), none.clone()),
        (
            OPUS,
            effort(Effort::Minimal),
            adaptive.clone(),
            level("low"),
        ),
        (
            OPUS,
            effort(Effort::XHigh),
            adaptive.clone(),
            level("xhigh"),
        ),
        (OPUS, budget(2000), adaptive.clone(), level("low")),
        (OPUS, budget(31_999), adaptive.clone(), level("xhigh")),
        (
            OPUS,
            shown(true, effort(Effort::Low)),
            json!({"type": "adaptive", "display": "summarized"}),
            level("low"),
        ),
        (
            OPUS,
            Reasoning {
                summary: Some("auto".to_owned()),
                ..effort(Effort::Low)
            },
            json!({"type": "adaptive", "display": "summarized"}),
            level("low"),
        ),
        (
            "claude-opus-5",
            effort(Effort::Low),
            none.clone(),
            level("low"),
        ),
        (
            "claude-opus-5",
            Reasoning {
                effort: Some(Effort::Max),
                ..budget(0)
            },
            disabled.clone(),
            level("high"),
        ),
        (
            "claude-opus-5",
            shown(true, Reasoning::default()),
            json!({"type": "adaptive", "display": "summarized"}),
            none.clone(),
        ),
        (
            "claude-opus-5-5",
            effort(Effort::None),
            none.clone(),
            level("low"),
        ),
        (
            "claude-sonnet-5-5",
            effort(Effort::None),
            json!({"type": "between_tools"}),
            none.clone(),
        ),
        (
            "claude-haiku-5-5",
            effort(Effort::None),
            disabled,
            none.clone(),
        ),
        (
            "claude-3-5-haiku-20241022",
            effort(Effort::None),
            none.clone(),
            none.clone(),
        ),
    ];
    for (model, reasoning, thinking, config) in rows {
        let request = Request {
            reasoning: Some(reasoning.clone()),
            max_output_tokens: None,
            ..hello()
        };
        let (found, effort, _) = written(&request, model);
        assert_eq!((found, effort), (thinking, config), "{model} {reasoning:?}");
    }
}

#[test]
fn a_budget_fits_into_max_tokens() {
    let rows = [
        (effort(Effort::High), 10_000, json!(7999)),
        (effort(Effort::Low), 10_000, json!(2048)),
        // No room: a hint yields.
        (effort(Effort::High), 1200, json!(null)),
        (budget(9000), 5000, json!(4999)),
    ];
    for (reasoning, most, tokens) in rows {
        let request = Request {
            reasoning: Some(reasoning),
            max_output_tokens: Some(most),
            ..hello()
        };
        let (thinking, _, max_tokens) = written(&request, SONNET);
        assert_eq!(
            thinking.get("budget_tokens").unwrap_or(&json!(null)),
            &tokens
        );
        assert_eq!(max_tokens, json!(most));
    }
    let request = Request {
        reasoning: Some(budget(2000)),
        max_output_tokens: Some(1000),
        ..hello()
    };
    let cannot = write(&request, SONNET).expect_err("no room");
    assert_eq!(cannot.place, Field::MaxOutputTokens.into());
}

#[test]
fn a_required_tool_and_thinking_do_not_meet() {
    let tool = Tool {
        name: "f".to_owned(),
        description: None,
        kind: ToolKind::Function {
            parameters: None,
            strict: None,
        },
        cache: None,
    };
    let request = |reasoning: Option<Reasoning>| Request {
        reasoning,
        tools: vec![tool.clone()],
        tool_choice: Some(ToolChoice::Required),
        ..hello()
    };
    let (body, dropped) = write(&request(Some(effort(Effort::High))), SONNET).expect("yields");
    assert_eq!(body["thinking"], json!({"type": "disabled"}));
    assert_eq!(dropped, [Field::Reasoning.into()]);
    let cannot = write(&request(Some(budget(2000))), SONNET).expect_err("does not yield");
    assert_eq!(cannot.place, Field::ToolChoice.into());
    for model in ["claude-opus-5-5", "claude-sonnet-5-5", "claude-fable-5-1"] {
        let cannot = write(&request(None), model).expect_err(model);
        assert_eq!(cannot.place, Field::ToolChoice.into());
    }
    for model in [
        "claude-opus-5",
        "claude-haiku-5-5",
        "claude-fable-5",
        SONNET,
    ] {
        assert!(write(&request(None), model).is_ok(), "{model}");
    }
}

#[test]
fn amidst_a_tool_loop_of_another_provider_a_model_with_budgets_does_not_think() {
    let thought = |thought: Thought| PartKind::Thought(thought);
    let signed = thought(Thought {
        text: "hm".to_owned(),
        signature: Some("EqQB".to_owned()),
        ..Thought::default()
    });
    let foreign = thought(Thought {
        sealed: Some("gAAA".to_owned()),
        id: Some("rs_1".to_owned()),
        ..Thought::default()
    });
    let rows = [(signed, "enabled"), (foreign, "disabled")];
    for (thought, kind) in rows {
        let request = Request {
            reasoning: Some(effort(Effort::Low)),
            ..ask(vec![
                text(Role::User, "q"),
                turn(Role::Assistant, vec![thought, call("a", "{}")]),
                turn(Role::Tool, vec![result("a", "r")]),
            ])
        };
        let (thinking, ..) = written(&request, SONNET);
        assert_eq!(thinking["type"], kind);
    }
}

#[test]
fn while_it_thinks_sampling_is_the_models_own() {
    let mut request = hello();
    request.reasoning = Some(effort(Effort::Low));
    request.sampling.temperature = serde_json::from_str("0.2").ok();
    request.sampling.top_p = serde_json::from_str("0.97").ok();
    let (body, dropped) = write(&request, "claude-sonnet-4").expect("can be carried");
    assert!(body.get("temperature").is_none());
    assert_eq!(body["top_p"], json!(0.97));
    assert_eq!(dropped, [Field::Temperature.into()]);
}
