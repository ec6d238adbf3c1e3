//! Reasoning in words and budgets, for each generation.

use serde_json::json;

use super::super::model::Model;
use super::super::thinking::write;
use crate::dialect::neutral::{Effort, Reasoning};

fn effort(effort: Effort) -> Reasoning {
    Reasoning {
        effort: Some(effort),
        ..Reasoning::default()
    }
}

fn budget(budget: u64) -> Reasoning {
    Reasoning {
        budget: Some(budget),
        ..Reasoning::default()
    }
}

#[test]
fn each_generation_has_its_own_measure() {
    let rows = [
        (
            "gemini-2.5-flash",
            effort(Effort::None),
            json!({"thinkingBudget": 0}),
        ),
        (
            "gemini-2.5-pro",
            effort(Effort::None),
            json!({"thinkingBudget": 128}),
        ),
        (
            "gemini-2.5-flash",
            effort(Effort::Low),
            json!({"thinkingBudget": 1024}),
        ),
        (
            "gemini-2.5-flash",
            effort(Effort::Medium),
            json!({"thinkingBudget": 8192}),
        ),
        (
            "gemini-2.5-flash",
            effort(Effort::Max),
            json!({"thinkingBudget": 24576}),
        ),
        (
            "gemini-2.5-pro",
            effort(Effort::Max),
            json!({"thinkingBudget": 32768}),
        ),
        (
            "gemini-2.5-flash-lite",
            budget(100),
            json!({"thinkingBudget": 512}),
        ),
        (
            "gemini-2.5-pro",
            budget(1_000_000),
            json!({"thinkingBudget": 32768}),
        ),
        ("tuned-model", budget(7), json!({"thinkingBudget": 7})),
        (
            "gemini-3-pro-preview",
            effort(Effort::None),
            json!({"thinkingLevel": "LOW"}),
        ),
        (
            "gemini-3-flash-preview",
            effort(Effort::None),
            json!({"thinkingLevel": "MINIMAL"}),
        ),
        (
            "gemini-3.8-flash",
            effort(Effort::Minimal),
            json!({"thinkingLevel": "LOW"}),
        ),
        (
            "gemini-flash-latest",
            effort(Effort::Minimal),
            json!({"thinkingLevel": "LOW"}),
        ),
        (
            "gemini-3-pro-preview",
            effort(Effort::Medium),
            json!({"thinkingLevel": "HIGH"}),
        ),
        (
            "gemini-3.1-pro-preview",
            effort(Effort::Medium),
            json!({"thinkingLevel": "MEDIUM"}),
        ),
        (
            "gemini-4-argon",
            effort(Effort::XHigh),
            json!({"thinkingLevel": "HIGH"}),
        ),
        (
            "google/gemini-3-pro",
            budget(1_000),
            json!({"thinkingLevel": "LOW"}),
        ),
        (
            "google/gemini-3.1-pro",
            budget(10_000),
            json!({"thinkingLevel": "MEDIUM"}),
        ),
        (
            "google/gemini-3.1-pro",
            budget(30_000),
            json!({"thinkingLevel": "HIGH"}),
        ),
    ];
    for (model, reasoning, wanted) in rows {
        let found = write(&reasoning, Model::of(model)).unwrap();
        assert_eq!(found, Some(wanted), "{model} {reasoning:?}");
    }
}

#[test]
fn thoughts_are_shown_on_request() {
    let shown = Reasoning {
        shown: Some(true),
        adaptive: true,
        ..Reasoning::default()
    };
    let found = write(&shown, Model::of("gemini-2.5-pro")).unwrap();
    assert_eq!(
        found,
        Some(json!({"thinkingBudget": -1, "includeThoughts": true}))
    );
    let found = write(&shown, Model::of("gemini-3-pro")).unwrap();
    assert_eq!(found, Some(json!({"includeThoughts": true})));
    let summary = Reasoning {
        summary: Some("auto".to_owned()),
        ..effort(Effort::High)
    };
    let found = write(&summary, Model::of("gemini-3-pro")).unwrap();
    assert_eq!(
        found,
        Some(json!({"thinkingLevel": "HIGH", "includeThoughts": true}))
    );
}

#[test]
fn models_that_do_not_think_are_not_asked_to() {
    let model = Model::of("gemini-2.0-flash");
    assert_eq!(write(&effort(Effort::None), model), Ok(None));
    assert!(write(&effort(Effort::Low), model).is_err());
}
