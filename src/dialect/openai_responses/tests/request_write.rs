use serde_json::{Value, json};

use crate::dialect::neutral::{
    Aim, CacheMark, Effort, Field, Format, Media, MediaKind, Part, PartKind, Place, Reasoning,
    Request, Rest, Role, Sampling, Source, Thought, Tool, ToolCall, ToolChoice, ToolKind,
    ToolResult, Turn, Written,
};
use crate::dialect::openai_responses::{read_request, write_request};

const AIM: Aim<'_> = Aim {
    model: "gpt-4o",
    kind: "openai",
    mark_cache: false,
};

fn write(request: &Request) -> Written {
    write_request(request, &AIM).unwrap()
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&write(request).body).unwrap()
}

fn turn(role: Role, parts: Vec<PartKind>) -> Turn {
    Turn {
        at: "messages[0]".to_owned(),
        role,
        name: None,
        parts: parts.into_iter().map(Part::from).collect(),
    }
}

fn says(turns: Vec<Turn>) -> Request {
    Request {
        turns,
        ..Request::default()
    }
}

fn number(text: &str) -> Option<serde_json::Number> {
    serde_json::from_str(text).ok()
}

#[test]
fn a_request_of_the_same_dialect_keeps_everything() {
    let bodies = [
        json!({"model": "gpt-4o", "input": [{"type": "message", "role": "user", "content": "hi"}], "store": false}),
        json!({
            "model": "gpt-4o", "instructions": "be kind",
            "input": [
                {"type": "message", "role": "user", "content": [
                    {"type": "input_text", "text": "look \u{0} 😀"},
                    {"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "low"},
                    {"type": "input_image", "file_id": "file-1", "detail": "auto"},
                    {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"},
                    {"type": "input_file", "file_url": "https://a/b.pdf"},
                    {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}]},
                {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "hm"}], "encrypted_content": "gAAAAAx"},
                {"type": "reasoning", "id": "rs_2", "summary": [], "encrypted_content": "gAAAAAy"},
                {"id": "msg_00000000000000000000000000000003", "type": "message", "role": "assistant", "status": "completed", "content": [
                    {"type": "output_text", "text": "x", "annotations": [{"type": "url_citation", "start_index": 0, "end_index": 1, "url": "https://a", "title": "A"}], "logprobs": []},
                    {"type": "refusal", "refusal": "no"}]},
                {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{\"b\": 1, \"a\": 1.0}"},
                {"type": "custom_tool_call", "call_id": "c2", "name": "g", "input": "not json"},
                {"type": "function_call_output", "call_id": "c1", "output": ""},
                {"type": "custom_tool_call_output", "call_id": "c2", "output": [
                    {"type": "input_text", "text": "a"}, {"type": "input_image", "image_url": "https://a/b.png", "detail": "auto"}]},
                {"type": "message", "role": "developer", "content": "d"},
                {"type": "message", "role": "assistant", "content": "y"}],
            "tools": [
                {"type": "function", "name": "f", "description": "d", "parameters": {"z": 1, "a": 12345678901234567890123_u128}, "strict": true},
                {"type": "custom", "name": "g", "format": {"type": "grammar", "syntax": "lark", "definition": "start: /a/"}},
                {"type": "web_search", "filters": null}],
            "tool_choice": {"type": "allowed_tools", "mode": "auto", "tools": [
                {"type": "function", "name": "f"}, {"type": "custom", "name": "g"}, {"type": "web_search"}]},
            "parallel_tool_calls": true, "temperature": 0.25, "top_p": 0.5, "top_logprobs": 3, "max_output_tokens": 64,
            "user": "u", "metadata": {"k": "v"}, "service_tier": "priority", "stream": true, "store": true,
            "stream_options": {"include_obfuscation": false}, "truncation": "auto", "prompt_cache_key": "k",
            "prompt_cache_retention": "24h", "safety_identifier": "s", "max_tool_calls": 2,
            "text": {"format": {"type": "json_schema", "name": "n", "description": "d", "schema": {"type": "object"}, "strict": true}, "verbosity": "low"},
            "reasoning": {"effort": "low", "summary": "detailed"},
            "include": ["reasoning.encrypted_content", "message.output_text.logprobs", "file_search_call.results"]
        }),
    ];
    for sent in bodies {
        let request = read_request(&sent.to_string()).unwrap();
        let written = write(&request);
        let found: Value = serde_json::from_slice(&written.body).unwrap();
        assert_eq!(found, sent);
        assert_eq!(written.dropped, []);
        assert_eq!(
            write(&read_request(&found.to_string()).unwrap()).body,
            written.body
        );
    }
}

#[test]
fn a_longer_conversation_begins_with_the_same_bytes() {
    let turns = || {
        vec![
            turn(Role::System, vec![PartKind::text("s")]),
            turn(Role::User, vec![PartKind::text("a"), PartKind::text("b")]),
            turn(
                Role::Assistant,
                vec![PartKind::text("c"), PartKind::Refusal("d".to_owned())],
            ),
        ]
    };
    let short = String::from_utf8(write(&says(turns())).body).unwrap();
    let mut longer = turns();
    longer.push(turn(Role::User, vec![PartKind::text("e")]));
    let long = String::from_utf8(write(&says(longer)).body).unwrap();
    let (start, _) = short.split_once("],\"store\"").unwrap();
    assert!(long.starts_with(start), "{short}\n{long}");
}

#[test]
fn turns_become_items() {
    let call = |id: &str, arguments: &str, custom: bool| {
        PartKind::Call(ToolCall {
            id: id.to_owned(),
            name: "f".to_owned(),
            arguments: arguments.to_owned(),
            custom,
            signature: Some("G".to_owned()),
        })
    };
    let result = |id: &str, is_error: bool, parts: Vec<PartKind>| {
        PartKind::Result(ToolResult {
            id: id.to_owned(),
            is_error,
            parts: parts.into_iter().map(Part::from).collect(),
            name: None,
        })
    };
    let long = "c".repeat(70);
    let short = format!("{}{}", "c".repeat(48), "a6e0a2e4eed3d4c7");
    let request = says(vec![
        turn(Role::Developer, vec![PartKind::text("d")]),
        turn(
            Role::Assistant,
            vec![
                PartKind::text("a"),
                PartKind::text("b"),
                call(&long, "", false),
                call("c2", "{broken", false),
                call("c3", "", true),
            ],
        ),
        turn(
            Role::Tool,
            vec![
                result(&long, true, vec![PartKind::text("no such file")]),
                result("c2", true, vec![PartKind::text("ERROR 5")]),
                result("c3", true, vec![]),
                result("c4", false, vec![]),
                result("c5", true, vec![PartKind::text("a"), PartKind::text("b")]),
            ],
        ),
    ]);
    let mut found = body(&request);
    let id = found["input"][2]["call_id"].as_str().unwrap().to_owned();
    assert_eq!((id.len(), &id[..48]), (64, &short[..48]));
    assert_eq!(found["input"][5]["call_id"], id.as_str());
    found["input"][2]["call_id"] = json!("long");
    found["input"][5]["call_id"] = json!("long");
    assert_eq!(found.get("instructions"), None);
    assert_eq!(
        found["input"],
        json!([
            {"type": "message", "role": "developer", "content": "d"},
            {"type": "message", "role": "assistant", "content": "ab"},
            {"type": "function_call", "call_id": "long", "name": "f", "arguments": "{}"},
            {"type": "function_call", "call_id": "c2", "name": "f", "arguments": "{broken"},
            {"type": "custom_tool_call", "call_id": "c3", "name": "f", "input": ""},
            {"type": "function_call_output", "call_id": "long", "output": "Error: no such file"},
            {"type": "function_call_output", "call_id": "c2", "output": "ERROR 5"},
            {"type": "custom_tool_call_output", "call_id": "c3", "output": "Error"},
            {"type": "function_call_output", "call_id": "c4", "output": ""},
            {"type": "function_call_output", "call_id": "c5", "output": [
                {"type": "input_text", "text": "Error:"}, {"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}]},
        ])
    );
}

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
