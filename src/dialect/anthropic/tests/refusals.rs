//! What cannot be carried, and where the refusal points.

use serde_json::json;

use super::{SONNET, ask, hello, turn, write};
use crate::dialect::anthropic::{field_path, read_request};
use crate::dialect::neutral::{
    Field, Format, Media, MediaKind, PartKind, Place, Reasoning, Request, Rest, Role, Source, Tool,
    ToolChoice, ToolKind,
};

type Row = (fn(&mut Request), &'static str, Place);

#[test]
fn what_cannot_be_carried_is_refused() {
    let rows: Vec<Row> = vec![
        (|r| r.candidates = Some(2), SONNET, Field::Candidates.into()),
        (
            |r| r.sampling.logprobs = Some(true),
            SONNET,
            Field::Logprobs.into(),
        ),
        (
            |r| r.sampling.top_logprobs = Some(3),
            SONNET,
            Field::TopLogprobs.into(),
        ),
        (
            |r| r.sampling.logit_bias = Some(json!({"1": 2})),
            SONNET,
            Field::LogitBias.into(),
        ),
        (
            |r| r.sampling.frequency_penalty = Some(1.into()),
            SONNET,
            Field::FrequencyPenalty.into(),
        ),
        (
            |r| r.sampling.presence_penalty = Some(1.into()),
            SONNET,
            Field::PresencePenalty.into(),
        ),
        (
            |r| r.stop = vec!["\n".to_owned()],
            SONNET,
            Field::Stop.into(),
        ),
        (
            |r| {
                r.sampling.temperature = serde_json::from_str("0.5").ok();
                r.sampling.top_p = serde_json::from_str("0.5").ok();
            },
            SONNET,
            Field::TopP.into(),
        ),
        (
            |r| {
                r.reasoning = Some(Reasoning {
                    adaptive: true,
                    ..Reasoning::default()
                });
            },
            "claude-3-5-sonnet-20241022",
            Field::Reasoning.into(),
        ),
        (
            |r| {
                r.format = Format::JsonSchema {
                    name: None,
                    description: None,
                    schema: json!({}),
                    strict: Some(true),
                };
            },
            "claude-sonnet-4",
            Field::Format.into(),
        ),
        (
            |r| {
                r.rest = vec![Rest {
                    path: "audio.voice".to_owned(),
                    value: json!("x"),
                    idle: false,
                }];
            },
            SONNET,
            "audio.voice".into(),
        ),
        (
            |r| r.tools = vec![tool(ToolKind::Custom { format: None })],
            SONNET,
            Field::Tools.into(),
        ),
        (
            |r| {
                r.tools = vec![tool(ToolKind::Hosted(
                    json!({"type": "web_search_preview_2025_03_11"}),
                ))]
            },
            SONNET,
            Field::Tools.into(),
        ),
        (
            |r| r.tool_choice = Some(ToolChoice::Required),
            SONNET,
            Field::ToolChoice.into(),
        ),
        (|r| r.turns.clear(), SONNET, "messages".into()),
        (|r| r.turns[0].parts.clear(), SONNET, "messages[9]".into()),
        (
            |r| r.turns[0].parts = vec![media(MediaKind::Audio, "audio/wav").into()],
            SONNET,
            "messages[9]".into(),
        ),
        (
            |r| r.turns[0].parts = vec![media(MediaKind::Video, "video/mp4").into()],
            SONNET,
            "messages[9]".into(),
        ),
        (
            |r| r.turns[0].parts = vec![media(MediaKind::Image, "image/tiff").into()],
            SONNET,
            "messages[9]".into(),
        ),
        (
            |r| r.turns[0].parts = vec![media(MediaKind::Document, "application/zip").into()],
            SONNET,
            "messages[9]".into(),
        ),
        (
            |r| {
                r.turns.push(turn(
                    Role::Assistant,
                    vec![media(MediaKind::Image, "image/png")],
                ))
            },
            SONNET,
            "messages[9]".into(),
        ),
        (
            |r| {
                r.turns.insert(
                    0,
                    turn(Role::System, vec![media(MediaKind::Image, "image/png")]),
                )
            },
            SONNET,
            "messages[9]".into(),
        ),
    ];
    for (number, (change, model, place)) in rows.into_iter().enumerate() {
        let mut request = hello();
        change(&mut request);
        let cannot = write(&request, model).expect_err("is refused");
        assert_eq!(cannot.place, place, "row {number}");
        assert!(!cannot.reason.ends_with('.'), "{}", cannot.reason);
    }
}

#[test]
fn files_of_others_are_refused() {
    for source in [
        Source::FileId("file-abc".to_owned()),
        Source::Url("gs://x".to_owned()),
        Source::Text("t".to_owned()),
    ] {
        let image = PartKind::Media(Media {
            kind: MediaKind::Image,
            source,
            media_type: None,
            name: None,
            detail: None,
        });
        let request = ask(vec![turn(Role::User, vec![image])]);
        assert!(write(&request, SONNET).is_err());
    }
}

#[test]
fn what_a_client_says_beyond_the_neutral_form_is_refused_where_it_stands() {
    let body = json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "container_upload", "file_id": "f"}, {"type": "text", "text": "t"}]}]});
    let request = read_request(&body.to_string()).expect("a request");
    let cannot = write(&request, SONNET).expect_err("is refused");
    assert_eq!(cannot.place, "messages[0].content[0]".into());
}

#[test]
fn fields_have_names() {
    assert_eq!(field_path(Field::MaxOutputTokens), "max_tokens");
    assert_eq!(field_path(Field::User), "metadata.user_id");
}

fn tool(kind: ToolKind) -> Tool {
    Tool {
        name: "t".to_owned(),
        description: None,
        kind,
        cache: None,
    }
}

fn media(kind: MediaKind, media_type: &str) -> PartKind {
    PartKind::Media(Media {
        kind,
        source: Source::Base64("AAAA".to_owned()),
        media_type: Some(media_type.to_owned()),
        name: None,
        detail: None,
    })
}
