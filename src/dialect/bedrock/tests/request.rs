//! Conversations.

use super::*;

#[test]
fn the_least_request() {
    let expected = r#"{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}"#;
    let written = write_request(&hi(), &aim(CLAUDE)).unwrap();
    assert_eq!(String::from_utf8(written.body).unwrap(), expected);
    assert_eq!(written.dropped, []);
}

#[test]
fn instructions_stand_at_the_head_and_later_ones_where_they_were() {
    let request = asks(vec![
        says(Role::System, "Be brief."),
        says(Role::Developer, "Be kind."),
        says(Role::User, "Hi"),
        says(Role::Assistant, "Hello"),
        says(Role::System, "Now in French."),
        says(Role::User, "Again"),
    ]);
    let body = body(&request, CLAUDE);
    assert_eq!(
        body["system"],
        json!([{"text": "Be brief."}, {"text": "Be kind."}])
    );
    assert_eq!(
        body["messages"],
        json!([
            {"role": "user", "content": [{"text": "Hi"}]},
            {"role": "assistant", "content": [{"text": "Hello"}]},
            {"role": "user", "content": [{"text": "Now in French."}, {"text": "Again"}]},
        ])
    );
}

#[test]
fn instructions_alone_are_carried() {
    let body = body(&asks(vec![says(Role::System, "Be brief.")]), CLAUDE);
    assert_eq!(
        body,
        json!({"system": [{"text": "Be brief."}], "messages": []})
    );
}

#[test]
fn blank_words_are_left_out_and_the_sides_take_turns() {
    let request = asks(vec![
        says(Role::User, "One"),
        says(Role::Assistant, " \n"),
        says(Role::User, "Two"),
        turn(
            Role::Assistant,
            vec![PartKind::text(""), call("c1", "look", "")],
        ),
        turn(Role::Tool, vec![gave("c1", "")]),
        says(Role::User, "Three"),
    ]);
    assert_eq!(
        body(&request, CLAUDE)["messages"],
        json!([
            {"role": "user", "content": [{"text": "One"}, {"text": "Two"}]},
            {"role": "assistant", "content": [
                {"toolUse": {"toolUseId": "c1", "name": "look", "input": {}}}
            ]},
            {"role": "user", "content": [
                {"toolResult": {"toolUseId": "c1", "content": []}},
                {"text": "Three"},
            ]},
        ])
    );
}

#[test]
fn calls_and_results() {
    let failed = PartKind::Result(ToolResult {
        id: "c2".to_owned(),
        name: Some("look".to_owned()),
        is_error: true,
        parts: vec![
            PartKind::text("no").into(),
            PartKind::Media(media(
                MediaKind::Image,
                Source::Base64("iVBORw0KGgo=".to_owned()),
                Some("image/png"),
            ))
            .into(),
        ],
    });
    let request = Request {
        tools: vec![tool("look")],
        ..asks(vec![
            says(Role::User, "Look"),
            turn(
                Role::Assistant,
                vec![
                    PartKind::text("I look."),
                    call(
                        "c1",
                        "look",
                        r#"{"n":1.50,"a":{"z":1,"b":12345678901234567890123}}"#,
                    ),
                    call("c2", "look", "not JSON"),
                ],
            ),
            turn(Role::Tool, vec![gave("c1", r#"{"a": 1}"#)]),
            turn(Role::Tool, vec![failed]),
        ])
    };
    let written = write_request(&request, &aim(CLAUDE)).unwrap();
    let text = String::from_utf8(written.body.clone()).unwrap();
    assert!(
        text.contains(r#""input":{"n":1.50,"a":{"z":1,"b":12345678901234567890123}}"#),
        "{text}"
    );
    let messages = &body(&request, CLAUDE)["messages"];
    assert_eq!(
        messages[1]["content"][2],
        json!({"toolUse": {"toolUseId": "c2", "name": "look", "input": {"input": "not JSON"}}})
    );
    assert_eq!(
        messages[2],
        json!({"role": "user", "content": [
            {"toolResult": {"toolUseId": "c1", "content": [{"text": "{\"a\": 1}"}]}},
            {"toolResult": {"toolUseId": "c2", "content": [
                {"text": "no"},
                {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}},
            ], "status": "error"}},
        ]})
    );
}

#[test]
fn ids_that_do_not_fit_stay_apart_and_the_same() {
    let long = "x".repeat(80);
    let ids = ["call_a b", "call_a+b", &long, "", "fine-1.2:3_4"];
    let request = asks(vec![
        says(Role::User, "Hi"),
        turn(
            Role::Assistant,
            ids.iter().map(|id| call(id, "look", "{}")).collect(),
        ),
        turn(Role::Tool, ids.iter().map(|id| gave(id, "1")).collect()),
    ]);
    let messages = &body(&request, CLAUDE)["messages"];
    let of = |message: usize, at: usize, key: &str| {
        let id = &messages[message]["content"][at][key]["toolUseId"];
        id.as_str().unwrap().to_owned()
    };
    let calls: Vec<String> = (0..ids.len()).map(|at| of(1, at, "toolUse")).collect();
    let results: Vec<String> = (0..ids.len()).map(|at| of(2, at, "toolResult")).collect();
    assert_eq!(calls, results);
    assert_eq!(calls[4], "fine-1.2:3_4");
    for (at, id) in calls.iter().enumerate() {
        assert!((1..=64).contains(&id.len()), "{id}");
        assert!(!calls[..at].contains(id), "{id} twice");
    }
}

#[test]
fn thoughts_go_back_with_their_proof_only() {
    let thoughts = [
        (
            Thought {
                text: "Hm".to_owned(),
                signature: Some("c2ln".to_owned()),
                ..Thought::default()
            },
            Some(
                json!({"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "c2ln"}}}),
            ),
        ),
        (
            Thought {
                sealed: Some("YWJj".to_owned()),
                ..Thought::default()
            },
            Some(json!({"reasoningContent": {"redactedContent": "YWJj"}})),
        ),
        (
            Thought {
                text: "Hm".to_owned(),
                ..Thought::default()
            },
            None,
        ),
        (
            Thought {
                sealed: Some("YWJj".to_owned()),
                id: Some("rs_1".to_owned()),
                ..Thought::default()
            },
            None,
        ),
    ];
    for (thought, expected) in thoughts {
        let request = asks(vec![
            says(Role::User, "Hi"),
            turn(
                Role::Assistant,
                vec![PartKind::Thought(thought), PartKind::text("Yes")],
            ),
            says(Role::User, "So?"),
        ]);
        for model in [CLAUDE, "deepseek.r1-v1:0"] {
            let (body, dropped) = written(&request, model);
            let block = body["messages"][1]["content"][0].clone();
            match expected.as_ref().filter(|_| model == CLAUDE) {
                Some(expected) => assert_eq!((&block, dropped.len()), (expected, 0)),
                None => {
                    assert_eq!(block, json!({"text": "Yes"}));
                    assert_eq!(dropped, [Place::from("messages[0]")]);
                }
            }
        }
    }
}

#[test]
fn media_by_their_bytes_or_in_s3() {
    use MediaKind::{Audio, Document, Image, Video};
    let bytes = |text: &str| Source::Base64(text.to_owned());
    let url = |text: &str| Source::Url(text.to_owned());
    let rows = [
        (
            media(Image, bytes("/9j/4AAQ"), Some("image/jpg")),
            json!({"image": {"format": "jpeg", "source": {"bytes": "/9j/4AAQ"}}}),
        ),
        (
            media(Image, bytes("R0lGODlh"), None),
            json!({"image": {"format": "gif", "source": {"bytes": "R0lGODlh"}}}),
        ),
        (
            media(Image, url("s3://bucket/a.webp"), None),
            json!({"image": {"format": "webp", "source": {"s3Location": {"uri": "s3://bucket/a.webp"}}}}),
        ),
        (
            media(Document, bytes("JVBERi0x"), Some("application/pdf")),
            json!({"document": {"format": "pdf", "name": "document", "source": {"bytes": "JVBERi0x"}}}),
        ),
        (
            Media {
                name: Some("Jahres_bericht  2025 (v1.2).PDF".to_owned()),
                ..media(Document, bytes("JVBERi0x"), None)
            },
            json!({"document": {"format": "pdf", "name": "Jahres-bericht 2025 (v1-2)",
                "source": {"bytes": "JVBERi0x"}}}),
        ),
        (
            media(Document, Source::Text("abc".to_owned()), Some("text/plain")),
            json!({"document": {"format": "txt", "name": "document", "source": {"bytes": "YWJj"}}}),
        ),
        (
            media(Audio, bytes("AAAA"), Some("audio/mpeg")),
            json!({"audio": {"format": "mp3", "source": {"bytes": "AAAA"}}}),
        ),
        (
            media(Video, url("s3://bucket/a.mp4"), Some("video/mp4")),
            json!({"video": {"format": "mp4", "source": {"s3Location": {"uri": "s3://bucket/a.mp4"}}}}),
        ),
    ];
    for (media, expected) in rows {
        let parts = vec![PartKind::text("See"), PartKind::Media(media)];
        let body = body(&asks(vec![turn(Role::User, parts)]), NOVA);
        assert_eq!(body["messages"][0]["content"][1], expected);
    }
}

#[test]
fn no_two_documents_have_one_name() {
    let document = |name: &str| {
        PartKind::Media(Media {
            name: Some(name.to_owned()),
            ..media(
                MediaKind::Document,
                Source::Base64("JVBERi0x".to_owned()),
                None,
            )
        })
    };
    let parts = vec![
        PartKind::text("Compare"),
        document("a.pdf"),
        document("a"),
        document("日本.pdf"),
        document("..."),
        document("a 2"),
    ];
    let body = body(&asks(vec![turn(Role::User, parts)]), CLAUDE);
    let names: Vec<&str> = (1..6)
        .map(|at| {
            body["messages"][0]["content"][at]["document"]["name"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert_eq!(names, ["a", "a 2", "document", "document 2", "a 2 2"]);
}

#[test]
fn what_a_client_marks_is_marked() {
    let marked = |ttl: Option<&str>| {
        Some(CacheMark {
            ttl: ttl.map(str::to_owned),
        })
    };
    let mut request = Request {
        tools: vec![Tool {
            cache: marked(None),
            ..tool("look")
        }],
        ..asks(vec![
            says(Role::System, "Be brief."),
            says(Role::User, "Hi"),
        ])
    };
    request.turns[0].parts[0].cache = marked(Some("1h"));
    request.turns[1].parts[0].cache = marked(Some("5m"));
    request.turns[1].parts.push(Part {
        cache: marked(None),
        ..PartKind::text("").into()
    });
    let point = json!({"cachePoint": {"type": "default"}});
    let hour = json!({"cachePoint": {"type": "default", "ttl": "1h"}});
    let (claude, dropped) = written(&request, CLAUDE);
    assert_eq!(claude["system"], json!([{"text": "Be brief."}, hour]));
    assert_eq!(claude["toolConfig"]["tools"][1], point);
    assert_eq!(
        claude["messages"][0]["content"],
        json!([{"text": "Hi"}, point])
    );
    assert_eq!(dropped, []);
    let (llama, dropped) = written(&request, "meta.llama3-3-70b-instruct-v1:0");
    assert!(!llama.to_string().contains("cachePoint"));
    assert_eq!(dropped, [Place::Field(Field::CacheMark)]);
}

#[test]
fn marks_are_placed_where_the_client_set_none() {
    let mut request = Request {
        tools: vec![tool("look")],
        ..asks(vec![
            says(Role::System, "Be brief."),
            says(Role::User, "One"),
            says(Role::Assistant, "1"),
            says(Role::User, "Two"),
        ])
    };
    let marks = |request: &Request, model| {
        let aim = Aim {
            mark_cache: true,
            ..aim(model)
        };
        let body = write_request(request, &aim).unwrap().body;
        let body: Value = serde_json::from_slice(&body).unwrap();
        let last = |list: &Value| {
            let last = list.as_array().and_then(|list| list.last());
            last.is_some_and(|block| block.get("cachePoint").is_some())
        };
        let messages = body["messages"].as_array().unwrap();
        let messages: Vec<bool> = messages.iter().map(|one| last(&one["content"])).collect();
        (
            last(&body["system"]),
            last(&body["toolConfig"]["tools"]),
            messages,
        )
    };
    let turns = vec![false, true, false];
    assert_eq!(marks(&request, CLAUDE), (true, true, turns.clone()));
    assert_eq!(marks(&request, NOVA), (true, false, turns));
    let none = (false, false, vec![false; 3]);
    assert_eq!(marks(&request, "mistral.large-v1:0"), none);
    request.turns[1].parts[0].cache = Some(CacheMark::default());
    let own = (false, false, vec![true, false, false]);
    assert_eq!(marks(&request, CLAUDE), own);
}
