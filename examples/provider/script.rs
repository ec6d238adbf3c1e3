//! What a request may ask the scripted provider to do: the `Script`, and how one is read from text.
//! Never: what a switch does to a reply; that is for the modules that build it.

use std::time::Duration;

use hyper::header::{HeaderName, HeaderValue};

use super::switches::{SWITCHES, Switch};

/// The line end of an event stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`, what every provider sends.
    #[default]
    Lf,
    /// `\r\n`.
    CrLf,
    /// `\r`.
    Cr,
    /// Event by event another one of the three.
    Mixed,
}

/// When a reply reports its tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsageReport {
    /// As OpenAI does: in JSON always, in a stream when `stream_options.include_usage` asks.
    #[default]
    Asked,
    /// Nowhere.
    Never,
    /// Cumulative, in every chunk of a stream.
    Every,
}

/// Everything that can be asked of one reply. The default is a plain, quick, correct one.
/// The table in `switches.rs` says what each field does.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub status: Option<u16>,
    pub html: Option<u16>,
    pub error_200: bool,
    pub reject_stream_options: bool,
    pub mistral: bool,
    pub retry_after: Option<HeaderValue>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub times: Option<usize>,

    pub latency: Duration,
    pub first: Duration,
    pub gap: Duration,
    pub tps: Option<f64>,

    pub reset: bool,
    pub reset_after: Option<usize>,
    pub end_after: Option<usize>,
    pub stall_after: Option<usize>,
    pub empty: bool,
    pub no_done: bool,
    pub error_first: bool,
    pub error_event: bool,
    pub error_mid: Option<usize>,

    pub gzip: bool,
    pub no_length: bool,
    pub chunk: Option<usize>,
    pub burst: bool,
    pub line_end: LineEnd,
    pub comments: bool,
    pub no_space: bool,
    pub bom: bool,
    pub fields: bool,
    pub folded: bool,
    pub bare_end: bool,
    pub bad_crc: Option<usize>,

    pub say: Option<String>,
    pub think: Option<String>,
    pub preface: Option<String>,
    pub echo: bool,
    pub tokens: Option<usize>,
    pub split: Option<usize>,
    pub tools: bool,
    pub parallel: bool,
    pub logprobs: bool,
    pub finish: Option<String>,

    pub usage: UsageReport,
    pub prompt: Option<u64>,
    pub completion: Option<u64>,
    pub cached: u64,
    pub cache_write: u64,
    pub reasoning: u64,
}

impl Script {
    /// Reads `name=value` pairs, parted by `separator`, on top of what is already set.
    ///
    /// # Errors
    /// A sentence naming the first switch that is unknown or has a wrong value.
    pub fn read(&mut self, text: &str, separator: char) -> Result<(), String> {
        text.split(separator)
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .try_for_each(|item| self.set(item))
    }

    fn set(&mut self, item: &str) -> Result<(), String> {
        let (name, value) = match item.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (item, None),
        };
        let switch = find(name).ok_or_else(|| unknown(name))?;
        let value = match (switch.value.is_empty(), value) {
            (true, None) => "",
            (false, Some(value)) if !value.is_empty() => value,
            (true, Some(_)) => return Err(format!("script: {name} takes no value")),
            (false, _) => {
                let wanted = switch.value;
                return Err(format!("script: {name} needs a value: {name}={wanted}"));
            }
        };
        (switch.set)(self, name, value).map_err(|why| {
            format!(
                "script: {name}={value}: {why}; write {name}={}",
                switch.value
            )
        })
    }
}

/// Takes the switches off a model name: `gpt-4o+status=429` is `gpt-4o` and `status=429`.
/// A name that only ends in `+` is a name.
pub fn split_model(model: &str) -> (&str, &str) {
    match model.split_once('+') {
        Some((name, switches)) if !switches.is_empty() => (name, switches),
        _ => (model, ""),
    }
}

fn find(name: &str) -> Option<&'static Switch> {
    SWITCHES
        .iter()
        .find(|switch| match switch.name.strip_suffix("NAME") {
            Some(prefix) => name.len() > prefix.len() && name.starts_with(prefix),
            None => switch.name == name,
        })
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = SWITCHES.iter().map(|switch| switch.name).collect();
    format!(
        "script: unknown switch {name:?}; there are: {}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Script, String> {
        let mut script = Script::default();
        script.read(text, '+').map(|()| script)
    }

    #[test]
    fn switches_set_their_fields() {
        let script =
            read("status=429+retry_after=7+latency=1.5s+say=a%20b%2Bc+header.x-a=%FF").unwrap();
        assert_eq!(script.status, Some(429));
        assert_eq!(script.retry_after.unwrap(), "7");
        assert_eq!(script.latency, Duration::from_millis(1500));
        assert_eq!(script.say.as_deref(), Some("a b+c"));
        assert_eq!(script.headers[0].1.as_bytes(), b"\xff");
    }

    #[test]
    fn faults_name_the_switch() {
        for (text, part) in [
            ("statsu=429", "unknown switch \"statsu\""),
            ("status", "status needs a value"),
            ("status=abc", "status=abc: "),
            ("status=42", "status=42: "),
            ("latency=5", "latency=5: "),
            ("gzip=1", "gzip takes no value"),
            ("chunk=0", "chunk=0: "),
            ("header.=1", "unknown switch"),
            ("header.a b=1", "header.a b=1: "),
            ("say=%zz", "say=%zz: "),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.contains(part), "{text}: {fault}");
        }
    }

    #[test]
    fn a_model_name_may_end_in_plus() {
        assert_eq!(split_model("command-r+"), ("command-r+", ""));
        assert_eq!(split_model("a+gzip+status=500"), ("a", "gzip+status=500"));
        assert_eq!(split_model("gpt-4o"), ("gpt-4o", ""));
    }

    #[test]
    fn the_table_has_no_name_twice() {
        for (at, switch) in SWITCHES.iter().enumerate() {
            assert!(
                SWITCHES
                    .iter()
                    .skip(at + 1)
                    .all(|other| other.name != switch.name)
            );
        }
    }
}
