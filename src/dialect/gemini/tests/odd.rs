//! Bodies in which one value is another: nothing may break, whatever is said about them.

use serde_json::{Value, json};

use super::super::{
    StreamReader, StreamWriter, read_error, read_reply, read_request, write_reply, write_request,
};
use super::{json, reply, round, told};
use crate::dialect::neutral::{Aim, Delta, DeltaReader, DeltaWriter};

/// The value with each of its nodes changed once, in each of several ways.
fn changed(value: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!(-1),
        json!("ö\u{0}"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({"a": []}),
        serde_json::from_str("1e999").unwrap(),
        serde_json::from_str("123456789012345678901234567890").unwrap(),
    ];
    let mut all = odd.to_vec();
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                for new in changed(item) {
                    let mut copy = items.clone();
                    copy[i] = new;
                    all.push(Value::Array(copy));
                }
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                for new in changed(item) {
                    let mut copy = map.clone();
                    copy.insert(key.clone(), new);
                    all.push(Value::Object(copy));
                }
                let mut copy = map.clone();
                copy.shift_remove(key);
                all.push(Value::Object(copy));
            }
        }
        _ => {}
    }
    all
}

#[test]
fn odd_requests_are_read_or_refused() {
    for (_, text) in round::SAME {
        for body in changed(&json(text)) {
            let text = body.to_string();
            let Ok(request) = read_request(&text, "m", false) else {
                continue;
            };
            for model in ["gemini-3-pro", "gemini-2.5-flash", "gemini-", "x"] {
                let aim = Aim {
                    model,
                    kind: "vertex",
                    ..Aim::default()
                };
                if let Ok(written) = write_request(&request, &aim) {
                    json(&written.body);
                }
            }
        }
    }
}

#[test]
fn odd_replies_are_read_or_refused() {
    for candidates in reply::SAME {
        let usage = json!({"promptTokenCount": 1, "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 1}]});
        let whole =
            json!({"candidates": json(candidates), "usageMetadata": usage, "responseId": "r"});
        for body in changed(&whole) {
            let text = body.to_string();
            read_error(400, &text);
            if let Ok(reply) = read_reply(&text) {
                json(write_reply(&reply, &told()));
            }
            let mut reader = StreamReader::default();
            let mut deltas = Vec::new();
            reader.event("", &text, &mut deltas);
            reader.event("", &text, &mut deltas);
            reader.end(&mut deltas);
            let last = deltas.last();
            assert!(matches!(last, Some(Delta::End | Delta::Error(_))), "{text}");
            let mut writer = StreamWriter::new(told());
            for delta in &deltas {
                let mut out = Vec::new();
                writer.delta(delta, &mut out);
                if let Some(event) = out.strip_prefix(b"data: ") {
                    json(event);
                }
            }
        }
    }
}
