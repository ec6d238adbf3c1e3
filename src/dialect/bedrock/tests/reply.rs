//! Whole replies.

use super::*;
use crate::dialect::Reported;

fn parts(content: Value) -> Vec<PartKind> {
    let reply = json!({"output": {"message": {"role": "assistant", "content": content}}});
    let reply = read_reply(&reply.to_string()).unwrap();
    let [choice] = reply.choices.try_into().unwrap();
    choice.parts.into_iter().map(|part| part.kind).collect()
}

#[test]
fn a_reply() {
    let json = r#"{"metrics":{"latencyMs":5},"output":{"message":{"content":[
        {"reasoningContent":{"reasoningText":{"signature":"sig","text":"Hm"}}},
        {"reasoningContent":{"redactedContent":"YWJj"}},
        {"text":"I look."},
        {"toolUse":{"toolUseId":"t1","name":"look","input":{"b":1.50,"a":[2]}}},
        {"toolUse":{"toolUseId":"t2","name":"find","input":{}}}
        ],"role":"assistant"}},"stopReason":"tool_use","serviceTier":{"type":"default"},
        "usage":{"cacheReadInputTokens":100,"cacheWriteInputTokens":30,
        "cacheDetails":[{"ttl":"1h","inputTokens":20},{"ttl":"5m","inputTokens":10}],
        "inputTokens":7,"outputTokens":9,"totalTokens":146}}"#;
    let reply = read_reply(json).unwrap();
    let expected = Reply {
        choices: vec![Choice {
            parts: vec![
                PartKind::Thought(Thought {
                    text: "Hm".to_owned(),
                    signature: Some("sig".to_owned()),
                    ..Thought::default()
                })
                .into(),
                PartKind::Thought(Thought {
                    sealed: Some("YWJj".to_owned()),
                    ..Thought::default()
                })
                .into(),
                PartKind::text("I look.").into(),
                call("t1", "look", r#"{"b":1.50,"a":[2]}"#).into(),
                call("t2", "find", "{}").into(),
            ],
            stop: Stop::Tool,
            ..Choice::default()
        }],
        usage: Some(Reported {
            input: Some(137),
            output: Some(9),
            cached: 100,
            cache_write: 30,
            cache_write_1h: 20,
            ..Reported::default()
        }),
        service_tier: Some("default".to_owned()),
        ..Reply::default()
    };
    assert_eq!(reply, expected);
}

#[test]
fn what_was_read_is_written_as_it_was() {
    let content = json!([
        {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "c2ln"}}},
        {"reasoningContent": {"redactedContent": "YWJj"}},
        {"text": "I look."},
        {"toolUse": {"toolUseId": "t1", "name": "look", "input": {"b": 1, "a": [2]}}},
    ]);
    let request = asks(vec![
        says(Role::User, "Hi"),
        turn(Role::Assistant, parts(content.clone())),
    ]);
    assert_eq!(body(&request, CLAUDE)["messages"][1]["content"], content);
}

#[test]
fn citations_images_and_tools_of_bedrock() {
    let cited = json!({"title": "Doc", "source": "https://a.b", "sourceContent": [{"text": "x"}, {"text": "y"}],
        "location": {"documentChar": {"documentIndex": 0, "start": 1, "end": 2}}});
    let content = json!([
        {"citationsContent": {"content": [{"text": "As "}, {"text": "said"}], "citations": [cited]}},
        {"toolUse": {"toolUseId": "s", "name": "nova_grounding", "input": {}, "type": "server_tool_use"}},
        {"toolResult": {"toolUseId": "s", "content": []}},
        {"image": {"format": "png", "source": {"bytes": "AAAA"}}},
        {"unheard": {}},
        {"toolUse": {"toolUseId": "t", "name": "n"}},
    ]);
    let expected = vec![
        PartKind::Text {
            text: "As said".to_owned(),
            citations: vec![Citation {
                url: Some("https://a.b".to_owned()),
                title: Some("Doc".to_owned()),
                quote: Some("xy".to_owned()),
                span: None,
                raw: Some(cited),
            }],
        },
        PartKind::Media(media(
            MediaKind::Image,
            Source::Base64("AAAA".to_owned()),
            Some("image/png"),
        )),
        call("t", "n", "{}"),
    ];
    assert_eq!(parts(content), expected);
}

#[test]
fn stops() {
    let rows = [
        (json!("end_turn"), Value::Null, Stop::End),
        (json!(null), Value::Null, Stop::End),
        (json!("tool_use"), Value::Null, Stop::Tool),
        (json!("max_tokens"), Value::Null, Stop::Length),
        (
            json!("model_context_window_exceeded"),
            Value::Null,
            Stop::Length,
        ),
        (json!("stop_sequence"), Value::Null, Stop::Sequence(None)),
        (
            json!("stop_sequence"),
            json!({"stop_sequence": "END"}),
            Stop::Sequence(Some("END".to_owned())),
        ),
        (json!("guardrail_intervened"), Value::Null, Stop::Filter),
        (json!("content_filtered"), Value::Null, Stop::Filter),
        (
            json!("malformed_tool_use"),
            Value::Null,
            Stop::Other("malformed_tool_use".to_owned()),
        ),
    ];
    for (reason, more, expected) in rows {
        let reply = json!({"output": {"message": {"content": []}}, "stopReason": reason,
            "additionalModelResponseFields": more});
        let reply = read_reply(&reply.to_string()).unwrap();
        assert_eq!(reply.choices[0].stop, expected);
        assert_eq!(reply.usage, None);
    }
}

#[test]
fn no_reply() {
    for text in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"output":{"message":{"content":"x"}}}"#,
    ] {
        assert!(read_reply(text).is_err(), "{text}");
    }
}
