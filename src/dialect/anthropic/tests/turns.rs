//! Conversations of other dialects.

use serde_json::{Value, json};

use super::{OPUS, SONNET, aim, ask, call, result, text, turn, write, write_for};
use crate::dialect::neutral::{
    Aim, CacheMark, Part, PartKind, Place, Role, Thought, ToolCall, Turn,
};

use Role::{Assistant, Developer, System, Tool, User};

/// The messages in short: role and texts.
fn short(body: &Value) -> Vec<String> {
    let messages = body["messages"].as_array().expect("messages");
    let block = |block: &Value| {
        let kind = block["type"].as_str().unwrap_or("?");
        block["text"].as_str().unwrap_or(kind).to_owned()
    };
    let message = |message: &Value| {
        let content = message["content"].as_array().expect("blocks");
        let blocks: Vec<String> = content.iter().map(block).collect();
        format!(
            "{}: {}",
            message["role"].as_str().unwrap_or("?"),
            blocks.join(" | ")
        )
    };
    messages.iter().map(message).collect()
}

#[test]
fn turns_become_messages() {
    let wrapped = "<system-instruction>\nx\n</system-instruction>";
    let late = format!("user: a | {wrapped} | b");
    let rows: Vec<(&str, Vec<Turn>, Vec<&str>)> = vec![
        (
            SONNET,
            vec![
                text(User, "a"),
                text(User, "b"),
                text(Assistant, "c"),
                text(Assistant, "d"),
            ],
            vec!["user: a | b", "assistant: c | d"],
        ),
        (
            SONNET,
            vec![text(Assistant, "a"), text(User, "b")],
            vec!["assistant: a", "user: b"],
        ),
        (
            SONNET,
            vec![text(System, "only"), text(System, "words")],
            vec!["user: words"],
        ),
        (
            SONNET,
            vec![text(Developer, "s"), text(User, "a")],
            vec!["user: a"],
        ),
        (
            SONNET,
            vec![text(User, "a"), text(System, "x"), text(User, "b")],
            vec![&late],
        ),
        (
            OPUS,
            vec![text(User, "a"), text(System, "x"), text(User, "b")],
            vec![&late],
        ),
        (
            OPUS,
            vec![
                text(User, "a"),
                text(System, "x"),
                text(Developer, "y"),
                text(Assistant, "b"),
            ],
            vec!["user: a", "system: x | y", "assistant: b"],
        ),
        (
            OPUS,
            vec![text(User, "a"), text(Developer, "x")],
            vec!["user: a", "system: x"],
        ),
        // Results stand first, all in one message.
        (
            SONNET,
            vec![
                text(User, "a"),
                turn(Assistant, vec![call("1", "{}"), call("2", "")]),
                turn(Tool, vec![result("1", "r")]),
                text(User, "b"),
                turn(Tool, vec![result("2", "s")]),
            ],
            vec![
                "user: a",
                "assistant: tool_use | tool_use",
                "user: tool_result | tool_result | b",
            ],
        ),
        // Blocks without words are not taken.
        (
            SONNET,
            vec![text(User, "a"), text(Assistant, " \n"), text(User, "b")],
            vec!["user: a | b"],
        ),
        (
            SONNET,
            vec![turn(User, vec![PartKind::text(""), PartKind::text("a")])],
            vec!["user: a"],
        ),
        (
            SONNET,
            vec![
                text(User, "a"),
                turn(Assistant, vec![PartKind::Refusal("no".to_owned())]),
            ],
            vec!["user: a", "assistant: no"],
        ),
    ];
    for (model, turns, wanted) in rows {
        let (body, _) = write(&ask(turns), model).expect("can be carried");
        assert_eq!(short(&body), wanted, "{model}");
    }
}

#[test]
fn instructions_before_the_talk_are_the_system() {
    let turns = vec![
        text(System, "a"),
        turn(Developer, vec![PartKind::text("b"), PartKind::text("")]),
        text(User, "u"),
    ];
    let (body, _) = write(&ask(turns), SONNET).expect("can be carried");
    assert_eq!(
        body["system"],
        json!([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}])
    );
}

#[test]
fn on_vertex_late_instructions_are_the_users() {
    let vertex = Aim {
        kind: "vertex",
        ..aim(OPUS)
    };
    let turns = vec![text(User, "a"), text(System, "x")];
    let (body, _) = write_for(&ask(turns), &vertex).expect("can be carried");
    assert_eq!(short(&body).len(), 1);
    // The model stands in the path.
    assert_eq!(body["anthropic_version"], "vertex-2023-10-16");
    assert!(body.get("model").is_none());
}

#[test]
fn a_speaker_is_named() {
    let mut user = text(User, "hi");
    user.name = Some("ann".to_owned());
    let mut assistant = text(Assistant, "yes");
    assistant.name = Some("bob".to_owned());
    let (body, dropped) = write(&ask(vec![user, assistant]), SONNET).expect("can be carried");
    assert_eq!(
        short(&body),
        ["user: Message from ann: | hi", "assistant: yes"]
    );
    assert_eq!(dropped, [Place::from("messages[9].name")]);
}

#[test]
fn thoughts_of_others_are_not_sent() {
    let thought = |signature: Option<&str>, sealed: Option<&str>, id: Option<&str>| {
        PartKind::Thought(Thought {
            text: "t".to_owned(),
            signature: signature.map(str::to_owned),
            sealed: sealed.map(str::to_owned),
            id: id.map(str::to_owned),
        })
    };
    let turns = vec![
        text(User, "q"),
        turn(
            Assistant,
            vec![
                thought(None, None, None),
                thought(None, Some("gAAA"), Some("rs_1")),
                thought(Some("EqQB"), None, None),
                thought(None, Some("EvYB"), None),
                PartKind::text("a"),
            ],
        ),
    ];
    let (body, dropped) = write(&ask(turns), SONNET).expect("can be carried");
    assert_eq!(
        short(&body)[1],
        "assistant: thinking | redacted_thinking | a"
    );
    assert_eq!(body["messages"][1]["content"][0]["signature"], "EqQB");
    assert_eq!(dropped, [Place::from("messages[9]")]);
}

#[test]
fn arguments_stay_what_they_are() {
    let rows = [
        ("", json!({})),
        ("null", json!({})),
        (
            "{\"a\":1.10,\"b\":12345678901234567890123}",
            serde_json::from_str("{\"a\":1.10,\"b\":12345678901234567890123}").expect("JSON"),
        ),
        ("{\"a\":", json!({"input": "{\"a\":"})),
        ("[1]", json!({"input": [1]})),
    ];
    for (arguments, input) in rows {
        let turns = vec![text(User, "q"), turn(Assistant, vec![call("1", arguments)])];
        let (body, _) = write(&ask(turns), SONNET).expect("can be carried");
        assert_eq!(
            body["messages"][1]["content"][0]["input"], input,
            "{arguments}"
        );
    }
    let custom = PartKind::Call(ToolCall {
        id: "1".to_owned(),
        name: "f".to_owned(),
        arguments: "free".to_owned(),
        custom: true,
        signature: None,
    });
    let (body, _) =
        write(&ask(vec![turn(Assistant, vec![custom])]), SONNET).expect("can be carried");
    assert_eq!(
        body["messages"][0]["content"][0]["input"],
        json!({"input": "free"})
    );
}

#[test]
fn ids_have_characters_that_are_taken() {
    let rows = [
        ("call_1-a", "call_1-a"),
        ("functions.f:0", "functions_2ef_3a0"),
        ("", "call"),
    ];
    for (id, written) in rows {
        let turns = vec![
            turn(Assistant, vec![call(id, "")]),
            turn(Tool, vec![result(id, "r")]),
        ];
        let (body, _) = write(&ask(turns), SONNET).expect("can be carried");
        assert_eq!(body["messages"][0]["content"][0]["id"], written);
        assert_eq!(body["messages"][1]["content"][0]["tool_use_id"], written);
    }
}

#[test]
fn a_mark_on_an_empty_block_moves_back() {
    let mut user = text(User, "a");
    user.parts.push(Part {
        kind: PartKind::text(""),
        cache: Some(CacheMark::default()),
    });
    let (body, _) = write(&ask(vec![user]), SONNET).expect("can be carried");
    let content = json!([{"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}]);
    assert_eq!(body["messages"][0]["content"], content);
}
