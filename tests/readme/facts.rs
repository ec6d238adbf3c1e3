//! The README's tables and lists against the code that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use tollgate::config::load;
use tollgate::dialect::{Auth, ROWS, Row};
use tollgate::pii::Kind;
use tollgate::policy::Policy;
use tollgate::refusal::Refusal;
use tollgate::stage::record::Record;
use tollgate::units::Moment;

use super::blocks::{in_language, quoted, readme, section, table};
use super::envoy::top;

/// What no key is called.
const NONSENSE: &str = "zzzzzzzz";

#[test]
fn kinds_are_the_rows() {
    let rows: Vec<Vec<String>> = ROWS.iter().map(kind).collect();
    let written = table(&[
        "kind",
        "speaks",
        "host",
        "path prefix",
        "key goes as",
        "needs",
    ]);
    let lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    assert_eq!(written, rows, "the table should be\n{}", lines.join("\n"));
}

fn kind(row: &Row) -> Vec<String> {
    let host = row
        .host
        .map_or("yours".to_owned(), |host| format!("`{host}`"));
    let prefix = match row.prefix {
        "" => "none".to_owned(),
        prefix => format!("`{prefix}`"),
    };
    let speaks: Vec<&str> = row.speaks.iter().map(|dialect| dialect.name()).collect();
    let auth = match row.auth {
        Auth::Bearer => "bearer".to_owned(),
        Auth::Header(name) => format!("`{name}`"),
    };
    let marks = [row.host.unwrap_or_default(), row.prefix].concat();
    let keys = ["region", "project"]
        .into_iter()
        .filter(|key| marks.contains(&format!("{{{key}}}")));
    let mut needs: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    if row.host.is_none() {
        needs.push("`host`".to_owned());
    }
    let kind = format!("`{}`", row.kind);
    vec![
        kind,
        speaks.join(", "),
        host,
        prefix,
        auth,
        needs.join(", "),
    ]
}

#[test]
fn refusals_are_the_codes() {
    let source = fs::read_to_string(top().join("src/refusal.rs")).unwrap();
    let class = Regex::new(r#"\((\d{3}), *[\w"]+, *"(\w+)"\)"#).unwrap();
    let statuses: BTreeMap<String, String> = class
        .captures_iter(&source)
        .map(|found| (found[2].to_owned(), found[1].to_owned()))
        .collect();
    let rows = table(&["code", "status", "why"]);
    let written: Vec<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    assert_eq!(written, Refusal::CODES);
    for row in &rows {
        assert_eq!(
            statuses.get(row[0].trim_matches('`')),
            Some(&row[1]),
            "{row:?}"
        );
    }
}

#[test]
fn stats_are_those_that_move() {
    let name = Regex::new(r#""((?:gen_ai|tollgate)\.[a-z_.]+)"#).unwrap();
    let mut moved = BTreeSet::new();
    for file in rust_files(&top().join("src/stage/meters")) {
        let source = fs::read_to_string(file).unwrap();
        moved.extend(name.captures_iter(&source).map(|found| found[1].to_owned()));
    }
    let rows = table(&["stat", "is", "labels"]);
    let written: BTreeSet<String> = rows
        .iter()
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    assert_eq!(written, moved);
    let shipped = fs::read_to_string(top().join("envoy/envoy.yaml")).unwrap();
    let values = Regex::new(r"\([^)]*\)").unwrap();
    for row in &rows {
        for label in values.replace_all(&row[2], "").split(',').map(str::trim) {
            let tag = format!("{{tag_name: {label},");
            assert!(
                label.is_empty() || shipped.contains(&tag),
                "{}: {tag}",
                row[0]
            );
        }
    }
}

#[test]
fn the_log_line_is_whole() {
    let blocks: Vec<_> = in_language("json").collect();
    let [block] = blocks.as_slice() else {
        panic!("{blocks:?}")
    };
    let keys = |json: &[u8]| -> BTreeSet<String> {
        let value: serde_json::Value = serde_json::from_slice(json).unwrap();
        value.as_object().unwrap().keys().cloned().collect()
    };
    let line = Record::default().line(&Policy::default(), Moment(0));
    assert_eq!(keys(block.text.as_bytes()), keys(&line));
}

#[test]
fn headers_are_those_of_the_code() {
    let text = readme();
    let header = Regex::new(r#""(x-tollgate-[a-z-]+)""#).unwrap();
    for file in rust_files(&top().join("src")) {
        let source = fs::read_to_string(&file).unwrap();
        for found in header.captures_iter(&source) {
            let name = found[1].trim_end_matches('-');
            // Between the roles and filters of Envoy.
            let inner = ["x-tollgate-cluster", "x-tollgate-google-token"].contains(&name);
            assert!(inner || text.contains(name), "{}: {name}", file.display());
        }
    }
}

#[test]
fn every_key_is_there() {
    let sections = ["Configure", "Keys", "Audit", "Personal data", "Prices"];
    let text = sections.map(section).concat();
    for place in [
        r#"{"KEY": 1}"#,
        r#"{"providers": {"p": {"KEY": 1}}}"#,
        r#"{"providers": {"p": {"api_key": {"KEY": 1}}}}"#,
        r#"{"models": {"m": {"KEY": 1}}}"#,
        r#"{"models": {"m": {"targets": [{"KEY": 1}]}}}"#,
        r#"{"timeouts": {"KEY": 1}}"#,
        r#"{"redact": {"KEY": 1}}"#,
        r#"{"redact": {"custom": [{"KEY": 1}]}}"#,
        r#"{"guard": {"KEY": 1}}"#,
        r#"{"guard": {"deny": [{"KEY": 1}]}}"#,
        r#"{"guard": {"max_messages": {"KEY": 1}}}"#,
        r#"{"guard": {"max_output_tokens": {"KEY": 1}}}"#,
        r#"{"prices": {"m": {"KEY": 1}}}"#,
        r#"{"observe": {"KEY": 1}}"#,
        r#"{"observe": {"audit": {"KEY": 1}}}"#,
        r#"{"keys": {"KEY": 1}}"#,
        r#"{"keys": {"list": [{"KEY": 1}]}}"#,
        r#"{"keys": {"source": {"KEY": 1}}}"#,
        r#"{"identity": {"KEY": 1}}"#,
    ] {
        let faults = faults(&place.replace("KEY", NONSENSE));
        let fault = faults.iter().find(|fault| fault.contains(NONSENSE));
        let fault = fault.unwrap_or_else(|| panic!("{place}: {faults:?}"));
        let (_, keys) = fault.split_once("expected one of: ").unwrap();
        for key in keys.split(", ") {
            let whole = Regex::new(&format!(r"\b{key}\b")).unwrap();
            assert!(whole.is_match(&text), "{place}: nothing is said of {key}");
        }
    }
    for kind in Kind::BUILT_IN {
        assert!(text.contains(&format!("{}: ", kind.name())), "{kind:?}");
    }
}

#[test]
fn what_is_not_supported_yet_is_refused() {
    let text = section("Configure");
    let (_, after) = text.split_once("refused as *not supported yet*:").unwrap();
    let list = after.split("\n\n").next().unwrap();
    let (keys, strategies) = list.split_once("the strategies").unwrap();
    let provider = r#""providers": {"p": {"kind": "openai", "api_key": "none"}}"#;
    let refused = |path: &str, json: &str| {
        let said = faults(&format!("{{{provider}, {json}}}"));
        let wanted = format!("{path}: not supported yet");
        assert!(
            said.iter().any(|fault| fault.starts_with(&wanted)),
            "{json}: {said:?}"
        );
    };
    for key in quoted(keys) {
        let json = match key.split_once('.') {
            None => format!(r#""{key}": {{}}"#),
            Some((outer, "replies")) => format!(r#""{outer}": {{"replies": true}}"#),
            Some((outer, inner)) => format!(r#""{outer}": {{"{inner}": {{}}}}"#),
        };
        refused(&key, &json);
    }
    for strategy in quoted(strategies) {
        let json =
            format!(r#""models": {{"m": {{"strategy": "{strategy}", "targets": ["x/p"]}}}}"#);
        refused("models.m.strategy", &json);
    }
}

/// What the loader says of a configuration.
fn faults(json: &str) -> Vec<String> {
    let faults = load(json.as_bytes(), &|_| None).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

/// The Rust files in a folder, and in those within it.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files
}
