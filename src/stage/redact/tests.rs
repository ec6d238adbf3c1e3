use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::dialect::Dialect;
use crate::json::apply;
use crate::mask::{Form, Key, Lane};
use crate::pii::{Detector, Kind};
use crate::policy::{Action, Mode, Rule};
use crate::tokens::Counter;

/// One value of each kind that stands without words around it.
pub(super) const VALUES: [&str; 7] = [
    "anna@corp-mail.io",
    "4111 1111 1111 1111",
    "GB82 WEST 1234 5698 7654 32",
    "+44 20 7946 0958",
    "+1 415 555 2671",
    "192.168.17.23",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
];

pub(super) fn policy(action: &Action, mode: Mode) -> Redact {
    let rule = |kind| {
        let action = action.clone();
        (kind, Rule { action, mode })
    };
    let kinds = [
        Kind::Email,
        Kind::Phone,
        Kind::CreditCard,
        Kind::Iban,
        Kind::Ip,
        Kind::Secret,
    ];
    Redact {
        detector: Detector::new(&kinds, Vec::new()),
        rules: kinds.map(rule).to_vec(),
        custom: Vec::new(),
        restore: true,
        replies: false,
        key: Key::new(b"key of the tests"),
    }
}

/// The body as it leaves, and what is known of it.
pub(super) fn sent(dialect: Dialect, body: &str, rules: &Redact) -> (String, Redacted) {
    let mut request = Request::read(dialect, body.as_bytes()).unwrap();
    let redacted = redact(Some(rules), &Seen::default(), &[], &mut request).unwrap();
    let left = apply(body.as_bytes(), &mut redacted.edits.clone());
    (String::from_utf8(left).unwrap(), redacted)
}

/// The value with everything put back into its texts.
pub(super) fn restored(value: &Value, vault: &Vault) -> Value {
    match value {
        Value::String(text) => {
            // JSON in a string is taken for such as the roles take it: by where it stands.
            let form = match serde_json::from_str::<Value>(text) {
                Ok(Value::Object(_)) => Form::Json,
                _ => Form::Plain,
            };
            Lane::whole(text, form, vault).into()
        }
        Value::Array(items) => items.iter().map(|item| restored(item, vault)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| (key.clone(), restored(value, vault)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// A body of each dialect with a text wherever one may stand, and how many.
pub(super) fn everywhere(text: &str) -> Vec<(Dialect, Value, usize)> {
    let arguments = json!({"to": text, "n": [text]}).to_string();
    let schema = json!({"type": "object", "properties": {"a": {"type": "string", "description": text, "enum": [text]}}});
    vec![
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "user": text, "metadata": {"k": text}, "stop": [text], "a_new_field": {"x": [text]},
                "messages": [
                    {"role": "system", "content": text},
                    {"role": "user", "name": text, "content": [{"type": "text", "text": text}]},
                    {"role": "assistant", "content": text, "tool_calls": [{"id": "c", "type": "function",
                        "function": {"name": "f", "arguments": arguments}}]},
                    {"role": "tool", "tool_call_id": "c", "content": text}],
                "tools": [{"type": "function", "function": {"name": "f", "description": text, "parameters": schema}}],
                "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}}),
            16,
        ),
        (
            Dialect::OpenAiResponses,
            json!({"model": "m", "instructions": text, "user": text, "safety_identifier": text, "metadata": {"k": text},
                "input": [{"role": "user", "content": [{"type": "input_text", "text": text}]},
                    {"type": "function_call", "call_id": "c", "name": "f", "arguments": arguments},
                    {"type": "function_call_output", "call_id": "c", "output": text}],
                "tools": [{"type": "function", "name": "f", "description": text, "parameters": schema}],
                "text": {"format": {"type": "json_schema", "name": "n", "schema": schema}}}),
            13,
        ),
        (
            Dialect::Anthropic,
            json!({"model": "m", "max_tokens": 9, "system": [{"type": "text", "text": text}],
                "stop_sequences": [text], "metadata": {"user_id": text},
                "messages": [
                    {"role": "user", "content": [{"type": "text", "text": text},
                        {"type": "document", "title": text, "source": {"type": "text", "media_type": "text/plain", "data": text}}]},
                    {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "f", "input": {"to": [text]}}]},
                    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": text}]}],
                "tools": [{"name": "f", "description": text, "input_schema": schema}]}),
            11,
        ),
        (
            Dialect::Gemini,
            json!({"systemInstruction": {"parts": [{"text": text}]}, "labels": {"k": text},
                "contents": [{"role": "user", "parts": [{"text": text}]},
                    {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"to": text}}}]},
                    {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"r": [text]}}}]}],
                "generationConfig": {"stopSequences": [text], "responseSchema": schema},
                "tools": [{"functionDeclarations": [{"name": "f", "description": text, "parameters": schema}]}]}),
            11,
        ),
        (
            Dialect::OpenAiCompletions,
            json!({"model": "m", "prompt": [text, text], "suffix": text, "user": text, "stop": text}),
            5,
        ),
        (
            Dialect::OpenAiEmbeddings,
            json!({"model": "m", "input": [text, text], "user": text}),
            3,
        ),
        (
            Dialect::GeminiEmbeds,
            json!({"requests": [{"model": "models/m", "content": {"parts": [{"text": text}]}, "title": text}]}),
            2,
        ),
    ]
}

#[test]
fn every_action_holds_for_every_text_of_every_dialect() {
    let actions = [
        (Action::Mask, "masked", true),
        (Action::Replace("(gone)".into()), "replaced", false),
        (Action::Hash, "hashed", false),
        (Action::Partial, "shortened", false),
        (Action::Fake, "faked", true),
        (Action::Observe, "observed", true),
    ];
    for value in &VALUES[..6] {
        for (dialect, body, texts) in everywhere(&format!("see {value}, please")) {
            for (action, done, comes_back) in &actions {
                let what = format!("{value} {dialect:?} {done}");
                let (left, redacted) =
                    sent(dialect, &body.to_string(), &policy(action, Mode::Enforce));
                let counts: Vec<_> = redacted.findings.0.iter().collect();
                assert_eq!(counts.len(), 1, "{what}: {counts:?}");
                assert_eq!(
                    (counts[0].0.1, *counts[0].1),
                    (*done, texts as u64),
                    "{what}"
                );
                assert_eq!(left.contains(value), *done == "observed", "{what}: {left}");
                let left: Value = serde_json::from_str(&left).unwrap();
                assert_eq!(
                    restored(&left, &redacted.vault) == body,
                    *comes_back,
                    "{what}: {left}"
                );
                let observed = sent(dialect, &body.to_string(), &policy(action, Mode::Observe));
                assert_eq!(observed.0, body.to_string(), "{what}");
                assert!(observed.1.vault.is_empty());
            }
            let mut request = Request::read(dialect, b"{}").map(drop).err();
            assert!(request.take().is_some());
            let body = body.to_string();
            let mut request = Request::read(dialect, body.as_bytes()).unwrap();
            let blocked = redact(
                Some(&policy(&Action::Block, Mode::Enforce)),
                &Seen::default(),
                &[],
                &mut request,
            );
            assert!(
                matches!(blocked, Err((_, Refusal::Blocked(_)))),
                "{dialect:?}"
            );
        }
    }
}

#[test]
fn a_fake_is_found_as_its_value_is() {
    let rules = policy(&Action::Fake, Mode::Enforce);
    for value in &VALUES[..6] {
        let body = json!({"model": "m", "messages": [{"role": "user", "content": format!("see {value}, please")}]});
        let (left, redacted) = sent(Dialect::OpenAiChat, &body.to_string(), &rules);
        let said: Value = serde_json::from_str(&left).unwrap();
        let said = said["messages"][0]["content"].as_str().unwrap().to_owned();
        let mut found = Vec::new();
        rules.detector.scan(&said, &mut found);
        assert_eq!(found.len(), 1, "{value} became {said}");
        let kind = found[0].kind.name().to_owned();
        assert!(redacted.findings.0.contains_key(&(kind, "faked")), "{said}");
        assert!(!said.contains(value), "{said}");
        let again = sent(Dialect::OpenAiChat, &body.to_string(), &rules).0;
        assert_eq!(again, left, "the same value, the same fake");
    }
}

#[test]
fn keys_and_addresses_are_looked_at_and_stay() {
    let rules = policy(&Action::Mask, Mode::Enforce);
    let rows = [
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "messages": [{"role": "assistant", "tool_calls": [{"id": "c", "function":
                {"name": "f", "arguments": "{\"anna@corp-mail.io\": 1}"}}]}]}),
        ),
        (
            Dialect::Anthropic,
            json!({"model": "m", "messages": [{"role": "assistant", "content": [{"type": "tool_use", "id": "t",
                "name": "f", "input": {"anna@corp-mail.io": true}}]}]}),
        ),
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "image_url",
                "image_url": {"url": "https://pics.example/a?of=anna@corp-mail.io"}}]}]}),
        ),
        (
            Dialect::OpenAiResponses,
            json!({"model": "m", "input": "x", "mcp_servers": [{"token": "anna@corp-mail.io"}]}),
        ),
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "messages": [], "metadata": {"anna@corp-mail.io": "x"}}),
        ),
    ];
    for (dialect, body) in rows {
        let (left, redacted) = sent(dialect, &body.to_string(), &rules);
        assert_eq!(left, body.to_string());
        let findings = redacted.findings.0;
        assert_eq!(findings.get(&("email".into(), "left")), Some(&1), "{body}");
        let body = body.to_string();
        let mut request = Request::read(dialect, body.as_bytes()).unwrap();
        let block = super::tests::policy(&Action::Block, Mode::Enforce);
        let blocked = redact(Some(&block), &Seen::default(), &[], &mut request);
        assert!(matches!(blocked, Err((_, Refusal::Blocked(_)))), "{body}");
    }
}

#[test]
fn numbers_of_tools_become_texts() {
    let rows = [
        (
            Dialect::Anthropic,
            json!({"model": "m", "messages": [{"role": "assistant", "content": [{"type": "tool_use", "id": "t",
                "name": "f", "input": {"card": 4_111_111_111_111_111_u64, "n": 12}}]}]}),
            "/messages/0/content/0/input",
        ),
        (
            Dialect::Gemini,
            json!({"contents": [{"role": "model", "parts": [{"functionCall": {"name": "f",
                "args": {"card": 4_111_111_111_111_111_u64, "n": 12}}}]}]}),
            "/contents/0/parts/0/functionCall/args",
        ),
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "messages": [{"role": "assistant", "tool_calls": [{"id": "c", "function":
                {"name": "f", "arguments": "{\"card\": 4111111111111111, \"n\": 12}"}}]}]}),
            "/messages/0/tool_calls/0/function/arguments",
        ),
    ];
    for (dialect, body, place) in rows {
        for (action, is_text) in [(Action::Mask, true), (Action::Fake, false)] {
            let (left, _) = sent(dialect, &body.to_string(), &policy(&action, Mode::Enforce));
            let left: Value = serde_json::from_str(&left).unwrap();
            let data = left.pointer(place).unwrap().clone();
            let data = match data.as_str() {
                Some(text) => serde_json::from_str(text).unwrap(),
                None => data,
            };
            assert_eq!(data["card"].is_string(), is_text, "{left}");
            assert_ne!(data["card"], json!(4_111_111_111_111_111_u64));
            assert_eq!(data["n"], 12);
        }
    }
}

#[test]
fn documents_in_base64_are_read_and_written() {
    let text = STANDARD.encode("Grüße an anna@corp-mail.io.\n");
    let url = format!("data:text/plain;base64,{text}");
    let rows = [
        (
            Dialect::Gemini,
            json!({"contents": [{"parts": [{"inlineData": {"data": text, "mimeType": "text/plain"}}]}]}),
            "/contents/0/parts/0/inlineData/data",
        ),
        (
            Dialect::Anthropic,
            json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "document", "source":
                {"type": "base64", "media_type": "text/plain", "data": text}}]}]}),
            "/messages/0/content/0/source/data",
        ),
        (
            Dialect::OpenAiChat,
            json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "file", "file":
                {"filename": "a.txt", "file_data": url}}]}]}),
            "/messages/0/content/0/file/file_data",
        ),
        (
            Dialect::OpenAiResponses,
            json!({"model": "m", "input": [{"role": "user", "content": [{"type": "input_file", "file_data": url}]}]}),
            "/input/0/content/0/file_data",
        ),
    ];
    for (dialect, body, place) in rows {
        let (left, redacted) = sent(
            dialect,
            &body.to_string(),
            &policy(&Action::Mask, Mode::Enforce),
        );
        let left: Value = serde_json::from_str(&left).unwrap();
        let data = left.pointer(place).unwrap().as_str().unwrap();
        let data = data.strip_prefix("data:text/plain;base64,").unwrap_or(data);
        let said = String::from_utf8(STANDARD.decode(data).unwrap()).unwrap();
        assert!(said.starts_with("Grüße an [EMAIL_"), "{said}");
        let back = Lane::whole(&said, Form::Plain, &redacted.vault);
        assert_eq!(back, "Grüße an anna@corp-mail.io.\n");
    }
}

#[test]
fn input_in_tokens_is_read_and_refused() {
    let encoding = Encoding::Cl100kBase;
    let mut ids = Vec::new();
    Counter::new().encode(encoding, "write to anna@corp-mail.io", &mut ids);
    for (dialect, field) in [
        (Dialect::OpenAiCompletions, "prompt"),
        (Dialect::OpenAiEmbeddings, "input"),
    ] {
        for lists in [json!(ids), json!([ids, [1, 2]])] {
            let body = json!({"model": "m", field: lists}).to_string();
            let look = |action, mode, encodings: &[Encoding]| {
                let mut request = Request::read(dialect, body.as_bytes()).unwrap();
                redact(
                    Some(&policy(&action, mode)),
                    &Seen::default(),
                    encodings,
                    &mut request,
                )
            };
            let found = |findings: &Findings, name: &str, done| {
                assert_eq!(
                    findings.0.get(&(name.to_owned(), done)),
                    Some(&1),
                    "{findings:?}"
                );
            };
            let masked = look(Action::Mask, Mode::Enforce, &[encoding]);
            let Err((findings, Refusal::BlockedIds(kinds))) = masked else {
                panic!("{body}")
            };
            found(&findings, "email", "blocked");
            assert_eq!(kinds, ["email"]);
            let blocked = look(Action::Block, Mode::Enforce, &[encoding]);
            assert!(matches!(blocked, Err((_, Refusal::Blocked(_)))));
            let observed = look(Action::Mask, Mode::Observe, &[encoding]).unwrap();
            found(&observed.findings, "email", "would_block");
            let unread = look(Action::Mask, Mode::Enforce, &[]).unwrap();
            found(&unread.findings, "token_ids", "left");
        }
    }
}
