//! Whatever chunks come in whatever order: the deltas keep theirs, and so does what a client sees.

use proptest::prelude::*;

use super::*;

/// Pieces of chunks, sound and broken.
const PIECES: &[&str] = &[
    r#"{"id":"r","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
    r#"{"id":"","choices":[]}"#,
    r#"{"choices":[{"index":0,"delta":{"content":"a"}}]}"#,
    r#"{"choices":[{"index":1,"delta":{"content":"b"}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"a"}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"reasoning_content":"t"}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"t","signature":"s"}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.encrypted","data":"d"}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"refusal":"no"}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"annotations":[{"url_citation":{"url":"u"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"\\"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"\"}"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"c","custom":{"name":"h","input":"x"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"name":"i","arguments":"{}"}}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{"tool_calls":[5,null,{}]}}]}"#,
    r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    r#"{"choices":[{"index":1,"delta":{"content":"z"},"finish_reason":"length"}]}"#,
    r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
    r#"{"choices":[7],"usage":7,"x_groq":7}"#,
    r#"{"choices":{},"id":7,"created":-1}"#,
    r#"[]"#,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_kept(picks in prop::collection::vec(0..PIECES.len(), 0..14), done in any::<bool>(), usage in any::<bool>()) {
        let mut chunks: Vec<&str> = picks.iter().map(|pick| PIECES[*pick]).collect();
        if done {
            chunks.push("[DONE]");
        }
        let read = deltas(&chunks);
        stream(&read, Told { usage, ..told() });
    }

    #[test]
    fn no_text_is_lost_to_a_panic(text in ".{0,60}", keys in prop::collection::vec("[a-z_]{1,12}", 0..4)) {
        let object: serde_json::Map<String, Value> = keys.into_iter().map(|key| (key, json!(text))).collect();
        let bodies = [text.clone(), json!(object).to_string(), json!({"messages": [object]}).to_string(),
            json!({"choices": [{"message": object, "delta": object}]}).to_string()];
        for body in bodies {
            let _ = (read_request(&body), read_reply(&body));
            deltas(&[&body]);
        }
    }
}
