use super::*;
use crate::json::apply;

fn read(dialect: Dialect, json: &str) -> Shape {
    Shape::read(dialect, json).unwrap()
}

#[test]
fn messages_and_tools_are_counted_in_every_dialect() {
    use Dialect::*;
    let rows = [
        (
            OpenAiChat,
            r#"{"messages":[{},{}],"tools":[{}],"functions":[{},{}]}"#,
            (2, 3),
        ),
        (
            OpenAiResponses,
            r#"{"input":"x","tools":[{"type":"web_search"}]}"#,
            (1, 1),
        ),
        (OpenAiResponses, r#"{"input":[{},{},{}]}"#, (3, 0)),
        (OpenAiCompletions, r#"{"prompt":["a","b"]}"#, (2, 0)),
        (OpenAiCompletions, r#"{"prompt":[1,2,3]}"#, (1, 0)),
        (OpenAiCompletions, r#"{"prompt":[[1,2],[3]]}"#, (2, 0)),
        (Anthropic, r#"{"messages":[{}],"tools":[{},{}]}"#, (1, 2)),
        (
            Gemini,
            r#"{"contents":[{}],"tools":[{"functionDeclarations":[{},{}]},{"googleSearch":{}}]}"#,
            (1, 3),
        ),
        (
            Gemini,
            r#"{"generateContentRequest":{"contents":[{},{}]}}"#,
            (2, 0),
        ),
        (OpenAiEmbeddings, r#"{"input":["a","b"]}"#, (0, 0)),
    ];
    for (dialect, json, counts) in rows {
        let shape = read(dialect, json);
        assert_eq!((shape.messages, shape.tools), counts, "{json}");
    }
}

#[test]
fn output_is_clamped_in_every_dialects_own_field() {
    use Dialect::*;
    let rows = [
        (
            OpenAiChat,
            r#"{"messages":[]}"#,
            r#"{"max_completion_tokens":9,"messages":[]}"#,
        ),
        (
            OpenAiChat,
            r#"{"max_tokens":null,"n":1}"#,
            r#"{"max_tokens":9,"n":1}"#,
        ),
        (
            OpenAiChat,
            r#"{"max_tokens":10,"max_completion_tokens":3}"#,
            r#"{"max_tokens":9,"max_completion_tokens":3}"#,
        ),
        (
            OpenAiChat,
            r#"{"max_tokens":null,"max_completion_tokens":30}"#,
            r#"{"max_tokens":null,"max_completion_tokens":9}"#,
        ),
        (OpenAiChat, r#"{"max_tokens":"10"}"#, r#"{"max_tokens":9}"#),
        (OpenAiChat, r#"{"max_tokens":1e9}"#, r#"{"max_tokens":9}"#),
        (OpenAiChat, r#"{"max_tokens": 9 }"#, r#"{"max_tokens": 9 }"#),
        (
            OpenAiCompletions,
            r#"{"prompt":""}"#,
            r#"{"max_tokens":9,"prompt":""}"#,
        ),
        (
            OpenAiResponses,
            r#"{"input":"","max_output_tokens":99}"#,
            r#"{"input":"","max_output_tokens":9}"#,
        ),
        (Anthropic, r#"{"max_tokens":99}"#, r#"{"max_tokens":9}"#),
        (
            Gemini,
            r#"{"contents":[]}"#,
            r#"{"generationConfig":{"maxOutputTokens":9},"contents":[]}"#,
        ),
        (
            Gemini,
            r#"{"generation_config":{}}"#,
            r#"{"generation_config":{"maxOutputTokens":9}}"#,
        ),
        (
            Gemini,
            r#"{"generationConfig": {"topK":1}}"#,
            r#"{"generationConfig": {"maxOutputTokens":9,"topK":1}}"#,
        ),
        (
            Gemini,
            r#"{"generationConfig":{"max_output_tokens":10}}"#,
            r#"{"generationConfig":{"max_output_tokens":9}}"#,
        ),
        (OpenAiEmbeddings, r#"{"input":""}"#, r#"{"input":""}"#),
    ];
    for (dialect, json, clamped) in rows {
        let mut edits = read(dialect, json).output.clamped(9, None);
        let out = apply(json.as_bytes(), &mut edits);
        assert_eq!(String::from_utf8(out).unwrap(), clamped);
    }
    let mut edits = read(OpenAiChat, r#"{"n":1}"#)
        .output
        .clamped(9, Some("max_tokens"));
    assert_eq!(
        apply(b"{\"n\":1}", &mut edits),
        b"{\"max_tokens\":9,\"n\":1}"
    );
}

#[test]
fn what_asks_for_more_is_named() {
    let above = |json| read(Dialect::OpenAiChat, json).output.above(9);
    assert_eq!(above(r#"{"max_tokens":9}"#), None);
    assert_eq!(above(r#"{"max_tokens":null}"#), None);
    assert_eq!(above(r#"{"max_tokens":10}"#), Some("max_tokens"));
    assert_eq!(
        above(r#"{"max_completion_tokens":"1"}"#),
        Some("max_completion_tokens")
    );
}

#[test]
fn the_schema_is_found_in_every_dialect() {
    use Dialect::*;
    let rows = [
        (
            OpenAiChat,
            r#"{"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"s":1}}}}"#,
        ),
        (
            OpenAiResponses,
            r#"{"text":{"format":{"type":"json_schema","schema":{"s":1}}}}"#,
        ),
        (
            Anthropic,
            r#"{"output_config":{"format":{"type":"json_schema","schema":{"s":1}}}}"#,
        ),
        (
            Anthropic,
            r#"{"output_format":{"type":"json_schema","schema":{"s":1}}}"#,
        ),
        (Gemini, r#"{"generationConfig":{"responseSchema":{"s":1}}}"#),
        (
            Gemini,
            r#"{"generation_config":{"response_json_schema":{"s":1}}}"#,
        ),
    ];
    for (dialect, json) in rows {
        let at = read(dialect, json).schema.unwrap();
        assert_eq!(&json[at], r#"{"s":1}"#);
    }
    assert_eq!(
        read(OpenAiChat, r#"{"response_format":{"type":"json_object"}}"#).schema,
        None
    );
}
