//! Whole replies in both directions.

use serde_json::{Value, json};

use super::told;
use crate::dialect::Reported;
use crate::dialect::anthropic::{read_reply, read_request, write_reply};
use crate::dialect::neutral::{Choice, Citation, Part, PartKind, Reply, Stop, Thought, ToolCall};

fn usage(input: u64, written: u64, read: u64, hour: u64, output: u64, thinking: u64) -> Value {
    json!({
        "input_tokens": input,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": read,
        "cache_creation": {"ephemeral_5m_input_tokens": written - hour, "ephemeral_1h_input_tokens": hour},
        "output_tokens": output,
        "output_tokens_details": {"thinking_tokens": thinking},
    })
}

fn message(content: Value, stop: &str) -> Value {
    json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": "asked-for",
        "content": content, "stop_reason": stop, "stop_sequence": null,
        "usage": usage(10, 3, 5, 1, 7, 2),
    })
}

fn written(reply: &Reply) -> Value {
    serde_json::from_slice(&write_reply(reply, &told())).expect("JSON")
}

fn reply(kinds: Vec<PartKind>, stop: Stop) -> Reply {
    Reply {
        choices: vec![Choice {
            parts: kinds.into_iter().map(Part::from).collect(),
            stop,
            ..Choice::default()
        }],
        ..Reply::default()
    }
}

#[test]
fn a_reply_comes_back_whole() {
    let cited = json!({"type": "char_location", "cited_text": "c", "document_index": 0, "document_title": "t", "start_char_index": 1, "end_char_index": 2});
    let bodies = [
        message(
            json!([{"type": "text", "text": "hi \u{1f600}"}]),
            "end_turn",
        ),
        message(
            json!([{"type": "text", "text": "a", "citations": [cited]}, {"type": "text", "text": "b"}]),
            "max_tokens",
        ),
        message(
            json!([{"type": "thinking", "thinking": "hm", "signature": "Eq"}, {"type": "redacted_thinking", "data": "Ev"}, {"type": "tool_use", "id": "t", "name": "f", "input": {"b": 1, "a": []}}]),
            "tool_use",
        ),
        message(
            json!([{"type": "thinking", "thinking": "", "signature": "Eq"}]),
            "pause_turn",
        ),
        message(json!([]), "refusal"),
    ];
    for body in bodies {
        let reply = read_reply(&body.to_string()).expect("a reply");
        assert_eq!(written(&reply), body);
    }
}

#[test]
fn a_reply_is_read() {
    let mut body = message(
        json!([
            {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}},
            {"type": "web_search_tool_result", "tool_use_id": "s", "content": []},
            {"type": "text", "text": "\u{e4}b", "citations": [{"type": "web_search_result_location", "url": "https://x", "title": "t", "cited_text": "q", "encrypted_index": "E"}]},
            {"type": "text", "text": "c", "citations": null},
        ]),
        "stop_sequence",
    );
    body["stop_sequence"] = json!("END");
    body["usage"]["service_tier"] = json!("standard");
    let reply = read_reply(&body.to_string()).expect("a reply");
    let choice = &reply.choices[0];
    assert_eq!(choice.stop, Stop::Sequence(Some("END".to_owned())));
    assert_eq!(choice.parts.len(), 2);
    let PartKind::Text { citations, .. } = &choice.parts[0].kind else {
        panic!("no text");
    };
    assert_eq!(citations[0].url.as_deref(), Some("https://x"));
    assert_eq!(citations[0].quote.as_deref(), Some("q"));
    assert_eq!(citations[0].span, Some((0, 2)));
    let reported = Reported {
        input: Some(18),
        output: Some(7),
        cached: 5,
        cache_write: 3,
        cache_write_1h: 1,
        reasoning: 2,
        ..Reported::default()
    };
    assert_eq!(reply.usage, Some(reported));
    assert_eq!(reply.service_tier.as_deref(), Some("default"));
    assert_eq!(written(&reply)["usage"]["service_tier"], "standard");
}

#[test]
fn a_reply_of_another_dialect_is_written() {
    let call = |arguments: &str, custom| {
        PartKind::Call(ToolCall {
            id: "c:1".to_owned(),
            name: "f".to_owned(),
            arguments: arguments.to_owned(),
            custom,
            signature: None,
        })
    };
    let used = |arguments: Value| json!([{"type": "tool_use", "id": "c:1", "name": "f", "input": arguments}]);
    let rows = [
        (
            vec![call("", false)],
            Stop::End,
            used(json!({})),
            "tool_use",
        ),
        (
            vec![call("{\"a\":", false)],
            Stop::Tool,
            used(json!({"input": "{\"a\":"})),
            "tool_use",
        ),
        (
            vec![call("free", true)],
            Stop::Tool,
            used(json!({"input": "free"})),
            "tool_use",
        ),
        (
            vec![PartKind::Refusal("no".to_owned())],
            Stop::End,
            json!([{"type": "text", "text": "no"}]),
            "end_turn",
        ),
        (vec![], Stop::Filter, json!([]), "refusal"),
        (vec![], Stop::Other("odd".to_owned()), json!([]), "end_turn"),
        (vec![], Stop::Sequence(None), json!([]), "stop_sequence"),
        (
            vec![PartKind::Thought(Thought {
                text: "t".to_owned(),
                ..Thought::default()
            })],
            Stop::End,
            json!([{"type": "thinking", "thinking": "t", "signature": ""}]),
            "end_turn",
        ),
        (
            vec![PartKind::Text {
                text: "t".to_owned(),
                citations: vec![
                    Citation {
                        url: Some("https://x".to_owned()),
                        ..Citation::default()
                    },
                    Citation::default(),
                ],
            }],
            Stop::End,
            json!([{"type": "text", "text": "t", "citations": [{"type": "web_search_result_location", "cited_text": "", "encrypted_index": "", "title": null, "url": "https://x"}]}]),
            "end_turn",
        ),
    ];
    for (parts, stop, content, reason) in rows {
        let body = written(&reply(parts, stop));
        assert_eq!(
            (&body["content"], &body["stop_reason"]),
            (&content, &json!(reason))
        );
        assert_eq!(body["id"], "msg_0000000000000abc");
        assert_eq!(body["model"], "asked-for");
        assert_eq!(body["usage"], usage(0, 0, 0, 0, 0, 0));
    }
    assert_eq!(written(&Reply::default())["content"], json!([]));
}

/// What others sign comes back to them.
#[test]
fn signatures_of_others_survive_a_turn() {
    let thought = |text: &str, sealed: Option<&str>| {
        PartKind::Thought(Thought {
            text: text.to_owned(),
            signature: None,
            sealed: sealed.map(str::to_owned),
            id: Some("rs_1".to_owned()),
        })
    };
    let call = PartKind::Call(ToolCall {
        id: "a:b".to_owned(),
        name: "f".to_owned(),
        arguments: "{}".to_owned(),
        custom: false,
        signature: Some("CiMB".to_owned()),
    });
    let parts = vec![
        thought("", Some("gAAA")),
        thought("words", Some("gBBB")),
        thought("words", None),
        call,
    ];
    let body = written(&reply(parts.clone(), Stop::Tool));
    let request =
        json!({"model": "m", "messages": [{"role": "assistant", "content": body["content"]}]});
    let request = read_request(&request.to_string()).expect("a request");
    let kinds: Vec<PartKind> = request.turns[0]
        .parts
        .iter()
        .map(|part| part.kind.clone())
        .collect();
    assert_eq!(kinds, parts);
}

#[test]
fn what_is_no_reply_is_an_error() {
    let rows = [
        ("<html>", "the reply is not JSON"),
        ("{}", "the reply has no content"),
        (
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
            "Overloaded",
        ),
    ];
    for (body, message) in rows {
        let error = read_reply(body).expect_err(body);
        assert!(error.starts_with(message), "{error}");
    }
}
