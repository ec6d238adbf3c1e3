//! Values that are told in several parts of one message.

use serde_json::{Value, json};

use super::redact;
use super::tests::{policy, sent};
use crate::dialect::Dialect;
use crate::dialect::splice::Request;
use crate::mask::{Form, Lane};
use crate::policy::{Action, Deny, DenyRule, Mode};
use crate::refusal::Refusal;
use crate::seen::Seen;
use crate::stage::guard;
use crate::stage::redact::Findings;
use crate::tokens::{Counter, Encoding};

/// A message of these parts, in each dialect, and where they stand.
fn bodies(parts: &[&str]) -> Vec<(Dialect, Value, &'static str)> {
    let of = |kind: &str| -> Vec<Value> {
        let part = |text: &&str| json!({"type": kind, "text": text});
        parts.iter().map(part).collect()
    };
    let bare: Vec<Value> = parts.iter().map(|text| json!({"text": text})).collect();
    vec![
        (
            Dialect::OpenAiChat,
            json!({"messages": [{"role": "user", "content": of("text")}]}),
            "/messages/0/content",
        ),
        (
            Dialect::OpenAiResponses,
            json!({"input": [{"role": "user", "content": of("input_text")}]}),
            "/input/0/content",
        ),
        (
            Dialect::Anthropic,
            json!({"messages": [{"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "t", "content": of("text")}]}]}),
            "/messages/0/content/0/content",
        ),
        (
            Dialect::Gemini,
            json!({"contents": [{"role": "user", "parts": bare}]}),
            "/contents/0/parts",
        ),
    ]
}

fn cuts(text: &str) -> Vec<Vec<&str>> {
    let halves = (1..text.len()).map(|cut| vec![&text[..cut], &text[cut..]]);
    let each = text.char_indices();
    let each = each.map(|(at, char)| &text[at..at + char.len_utf8()]);
    halves.chain([each.collect()]).collect()
}

#[test]
fn a_value_in_several_parts_is_one_finding() {
    let text = "mail \"anna@corp-mail.io\"\n or so";
    for parts in cuts(text) {
        for (dialect, body, place) in bodies(&parts) {
            let body = body.to_string();
            let (left, redacted) = sent(dialect, &body, &policy(&Action::Mask, Mode::Enforce));
            let count = redacted.findings.0.get(&("email".to_owned(), "masked"));
            assert_eq!(count, Some(&1), "{parts:?} {left}");
            let left: Value = serde_json::from_str(&left).unwrap();
            let texts = left.pointer(place).unwrap().as_array().unwrap().iter();
            let texts = texts.map(|part| part["text"].as_str().unwrap());
            let texts: String = texts.collect();
            // Where a part holds a shorter value of its own, that is the value.
            assert!(texts.contains("[EMAIL_") && !texts.contains("@"), "{texts}");
            let back = Lane::whole(&texts, Form::Plain, &redacted.vault);
            assert_eq!(back, text, "{parts:?}");

            let (left, redacted) = sent(dialect, &body, &policy(&Action::Block, Mode::Observe));
            assert_eq!(left, body);
            let count = redacted
                .findings
                .0
                .get(&("email".to_owned(), "would_block"));
            assert_eq!(count, Some(&1), "{parts:?}");
            let mut request = Request::read(dialect, body.as_bytes()).unwrap();
            let block = policy(&Action::Block, Mode::Enforce);
            let blocked = redact(Some(&block), &Seen::default(), &[], &mut request);
            assert!(
                matches!(blocked, Err((_, Refusal::Blocked(_)))),
                "{parts:?}"
            );
        }
    }
}

#[test]
fn what_is_found_in_one_part_ends_there() {
    let parts = [
        "I am anna@corp-mail.io",
        "Please answer soon, at ",
        "+1 415 555 2671",
        "0 of 4 left",
    ];
    for (dialect, body, place) in bodies(&parts) {
        let (left, _) = sent(
            dialect,
            &body.to_string(),
            &policy(&Action::Replace("X".into()), Mode::Enforce),
        );
        let left: Value = serde_json::from_str(&left).unwrap();
        let texts = left.pointer(place).unwrap().as_array().unwrap().iter();
        let texts: Vec<&str> = texts.map(|part| part["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["I am X", parts[1], "X", parts[3]]);
    }
}

#[test]
fn a_credential_that_goes_on_in_the_next_part_goes_out_of_both() {
    let pem = format!(
        "-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----",
        "MIIEpAIBAAKCAQEAx3r9TqLmZ8vKpWn2sYd5uJbRfGhVtCeQaXo7NkPw1SzDiMyE\n".repeat(4)
    );
    let key = format!(
        "sk-proj-{}T3BlbkFJ{}",
        "a8Kx2Lm9Qz4Rt7Vw".repeat(4),
        "Yb3Nc6Df1Gh5Js8P".repeat(4)
    );
    for (secret, cut) in [(&pem, 150), (&key, 60), (&key, 100)] {
        let (one, other) = secret.split_at(cut);
        let parts = [["use ", one].concat(), [other, " now"].concat()];
        for (dialect, body, place) in bodies(&parts.each_ref().map(String::as_str)) {
            let rules = policy(&Action::Replace("X".into()), Mode::Enforce);
            let (left, redacted) = sent(dialect, &body.to_string(), &rules);
            let left: Value = serde_json::from_str(&left).unwrap();
            let texts = left.pointer(place).unwrap().as_array().unwrap().iter();
            let texts: Vec<&str> = texts.map(|part| part["text"].as_str().unwrap()).collect();
            assert_eq!(texts, ["use X", " now"], "{secret}");
            assert_eq!(redacted.findings.0.values().sum::<u64>(), 1);
        }
    }
    // A word behind it is no rest of it.
    let (dialect, body, place) = bodies(&[&key, "Please"]).swap_remove(0);
    let rules = policy(&Action::Replace("X".into()), Mode::Enforce);
    let (left, _) = sent(dialect, &body.to_string(), &rules);
    let left: Value = serde_json::from_str(&left).unwrap();
    let texts = left.pointer(place).unwrap().as_array().unwrap();
    assert_eq!(
        (&texts[0]["text"], &texts[1]["text"]),
        (&json!("X"), &json!("Please"))
    );
}

#[test]
fn parts_that_came_before_are_known() {
    let seen = Seen::default();
    let long = "Nothing at all is in this text, whatever is looked for in it. ".repeat(60);
    let rules = policy(&Action::Mask, Mode::Enforce);
    for parts in [
        [long.as_str(), &long],
        [
            &[&long, "anna@corp-"].concat(),
            &["mail.io", &long].concat(),
        ],
    ] {
        let (dialect, body, _) = bodies(&parts).swap_remove(0);
        let body = body.to_string();
        let found = [(); 2].map(|()| {
            let mut request = Request::read(dialect, body.as_bytes()).unwrap();
            redact(Some(&rules), &seen, &[], &mut request)
                .unwrap()
                .edits
        });
        assert_eq!(found[0], found[1]);
        assert_eq!(found[0].len(), if body.contains("anna") { 2 } else { 0 });
    }
}

/// What comes of a rule that denies a word.
fn denied(dialect: Dialect, body: &Value, mode: Mode) -> (bool, u64) {
    let pattern = crate::policy::deny::any_word(["Blue Heron"].into_iter());
    let rule = DenyRule {
        name: "heron".to_owned(),
        mode,
        request: true,
        reply: false,
        patterns: vec![pattern],
        words: Vec::new(),
    };
    let deny = Deny::new(vec![rule]).unwrap();
    let body = body.to_string();
    let request = Request::read(dialect, body.as_bytes()).unwrap();
    let mut findings = Findings::default();
    let encodings = [Encoding::Cl100kBase, Encoding::O200kBase];
    let told = guard::words(&deny, &encodings, &request, &mut findings);
    (told.is_err(), findings.0.values().sum())
}

#[test]
fn words_in_several_parts_are_denied() {
    for parts in [
        ["see a Blue", " Heron fly"],
        ["see a Blue He", "ron fly"],
        ["see a Blue", "Heron fly"],
        ["see a Blue \u{a0}\nHeron fly", "twice: Blue Heron"],
    ] {
        for (dialect, body, _) in bodies(&parts) {
            let count = if parts[1].starts_with("twice") { 2 } else { 1 };
            assert_eq!(
                denied(dialect, &body, Mode::Enforce),
                (true, count),
                "{body}"
            );
            assert_eq!(
                denied(dialect, &body, Mode::Observe),
                (false, count),
                "{body}"
            );
        }
    }
    for (dialect, body, _) in bodies(&["a Blue", "or Heron"]) {
        assert_eq!(denied(dialect, &body, Mode::Enforce), (false, 0), "{body}");
    }
}

#[test]
fn words_in_tokens_are_denied() {
    let mut ids = Vec::new();
    Counter::new().encode(Encoding::Cl100kBase, "see a Blue Heron fly", &mut ids);
    for (dialect, body) in [
        (
            Dialect::OpenAiEmbeddings,
            json!({"model": "m", "input": [ids, [1]]}),
        ),
        (
            Dialect::OpenAiCompletions,
            json!({"model": "m", "prompt": ids}),
        ),
    ] {
        assert_eq!(denied(dialect, &body, Mode::Enforce), (true, 1), "{body}");
        assert_eq!(denied(dialect, &body, Mode::Observe), (false, 1), "{body}");
    }
}

#[test]
fn addresses_are_looked_at_and_stay() {
    let url = "https://pics.example/anna@corp-mail.io/a.png";
    let chat = |part: Value| json!({"messages": [{"role": "user", "content": [part]}]});
    for (dialect, body) in [
        (
            Dialect::OpenAiChat,
            chat(json!({"type": "video_url", "video_url": {"url": url}})),
        ),
        (
            Dialect::OpenAiResponses,
            json!({"input": [{"role": "user", "content": [{"type": "input_file", "file_url": url}]}]}),
        ),
        (
            Dialect::OpenAiResponses,
            json!({"input": [{"role": "user", "content": [{"type": "input_image", "image_url": url}]}]}),
        ),
        (
            Dialect::Anthropic,
            json!({"messages": [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": url}}]}]}),
        ),
        (
            Dialect::Gemini,
            json!({"contents": [{"parts": [{"fileData": {"fileUri": url, "mimeType": "image/png"}}]}]}),
        ),
        (
            Dialect::GeminiEmbed,
            json!({"content": {"parts": [{"fileData": {"fileUri": url, "mimeType": "image/png"}}]}}),
        ),
    ] {
        let (left, redacted) = sent(
            dialect,
            &body.to_string(),
            &policy(&Action::Mask, Mode::Enforce),
        );
        assert_eq!(left, body.to_string());
        assert_eq!(
            redacted.findings.0.get(&("email".into(), "left")),
            Some(&1),
            "{body}"
        );
    }
}
