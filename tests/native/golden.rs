//! Golden files: `tests/golden/<client>-<provider>/<case>/` holds the wire texts of a case.
//!
//! `1-client-request`, `3-provider-reply` (and `3-provider-reply.2` … for later attempts) are given;
//! `2-provider-request…`, `4-client-reply` and `5-log` are what comes of them. A case may have a
//! `config.json` of its own; else its folder's holds. What is given in the cases of the whole table of
//! client and provider stands elsewhere (`matrix.rs`). `UPDATE_GOLDEN=1` writes the results anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::checkers;
use crate::frames;
use crate::matrix;
use crate::rig::{Answer, Exchange, Outcome, run, runtime};

/// A case, ready to be played.
pub struct Case {
    /// Where what comes out is written.
    pub dir: PathBuf,
    pub config: String,
    pub request: Exchange,
    /// One for each attempt; behind them the provider refuses the connection.
    pub replies: Vec<Exchange>,
    /// It is one of the table's.
    pub shared: bool,
    /// Whose stream comes out, for cases in which it must be a right one.
    pub client: Option<&'static str>,
}

/// Where the files are.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Those of the table, and those that are written down whole.
fn cases() -> Vec<Case> {
    let entries = fs::read_dir(root().join("openai-chat-openai-chat")).unwrap();
    let mut dirs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    dirs.retain(|dir| dir.join("1-client-request").exists());
    dirs.sort();
    assert!(!dirs.is_empty());
    let mut cases = matrix::cases();
    cases.extend(dirs.into_iter().map(own));
    cases
}

fn own(dir: PathBuf) -> Case {
    let own = dir.join("config.json");
    let config = if own.exists() {
        own
    } else {
        dir.with_file_name("config.json")
    };
    // An attempt without a reply is refused; a later one may have one.
    let reply = |nth| fs::read_to_string(file(&dir, "3-provider-reply", nth)).ok();
    let replies = (0..4).map(reply);
    let replies = replies.map(|text| text.map_or(Exchange::default(), |text| read(&text)));
    Case {
        config: fs::read_to_string(config).unwrap(),
        request: read(&fs::read_to_string(dir.join("1-client-request")).unwrap()),
        replies: replies.collect(),
        shared: false,
        client: None,
        dir,
    }
}

/// `name: value` lines, a blank line, the body; `!reset` as a line of its own at the end is a reset.
pub fn read(text: &str) -> Exchange {
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let pairs = head.lines().map(|line| line.split_once(": ").unwrap());
    let headers: Vec<(&str, &str)> = pairs.collect();
    let cut = body.strip_suffix("!reset\n");
    let mut exchange = Exchange::new(&headers, cut.unwrap_or(body));
    if exchange.header("content-type") == Some("application/vnd.amazon.eventstream") {
        exchange.chunks = vec![frames::encoded(cut.unwrap_or(body))];
    }
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

fn play(case: &Case, cut: impl Fn(Exchange) -> Exchange) -> Outcome {
    let runtime = runtime(&case.config);
    run(&runtime, case.request.clone(), |attempt, _| {
        match case.replies.get(attempt) {
            Some(reply) if !reply.headers.is_empty() => Answer::Reply(cut(reply.clone())),
            _ => Answer::Refuse,
        }
    })
}

fn check(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
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
            check(&file(&case.dir, "2-provider-request", attempt), &text);
        }
        check(&case.dir.join("4-client-reply"), &write(&outcome.reply));
        let log = serde_json::to_string_pretty(&outcome.log).unwrap();
        check(&case.dir.join("5-log"), &(log + "\n"));
    }
}

#[test]
fn every_stream_is_a_right_one() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Some(client) = case.client else { continue };
        let reply = play(&case, |reply| reply).reply;
        let media_type = reply.header("content-type").unwrap_or_default();
        if !media_type.starts_with("text/event-stream") {
            continue;
        }
        let text = reply.body().replace("\r\n", "\n");
        let usage = case.request.body().contains("include_usage");
        let checked = match client {
            "openai-chat" => checkers::openai_chat::check(&text, usage),
            "openai-responses" => checkers::openai_responses::check(&text),
            "anthropic" => checkers::anthropic::check(&text),
            "gemini" => checkers::gemini::check(&text),
            _ => Ok(()),
        };
        if let Err(why) = checked {
            wrong.push(format!("{}: {why}", case.dir.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A stream is cut at every byte; other replies of the table only come byte by byte.
#[test]
fn every_reply_cut_at_every_byte() {
    let cases = cases();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    cut_at_every_byte(case);
                }
            });
        }
    });
}

fn cut_at_every_byte(case: &Case) {
    let whole = play(case, |reply| reply);
    let length = |reply: &Exchange| reply.chunks.concat().len();
    let longest = case.replies.iter().map(length).max().unwrap_or(0);
    let ones = play(case, |reply| {
        let bytes = reply.chunks.concat();
        Exchange {
            chunks: bytes.chunks(1).map(<[u8]>::to_vec).collect(),
            ..reply
        }
    });
    same(case, &whole, &ones, "one byte at a time");
    let stream = |reply: &Exchange| {
        let media_type = reply.header("content-type").unwrap_or_default();
        media_type.contains("event")
    };
    if case.shared && !case.replies.iter().any(stream) {
        return;
    }
    for at in 1..longest {
        let cut = play(case, |reply| {
            let bytes = reply.chunks.concat();
            let (front, back) = bytes.split_at(at.min(bytes.len()));
            let chunks = [front, back].map(<[u8]>::to_vec).to_vec();
            Exchange {
                chunks: chunks.into_iter().filter(|part| !part.is_empty()).collect(),
                ..reply
            }
        });
        same(case, &whole, &cut, &format!("cut at {at}"));
    }
}

fn same(case: &Case, whole: &Outcome, cut: &Outcome, how: &str) {
    let name = case.dir.display();
    assert_eq!(write(&whole.reply), write(&cut.reply), "{name} {how}");
    let figures = |outcome: &Outcome| {
        let mut log = outcome.log.clone();
        log["duration_ms"].take();
        log["ttft_ms"].take();
        log
    };
    assert_eq!(figures(whole), figures(cut), "{name} {how}");
}
