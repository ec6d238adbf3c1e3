//! Requests of Gemini clients.

use serde_json::json;

use super::super::signature::shown;
use super::super::{field_path, read_request};
use crate::dialect::neutral::{
    Effort, Field, Format, MediaKind, PartKind, Request, Role, Source, Thought, ToolChoice,
    ToolKind,
};

fn read(text: &str) -> Request {
    read_request(text, "gemini-2.5-flash", true).unwrap()
}

fn calls(request: &Request) -> Vec<(String, String)> {
    let parts = request.turns.iter().flat_map(|turn| &turn.parts);
    let ids = parts.filter_map(|part| match &part.kind {
        PartKind::Call(call) => Some((format!("call {}", call.name), call.id.clone())),
        PartKind::Result(result) => Some((
            format!("result {}", result.name.clone().unwrap_or_default()),
            result.id.clone(),
        )),
        _ => None,
    });
    ids.collect()
}

#[test]
fn names_may_be_in_snake_case() {
    let camel = r#"{"systemInstruction":{"parts":[{"text":"s"}]},"contents":{"parts":{"inlineData":{"mimeType":"image/png","data":"AA=="}}},
        "tools":{"functionDeclarations":{"name":"f","parametersJsonSchema":{"properties":{"snake_case":{"type":"string"}}}}},
        "toolConfig":{"functionCallingConfig":{"mode":"any","allowedFunctionNames":["f"]}},
        "generationConfig":{"topK":3,"maxOutputTokens":5,"responseMimeType":"application/json","thinkingConfig":{"includeThoughts":true}}}"#;
    let snake = r#"{"system_instruction":{"parts":[{"text":"s"}]},"contents":{"parts":{"inline_data":{"mime_type":"image/png","data":"AA=="}}},
        "tools":{"function_declarations":{"name":"f","parameters_json_schema":{"properties":{"snake_case":{"type":"string"}}}}},
        "tool_config":{"function_calling_config":{"mode":"any","allowed_function_names":["f"]}},
        "generation_config":{"top_k":3,"max_output_tokens":5,"response_mime_type":"application/json","thinking_config":{"include_thoughts":true}}}"#;
    let mut second = read(snake);
    second.turns[0].at = "systemInstruction".to_owned();
    let first = read(camel);
    assert_eq!(first, second);
    assert!(first.stream);
    assert_eq!(first.model, "gemini-2.5-flash");
    assert_eq!(first.rest, []);
    assert_eq!(first.tool_choice, Some(ToolChoice::Named("f".to_owned())));
    assert_eq!(first.format, Format::JsonObject);
    assert_eq!(first.turns[1].role, Role::User);
}

#[test]
fn ids_are_made_where_there_are_none() {
    let request = read(
        r#"{"contents":[
        {"role":"model","parts":[{"functionCall":{"name":"a"}},{"functionCall":{"name":"b"}},{"functionCall":{"name":"a"}}]},
        {"role":"function","parts":[{"functionResponse":{"name":"b","response":{}}},{"functionResponse":{"name":"a","response":{}}},{"functionResponse":{"name":"a","response":{}}}]},
        {"role":"model","parts":[{"functionCall":{"name":"a"}},{"functionCall":{"id":"x","name":"a"}}]},
        {"role":"user","parts":[{"functionResponse":{"id":"x","name":"a","response":{}}},{"functionResponse":{"name":"a","response":{}}},{"functionResponse":{"id":"y","name":"z","response":{}}}]}]}"#,
    );
    let all = calls(&request);
    let id = |i: usize| all[i].1.as_str();
    // The results of b, a, a; then of the call with an id, and the one without.
    assert_eq!([id(3), id(4), id(5)], [id(1), id(0), id(2)]);
    assert_eq!([id(8), id(9), id(10)], ["x", id(6), "y"]);
    let mut unique: Vec<&str> = all.iter().map(|(_, id)| id.as_str()).collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), 6);
    let fits = |id: &&str| {
        id.len() <= 40
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    assert!(unique.iter().all(fits), "{unique:?}");
    assert_eq!(request.turns[1].role, Role::Tool);
}

#[test]
fn results_become_text() {
    let rows = [
        (r#"{"result":"sunny"}"#, false, "sunny"),
        (r#"{"error":"gone"}"#, true, "gone"),
        (r#"{"error":{"code":1}}"#, true, r#"{"code":1}"#),
        (r#"{"output":"x"}"#, false, r#"{"output":"x"}"#),
        (r#"{"result":"{}"}"#, false, r#"{"result":"{}"}"#),
        (r#"{"result":3.10}"#, false, r#"{"result":3.10}"#),
        ("{}", false, "{}"),
    ];
    for (response, is_error, text) in rows {
        let body = format!(
            r#"{{"contents":[{{"parts":[{{"functionResponse":{{"name":"f","response":{response}}}}}]}}]}}"#
        );
        let request = read(&body);
        let PartKind::Result(result) = &request.turns[0].parts[0].kind else {
            panic!("{response}");
        };
        assert_eq!(result.is_error, is_error, "{response}");
        assert_eq!(result.parts[0].kind, PartKind::text(text), "{response}");
    }
}

#[test]
fn schemas_of_google_become_json_schema() {
    let request = read(
        r#"{"contents":[],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{
            "type":{"type":"STRING","nullable":true,"enum":["a"]},"list":{"type":"ARRAY","items":{"type":"INTEGER"},"minItems":"2"},
            "any":{"anyOf":[{"type":"STRING"}],"nullable":true}},"required":["type"],"propertyOrdering":["type"]}}]}],
            "generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"STRING"}}}"#,
    );
    let ToolKind::Function { parameters, .. } = &request.tools[0].kind else {
        panic!();
    };
    let wanted = json!({"type":"object","properties":{
        "type":{"type":["string","null"],"enum":["a",null]},"list":{"type":"array","items":{"type":"integer"},"minItems":2},
        "any":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["type"],"propertyOrdering":["type"]});
    assert_eq!(parameters.as_ref(), Some(&wanted));
    let schema = json!({"type":"string"});
    assert!(
        matches!(&request.format, Format::JsonSchema { schema: found, .. } if *found == schema)
    );
}

#[test]
fn media_are_told_apart() {
    let rows = [
        (
            r#"{"inlineData":{"mimeType":"video/mp4","data":"AA"}}"#,
            MediaKind::Video,
            false,
        ),
        (
            r#"{"fileData":{"fileUri":"https://youtu.be/1"}}"#,
            MediaKind::Video,
            false,
        ),
        (
            r#"{"fileData":{"fileUri":"https://x.org/a.PNG?x=1"}}"#,
            MediaKind::Image,
            false,
        ),
        (
            r#"{"fileData":{"fileUri":"gs://b/a.pdf"}}"#,
            MediaKind::Document,
            true,
        ),
        (
            r#"{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a","mimeType":"audio/mp3"}}"#,
            MediaKind::Audio,
            true,
        ),
    ];
    for (part, kind, file) in rows {
        let request = read(&format!(r#"{{"contents":[{{"parts":[{part}]}}]}}"#));
        let PartKind::Media(media) = &request.turns[0].parts[0].kind else {
            panic!("{part}");
        };
        assert_eq!(media.kind, kind, "{part}");
        assert_eq!(matches!(media.source, Source::FileId(_)), file, "{part}");
    }
}

#[test]
fn what_is_left_over_is_named() {
    let rows = [
        (
            r#"{"safety_settings":[{"category":"X","threshold":"OFF"}]}"#,
            "safety_settings",
            true,
        ),
        (
            r#"{"safetySettings":[{"threshold":"BLOCK_NONE"},{"threshold":"BLOCK_LOW_AND_ABOVE"}]}"#,
            "safetySettings",
            false,
        ),
        (r#"{"labels":{"a":"b"}}"#, "labels", true),
        (r#"{"model":"models/x"}"#, "model", true),
        (r#"{"cachedContent":"c"}"#, "cachedContent", false),
        (
            r#"{"generationConfig":{"speechConfig":{}}}"#,
            "generationConfig.speechConfig",
            false,
        ),
        (
            r#"{"generationConfig":{"thinkingConfig":{"new":1}}}"#,
            "generationConfig.thinkingConfig.new",
            false,
        ),
        (
            r#"{"contents":[{"parts":[{"text":"x","videoMetadata":{"fps":1}}]}]}"#,
            "contents[0].parts[0].videoMetadata",
            false,
        ),
        (
            r#"{"contents":[{"parts":[{"text":"x","partMetadata":{}}]}]}"#,
            "contents[0].parts[0].partMetadata",
            true,
        ),
        (
            r#"{"contents":[{"role":"model","parts":[{"executableCode":{"code":"1"}}]}]}"#,
            "contents[0].parts[0].executableCode",
            false,
        ),
        (
            r#"{"tools":[{"functionDeclarations":[{"name":"f","behavior":"NON_BLOCKING"}]}]}"#,
            "tools[0].functionDeclarations[0].behavior",
            false,
        ),
        (
            r#"{"tools":[{"functionDeclarations":[{"name":"f","response_json_schema":{}}]}]}"#,
            "tools[0].functionDeclarations[0].response_json_schema",
            true,
        ),
        (
            r#"{"tools":[{"futureTool":{}}]}"#,
            "tools[0].futureTool",
            false,
        ),
        (
            r#"{"toolConfig":{"functionCallingConfig":{"streamFunctionCallArguments":true}}}"#,
            "toolConfig.functionCallingConfig.streamFunctionCallArguments",
            true,
        ),
    ];
    for (text, path, idle) in rows {
        let rest = read(text).rest;
        let [one] = &rest[..] else {
            panic!("{text}: {rest:?}");
        };
        assert_eq!((one.path.as_str(), one.idle), (path, idle), "{text}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    let rows = [
        ("{", ""),
        ("[]", ""),
        (r#"{"contents":"x"}"#, "contents"),
        (r#"{"contents":[1]}"#, "contents[0]"),
        (
            r#"{"contents":[{"role":"assistant","parts":[]}]}"#,
            "contents[0].role",
        ),
        (
            r#"{"contents":[{"parts":[{"text":1}]}]}"#,
            "contents[0].parts[0].text",
        ),
        (
            r#"{"contents":[{"parts":[{"functionCall":{"name":"f"}}]}]}"#,
            "contents[0].parts[0]",
        ),
        (
            r#"{"contents":[{"role":"model","parts":[{"functionCall":{"args":{}}}]}]}"#,
            "contents[0].parts[0].functionCall.name",
        ),
        (
            r#"{"contents":[{"role":"model","parts":[{"function_call":{"name":"f","args":[]}}]}]}"#,
            "contents[0].parts[0].function_call.args",
        ),
        (
            r#"{"generationConfig":{"maxOutputTokens":1.5}}"#,
            "generationConfig.maxOutputTokens",
        ),
        (
            r#"{"generationConfig":{"thinkingConfig":{"thinkingBudget":-2}}}"#,
            "generationConfig.thinkingConfig.thinkingBudget",
        ),
        (
            r#"{"generationConfig":{"thinkingConfig":{"thinkingLevel":"X"}}}"#,
            "generationConfig.thinkingConfig.thinkingLevel",
        ),
        (
            r#"{"toolConfig":{"functionCallingConfig":{"mode":"X"}}}"#,
            "toolConfig.functionCallingConfig.mode",
        ),
        (
            r#"{"tools":[{"functionDeclarations":[{}]}]}"#,
            "tools[0].functionDeclarations[0].name",
        ),
    ];
    for (text, path) in rows {
        let cannot = read_request(text, "m", false).unwrap_err();
        assert_eq!(cannot.place, path.into(), "{text}");
        assert!(!cannot.reason.ends_with('.'), "{text}");
    }
}

#[test]
fn pieces_of_a_stream_are_put_together() {
    let signature = |text: &str| {
        let thought = Thought {
            signature: Some(text.to_owned()),
            ..Thought::default()
        };
        shown(&thought).unwrap()
    };
    let content = |parts: &str| format!(r#"{{"role":"model","parts":[{parts}]}}"#);
    let pieces = [
        r#"{"text":"Let ","thought":true}"#.to_owned(),
        r#"{"text":"me see.","thought":true}"#.to_owned(),
        format!(
            r#"{{"text":"","thought":true,"thoughtSignature":"{}"}}"#,
            signature("s1")
        ),
        format!(
            r#"{{"text":"More","thought":true,"thoughtSignature":"{}"}}"#,
            signature("s2")
        ),
        r#"{"text":"So"}"#.to_owned(),
        r#"{"text":" be it."}"#.to_owned(),
        r#"{"functionCall":{"name":"f","args":{}}}"#.to_owned(),
        r#"{"text":"Done."}"#.to_owned(),
    ];
    let one = content(&pieces.join(","));
    let many: Vec<String> = pieces.iter().map(|piece| content(piece)).collect();
    for contents in [one, many.join(",")] {
        let request = read(&format!(r#"{{"contents":[{contents}]}}"#));
        let [turn] = request.turns.as_slice() else {
            panic!("{:?}", request.turns);
        };
        let kinds: Vec<String> = turn
            .parts
            .iter()
            .map(|part| match &part.kind {
                PartKind::Text { text, .. } => text.clone(),
                PartKind::Thought(thought) => {
                    format!(
                        "{} ({})",
                        thought.text,
                        thought.signature.as_deref().unwrap_or_default()
                    )
                }
                PartKind::Call(call) => call.name.clone(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            kinds,
            ["Let me see. (s1)", "More (s2)", "So be it.", "f", "Done."]
        );
    }
}

#[test]
fn thinking_is_read() {
    let rows = [
        (
            r#"{"thinkingBudget":0}"#,
            Some(Effort::None),
            Some(0),
            false,
        ),
        (r#"{"thinkingBudget":-1}"#, None, None, true),
        (r#"{"thinkingBudget":99}"#, None, Some(99), false),
        (r#"{"thinkingLevel":"low"}"#, Some(Effort::Low), None, false),
        (
            r#"{"thinkingLevel":"XHIGH"}"#,
            Some(Effort::XHigh),
            None,
            false,
        ),
    ];
    for (config, effort, budget, adaptive) in rows {
        let text = format!(r#"{{"generationConfig":{{"thinkingConfig":{config}}}}}"#);
        let reasoning = read(&text).reasoning.unwrap();
        let found = (reasoning.effort, reasoning.budget, reasoning.adaptive);
        assert_eq!(found, (effort, budget, adaptive), "{config}");
    }
}

#[test]
fn fields_have_names() {
    assert_eq!(
        field_path(Field::MaxOutputTokens),
        "generationConfig.maxOutputTokens"
    );
    assert_eq!(
        field_path(Field::ToolChoice),
        "toolConfig.functionCallingConfig"
    );
}
