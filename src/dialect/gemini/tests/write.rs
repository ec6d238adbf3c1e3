//! Requests of other clients, for Gemini.

use serde_json::{Value, json};

use super::super::write_request;
use super::{json, turn, user};
use crate::dialect::neutral::{
    Aim, Cannot, Media, MediaKind, Part, PartKind, Place, Request, Role, Source, Thought, Tool,
    ToolCall, ToolChoice, ToolKind, ToolResult, Turn, Written,
};

pub(super) fn try_write(request: &Request, model: &str) -> Result<Written, Cannot> {
    let aim = Aim {
        model,
        kind: "gemini",
        ..Aim::default()
    };
    write_request(request, &aim)
}

fn write(turns: Vec<Turn>, model: &str) -> Value {
    let request = Request {
        turns,
        ..Request::default()
    };
    json(try_write(&request, model).unwrap().body)
}

fn call(id: &str, arguments: &str) -> PartKind {
    PartKind::Call(ToolCall {
        id: id.to_owned(),
        name: "f".to_owned(),
        arguments: arguments.to_owned(),
        ..ToolCall::default()
    })
}

pub(super) fn result(id: &str, is_error: bool, parts: Vec<PartKind>) -> PartKind {
    PartKind::Result(ToolResult {
        id: id.to_owned(),
        name: None,
        is_error,
        parts: parts.into_iter().map(Part::from).collect(),
    })
}

pub(super) fn function(strict: Option<bool>) -> Tool {
    Tool {
        name: "f".to_owned(),
        description: None,
        kind: ToolKind::Function {
            parameters: None,
            strict,
        },
        cache: None,
    }
}

#[test]
fn instructions_stand_in_front_or_between_marks() {
    let system = |text: &str| turn(Role::System, vec![PartKind::text(text)]);
    let body = write(
        vec![system("a"), system("b"), user("hi"), system("now c")],
        "gemini-2.5-pro",
    );
    assert_eq!(
        body,
        json!({
            "contents": [{"role": "user", "parts": [{"text": "hi"}, {"text": "<system_instruction>\n"}, {"text": "now c"}, {"text": "\n</system_instruction>"}]}],
            "systemInstruction": {"parts": [{"text": "a"}, {"text": "b"}]},
        })
    );
    let body = write(vec![system("alone")], "gemini-2.5-pro");
    assert_eq!(
        body,
        json!({"contents": [{"role": "user", "parts": [{"text": "alone"}]}]})
    );
}

#[test]
fn calls_and_results_are_written() {
    let turns = vec![
        turn(
            Role::Assistant,
            vec![
                PartKind::text(""),
                call("c1", ""),
                call("c2", "{\"a\": 1.0}"),
                call("c3", "{\"cut"),
                call("c4", "[1]"),
            ],
        ),
        turn(
            Role::Tool,
            vec![
                result("c2", false, vec![PartKind::text("sun")]),
                result("c1", true, vec![PartKind::text("gone")]),
                result("c3", false, vec![PartKind::text("{\"x\": 1}")]),
                result("c4", false, vec![]),
            ],
        ),
        user("well?"),
    ];
    assert_eq!(
        write(turns, "gemini-2.5-flash"),
        json!({"contents": [
            {"role": "model", "parts": [
                {"functionCall": {"id": "c1", "name": "f", "args": {}}},
                {"functionCall": {"id": "c2", "name": "f", "args": {"a": 1.0}}},
                {"functionCall": {"id": "c3", "name": "f", "args": {"arguments": "{\"cut"}}},
                {"functionCall": {"id": "c4", "name": "f", "args": {"arguments": [1]}}}]},
            {"role": "user", "parts": [
                {"functionResponse": {"id": "c2", "name": "f", "response": {"result": "sun"}}},
                {"functionResponse": {"id": "c1", "name": "f", "response": {"error": "gone"}}},
                {"functionResponse": {"id": "c3", "name": "f", "response": {"x": 1}}},
                {"functionResponse": {"id": "c4", "name": "f", "response": {"result": ""}}},
                {"text": "well?"}]},
        ]})
    );
}

#[test]
fn gemini_3_gets_a_signature_for_calls_of_others() {
    let turns = vec![turn(Role::Assistant, vec![call("c1", ""), call("c2", "")])];
    let signatures = |body: &Value| {
        let parts = body["contents"][0]["parts"].as_array().unwrap().clone();
        parts
            .iter()
            .map(|part| part["thoughtSignature"].clone())
            .collect::<Vec<_>>()
    };
    let dummy = json!("skip_thought_signature_validator");
    let body = write(turns.clone(), "gemini-3-pro-preview");
    assert_eq!(signatures(&body), [dummy.clone(), Value::Null]);
    let body = write(turns.clone(), "publishers/google/models/gemini-3.1-flash");
    assert_eq!(signatures(&body), [dummy, Value::Null]);
    let body = write(turns, "gemini-2.5-pro");
    assert_eq!(signatures(&body), [Value::Null, Value::Null]);
    let signed = PartKind::Call(ToolCall {
        name: "f".to_owned(),
        signature: Some("QUJD".to_owned()),
        ..ToolCall::default()
    });
    let turns = vec![turn(Role::Assistant, vec![signed, call("c2", "")])];
    let body = write(turns, "gemini-3-pro");
    assert_eq!(signatures(&body), [json!("QUJD"), Value::Null]);
    // A client without a place at calls gives the signature back before them.
    let sealed = PartKind::Thought(Thought {
        signature: Some("gemini:QUJD".to_owned()),
        ..Thought::default()
    });
    let turns = vec![turn(
        Role::Assistant,
        vec![sealed, call("c1", ""), call("c2", "")],
    )];
    let body = write(turns, "gemini-3-pro");
    assert_eq!(signatures(&body), [json!("QUJD"), Value::Null]);
}

#[test]
fn signatures_of_others_stay_away() {
    let thought = |text: &str, signature: Option<&str>, sealed: Option<&str>| {
        PartKind::Thought(Thought {
            text: text.to_owned(),
            signature: signature.map(str::to_owned),
            sealed: sealed.map(str::to_owned),
            id: None,
        })
    };
    let request = Request {
        turns: vec![turn(
            Role::Assistant,
            vec![
                thought("hm", Some("anthropic's"), None),
                thought("", None, Some("redacted")),
                thought("own", Some("gemini:QUJD"), None),
                PartKind::text("so"),
            ],
        )],
        ..Request::default()
    };
    let written = try_write(&request, "gemini-2.5-pro").unwrap();
    assert_eq!(
        json(&written.body),
        json!({"contents": [{"role": "model", "parts": [
            {"text": "hm", "thought": true},
            {"text": "own", "thought": true, "thoughtSignature": "QUJD"},
            {"text": "so"}]}]})
    );
    assert_eq!(
        written.dropped,
        [Place::from("messages[1]"), Place::from("messages[1]")]
    );
}

#[test]
fn images_of_results_stand_where_the_model_wants_them() {
    let image = PartKind::Media(Media {
        kind: MediaKind::Image,
        source: Source::Base64("AA==".to_owned()),
        media_type: Some("image/png".to_owned()),
        name: None,
        detail: None,
    });
    let turns = vec![
        turn(Role::Assistant, vec![call("c1", "")]),
        turn(
            Role::Tool,
            vec![result("c1", false, vec![PartKind::text("see"), image])],
        ),
    ];
    let blob = json!({"inlineData": {"mimeType": "image/png", "data": "AA=="}});
    let response = json!({"result": "see"});
    let body = write(turns.clone(), "gemini-2.5-pro");
    assert_eq!(
        body["contents"][1]["parts"],
        json!([{"functionResponse": {"id": "c1", "name": "f", "response": response}}, blob])
    );
    let body = write(turns, "gemini-3-pro");
    assert_eq!(
        body["contents"][1]["parts"],
        json!([{"functionResponse": {"id": "c1", "name": "f", "response": response, "parts": [blob]}}])
    );
}

#[test]
fn values_are_brought_into_range() {
    let number = |text: &str| Some(serde_json::from_str(text).unwrap());
    let mut request = Request {
        turns: vec![user("hi")],
        max_output_tokens: Some(u64::MAX),
        ..Request::default()
    };
    request.sampling.temperature = number("2.5");
    request.sampling.frequency_penalty = number("-3");
    request.sampling.seed = number("12345678901");
    let body = json(try_write(&request, "gemini-2.5-pro").unwrap().body);
    assert_eq!(
        body["generationConfig"],
        json!({"temperature": 2.0, "maxOutputTokens": 2_147_483_647, "frequencyPenalty": -2.0, "seed": 1_608_260_663})
    );
    request.sampling.temperature = number("0.10");
    let body = try_write(&request, "gemini-2.5-pro").unwrap().body;
    assert!(
        String::from_utf8(body)
            .unwrap()
            .contains("\"temperature\":0.10,")
    );
}

#[test]
fn choices_have_their_modes() {
    let names = vec!["f".to_owned(), "g".to_owned()];
    let allowed = |required| {
        Some(ToolChoice::Allowed {
            names: names.clone(),
            required,
        })
    };
    let named = Some(ToolChoice::Named("f".to_owned()));
    let rows = [
        (None, None, Value::Null),
        (None, Some(true), json!({"mode": "VALIDATED"})),
        (Some(ToolChoice::Auto), None, json!({"mode": "AUTO"})),
        (Some(ToolChoice::None), None, json!({"mode": "NONE"})),
        (Some(ToolChoice::Required), None, json!({"mode": "ANY"})),
        (
            named,
            None,
            json!({"mode": "ANY", "allowedFunctionNames": ["f"]}),
        ),
        (
            allowed(true),
            None,
            json!({"mode": "ANY", "allowedFunctionNames": ["f", "g"]}),
        ),
        (
            allowed(false),
            None,
            json!({"mode": "VALIDATED", "allowedFunctionNames": ["f", "g"]}),
        ),
    ];
    for (tool_choice, strict, wanted) in rows {
        let request = Request {
            turns: vec![user("hi")],
            tools: vec![function(strict)],
            tool_choice,
            ..Request::default()
        };
        let body = json(try_write(&request, "gemini-2.5-pro").unwrap().body);
        assert_eq!(body["toolConfig"]["functionCallingConfig"], wanted);
    }
}

#[test]
fn a_schema_keeps_its_bytes() {
    let schema: Value = serde_json::from_str(
        r##"{"$schema":"x","type":"object","properties":{"b":{"$ref":"#/$defs/B"},"a":{"type":["string","null"],"default":1.0}},"additionalProperties":false,"$defs":{"B":{"oneOf":[{"const":1}]}}}"##,
    )
    .unwrap();
    let mut tool = function(None);
    tool.kind = ToolKind::Function {
        parameters: Some(schema.clone()),
        strict: None,
    };
    let request = Request {
        turns: vec![user("hi")],
        tools: vec![tool],
        ..Request::default()
    };
    let body = String::from_utf8(try_write(&request, "gemini-2.5-pro").unwrap().body).unwrap();
    assert!(body.contains(&format!("\"parametersJsonSchema\":{schema}")));
}
