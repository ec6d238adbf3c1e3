//! What cannot be carried, what is left over, paths.

use super::*;

#[test]
fn paths() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ab12";
    let rows = [
        (
            CLAUDE,
            false,
            "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
        ),
        ("a b/ü", true, "/model/a%20b%2F%C3%BC/converse-stream"),
        (
            arn,
            true,
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fab12/converse-stream",
        ),
    ];
    for (model, stream, expected) in rows {
        assert_eq!(path(model, stream), expected);
    }
}

#[test]
fn the_user_begins() {
    let cannot = refused(&asks(vec![says(Role::Assistant, "Hello")]), CLAUDE);
    assert_eq!(cannot.place, Place::from("messages[0]"));
}

#[test]
fn media_that_cannot_be_carried() {
    use MediaKind::{Document, Image};
    let rows = [
        media(Image, Source::Url("https://a.b/c.png".to_owned()), None),
        media(
            Image,
            Source::Url("https://a.b/c".to_owned()),
            Some("image/png"),
        ),
        media(
            Image,
            Source::FileId("file_1".to_owned()),
            Some("image/png"),
        ),
        media(Image, Source::Base64("AAAA".to_owned()), Some("image/tiff")),
        media(Image, Source::Base64("AAAA".to_owned()), None),
        media(Image, Source::Base64(String::new()), Some("image/png")),
        media(Image, Source::Base64("JVBERi0x".to_owned()), None),
        media(Document, Source::Text(String::new()), None),
    ];
    for media in rows {
        let parts = vec![PartKind::text("See"), PartKind::Media(media.clone())];
        let cannot = refused(&asks(vec![turn(Role::User, parts)]), CLAUDE);
        assert_eq!(cannot.place, Place::from("messages[0]"), "{media:?}");
        for role in [Role::Assistant, Role::System] {
            let turn = turn(role, vec![PartKind::Media(media.clone())]);
            refused(&asks(vec![says(Role::User, "Hi"), turn]), CLAUDE);
        }
    }
    let alone = media(Document, Source::Text("abc".to_owned()), None);
    let cannot = refused(
        &asks(vec![turn(Role::User, vec![PartKind::Media(alone)])]),
        CLAUDE,
    );
    assert!(cannot.reason.contains("words"), "{}", cannot.reason);
}

#[test]
fn names_are_said_and_details_are_left_out() {
    let mut request = hi();
    request.turns[0].name = Some("Ann".to_owned());
    let image = Media {
        detail: Some("low".to_owned()),
        ..media(
            MediaKind::Image,
            Source::Base64("AAAA".to_owned()),
            Some("image/png"),
        )
    };
    request.turns[0].parts.push(PartKind::Media(image).into());
    let (body, dropped) = written(&request, CLAUDE);
    assert_eq!(dropped, [Place::from("messages[0]")]);
    let first = &body["messages"][0]["content"][0];
    assert_eq!(first["text"], "Message from Ann:");
}

#[test]
fn what_is_left_over() {
    let rest = |path: &str, value: Value, idle| Rest {
        path: path.to_owned(),
        value,
        idle,
    };
    let mut request = hi();
    request.rest = vec![
        rest("store", json!(true), true),
        rest(
            "guardrailConfig",
            json!({"guardrailIdentifier": "g"}),
            false,
        ),
        rest("additionalModelRequestFields", json!({"a": 1}), false),
    ];
    let (body, dropped) = written(&request, NOVA);
    assert_eq!(body["guardrailConfig"], json!({"guardrailIdentifier": "g"}));
    assert_eq!(body["additionalModelRequestFields"], json!({"a": 1}));
    assert_eq!(dropped, [Place::from("store")]);
    request.rest = vec![rest("anthropic_beta", json!(["x"]), false)];
    assert_eq!(
        super::body(&request, CLAUDE)["additionalModelRequestFields"],
        json!({"anthropic_beta": ["x"]})
    );
    assert_eq!(refused(&request, NOVA).place, Place::from("anthropic_beta"));
    request.rest = vec![rest("messages[0].audio", json!(1), false)];
    assert_eq!(
        refused(&request, CLAUDE).place,
        Place::from("messages[0].audio")
    );
}
