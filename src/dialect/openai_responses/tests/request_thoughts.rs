//! Thoughts and how they are asked for in a written request.

use serde_json::{Value, json};

use super::written::{says, turn, write};
use crate::dialect::neutral::{Aim, Effort, PartKind, Reasoning, Request, Role, Thought};
use crate::dialect::openai_responses::write_request;

#[test]
fn only_openais_own_thoughts_go_to_openai() {
    let thought = |text: &str, signature: Option<&str>, sealed: Option<&str>, id: Option<&str>| {
        PartKind::Thought(Thought {
            text: text.to_owned(),
            signature: signature.map(str::to_owned),
            sealed: sealed.map(str::to_owned),
            id: id.map(str::to_owned),
        })
    };
    let own = json!({"type": "reasoning", "summary": [], "encrypted_content": "gAAAAAx"});
    let rows = [
        (
            vec![thought("t", Some("S"), None, None)],
            json!([]),
            1,
            false,
        ),
        (vec![thought("t", None, None, None)], json!([]), 1, false),
        (
            vec![thought("t", None, None, Some("rs_1"))],
            json!([]),
            1,
            false,
        ),
        (
            vec![thought("", None, Some("Eo8"), None)],
            json!([]),
            1,
            false,
        ),
        (
            vec![thought("", None, Some("Wj="), Some("rs_1"))],
            json!([]),
            1,
            false,
        ),
        (
            vec![thought("", None, Some("gAAAAAx"), None)],
            json!([own]),
            0,
            true,
        ),
        (
            vec![
                thought("t", None, None, Some("rs_1")),
                thought("", None, Some("gAAAAAx"), Some("rs_1")),
            ],
            json!([{"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "t"}], "encrypted_content": "gAAAAAx"}]),
            0,
            true,
        ),
        (
            vec![
                thought("t", None, None, Some("rs_2")),
                thought("", None, Some("gAAAAAx"), Some("rs_1")),
            ],
            json!([{"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAAAx"}]),
            0,
            true,
        ),
    ];
    for (parts, input, dropped, asked) in rows {
        let request = says(vec![turn(Role::Assistant, parts.clone())]);
        let written = write(&request);
        let found: Value = serde_json::from_slice(&written.body).unwrap();
        assert_eq!(found["input"], input, "{parts:?}");
        assert_eq!(written.dropped.len(), dropped, "{parts:?}");
        assert_eq!(found.get("include").is_some(), asked, "{parts:?}");
    }
    // Another provider of Responses reads what it made.
    let xai = Aim {
        model: "grok-4",
        kind: "xai",
        mark_cache: false,
    };
    let request = says(vec![turn(
        Role::Assistant,
        vec![thought("", None, Some("Wj="), Some("rs_1"))],
    )]);
    let written = write_request(&request, &xai).unwrap();
    assert!(
        String::from_utf8(written.body)
            .unwrap()
            .contains(r#""encrypted_content":"Wj=""#)
    );
}

#[test]
fn reasoning_is_asked_for_where_it_is() {
    let think = |reasoning: Option<Reasoning>, model: &str| {
        let request = Request {
            reasoning,
            ..Request::default()
        };
        let aim = Aim {
            model,
            kind: "openai",
            mark_cache: false,
        };
        let body: Value =
            serde_json::from_slice(&write_request(&request, &aim).unwrap().body).unwrap();
        (body["reasoning"].clone(), body.get("include").is_some())
    };
    let effort = |effort| Reasoning {
        effort: Some(effort),
        ..Reasoning::default()
    };
    let budget = |budget| Reasoning {
        budget: Some(budget),
        ..Reasoning::default()
    };
    let rows = [
        (None, "gpt-4o", json!(null), false),
        (None, "gpt-5.1", json!(null), true),
        (None, "gpt-5-chat-latest", json!(null), false),
        (None, "o3-mini", json!(null), true),
        (None, "openai/codex-mini-latest", json!(null), true),
        (None, "gpt-3.5-turbo", json!(null), false),
        (
            Some(effort(Effort::Minimal)),
            "deployment",
            json!({"effort": "minimal"}),
            true,
        ),
        (
            Some(effort(Effort::None)),
            "deployment",
            json!({"effort": "none"}),
            false,
        ),
        (Some(budget(0)), "o3", json!({"effort": "none"}), true),
        (Some(budget(1024)), "o3", json!({"effort": "low"}), true),
        (Some(budget(8000)), "o3", json!({"effort": "medium"}), true),
        (Some(budget(32000)), "o3", json!({"effort": "high"}), true),
        (
            Some(Reasoning {
                adaptive: true,
                budget: Some(9),
                shown: Some(true),
                ..Reasoning::default()
            }),
            "o3",
            json!({"summary": "auto"}),
            true,
        ),
        (
            Some(Reasoning {
                shown: Some(false),
                summary: Some("auto".to_owned()),
                ..Reasoning::default()
            }),
            "o3",
            json!(null),
            true,
        ),
    ];
    for (reasoning, model, expected, include) in rows {
        assert_eq!(
            think(reasoning.clone(), model),
            (expected, include),
            "{reasoning:?} {model}"
        );
    }
}
