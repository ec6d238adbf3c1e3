//! What Gemini cannot be told: dropped where the answer is the same, else refused.

use serde_json::json;

use super::write::{function, result, try_write};
use super::{json, turn, user};
use crate::dialect::neutral::{
    CacheMark, Field, Format, Media, MediaKind, PartKind, Place, Request, Rest, Role, Source, Tool,
    ToolKind,
};

#[test]
fn what_changes_nothing_is_dropped() {
    let mut hi = user("hi");
    hi.parts[0].cache = Some(CacheMark::default());
    let request = Request {
        turns: vec![hi],
        user: Some("u".to_owned()),
        metadata: Some(json!({"a": "b"})),
        service_tier: Some("scale".to_owned()),
        rest: vec![Rest {
            path: "store".to_owned(),
            value: json!(true),
            idle: true,
        }],
        ..Request::default()
    };
    let written = try_write(&request, "gemini-2.5-pro").unwrap();
    assert_eq!(
        json(&written.body),
        json!({"contents": [{"role": "user", "parts": [{"text": "hi"}]}]})
    );
    assert_eq!(
        written.dropped,
        [
            Field::User.into(),
            Field::Metadata.into(),
            Field::CacheMark.into(),
            Field::ServiceTier.into(),
            Place::from("store"),
        ]
    );
}

#[test]
fn what_cannot_be_said_is_refused() {
    let hi = || Request {
        turns: vec![user("hi")],
        ..Request::default()
    };
    let mut rows: Vec<(Request, Place)> = Vec::new();
    let mut row = |change: &dyn Fn(&mut Request), place: Place| {
        let mut request = hi();
        change(&mut request);
        rows.push((request, place));
    };
    row(&|r| r.stop = vec!["x".to_owned(); 6], Field::Stop.into());
    row(&|r| r.candidates = Some(9), Field::Candidates.into());
    row(
        &|r| r.sampling.logit_bias = Some(json!({"1": 2})),
        Field::LogitBias.into(),
    );
    row(
        &|r| r.sampling.seed = serde_json::from_str("1.5").ok(),
        Field::Seed.into(),
    );
    row(
        &|r| {
            r.tools = vec![function(None)];
            r.parallel_tool_calls = Some(false);
        },
        Field::ParallelToolCalls.into(),
    );
    row(
        &|r| {
            r.tools = vec![function(None)];
            r.format = Format::JsonObject;
        },
        Field::Format.into(),
    );
    let tool = |kind: ToolKind| Tool {
        kind,
        ..function(None)
    };
    row(
        &|r| r.tools = vec![tool(ToolKind::Custom { format: None })],
        Field::Tools.into(),
    );
    row(
        &|r| r.tools = vec![tool(ToolKind::Hosted(json!({"type": "web_search"})))],
        Field::Tools.into(),
    );
    row(
        &|r| {
            r.rest.push(Rest {
                path: "prediction".to_owned(),
                value: json!({}),
                idle: false,
            });
        },
        "prediction".into(),
    );
    row(
        &|r| r.turns = vec![turn(Role::Tool, vec![result("unknown", false, vec![])])],
        "messages[1]".into(),
    );
    let file = PartKind::Media(Media {
        kind: MediaKind::Document,
        source: Source::FileId("file-1".to_owned()),
        media_type: None,
        name: None,
        detail: None,
    });
    row(
        &|r| r.turns = vec![turn(Role::User, vec![file.clone()])],
        "messages[1]".into(),
    );
    row(
        &|r| r.turns = vec![turn(Role::System, vec![file.clone()])],
        "messages[1]".into(),
    );
    for (request, place) in rows {
        let cannot = try_write(&request, "gemini-2.5-pro").unwrap_err();
        assert_eq!(cannot.place, place);
        assert!(!cannot.reason.ends_with('.'), "{}", cannot.reason);
    }
    // From 3 on tools and a form go together.
    let request = Request {
        tools: vec![function(None)],
        format: Format::JsonObject,
        ..hi()
    };
    assert!(try_write(&request, "gemini-3-pro").is_ok());
}
