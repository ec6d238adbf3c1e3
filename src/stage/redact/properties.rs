//! What holds for every text.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::Findings;
use super::tests::{VALUES, everywhere, policy, restored, sent};
use crate::dialect::Dialect;
use crate::policy::{Action, Mode};

/// A text of words, values and what could be taken for a part of either.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(VALUES.to_vec()).prop_map(str::to_owned),
        2 => "[ \\n\\[\\]{}\"_.,:@+-]{1,3}",
        2 => "[^\\\\]{0,5}",
        2 => "[a-zA-Z0-9]{1,6}",
        1 => prop::sample::select(vec!["[EMAIL_", "EMAIL_7F3A", "[PHONE_0000]", "card", "tel "])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn what_was_taken_out_comes_back(text in text(), nth in 0..7_usize, fake in any::<bool>()) {
        let action = if fake { Action::Fake } else { Action::Mask };
        let (dialect, body, _) = everywhere(&text).swap_remove(nth);
        let whole = body.to_string();
        let rules = policy(&action, Mode::Enforce);
        let (left, redacted) = sent(dialect, &whole, &rules);
        let left: Value = serde_json::from_str(&left).unwrap();
        prop_assert_eq!(&restored(&left, &redacted.vault), &body, "{}", left);
    }

    /// With backslashes, of which nobody knows whose they are, it is JSON all the same.
    #[test]
    fn a_redacted_body_is_json(pieces in prop::collection::vec(prop_oneof![
        Just("anna@corp-mail.io".to_owned()), "[\\\\nu00e9\"/ ]{0,5}", any::<String>(),
    ], 0..6), nth in 0..7_usize) {
        let (dialect, body, _) = everywhere(&pieces.concat()).swap_remove(nth);
        let whole = body.to_string();
        let (left, redacted) = sent(dialect, &whole, &policy(&Action::Mask, Mode::Enforce));
        let value: Value = serde_json::from_str(&left).unwrap();
        prop_assert_eq!(shape(&value), shape(&body));
        let mut place = 0;
        let mut edits = redacted.edits;
        edits.sort_by_key(|edit| edit.at.start);
        for edit in edits {
            prop_assert!(edit.at.start >= place && edit.at.end <= whole.len());
            place = edit.at.end;
        }
    }

    #[test]
    fn nothing_is_found_in_base64(bytes in prop::collection::vec(any::<u8>(), 200..400)) {
        use base64::Engine;
        let data = base64::engine::general_purpose::STANDARD.encode(&bytes);
        let bodies = [
            (Dialect::OpenAiChat, json!({"model": "m", "messages": [{"role": "user", "content": [
                {"type": "image_url", "image_url": {"url": format!("data:image/png;base64,{data}")}},
                {"type": "input_audio", "input_audio": {"data": data, "format": "wav"}},
                {"type": "text", "text": format!("data:image/png;base64,{data} ")}]}]})),
            (Dialect::Anthropic, json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "image",
                "source": {"type": "base64", "media_type": "image/png", "data": data}}]}]})),
            (Dialect::Gemini, json!({"contents": [{"parts": [{"inlineData": {"data": data, "mimeType": "image/png"}}]}]})),
        ];
        for (dialect, body) in bodies {
            let (_, redacted) = sent(dialect, &body.to_string(), &policy(&Action::Mask, Mode::Enforce));
            prop_assert_eq!(redacted.findings, Findings::default());
        }
    }
}

/// A value without its texts.
fn shape(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::Null,
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), shape(value)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}
