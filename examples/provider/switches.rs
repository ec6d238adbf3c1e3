//! The table of switches: the one place that names each, says what it takes and what it does.

use std::str::FromStr;
use std::time::Duration;

use hyper::header::{HeaderName, HeaderValue};

use super::script::{LineEnd, Script, UsageReport};

/// One row of the table.
pub struct Switch {
    /// How it is written; a trailing `NAME` stands for any name.
    pub name: &'static str,
    /// What stands after the `=`; empty for a switch that takes nothing.
    pub value: &'static str,
    /// What it does.
    pub does: &'static str,
    /// Writes name and value into the script, or says what is wrong with the value.
    pub set: fn(&mut Script, &str, &str) -> Result<(), String>,
}

const fn flag(name: &'static str, does: &'static str, set: Set) -> Switch {
    Switch {
        name,
        value: "",
        does,
        set,
    }
}

const fn with(name: &'static str, value: &'static str, does: &'static str, set: Set) -> Switch {
    Switch {
        name,
        value,
        does,
        set,
    }
}

type Set = fn(&mut Script, &str, &str) -> Result<(), String>;

macro_rules! on {
    ($field:ident) => {
        on!($field = true)
    };
    ($field:ident = $to:expr) => {
        |script, _, _| {
            script.$field = $to;
            Ok(())
        }
    };
}

macro_rules! put {
    ($field:ident, $read:expr) => {
        |script, _, value| {
            script.$field = $read(value)?;
            Ok(())
        }
    };
}

/// Every switch. DUR is `250us`, `100ms`, `1.5s` or `2m`; TEXT is percent-encoded (`%2B` for `+`, `%2C` for
/// `,`). "Event" is one `data:` event of a stream, `[DONE]` included; comments do not count.
#[rustfmt::skip]
pub const SWITCHES: &[Switch] = &[
    // What comes instead of a reply.
    with("status", "N", "answer with this status; from 300 on with the dialect's error body", put!(status, status)),
    with("html", "N", "answer with this status and an HTML page, as a proxy in between would", put!(html, status)),
    with("retry_after", "N", "reply header retry-after", put!(retry_after, header_value)),
    with("header.NAME", "TEXT", "one more reply header; %FF gives bytes that are not UTF-8", header),
    flag("error_200", "status 200 with an error object as JSON body", on!(error_200)),
    flag("reject_stream_options", "400 when the request has stream_options", on!(reject_stream_options)),
    flag("mistral", "chat: be Mistral, with its refusals and its usage in a stream's last chunk", on!(mistral)),
    with("times", "N", "only the first N requests with this very script follow it", put!(times, some)),
    // When.
    with("latency", "DUR", "wait before the reply's head", put!(latency, duration)),
    with("first", "DUR", "send the head at once, wait before the first event or the JSON body", put!(first, duration)),
    with("tps", "N", "tokens per second; JSON waits as long as its tokens take", put!(tps, rate)),
    with("gap", "DUR", "wait between any two writes of the body", put!(gap, duration)),
    // How it goes wrong.
    flag("reset", "reset the connection before any byte of the reply", on!(reset)),
    with("reset_after", "N", "reset after N events, or N bytes of JSON", put!(reset_after, some_or_none)),
    with("end_after", "N", "end cleanly after N events, or N bytes of JSON", put!(end_after, some_or_none)),
    with("stall_after", "N", "say nothing more after N events, or N bytes of JSON", put!(stall_after, some_or_none)),
    flag("empty", "status 200 and no body", on!(empty)),
    flag("no_done", "streams: leave out [DONE], or the event that ends the stream", on!(no_done)),
    flag("error_first", "streams: status 200, and the only event is an error", on!(error_first)),
    with("error_mid", "N", "streams: an error event after N events, then the end", put!(error_mid, some_or_none)),
    flag("error_event", "streams: as error_first, with an `event: error` line; with error_mid there", on!(error_event)),
    // How it is written.
    flag("gzip", "content-encoding gzip, asked for or not", on!(gzip)),
    flag("no_length", "JSON without content-length", on!(no_length)),
    with("chunk", "N", "write the body in pieces of N bytes, each flushed", put!(chunk, some)),
    flag("burst", "streams: all events in one write", on!(burst)),
    flag("crlf", "streams: lines end in CR LF", on!(line_end = LineEnd::CrLf)),
    flag("cr", "streams: lines end in CR", on!(line_end = LineEnd::Cr)),
    flag("mixed", "streams: LF, CR LF and CR in turn", on!(line_end = LineEnd::Mixed)),
    flag("comments", "streams: `: ping` before the first and between any two events", on!(comments)),
    flag("no_space", "streams: `data:` without a space", on!(no_space)),
    flag("bom", "streams: a UTF-8 byte order mark first", on!(bom)),
    flag("fields", "streams: every event has event:, id: and retry: lines", on!(fields)),
    flag("folded", "streams: an event's JSON goes over two data: lines", on!(folded)),
    flag("bare_end", "streams: the last event has no line end", on!(bare_end)),
    with("bad_crc", "N", "event-stream frames: the checksum of frame N (from 0) is wrong", put!(bad_crc, some_or_none)),
    // What it says.
    with("say", "TEXT", "say this", put!(say, some_text)),
    with("think", "TEXT", "think this before anything is said, wanted or not", put!(think, some_text)),
    with("preface", "TEXT", "say this before a tool call", put!(preface, some_text)),
    flag("echo", "say the last user message; with tools, put it into the arguments", on!(echo)),
    with("tokens", "N", "make the reply N tokens long", put!(tokens, some)),
    with("split", "N", "cut content and arguments into pieces of N characters", put!(split, some)),
    flag("tools", "call the request's first tool, unless the last message is a tool's result", on!(tools)),
    flag("parallel", "as tools, with two calls, interleaved in a stream", on!(parallel)),
    flag("logprobs", "logprobs, asked for or not", on!(logprobs)),
    with("finish", "TEXT", "this finish_reason", put!(finish, some_text)),
    // What it counts.
    flag("no_usage", "never report usage", on!(usage = UsageReport::Never)),
    flag("usage_always", "streams: usage so far in every chunk", on!(usage = UsageReport::Every)),
    with("prompt", "N", "usage: this many prompt_tokens", put!(prompt, some_or_none)),
    with("completion", "N", "usage: this many completion_tokens", put!(completion, some_or_none)),
    with("cached", "N", "usage: cached_tokens among the prompt's", put!(cached, number)),
    with("cache_write", "N", "usage: tokens written to the cache, where the dialect has them", put!(cache_write, number)),
    with("reasoning", "N", "usage: reasoning_tokens, on top of what is said", put!(reasoning, number)),
];

/// The table as text, one line a switch.
pub fn table() -> String {
    let mut text = String::new();
    for switch in SWITCHES {
        let equals = if switch.value.is_empty() { "" } else { "=" };
        let written = format!("{}{equals}{}", switch.name, switch.value);
        text.push_str(&format!("  {written:<22} {}\n", switch.does));
    }
    text
}

/// More would only fill memory.
const LARGEST: usize = 200_000;

fn number<N: FromStr>(value: &str) -> Result<N, String> {
    value.parse().map_err(|_| "not a whole number".to_owned())
}

fn some_or_none<N: FromStr>(value: &str) -> Result<Option<N>, String> {
    number(value).map(Some)
}

fn some(value: &str) -> Result<Option<usize>, String> {
    match number(value)? {
        n if (1..=LARGEST).contains(&n) => Ok(Some(n)),
        _ => Err(format!("not from 1 to {LARGEST}")),
    }
}

fn status(value: &str) -> Result<Option<u16>, String> {
    match number(value)? {
        n if (200..=599).contains(&n) => Ok(Some(n)),
        _ => Err("not from 200 to 599".to_owned()),
    }
}

fn rate(value: &str) -> Result<Option<f64>, String> {
    match value.parse::<f64>() {
        Ok(n) if n.is_finite() && n >= 0.001 => Ok(Some(n)),
        _ => Err("not a number above 0".to_owned()),
    }
}

fn duration(value: &str) -> Result<Duration, String> {
    let unit_at = value
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(unit_at).unwrap_or((value, ""));
    let seconds = match unit {
        "us" => 0.000_001,
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return Err("no unit of us, ms, s or m".to_owned()),
    };
    let number: f64 = number
        .parse()
        .map_err(|_| "not a number with a unit".to_owned())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| "not a duration".to_owned())
}

fn some_text(value: &str) -> Result<Option<String>, String> {
    String::from_utf8(percent_decoded(value)?)
        .map(Some)
        .map_err(|_| "not UTF-8".to_owned())
}

fn header_value(value: &str) -> Result<Option<HeaderValue>, String> {
    let bytes = percent_decoded(value)?;
    HeaderValue::from_bytes(&bytes)
        .map(Some)
        .map_err(|_| "not a header value".to_owned())
}

fn header(script: &mut Script, name: &str, value: &str) -> Result<(), String> {
    let name = name.strip_prefix("header.").unwrap_or(name);
    let name = HeaderName::try_from(name).map_err(|_| "not a header name".to_owned())?;
    script
        .headers
        .extend(header_value(value)?.map(|value| (name, value)));
    Ok(())
}

/// `value` with each `%XX` as the byte it stands for.
///
/// # Errors
/// When a `%` stands before something else.
pub fn percent_decoded(value: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [
                rest.next().unwrap_or_default(),
                rest.next().unwrap_or_default(),
            ];
            let hex = str::from_utf8(&digits)
                .ok()
                .filter(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()));
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            bytes.push(byte.ok_or("% without two hexadecimal digits")?);
        } else {
            bytes.push(byte);
        }
    }
    Ok(bytes)
}
