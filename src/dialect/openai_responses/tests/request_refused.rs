//! What no written request can carry.

use serde_json::json;

use super::written::{AIM, number, says, turn};
use crate::dialect::neutral::{
    Field, Media, MediaKind, PartKind, Place, Request, Rest, Role, Sampling, Source, Thought, Tool,
    ToolKind,
};
use crate::dialect::openai_responses::write_request;

#[test]
fn what_responses_does_not_have_is_refused() {
    let sampled = |sampling: Sampling| Request {
        sampling,
        ..Request::default()
    };
    let shown = |kind: MediaKind, source: Source, media_type: Option<&str>| {
        let media = Media {
            kind,
            source,
            media_type: media_type.map(str::to_owned),
            name: None,
            detail: None,
        };
        says(vec![turn(Role::User, vec![PartKind::Media(media)])])
    };
    let data = || Source::Base64("AAAA".to_owned());
    let mut named = turn(Role::User, vec![PartKind::text("x")]);
    named.name = Some("bob".to_owned());
    let hosted = Tool {
        name: "web_search_20250305".to_owned(),
        description: None,
        cache: None,
        kind: ToolKind::Hosted(json!({"type": "web_search_20250305", "name": "web_search"})),
    };
    let at = |path: &str| Place::At(path.to_owned());
    let rows = [
        (
            Request {
                stop: vec!["x".to_owned()],
                ..Request::default()
            },
            Place::Field(Field::Stop),
        ),
        (
            Request {
                candidates: Some(2),
                ..Request::default()
            },
            Place::Field(Field::Candidates),
        ),
        (
            sampled(Sampling {
                frequency_penalty: number("0.5"),
                ..Sampling::default()
            }),
            Place::Field(Field::FrequencyPenalty),
        ),
        (
            sampled(Sampling {
                presence_penalty: number("-1"),
                ..Sampling::default()
            }),
            Place::Field(Field::PresencePenalty),
        ),
        (
            sampled(Sampling {
                top_k: number("40"),
                ..Sampling::default()
            }),
            Place::Field(Field::TopK),
        ),
        (
            sampled(Sampling {
                logit_bias: Some(json!({"1": 2})),
                ..Sampling::default()
            }),
            Place::Field(Field::LogitBias),
        ),
        (
            Request {
                tools: vec![hosted],
                ..Request::default()
            },
            Place::Field(Field::Tools),
        ),
        (says(vec![named]), at("messages[0].name")),
        (
            says(vec![turn(
                Role::User,
                vec![PartKind::Thought(Thought::default())],
            )]),
            at("messages[0]"),
        ),
        (
            says(vec![turn(Role::Tool, vec![PartKind::text("x")])]),
            at("messages[0]"),
        ),
        (shown(MediaKind::Video, data(), None), at("messages[0]")),
        (
            shown(MediaKind::Audio, data(), Some("audio/ogg")),
            at("messages[0]"),
        ),
        (
            shown(
                MediaKind::Audio,
                Source::Url("https://a".to_owned()),
                Some("audio/wav"),
            ),
            at("messages[0]"),
        ),
        (
            shown(
                MediaKind::Image,
                Source::FileId("file_011".to_owned()),
                None,
            ),
            at("messages[0]"),
        ),
        (
            Request {
                rest: vec![Rest {
                    path: "audio".to_owned(),
                    value: json!({}),
                    idle: false,
                }],
                ..Request::default()
            },
            at("audio"),
        ),
    ];
    for (request, place) in rows {
        let cannot = write_request(&request, &AIM).unwrap_err();
        assert_eq!(cannot.place, place, "{}", cannot.reason);
        assert!(!cannot.reason.ends_with('.'));
    }
}
