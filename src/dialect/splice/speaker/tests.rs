use super::Speaker;
use crate::dialect::Dialect;
use crate::dialect::splice::Request;

/// Each text of the body with the first letter of who says it.
fn said(dialect: Dialect, body: &str) -> String {
    let request = Request::read(dialect, body.as_bytes()).unwrap();
    let speakers = request.speakers();
    assert_eq!(speakers.len(), request.passages.len());
    let words = request
        .passages
        .iter()
        .zip(speakers)
        .map(|(passage, speaker)| {
            let letter = match speaker {
                Speaker::Application => 'A',
                Speaker::User => 'U',
                Speaker::Model => 'M',
                Speaker::Tool => 'T',
                Speaker::Document => 'D',
            };
            format!("{letter}:{}", passage.text())
        });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_dialect() {
    for (dialect, body, expected) in [
        (
            Dialect::OpenAiChat,
            r#"{"model":"m","messages":[{"role":"system","content":"a"},{"content":"b","role":"user"},
            {"role":"user","content":[{"type":"text","text":"c"},{"type":"file","file":{"filename":"x"}}]},
            {"role":"assistant","content":"d","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"1","content":[{"type":"text","text":"e"}]},{"role":"function","content":"f"}],
            "tools":[{"function":{"name":"g","description":"h"}}],"metadata":{"k":"i"}}"#,
            "A:a U:b U:c D:x M:d M:{} T:e T:f A:h A:i",
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"model":"m","instructions":"a","input":[{"role":"user","content":[{"type":"input_text","text":"b"},
            {"type":"input_file","filename":"c"}]},{"type":"message","role":"developer","content":"d"},
            {"type":"function_call","name":"f","arguments":"{}","call_id":"1"},
            {"type":"function_call_output","call_id":"1","output":"e"},{"role":"assistant","content":"g"}]}"#,
            "A:a U:b D:c A:d M:{} T:e M:g",
        ),
        (
            Dialect::OpenAiResponses,
            r#"{"model":"m","input":"a"}"#,
            "U:a",
        ),
        (
            Dialect::OpenAiCompletions,
            r#"{"model":"m","prompt":["a","b"],"suffix":"c"}"#,
            "U:a U:b U:c",
        ),
        (
            Dialect::Anthropic,
            r#"{"model":"m","max_tokens":1,"system":[{"type":"text","text":"a"}],"messages":[{"role":"user","content":[
            {"type":"document","source":{"type":"text","media_type":"text/plain","data":"b c"},"title":"d"},
            {"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"e"}]},{"type":"text","text":"f"}]},
            {"role":"assistant","content":[{"type":"web_search_tool_result","content":[{"title":"g"}]},{"type":"text","text":"h"}]}]}"#,
            "A:a D:b c D:d T:e U:f T:g M:h",
        ),
        (
            Dialect::Gemini,
            r#"{"systemInstruction":{"parts":[{"text":"a"}]},"contents":[{"parts":[{"text":"b"}],"role":"user"},
            {"role":"model","parts":[{"text":"c"}]},{"role":"user","parts":[{"functionResponse":{"name":"f",
            "response":{"role":"system","text":"d"}}},{"inlineData":{"mimeType":"text/plain","data":"e f"}}]}]}"#,
            "A:a U:b M:c T:system T:d D:e f",
        ),
        (
            Dialect::OpenAiEmbeddings,
            r#"{"model":"m","input":["a","b"]}"#,
            "U:a U:b",
        ),
    ] {
        assert_eq!(said(dialect, body), expected, "{dialect:?}");
    }
}

#[test]
fn what_calls_itself_a_system_within_others_words_is_theirs() {
    let body = r#"{"model":"m","messages":[{"role":"user","content":[{"type":"text","role":"system","text":"a"}]},
        {"role":"tool","content":[{"type":"text","role":"system","text":"b"}]},{"role":"odd","content":"c"}]}"#;
    assert_eq!(said(Dialect::OpenAiChat, body), "U:a T:b U:c");
}
