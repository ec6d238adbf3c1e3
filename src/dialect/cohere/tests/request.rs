//! Conversations.

use super::*;

#[test]
fn the_least_request() {
    let expected = concat!(
        r#"{"model":"command-a-03-2025","stream":false,"#,
        r#""messages":[{"role":"user","content":"Hi"}]}"#
    );
    let written = write_request(&hi(), &aim(COMMAND)).unwrap();
    assert_eq!(String::from_utf8(written.body).unwrap(), expected);
    assert_eq!(written.dropped, []);
}

#[test]
fn instructions() {
    let request = asks(vec![
        says(Role::System, "Be brief."),
        says(Role::Developer, "Be kind."),
        says(Role::User, "Hi"),
        says(Role::Assistant, "Hello"),
        says(Role::System, "Now in French."),
        says(Role::User, "Again"),
    ]);
    assert_eq!(
        body(&request, COMMAND)["messages"],
        json!([
            {"role": "system", "content": [
                {"type": "text", "text": "Be brief."},
                {"type": "text", "text": "Be kind."},
            ]},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "user", "content": "Now in French."},
            {"role": "user", "content": "Again"},
        ])
    );
}

#[test]
fn calls_results_and_plans() {
    let result = |id: &str, text: &str, is_error| {
        PartKind::Result(ToolResult {
            id: id.to_owned(),
            is_error,
            parts: vec![PartKind::text(text).into()],
            ..ToolResult::default()
        })
    };
    let request = asks(vec![
        says(Role::User, "Look"),
        turn(
            Role::Assistant,
            vec![
                thought("I will look."),
                call("c1", "look", "{\"b\": 1.50, \"a\": 2}"),
                call("c2", "look", ""),
                call("c3", "look", "not JSON"),
            ],
        ),
        turn(
            Role::Tool,
            vec![result("c1", "{\"x\": 1}", false), result("c2", "no", true)],
        ),
    ]);
    let calls = json!([
        {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\"b\": 1.50, \"a\": 2}"}},
        {"id": "c2", "type": "function", "function": {"name": "look", "arguments": "{}"}},
        {"id": "c3", "type": "function", "function": {"name": "look", "arguments": "{\"input\":\"not JSON\"}"}},
    ]);
    let messages = &body(&request, COMMAND)["messages"];
    assert_eq!(
        messages[1],
        json!({"role": "assistant", "tool_plan": "I will look.", "tool_calls": calls})
    );
    assert_eq!(
        messages[2],
        json!({"role": "tool", "tool_call_id": "c1", "content": "{\"x\": 1}"})
    );
    assert_eq!(
        messages[3],
        json!({"role": "tool", "tool_call_id": "c2", "content": [
            {"type": "document", "document": {"data": {"error": "no"}}}
        ]})
    );
    assert_eq!(
        body(&request, REASONING)["messages"][1]["content"],
        json!([{"type": "thinking", "thinking": "I will look."}])
    );
}

#[test]
fn thoughts() {
    let request = asks(vec![
        says(Role::User, "Hi"),
        turn(Role::Assistant, vec![thought("Hm"), PartKind::text("Yes")]),
        turn(Role::Assistant, vec![PartKind::text("")]),
    ]);
    let (plain, dropped) = written(&request, COMMAND);
    assert_eq!(
        plain["messages"][1],
        json!({"role": "assistant", "content": "Yes"})
    );
    assert_eq!(plain["messages"].as_array().unwrap().len(), 2);
    assert_eq!(dropped, [Place::from("messages[0]")]);
    let (reasoning, dropped) = written(&request, REASONING);
    assert_eq!(
        reasoning["messages"][1]["content"],
        json!([{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "Yes"}])
    );
    assert_eq!(dropped, []);
}

#[test]
fn images_and_documents() {
    use MediaKind::{Document, Image};
    let parts = vec![
        PartKind::text("See"),
        PartKind::Media(media(
            Image,
            Source::Base64("AAAA".to_owned()),
            Some("image/jpeg"),
        )),
        PartKind::Media(Media {
            detail: Some("low".to_owned()),
            ..media(Image, Source::Url("https://a.b/c".to_owned()), None)
        }),
        PartKind::Media(Media {
            name: Some("Doc".to_owned()),
            ..media(Document, Source::Text("abc".to_owned()), None)
        }),
    ];
    let body = body(&asks(vec![turn(Role::User, parts)]), COMMAND);
    assert_eq!(
        body["messages"],
        json!([{"role": "user", "content": [
            {"type": "text", "text": "See"},
            {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,AAAA"}},
            {"type": "image_url", "image_url": {"url": "https://a.b/c", "detail": "low"}},
        ]}])
    );
    assert_eq!(
        body["documents"],
        json!([{"data": {"title": "Doc", "text": "abc"}}])
    );
    let rows = [
        media(Image, Source::FileId("f".to_owned()), None),
        media(Document, Source::Base64("JVBERi0x".to_owned()), None),
        media(MediaKind::Audio, Source::Base64("AAAA".to_owned()), None),
        media(MediaKind::Video, Source::Base64("AAAA".to_owned()), None),
    ];
    for media in rows {
        for role in [Role::User, Role::System, Role::Assistant, Role::Tool] {
            let turn = turn(role, vec![PartKind::Media(media.clone())]);
            let cannot = refused(&asks(vec![turn]), COMMAND);
            assert_eq!(cannot.place, Place::from("messages[0]"));
        }
    }
}

#[test]
fn what_is_left_over_and_left_out() {
    let rest = |path: &str, value: Value, idle| Rest {
        path: path.to_owned(),
        value,
        idle,
    };
    let mut request = Request {
        user: Some("u".to_owned()),
        metadata: Some(json!({})),
        service_tier: Some("flex".to_owned()),
        stream: true,
        rest: vec![
            rest("store", json!(true), true),
            rest("safety_mode", json!("STRICT"), false),
            rest("documents", json!(["abc"]), false),
        ],
        ..hi()
    };
    request.turns[0].name = Some("Ann".to_owned());
    request.turns[0].parts[0].cache = Some(CacheMark::default());
    let (body, dropped) = written(&request, COMMAND);
    assert_eq!(body["stream"], true);
    assert_eq!(body["safety_mode"], "STRICT");
    assert_eq!(body["documents"], json!(["abc"]));
    let content = &body["messages"][0]["content"];
    assert_eq!(content[0]["text"], "Message from Ann:");
    let expected: [Place; 5] = [
        Field::CacheMark.into(),
        Field::User.into(),
        Field::Metadata.into(),
        Field::ServiceTier.into(),
        "store".into(),
    ];
    assert_eq!(dropped, expected);
    for (path, value) in [("messages[0].audio", json!(1)), ("documents", json!("x"))] {
        request.rest = vec![rest(path, value, false)];
        assert_eq!(refused(&request, COMMAND).place, Place::from(path));
    }
}
