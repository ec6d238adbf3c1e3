//! Whole replies, both ways.

use serde_json::{Value, json};

use super::told;
use crate::dialect::Reported;
use crate::dialect::neutral::{
    Choice, Citation, Field, Media, MediaKind, Part, PartKind, Reply, Source, Stop, Thought,
    ToolCall,
};
use crate::dialect::openai_responses::{field_path, read_reply, read_request, write_reply};

fn write(reply: &Reply) -> Value {
    serde_json::from_slice(&write_reply(reply, &told())).unwrap()
}

fn reply(parts: Vec<PartKind>, stop: Stop) -> Reply {
    let parts = parts.into_iter().map(Part::from).collect();
    Reply {
        choices: vec![Choice {
            parts,
            stop,
            ..Choice::default()
        }],
        ..Reply::default()
    }
}

fn call(id: &str, arguments: &str, custom: bool) -> ToolCall {
    ToolCall {
        id: id.to_owned(),
        name: "f".to_owned(),
        arguments: arguments.to_owned(),
        custom,
        signature: None,
    }
}

#[test]
fn a_response_is_read() {
    let body = json!({
        "id": "resp_1", "object": "response", "created_at": 17.5, "model": "gpt-5", "status": "completed", "error": null,
        "service_tier": "default", "incomplete_details": null,
        "output": [
            {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "a"}, {"type": "summary_text", "text": "b"}], "encrypted_content": "gAAAAAx"},
            {"type": "web_search_call", "id": "ws_1", "status": "completed"},
            {"type": "message", "id": "msg_1", "role": "assistant", "content": [
                {"type": "output_text", "text": "hi", "logprobs": [{"token": "hi", "logprob": -0.1}],
                    "annotations": [{"type": "url_citation", "url": "https://a", "title": "A", "start_index": 0, "end_index": 2}]},
                {"type": "refusal", "refusal": "no"}]},
            {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "f", "arguments": ""},
            {"type": "custom_tool_call", "id": "ctc_1", "call_id": "c2", "name": "f", "input": ""}
        ],
        "usage": {"input_tokens": 10, "input_tokens_details": {"cached_tokens": 4}, "output_tokens": 5, "output_tokens_details": {"reasoning_tokens": 2}, "total_tokens": 15}
    });
    let thought = |text: &str, sealed: Option<&str>| {
        PartKind::Thought(Thought {
            text: text.to_owned(),
            sealed: sealed.map(str::to_owned),
            id: Some("rs_1".to_owned()),
            signature: None,
        })
    };
    let citation = Citation {
        url: Some("https://a".to_owned()),
        title: Some("A".to_owned()),
        quote: None,
        span: Some((0, 2)),
        raw: Some(body["output"][2]["content"][0]["annotations"][0].clone()),
    };
    let mut expected = reply(
        vec![
            thought("a\n\nb", None),
            thought("", Some("gAAAAAx")),
            PartKind::Text {
                text: "hi".to_owned(),
                citations: vec![citation],
            },
            PartKind::Refusal("no".to_owned()),
            PartKind::Call(call("c1", "{}", false)),
            PartKind::Call(call("c2", "", true)),
        ],
        Stop::Tool,
    );
    expected.id = Some("resp_1".to_owned());
    expected.model = Some("gpt-5".to_owned());
    expected.created = Some(17);
    expected.service_tier = Some("default".to_owned());
    expected.usage = Some(Reported {
        input: Some(10),
        output: Some(5),
        cached: 4,
        reasoning: 2,
        searches: 1,
        ..Reported::default()
    });
    expected.choices[0].logprobs =
        Some(json!({"content": [{"token": "hi", "logprob": -0.1}], "refusal": null}));
    assert_eq!(read_reply(&body.to_string()), Ok(expected));
}

#[test]
fn why_a_response_ends_is_read() {
    let rows = [
        (json!({"status": "completed", "output": []}), Ok(Stop::End)),
        (
            json!({"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "output": []}),
            Ok(Stop::Length),
        ),
        (
            json!({"status": "incomplete", "incomplete_details": {"reason": "content_filter"}, "output": []}),
            Ok(Stop::Filter),
        ),
        (
            json!({"status": "incomplete", "incomplete_details": {"reason": "new"}, "output": []}),
            Ok(Stop::Other("new".to_owned())),
        ),
        (
            json!({"status": "incomplete", "output": []}),
            Ok(Stop::Other("incomplete".to_owned())),
        ),
        (
            json!({"status": "failed", "error": {"code": "server_error", "message": "oh"}, "output": []}),
            Err("oh"),
        ),
        (
            json!({"status": "failed", "output": []}),
            Err("the response is failed"),
        ),
        (json!({"choices": []}), Err("the response has no output")),
        (json!([]), Err("the response has no output")),
    ];
    for (body, expected) in rows {
        let found = read_reply(&body.to_string()).map(|reply| reply.choices[0].stop.clone());
        assert_eq!(found, expected.map_err(str::to_owned), "{body}");
    }
    assert!(read_reply("<html>").is_err());
}

#[test]
fn usage_is_brought_into_one_form() {
    let read = |usage: Value| {
        read_reply(&json!({"output": [], "usage": usage}).to_string())
            .unwrap()
            .usage
    };
    let reported = |output: u64, reasoning: u64| {
        Some(Reported {
            input: Some(10),
            output: Some(output),
            reasoning,
            ..Reported::default()
        })
    };
    let usage = |output: u64, total: u64| json!({"input_tokens": 10, "output_tokens": output, "total_tokens": total, "output_tokens_details": {"reasoning_tokens": 7}});
    assert_eq!(read(usage(9, 19)), reported(9, 7));
    // Reasoning beside the output.
    assert_eq!(read(usage(2, 19)), reported(9, 7));
    assert_eq!(
        read(json!({"input_tokens": 10, "output_tokens": 99_999_999_999_u64}))
            .unwrap()
            .output,
        None
    );
    assert_eq!(read(json!({})), None);
    assert_eq!(read(json!(null)), None);
    assert_eq!(read(json!("x")), None);
}

#[test]
fn a_reply_is_written_whole() {
    let mut said = reply(vec![PartKind::text("Hey")], Stop::End);
    said.id = Some("chatcmpl-1".to_owned());
    said.service_tier = Some("default".to_owned());
    said.usage = Some(Reported {
        input: Some(3),
        output: Some(4),
        cached: 1,
        cache_write: 2,
        reasoning: 1,
        ..Reported::default()
    });
    said.choices[0].logprobs = Some(
        json!({"content": [{"token": "Hey", "logprob": 0, "bytes": [1], "top_logprobs": []}]}),
    );
    assert_eq!(
        write(&said),
        json!({
            "id": "resp_chatcmpl-1", "object": "response", "created_at": 1_700_000_000, "status": "completed", "background": false,
            "error": null, "incomplete_details": null, "instructions": null, "max_output_tokens": null, "max_tool_calls": null,
            "model": "asked",
            "output": [{"id": "msg_0000000000000abc0000", "type": "message", "status": "completed", "role": "assistant", "content": [
                {"type": "output_text", "text": "Hey", "annotations": [], "logprobs": [{"token": "Hey", "logprob": 0, "bytes": [1], "top_logprobs": []}]}]}],
            "parallel_tool_calls": true, "previous_response_id": null, "reasoning": {"effort": null, "summary": null},
            "service_tier": "default", "store": false, "temperature": null, "text": {"format": {"type": "text"}},
            "tool_choice": "auto", "tools": [], "top_logprobs": 0, "top_p": null, "truncation": "disabled", "metadata": {},
            "usage": {"input_tokens": 3, "input_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 2},
                "output_tokens": 4, "output_tokens_details": {"reasoning_tokens": 1}, "total_tokens": 7},
        })
    );
}

/// What a client gets and sends back in its next request is what the provider said.
#[test]
fn a_reply_comes_back_in_the_next_request() {
    let thought = |text: &str, signature: Option<&str>, sealed: Option<&str>, id: Option<&str>| {
        PartKind::Thought(Thought {
            text: text.to_owned(),
            signature: signature.map(str::to_owned),
            sealed: sealed.map(str::to_owned),
            id: id.map(str::to_owned),
        })
    };
    let signed = ToolCall {
        signature: Some("G:1".to_owned()),
        ..call("call:1", "{\"a\": 1}", false)
    };
    let rows = [
        vec![PartKind::text("a"), PartKind::text("b")],
        vec![
            thought("t", Some("S"), None, None),
            PartKind::text("a"),
            PartKind::Call(call("c", "{}", false)),
        ],
        vec![
            thought("", None, Some("Eo8"), None),
            thought("t", None, None, None),
            PartKind::Refusal("no".to_owned()),
        ],
        vec![
            thought("", None, Some("gAAAAAx"), Some("rs_1")),
            PartKind::Call(signed.clone()),
            PartKind::Call(call("c", "x", true)),
        ],
        vec![
            PartKind::text("a"),
            thought("", Some("T"), None, None),
            PartKind::Call(signed),
            PartKind::text("b"),
        ],
        vec![PartKind::Media(Media {
            kind: MediaKind::Image,
            source: Source::Base64("iVBORw".to_owned()),
            media_type: Some("image/png".to_owned()),
            name: None,
            detail: None,
        })],
    ];
    for parts in rows {
        let written = write(&reply(parts.clone(), Stop::End));
        let next = json!({"model": "m", "input": written["output"]}).to_string();
        let request = read_request(&next).unwrap();
        assert_eq!((request.turns.len(), &request.rest), (1, &Vec::new()));
        let found: Vec<PartKind> = request.turns[0]
            .parts
            .iter()
            .map(|part| part.kind.clone())
            .collect();
        assert_eq!(found, parts);
    }
}

#[test]
fn an_answer_that_is_cut_off_is_incomplete() {
    let written = write(&reply(
        vec![PartKind::Call(call("c", "", false)), PartKind::text("x")],
        Stop::Length,
    ));
    assert_eq!(
        (&written["status"], &written["incomplete_details"]["reason"]),
        (&json!("incomplete"), &json!("max_output_tokens"))
    );
    assert_eq!(
        (
            &written["output"][0]["status"],
            &written["output"][1]["status"]
        ),
        (&json!("completed"), &json!("incomplete"))
    );
    assert_eq!(written["output"][0]["arguments"], "{}");
    assert_eq!(write(&Reply::default())["output"], json!([]));
}

#[test]
fn fields_have_the_names_of_responses() {
    assert_eq!(field_path(Field::Format), "text.format");
    assert_eq!(field_path(Field::MaxOutputTokens), "max_output_tokens");
}
