//! What is written for a provider, beyond what its own clients send.

use serde_json::{Number, Value, json};

use super::{
    OPUS, SONNET, again, aim, ask, call, field, hello, result, text, turn, write, write_for,
};
use crate::dialect::anthropic::write_request;
use crate::dialect::neutral::{
    Aim, CacheMark, Field, Media, MediaKind, PartKind, Place, Request, Rest, Role, Source, Tool,
    ToolKind,
};

pub fn tool(name: &str, parameters: Option<Value>, strict: Option<bool>) -> Tool {
    Tool {
        name: name.to_owned(),
        description: None,
        kind: ToolKind::Function { parameters, strict },
        cache: None,
    }
}

fn number(text: &str) -> Option<Number> {
    Some(serde_json::from_str(text).expect("a number"))
}

#[test]
fn max_tokens_has_a_default_and_a_most() {
    let rows = [
        ("claude-3-haiku-20240307", None, 4096),
        ("claude-3-5-sonnet-20241022", None, 8192),
        ("claude-3-7-sonnet-20250219", None, 64_000),
        ("claude-opus-4-20250514", None, 32_000),
        ("claude-opus-4-1", Some(50_000), 32_000),
        ("anthropic.claude-sonnet-4-5-20250929-v1:0", None, 64_000),
        ("claude-opus-4-5@20251101", Some(5), 5),
        ("claude-opus-5-5", None, 64_000),
        ("claude-opus-5-5", Some(1_000_000), 128_000),
        ("kimi-k2", None, 8192),
        ("kimi-k2", Some(1_000_000), 1_000_000),
    ];
    for (model, asked, written) in rows {
        let request = Request {
            max_output_tokens: asked,
            ..hello()
        };
        assert_eq!(
            field(&request, model, "max_tokens"),
            json!(written),
            "{model}"
        );
    }
}

#[test]
fn sampling_is_brought_into_range() {
    // Model, temperature, top_p, top_k; what is written; what is dropped.
    type Row = (
        &'static str,
        [Option<&'static str>; 3],
        Value,
        &'static [Field],
    );
    let rows: Vec<Row> = vec![
        (
            SONNET,
            [Some("1.7"), None, None],
            json!({"temperature": 1}),
            &[],
        ),
        (
            SONNET,
            [Some("0.3"), None, Some("40")],
            json!({"temperature": 0.30, "top_k": 40}),
            &[],
        ),
        (
            SONNET,
            [Some("1e999"), None, None],
            json!({"temperature": 1}),
            &[],
        ),
        (
            SONNET,
            [Some("-1"), None, None],
            json!({"temperature": 0}),
            &[],
        ),
        (
            SONNET,
            [Some("1.0"), Some("0.5"), None],
            json!({"top_p": 0.5}),
            &[Field::Temperature],
        ),
        (
            SONNET,
            [Some("0.7"), Some("1"), None],
            json!({"temperature": 0.7}),
            &[Field::TopP],
        ),
        (
            "claude-sonnet-4",
            [Some("0.7"), Some("0.9"), None],
            json!({"temperature": 0.7, "top_p": 0.9}),
            &[],
        ),
        (
            OPUS,
            [Some("0"), None, Some("3")],
            json!({}),
            &[Field::Temperature, Field::TopK],
        ),
        (
            "claude-haiku-5-5",
            [Some("1"), Some("0.99"), None],
            json!({}),
            &[Field::Temperature, Field::TopP],
        ),
    ];
    for (model, [temperature, top_p, top_k], wanted, drops) in rows {
        let mut request = hello();
        request.sampling.temperature = temperature.and_then(number);
        request.sampling.top_p = top_p.and_then(number);
        request.sampling.top_k = top_k.and_then(number);
        let (body, dropped) = write(&request, model).expect("can be carried");
        let mut found = json!({});
        for name in ["temperature", "top_p", "top_k"] {
            if let Some(value) = body.get(name) {
                found[name] = value.clone();
            }
        }
        assert_eq!(found, wanted, "{model}");
        let drops: Vec<Place> = drops.iter().map(|field| (*field).into()).collect();
        assert_eq!(dropped, drops, "{model}");
    }
}

#[test]
fn what_changes_nothing_is_dropped() {
    let mut request = hello();
    request.sampling.frequency_penalty = number("0");
    request.sampling.presence_penalty = number("0.0");
    request.sampling.seed = number("7");
    request.sampling.logit_bias = Some(json!({}));
    request.sampling.logprobs = Some(false);
    request.sampling.top_logprobs = Some(0);
    request.candidates = Some(1);
    request.metadata = Some(json!({"a": "b"}));
    request.service_tier = Some("flex".to_owned());
    request.rest = vec![Rest {
        path: "store".to_owned(),
        value: json!(true),
        idle: true,
    }];
    let (body, dropped) = write(&request, SONNET).expect("can be carried");
    let fields: Vec<&String> = body.as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["model", "max_tokens", "messages"]);
    let drops: Vec<Place> = vec![
        Field::FrequencyPenalty.into(),
        Field::PresencePenalty.into(),
        Field::Seed.into(),
        Field::LogitBias.into(),
        Field::Logprobs.into(),
        Field::TopLogprobs.into(),
        Field::ServiceTier.into(),
        Field::Metadata.into(),
        "store".into(),
    ];
    assert_eq!(dropped, drops);
}

#[test]
fn media_are_written() {
    let media = |kind, source, media_type: Option<&str>| {
        PartKind::Media(Media {
            kind,
            source,
            media_type: media_type.map(str::to_owned),
            name: Some("n".to_owned()),
            detail: None,
        })
    };
    let base64 = |data: &str| Source::Base64(data.to_owned());
    let url = |url: &str| Source::Url(url.to_owned());
    use MediaKind::{Document, Image};
    let rows = [
        (
            media(Image, base64("/9j/4AA"), None),
            json!({"type": "image", "source": {"type": "base64", "media_type": "image/jpeg", "data": "/9j/4AA"}}),
        ),
        (
            media(Image, url("data:image/gif;base64,R0lGOD"), None),
            json!({"type": "image", "source": {"type": "base64", "media_type": "image/gif", "data": "R0lGOD"}}),
        ),
        (
            media(Image, url("http://x"), None),
            json!({"type": "image", "source": {"type": "url", "url": "http://x"}}),
        ),
        (
            media(Document, base64("JVBERi0x"), None),
            json!({"type": "document", "title": "n", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0x"}}),
        ),
        (
            media(Document, base64("aMOk"), Some("text/markdown")),
            json!({"type": "document", "title": "n", "source": {"type": "text", "media_type": "text/plain", "data": "h\u{e4}"}}),
        ),
        (
            media(Document, Source::FileId("file_1".to_owned()), None),
            json!({"type": "document", "title": "n", "source": {"type": "file", "file_id": "file_1"}}),
        ),
    ];
    for (part, written) in rows {
        let messages = field(&ask(vec![turn(Role::User, vec![part])]), SONNET, "messages");
        assert_eq!(messages[0]["content"][0], written);
    }
}

#[test]
fn tiers_are_mapped() {
    let rows = [
        ("default", json!("standard_only")),
        ("auto", json!("auto")),
        ("priority", json!("auto")),
        ("flex", json!(null)),
    ];
    for (tier, written) in rows {
        let request = Request {
            service_tier: Some(tier.to_owned()),
            ..hello()
        };
        assert_eq!(field(&request, SONNET, "service_tier"), written, "{tier}");
    }
}

#[test]
fn marks_are_placed_and_leave_the_rest_as_it_was() {
    let marking = Aim {
        mark_cache: true,
        ..aim(SONNET)
    };
    let mut turns = vec![
        text(Role::System, "s"),
        text(Role::User, "1"),
        turn(Role::Assistant, vec![call("a", "{}")]),
        turn(Role::Tool, vec![result("a", "2")]),
    ];
    let request = |turns: &[crate::dialect::neutral::Turn]| Request {
        tools: vec![tool("f", None, None), tool("g", None, None)],
        ..ask(turns.to_vec())
    };
    let (mut before, _) = write_for(&request(&turns), &marking).expect("can be carried");
    let count = |body: &Value| body.to_string().matches("cache_control").count();
    assert_eq!(count(&before), 4);
    for place in [
        "/tools/1",
        "/system/0",
        "/messages/0/content/0",
        "/messages/2/content/0",
    ] {
        let block = before.pointer(place).expect("a block");
        assert_eq!(
            block["cache_control"],
            json!({"type": "ephemeral"}),
            "{place}"
        );
    }
    turns.push(text(Role::Assistant, "3"));
    turns.push(text(Role::User, "4"));
    let (mut after, _) = write_for(&request(&turns), &marking).expect("can be carried");
    assert_eq!(count(&after), 4);
    // Where the request before wrote the cache, this one reads it.
    assert!(
        after
            .pointer("/messages/2/content/0/cache_control")
            .is_some()
    );
    unmark(&mut before);
    unmark(&mut after);
    let prefix = before.to_string();
    let prefix = prefix.strip_suffix("]}").expect("messages end the body");
    assert!(after.to_string().starts_with(prefix));
    // A client that marks knows better.
    let mut marked = request(&turns);
    marked.turns[1].parts[0].cache = Some(CacheMark {
        ttl: Some("24h".to_owned()),
    });
    let (marked, _) = write_for(&marked, &marking).expect("can be carried");
    assert_eq!(count(&marked), 1);
    assert_eq!(again(&marked), marked);
}

fn unmark(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.shift_remove("cache_control");
            fields.values_mut().for_each(unmark);
        }
        Value::Array(items) => items.iter_mut().for_each(unmark),
        _ => {}
    }
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let mut request = hello();
    request.tools = vec![tool(
        "f",
        Some(json!({"type": "object", "z": 1, "a": 2})),
        None,
    )];
    let once = write_request(&request, &aim(SONNET)).expect("can be carried");
    let twice = write_request(&request, &aim(SONNET)).expect("can be carried");
    assert_eq!(once, twice);
    let body = String::from_utf8(once.body).expect("UTF-8");
    assert!(
        body.contains("{\"type\":\"object\",\"z\":1,\"a\":2}"),
        "{body}"
    );
}
