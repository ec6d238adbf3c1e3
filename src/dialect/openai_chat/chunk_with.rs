//! A chunk that was not sent: words that come after the provider's last chunk for them.

use serde_json::{Value, json};

use crate::dialect::splice::{Thought, Voice};

/// A chunk like `mould` in which only `choice` says something, and only this.
pub fn chunk_with(mould: &str, choice: u32, voice: Voice, words: &str) -> Vec<u8> {
    let mut chunk: Value = serde_json::from_str(mould).unwrap_or_default();
    let delta = match voice {
        Voice::Content | Voice::Aside => json!({"content": words}),
        Voice::Reasoning => json!({"reasoning_content": words}),
        Voice::Refusal => json!({"refusal": words}),
        Voice::Transcript => json!({"audio": {"transcript": words}}),
        Voice::Thought(place, index) => thought(place, index, words),
        Voice::Arguments(index) => {
            json!({"tool_calls": [{"index": index, "function": {"arguments": words}}]})
        }
    };
    if let Some(fields) = chunk.as_object_mut() {
        let choices = json!([{"index": choice, "delta": delta, "finish_reason": null}]);
        fields.insert("choices".to_owned(), choices);
        if fields.contains_key("usage") {
            fields.insert("usage".to_owned(), Value::Null);
        }
        fields.remove("error");
    }
    chunk.to_string().into_bytes()
}

fn thought(place: Thought, index: u32, words: &str) -> Value {
    match place {
        Thought::Plain => json!({"reasoning": words}),
        Thought::Part => {
            let text = json!({"type": "text", "text": words});
            json!({"content": [{"type": "thinking", "thinking": [text]}]})
        }
        Thought::Detail => {
            let item = json!({"type": "reasoning.text", "text": words, "index": index});
            json!({"reasoning_details": [item]})
        }
        Thought::Summary => {
            let item = json!({"type": "reasoning.summary", "summary": words, "index": index});
            json!({"reasoning_details": [item]})
        }
        Thought::Block => {
            json!({"thinking_blocks": [{"type": "thinking", "thinking": words}]})
        }
    }
}
