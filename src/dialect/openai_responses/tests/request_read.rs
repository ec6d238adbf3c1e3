//! Items of a client as turns.

use serde_json::{Value, json};

use crate::dialect::neutral::{
    Media, MediaKind, Part, PartKind, Role, Source, Thought, ToolCall, ToolResult,
};
use crate::dialect::openai_responses::read_request;

fn thought(
    text: &str,
    signature: Option<&str>,
    sealed: Option<&str>,
    id: Option<&str>,
) -> PartKind {
    PartKind::Thought(Thought {
        text: text.to_owned(),
        signature: signature.map(str::to_owned),
        sealed: sealed.map(str::to_owned),
        id: id.map(str::to_owned),
    })
}

fn call(id: &str, arguments: &str, custom: bool, signature: Option<&str>) -> PartKind {
    PartKind::Call(ToolCall {
        id: id.to_owned(),
        name: "f".to_owned(),
        arguments: arguments.to_owned(),
        custom,
        signature: signature.map(str::to_owned),
    })
}

fn result(id: &str, parts: Vec<PartKind>) -> PartKind {
    PartKind::Result(ToolResult {
        id: id.to_owned(),
        parts: parts.into_iter().map(Part::from).collect(),
        ..ToolResult::default()
    })
}

fn media(kind: MediaKind, source: Source, media_type: Option<&str>) -> Media {
    Media {
        kind,
        source,
        media_type: media_type.map(str::to_owned),
        name: None,
        detail: None,
    }
}

/// Reads `input`, and gives each turn's place, role and parts.
fn turns(input: Value) -> Vec<(String, Role, Vec<PartKind>)> {
    let body = json!({"model": "m", "input": input}).to_string();
    let request = read_request(&body).unwrap();
    let turns = request.turns.into_iter().map(|turn| {
        let parts = turn.parts.into_iter().map(|part| part.kind).collect();
        (turn.at, turn.role, parts)
    });
    turns.collect()
}

#[test]
fn items_become_turns() {
    let at = str::to_owned;
    let text = |text: &str| PartKind::text(text);
    let rows = [
        (
            json!("hi"),
            vec![(at("input"), Role::User, vec![text("hi")])],
        ),
        (
            json!([{"role": "system", "content": "s"}, {"type": "message", "role": "developer", "content": [{"type": "input_text", "text": "d"}]}, {"role": "user", "content": []}]),
            vec![
                (at("input[0]"), Role::System, vec![text("s")]),
                (at("input[1]"), Role::Developer, vec![text("d")]),
                (at("input[2]"), Role::User, vec![]),
            ],
        ),
        (
            json!([
                {"role": "user", "content": "q"},
                {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "a"}, {"type": "summary_text", "text": "b"}], "encrypted_content": "gAAAAAx"},
                {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant", "content": [{"type": "output_text", "text": "w", "annotations": [], "logprobs": []}, {"type": "refusal", "refusal": "r"}]},
                {"type": "function_call", "id": "fc_1", "status": "completed", "call_id": "c1", "name": "f", "arguments": "{\"a\": 1}", "caller": {"type": "direct"}},
                {"type": "custom_tool_call", "call_id": "c2", "name": "f", "input": "free"},
                {"type": "function_call_output", "call_id": "c1", "output": "42"},
                {"type": "custom_tool_call_output", "call_id": "c2", "output": [{"type": "input_text", "text": "p"}]},
                {"role": "assistant", "content": "end"}
            ]),
            vec![
                (at("input[0]"), Role::User, vec![text("q")]),
                (
                    at("input[1]"),
                    Role::Assistant,
                    vec![
                        thought("a\n\nb", None, None, Some("rs_1")),
                        thought("", None, Some("gAAAAAx"), Some("rs_1")),
                        text("w"),
                        PartKind::Refusal("r".to_owned()),
                        call("c1", "{\"a\": 1}", false, None),
                        call("c2", "free", true, None),
                    ],
                ),
                (
                    at("input[5]"),
                    Role::Tool,
                    vec![
                        result("c1", vec![text("42")]),
                        result("c2", vec![text("p")]),
                    ],
                ),
                (at("input[7]"), Role::Assistant, vec![text("end")]),
            ],
        ),
        // What other providers said, as it was packed for the client.
        (
            json!([
                {"type": "reasoning", "id": "rs_a", "summary": [{"type": "summary_text", "text": "t"}], "encrypted_content": "tollgate:1:signed:S:1"},
                {"type": "reasoning", "id": "rs_b", "summary": [], "encrypted_content": "tollgate:1:sealed:E"},
                {"type": "reasoning", "id": "rs_c", "summary": [{"type": "summary_text", "text": "u"}], "encrypted_content": "tollgate:1:plain"},
                {"type": "reasoning", "id": "rs_d", "summary": [], "encrypted_content": "tollgate:1:plain"},
                {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
                {"type": "function_call", "call_id": "c2", "name": "f", "arguments": "{}"},
                {"type": "reasoning", "id": "rs_e", "summary": [], "encrypted_content": "tollgate:1:call:2:c1G"},
                {"type": "reasoning", "id": "rs_f", "summary": [], "encrypted_content": "tollgate:1:signed:T"},
                {"type": "reasoning", "id": "rs_g", "content": [{"type": "reasoning_text", "text": "raw"}], "summary": []},
                {"type": "reasoning", "id": "rs_h", "summary": []}
            ]),
            vec![(
                at("input[0]"),
                Role::Assistant,
                vec![
                    thought("t", Some("S:1"), None, None),
                    thought("", None, Some("E"), None),
                    thought("u", None, None, None),
                    call("c1", "{}", false, Some("G")),
                    call("c2", "{}", false, None),
                    thought("", Some("T"), None, None),
                    thought("raw", None, None, Some("rs_g")),
                ],
            )],
        ),
    ];
    for (input, expected) in rows {
        assert_eq!(turns(input.clone()), expected, "{input}");
    }
}

#[test]
fn media_are_read() {
    let url = |url: &str| Source::Url(url.to_owned());
    let data = || Source::Base64("AAAA".to_owned());
    let rows = [
        (
            json!({"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "low"}),
            Media {
                detail: Some("low".to_owned()),
                ..media(MediaKind::Image, data(), Some("image/png"))
            },
        ),
        (
            json!({"type": "input_image", "image_url": "https://a/b.png"}),
            media(MediaKind::Image, url("https://a/b.png"), None),
        ),
        (
            json!({"type": "input_image", "file_id": "file-1"}),
            media(MediaKind::Image, Source::FileId("file-1".to_owned()), None),
        ),
        (
            json!({"type": "input_file", "filename": "a.PDF", "file_data": "AAAA"}),
            Media {
                name: Some("a.PDF".to_owned()),
                ..media(MediaKind::Document, data(), Some("application/pdf"))
            },
        ),
        (
            json!({"type": "input_file", "file_data": "data:text/csv;charset=utf-8;base64,AAAA"}),
            media(MediaKind::Document, data(), Some("text/csv")),
        ),
        (
            json!({"type": "input_file", "file_url": "https://a/b"}),
            media(MediaKind::Document, url("https://a/b"), None),
        ),
        (
            json!({"type": "input_audio", "input_audio": {"data": "AAAA", "format": "mp3"}}),
            media(MediaKind::Audio, data(), Some("audio/mpeg")),
        ),
    ];
    for (part, expected) in rows {
        let found = turns(json!([{"role": "user", "content": [part]}]));
        assert_eq!(found[0].2, [PartKind::Media(expected)], "{part}");
    }
    let made = turns(
        json!([{"type": "image_generation_call", "id": "ig_1", "status": "completed", "result": "/9j/AA"}]),
    );
    let image = media(
        MediaKind::Image,
        Source::Base64("/9j/AA".to_owned()),
        Some("image/jpeg"),
    );
    assert_eq!(made[0].2, [PartKind::Media(image)]);
}
