//! What a written request carries besides the conversation, and what it drops.

use serde_json::{Value, json};

use super::written::{AIM, body, number, says, turn, write};
use crate::dialect::neutral::{
    Aim, CacheMark, Field, Format, Media, MediaKind, PartKind, Place, Request, Rest, Role,
    Sampling, Source, Tool, ToolChoice, ToolKind,
};
use crate::dialect::openai_responses::write_request;

#[test]
fn ranges_and_defaults_are_the_targets() {
    let request = Request {
        sampling: Sampling {
            temperature: number("2.5"),
            top_p: number("-0.1"),
            top_logprobs: Some(99),
            logprobs: Some(true),
            ..Sampling::default()
        },
        max_output_tokens: Some(1),
        format: Format::JsonSchema {
            name: None,
            description: None,
            schema: json!({"a": 1}),
            strict: None,
        },
        tools: vec![
            Tool {
                name: "f".to_owned(),
                description: None,
                kind: ToolKind::Function {
                    parameters: None,
                    strict: None,
                },
                cache: None,
            },
            Tool {
                name: "g".to_owned(),
                description: None,
                cache: None,
                kind: ToolKind::Custom {
                    format: Some(
                        json!({"type": "grammar", "grammar": {"syntax": "regex", "definition": "a"}}),
                    ),
                },
            },
        ],
        tool_choice: Some(ToolChoice::Named("g".to_owned())),
        ..Request::default()
    };
    assert_eq!(
        body(&request),
        json!({
            "model": "gpt-4o", "input": [],
            "tools": [
                {"type": "function", "name": "f", "parameters": {"type": "object", "properties": {}}, "strict": false},
                {"type": "custom", "name": "g", "format": {"type": "grammar", "syntax": "regex", "definition": "a"}}],
            "tool_choice": {"type": "custom", "name": "g"},
            "temperature": 2.0, "top_p": 0, "top_logprobs": 20, "max_output_tokens": 16, "store": false,
            "text": {"format": {"type": "json_schema", "name": "answer", "schema": {"a": 1}}},
            "include": ["message.output_text.logprobs"],
        })
    );
}

#[test]
fn what_changes_nothing_is_dropped() {
    let mut marked = turn(Role::User, vec![PartKind::text("x")]);
    marked.parts[0].cache = Some(CacheMark::default());
    let request = Request {
        turns: vec![marked],
        candidates: Some(1),
        sampling: Sampling {
            seed: number("7"),
            frequency_penalty: number("0"),
            presence_penalty: number("0.0"),
            logit_bias: Some(json!({})),
            ..Sampling::default()
        },
        rest: vec![Rest {
            path: "input[0].phase".to_owned(),
            value: json!("x"),
            idle: true,
        }],
        ..Request::default()
    };
    let dropped = [
        Place::Field(Field::Candidates),
        Place::Field(Field::FrequencyPenalty),
        Place::Field(Field::PresencePenalty),
        Place::Field(Field::LogitBias),
        Place::Field(Field::Seed),
        Place::Field(Field::CacheMark),
        Place::At("input[0].phase".to_owned()),
    ];
    assert_eq!(write(&request).dropped, dropped);
}

#[test]
fn a_model_that_reasons_gets_no_temperature_that_says_nothing() {
    let rows = [
        ("gpt-5", "1.0", json!(null), 1),
        ("gpt-5", "0.5", json!(0.5), 0),
        ("gpt-4o", "1", json!(1), 0),
    ];
    for (model, temperature, expected, dropped) in rows {
        let sampling = Sampling {
            temperature: number(temperature),
            ..Sampling::default()
        };
        let request = Request {
            sampling,
            ..Request::default()
        };
        let aim = Aim { model, ..AIM };
        let written = write_request(&request, &aim).unwrap();
        let body: Value = serde_json::from_slice(&written.body).unwrap();
        assert_eq!(
            (&body["temperature"], written.dropped.len()),
            (&expected, dropped),
            "{model}"
        );
    }
}

#[test]
fn fields_of_chat_find_their_place() {
    let rest = |path: &str, value: Value| Rest {
        path: path.to_owned(),
        value,
        idle: false,
    };
    let request = Request {
        rest: vec![
            rest("verbosity", json!("low")),
            rest("prompt_cache_key", json!("k")),
            rest("store", json!(true)),
        ],
        ..Request::default()
    };
    let found = body(&request);
    assert_eq!(found["text"], json!({"verbosity": "low"}));
    assert_eq!(
        (&found["prompt_cache_key"], &found["store"]),
        (&json!("k"), &json!(true))
    );
}

#[test]
fn media_are_written() {
    let rows = [
        (
            Media {
                kind: MediaKind::Image,
                source: Source::Base64("R0lGAA".to_owned()),
                media_type: None,
                name: None,
                detail: None,
            },
            json!({"type": "input_image", "image_url": "data:image/gif;base64,R0lGAA", "detail": "auto"}),
        ),
        (
            Media {
                kind: MediaKind::Document,
                source: Source::Base64("AA".to_owned()),
                media_type: None,
                name: None,
                detail: None,
            },
            json!({"type": "input_file", "filename": "document.pdf", "file_data": "data:application/pdf;base64,AA"}),
        ),
        (
            Media {
                kind: MediaKind::Document,
                source: Source::Text("body".to_owned()),
                media_type: None,
                name: Some("Title".to_owned()),
                detail: None,
            },
            json!({"type": "input_text", "text": "Title\n\nbody"}),
        ),
        (
            Media {
                kind: MediaKind::Document,
                source: Source::Text("body".to_owned()),
                media_type: None,
                name: None,
                detail: None,
            },
            json!({"type": "input_text", "text": "body"}),
        ),
    ];
    for (media, expected) in rows {
        let request = says(vec![turn(Role::User, vec![PartKind::Media(media)])]);
        assert_eq!(body(&request)["input"][0]["content"], json!([expected]));
    }
}
