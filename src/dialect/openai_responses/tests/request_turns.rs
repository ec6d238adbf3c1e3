//! Turns as the items of a written request.

use serde_json::{Value, json};

use super::written::{body, says, turn, write};
use crate::dialect::neutral::{Part, PartKind, Role, ToolCall, ToolResult};
use crate::dialect::openai_responses::read_request;

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
