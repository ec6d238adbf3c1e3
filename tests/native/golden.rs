//! Golden files: `tests/golden/<client>-<provider>/<case>/` holds the wire texts of a case.
//!
//! `1-client-request`, `3-provider-reply` (and `3-provider-reply.2` … for later attempts) are given;
//! `2-provider-request…`, `4-client-reply` and `5-log` are what comes of them. A case may have a
//! `config.json` of its own; else its folder's holds. `UPDATE_GOLDEN=1` writes the results anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::rig::{Answer, Exchange, Outcome, run, runtime};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/openai-chat-openai-chat");
    let entries = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// `name: value` lines, a blank line, the body; `!reset` as a line of its own at the end is a reset.
fn read(text: &str) -> Exchange {
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let pairs = head.lines().map(|line| line.split_once(": ").unwrap());
    let headers: Vec<(&str, &str)> = pairs.collect();
    let cut = body.strip_suffix("!reset\n");
    let mut exchange = Exchange::new(&headers, cut.unwrap_or(body));
    exchange.reset = cut.is_some();
    exchange
}

fn write(exchange: &Exchange) -> String {
    let line = |(name, value): &(String, String)| format!("{name}: {value}\n");
    let head: String = exchange.headers.iter().map(line).collect();
    let reset = if exchange.reset { "!reset\n" } else { "" };
    format!("{head}\n{}{reset}", exchange.body())
}

fn file(case: &Path, name: &str, attempt: usize) -> PathBuf {
    match attempt {
        0 => case.join(name),
        nth => case.join(format!("{name}.{}", nth + 1)),
    }
}

fn play(case: &Path, cut: impl Fn(Exchange) -> Exchange) -> Outcome {
    let own = case.join("config.json");
    let config = if own.exists() {
        own
    } else {
        case.with_file_name("config.json")
    };
    let runtime = runtime(&fs::read_to_string(config).unwrap());
    let request = read(&fs::read_to_string(case.join("1-client-request")).unwrap());
    run(&runtime, request, |attempt, _| {
        match fs::read_to_string(file(case, "3-provider-reply", attempt)) {
            Ok(text) => Answer::Reply(cut(read(&text))),
            Err(_) => Answer::Refuse,
        }
    })
}

fn check(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, expected, "{}", path.display());
}

#[test]
fn every_case_comes_out_as_written() {
    for case in cases() {
        let outcome = play(&case, |reply| reply);
        for (attempt, (cluster, request)) in outcome.sent.iter().enumerate() {
            let text = format!("# to cluster {cluster}\n{}", write(request));
            check(&file(&case, "2-provider-request", attempt), &text);
        }
        check(&case.join("4-client-reply"), &write(&outcome.reply));
        let log = serde_json::to_string_pretty(&outcome.log).unwrap();
        check(&case.join("5-log"), &(log + "\n"));
    }
}

#[test]
fn every_reply_cut_at_every_byte() {
    for case in cases() {
        let whole = play(&case, |reply| reply);
        let longest = (0..4)
            .filter_map(|nth| fs::read_to_string(file(&case, "3-provider-reply", nth)).ok())
            .map(|text| read(&text).body().len())
            .max()
            .unwrap_or(0);
        let ones = play(&case, |reply| {
            let bytes = reply.chunks.concat();
            Exchange {
                chunks: bytes.chunks(1).map(<[u8]>::to_vec).collect(),
                ..reply
            }
        });
        same(&case, &whole, &ones, "one byte at a time");
        for at in 1..longest {
            let cut = play(&case, |reply| {
                let bytes = reply.chunks.concat();
                let (front, back) = bytes.split_at(at.min(bytes.len()));
                let chunks = [front, back].map(<[u8]>::to_vec).to_vec();
                Exchange {
                    chunks: chunks.into_iter().filter(|part| !part.is_empty()).collect(),
                    ..reply
                }
            });
            same(&case, &whole, &cut, &format!("cut at {at}"));
        }
    }
}

fn same(case: &Path, whole: &Outcome, cut: &Outcome, how: &str) {
    let name = case.file_name().unwrap().display();
    assert_eq!(write(&whole.reply), write(&cut.reply), "{name} {how}");
    let figures = |outcome: &Outcome| {
        let mut log = outcome.log.clone();
        log["duration_ms"].take();
        log["ttft_ms"].take();
        log
    };
    assert_eq!(figures(whole), figures(cut), "{name} {how}");
}
