use proptest::prelude::*;
use serde_json::{Value, json};

use super::count::{self, Counted};
use super::redact::{self, Findings};
use crate::dialect::Dialect;
use crate::dialect::splice::Request;
use crate::json::Edit;
use crate::mask::Key;
use crate::pii::{Detector, Kind};
use crate::policy::{Action, Ceiling, Guard, Mode, Redact, Rule};
use crate::refusal::Refusal;
use crate::seen::Seen;
use crate::tokens::Counter;

fn rules() -> Redact {
    let rule = |kind, action| {
        let mode = Mode::Enforce;
        (kind, Rule { action, mode })
    };
    let mut rules: Vec<_> = (Kind::BUILT_IN.into_iter())
        .map(|kind| rule(kind, Action::Mask))
        .collect();
    rules.retain(|(kind, _)| *kind != Kind::UsSsn);
    rules.push(rule(Kind::UsSsn, Action::Block));
    Redact {
        detector: Detector::new(&Kind::BUILT_IN, Vec::new()),
        rules,
        custom: Vec::new(),
        restore: true,
        key: Key::default(),
        replies: false,
    }
}

type Looked = Result<(Vec<Edit>, Findings), (Findings, Refusal)>;

/// What the stages make of a body.
fn through(body: &str, seen: &Seen, limit: Option<u64>) -> (Looked, Result<Counted, Refusal>) {
    let mut request = Request::read(Dialect::OpenAiChat, body.as_bytes()).unwrap();
    let redacted = redact::redact(Some(&rules()), seen, &[], &mut request);
    let guard = Guard {
        max_input_tokens: limit.map(|most| Ceiling {
            most,
            mode: Mode::Enforce,
        }),
        ..Guard::default()
    };
    let mut counter = Counter::new();
    let counted = count::input(&mut counter, seen, &guard, &request, "gpt-4o", None);
    let looked = redacted.map(|redacted| (redacted.edits, redacted.findings));
    (looked, counted)
}

/// Texts with and without something to find, long enough to be kept.
fn text(nth: usize) -> String {
    const SAID: [&str; 6] = [
        "Nothing to see here, but a word or two.",
        "Write to anna@example.org about it.",
        "Keep [EMAIL_7F3A] as it stands.",
        "A list[0] and \"quotes\",\n\tlines, 日本語 too.",
        "{\"to\": \"anna@example.org\", \"note\": \"call +1 415 555 2671\"}",
        "My number is 536-90-4399, social security.",
    ];
    let filler = "The quick brown fox jumps over the lazy dog. ".repeat(nth % 5);
    format!("{} {filler}", SAID[nth % SAID.len()])
}

fn body(texts: &[usize]) -> String {
    let messages: Vec<Value> = texts
        .iter()
        .map(|&nth| match nth % 3 {
            0 => json!({"role": "assistant", "tool_calls":
                [{"id": "c", "type": "function", "function": {"name": "f", "arguments": text(nth)}}]}),
            _ => json!({"role": "user", "content": text(nth)}),
        })
        .collect();
    let tools: Vec<Value> = texts
        .iter()
        .map(|&nth| json!({"type": "function", "function": {"name": format!("f{}", nth % 2), "description": text(nth)}}))
        .collect();
    json!({"model": "gpt-4o", "messages": messages, "tools": tools}).to_string()
}

#[test]
fn a_text_seen_before_is_neither_scanned_nor_counted_again() {
    let (seen, clean) = (Seen::default(), body(&[24]));
    let first = through(&clean, &seen, None);
    let request = Request::read(Dialect::OpenAiChat, clean.as_bytes()).unwrap();
    let known = request.passages.iter().filter_map(|own| own.name(&seen));
    let known: Vec<_> = known.collect();
    assert!(!known.is_empty());
    for name in known {
        seen.keep_tokens(name, crate::tokens::Encoding::O200kBase, 1);
    }
    let again = through(&clean, &seen, None);
    assert_eq!(first.0, again.0);
    assert!(again.1.unwrap().tokens < first.1.unwrap().tokens);
}

proptest! {
    #[test]
    fn with_a_memory_everything_is_as_without(
        turns in prop::collection::vec(prop::collection::vec(0..60_usize, 0..6), 1..8),
        limit in prop::option::of(0..2000_u64),
    ) {
        let seen = Seen::default();
        for texts in &turns {
            let body = body(texts);
            prop_assert_eq!(through(&body, &seen, limit), through(&body, &Seen::default(), limit));
        }
    }
}
