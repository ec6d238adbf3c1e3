use proptest::prelude::*;

use super::*;

fn check(json: &str) -> Result<(), FaultKind> {
    let mut reader = Reader::new(json);
    reader
        .skip()
        .and_then(|_| reader.end())
        .map_err(|fault| fault.kind)
}

#[test]
fn takes_what_the_rfc_allows() {
    for json in [
        "{}",
        "[]",
        " [ ] ",
        "\"\"",
        "0",
        "-0",
        "1.5e+10",
        "1e999",
        "true",
        "null",
        "{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\\n\"}",
        "[[],[[]]]",
        "{\"a\":{},\"b\":{}}",
        "[{\"a\":1},{\"a\":1}]",
        "\"\\ud800\"",
    ] {
        assert_eq!(check(json), Ok(()), "{json}");
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok());
    }
}

#[test]
fn refuses_what_it_forbids() {
    for json in [
        "",
        " ",
        "{",
        "[",
        "[1",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "\"abc",
        "\"\\",
        "\"\\u12",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\" 1}",
        "01",
        "1.",
        ".5",
        "1e",
        "-",
        "+1",
        "nul",
        "tru",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"a\u{1}b\"",
        "\"a\nb\"",
        "{} {}",
        "{}x",
        "nullx",
        "\u{feff}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "]",
        "}",
        "[}",
        "{]",
        "{\"a\":1]",
        "'a'",
        "[1,,2]",
        "{,}",
        "{\"a\":1,,}",
    ] {
        assert!(check(json).is_err(), "{json}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(check(&nested(128)), Ok(()));
    assert_eq!(check(&nested(129)), Err(FaultKind::TooDeep));
    let objects = "{\"a\":".repeat(200);
    assert_eq!(check(&objects), Err(FaultKind::TooDeep));
}

#[test]
fn a_key_said_twice_is_found_among_many() {
    let keys: Vec<String> = (0..2000).map(|nth| format!("\"k{nth}\":{nth}")).collect();
    assert_eq!(check(&format!("{{{}}}", keys.join(","))), Ok(()));
    let twice = format!("{{{},\"k7\":0}}", keys.join(","));
    assert_eq!(check(&twice), Err(FaultKind::Duplicate("k7".into())));
    let inside = format!("{{\"x\":{{{}}},\"k7\":0}}", keys.join(","));
    assert_eq!(check(&inside), Ok(()));
}

#[test]
fn a_string_leads_back_to_its_bytes() {
    let raw = "a\\n\\u00e9b\\ud83d\\ude00c\\\"d";
    let text = Text::unescape(raw);
    assert_eq!(text.chars, "a\n\u{e9}b\u{1f600}c\"d");
    for (place, char) in text.chars.char_indices() {
        let source = &raw[text.source(place)..];
        assert!(
            source.starts_with('\\') || source.starts_with(char),
            "{char:?} at {source}"
        );
    }
    assert_eq!(text.source(text.chars.len()), raw.len());
}

#[test]
fn edits_leave_the_rest_alone() {
    let mut edits = vec![
        Edit::new(6..6, "!"),
        Edit::new(0..1, "AB"),
        Edit::new(2..4, ""),
    ];
    assert_eq!(apply(b"abcdef", &mut edits), b"ABbef!");
    assert_eq!(shifted(5, &edits), 4);
    let mut overlapping = vec![
        Edit::new(0..3, "x"),
        Edit::new(2..4, "y"),
        Edit::new(9..12, "z"),
    ];
    assert_eq!(apply(b"abcdef", &mut overlapping), b"xdef");
}

proptest! {
    #[test]
    fn never_panics_and_agrees_with_serde(json in "[\\[\\]{},:\"\\\\a0-9.eE+ ntrufl\u{e9}-]{0,24}") {
        let ours = check(&json);
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&json);
        match ours {
            Ok(()) => prop_assert!(theirs.is_ok(), "{json}"),
            Err(FaultKind::Duplicate(_)) => {}
            Err(_) => prop_assert!(theirs.is_err(), "{json}"),
        }
    }

    #[test]
    fn quoting_and_reading_are_inverse(text in any::<String>()) {
        let json = quote(&text);
        prop_assert_eq!(&serde_json::from_str::<String>(&json).unwrap(), &text);
        let mut reader = Reader::new(&json);
        let token = reader.string().unwrap();
        prop_assert_eq!(token.text(&json), text.as_str());
        prop_assert_eq!(Text::unescape(&json[token.inner()]).chars, text);
    }
}
