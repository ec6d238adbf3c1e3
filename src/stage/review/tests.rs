use proptest::prelude::*;

use super::*;
use crate::policy::{DenyRule, Guard};
use crate::window::{MOST, Stopped, Window};

/// Every built-in kind masked; what the rule forbids is blocked.
fn policy() -> Policy {
    let rule = DenyRule {
        name: "heron".to_owned(),
        mode: Mode::Enforce,
        request: false,
        reply: true,
        patterns: vec!["blue heron\\b".to_owned()],
        words: Vec::new(),
    };
    let redact: &str = r#"{"providers":{"p":{"kind":"openai","api_key":"none"}},
        "redact":{"replies":true,"entities":{ENTITIES}}}"#;
    let kinds = Kind::BUILT_IN.map(|kind| format!("{:?}:\"mask\"", kind.name()));
    let loaded = crate::config::load(
        redact.replace("ENTITIES", &kinds.join(",")).as_bytes(),
        &|_| None,
    );
    let mut policy = loaded.unwrap().policy;
    policy.guard = Guard {
        deny: crate::policy::Deny::new(vec![rule]).unwrap(),
        ..Guard::default()
    };
    policy
}

fn told<'a>(
    policy: &Policy,
    form: Form,
    parts: impl Iterator<Item = &'a str>,
) -> Result<(String, Findings), String> {
    let mut findings = Findings::default();
    let mut review = Review::new(policy, &mut findings);
    review.form = form;
    let mut window = Window::new(form);
    let mut out = String::new();
    for part in parts {
        match window.push(part, &mut review) {
            Ok(text) => out += &text,
            Err(Stopped) => return Err(out),
        }
        assert!(window.held() <= MOST + part.len());
    }
    match window.finish(&mut review) {
        Ok(text) => Ok((out + &text, findings)),
        Err(Stopped) => Err(out),
    }
}

/// Things that are found, things that are not, and what stands between.
const SAID: [&str; 22] = [
    "anna@example.org",
    "müller@bücher.example",
    "4111 1111 1111 1111",
    "5500-0000-0000-0004",
    "+41 44 668 18 00",
    "call me on (415) 555-2671",
    "GB82 WEST 1234 5698 7654 32",
    "SSN 536-90-4399",
    "203.0.113.77",
    "2a02:1210:8a0::1",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\nVJTUt9Us8cKj\n-----END PRIVATE KEY-----",
    "a word or two, ",
    "Zürich – 東京 ",
    ". ",
    "\n",
    " ",
    "{\"a\": \"b\\n\"}",
    "12 345 678",
    "https://example.org/path?x=1&y=2",
    "version 1.2.3.4-rc",
    "[EMAIL_1]",
];

fn parts() -> impl Strategy<Value = (String, Vec<usize>)> {
    let text = prop::collection::vec(prop::sample::select(&SAID[..]), 0..14);
    let cuts = prop::collection::vec(1_usize..24, 1..40);
    (text.prop_map(|words| words.concat()), cuts)
}

/// The text in parts of these lengths, again and again.
fn cut<'a>(text: &'a str, lengths: &[usize]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = text;
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let place = rest
            .char_indices()
            .nth(*length)
            .map_or(rest.len(), |(at, _)| at);
        let (part, more) = rest.split_at(place);
        parts.push(part);
        rest = more;
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What has been told is always the beginning of what a look at the whole text lets through: no character of
    /// a find is told before the find is known.
    #[test]
    fn a_stream_tells_what_the_whole_would((text, lengths) in parts()) {
        let policy = policy();
        let whole = told(&policy, Form::Plain, [text.as_str()].into_iter());
        let streamed = told(&policy, Form::Plain, cut(&text, &lengths).into_iter());
        prop_assert_eq!(streamed, whole, "{:?}", text);
    }
}

#[test]
fn arguments_that_come_in_pieces_stay_json() {
    let policy = policy();
    let text = r#"{"to": ["anna@example.org", "a\"nna@example.org"], "card": 4111111111111111}"#;
    let (whole, _) = told(&policy, Form::Json, [text].into_iter()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(value["to"][0], "[EMAIL]");
    assert_eq!(value["card"], "[CREDIT_CARD]");
    for length in 1..20 {
        let (cut, _) = told(&policy, Form::Json, cut(text, &[length]).into_iter()).unwrap();
        assert_eq!(cut, whole);
    }
}

#[test]
fn nothing_is_told_of_what_is_forbidden() {
    let policy = policy();
    let text = "Here comes a blue heron, and more of it.";
    for length in 1..text.len() {
        let before = told(&policy, Form::Plain, cut(text, &[length]).into_iter()).unwrap_err();
        assert!("Here comes a ".starts_with(&before), "{before}");
    }
    let longer = told(&policy, Form::Plain, ["a blue herons"].into_iter());
    assert_eq!(longer.unwrap().0, "a blue herons");
}
