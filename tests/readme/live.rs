//! The README's commands, run one after the other against a gateway as `make run` starts it.

use std::fs;
use std::process::{Command, Output, Stdio};

use super::blocks::{Block, blocks, readme};
use super::envoy::{Envoy, LOCAL, scratch, shipped, top};
use super::provider::{self, Options};
use super::venv::Venv;

/// Where the README has the gateway, and Envoy's admin interface.
const GATEWAY: &str = "127.0.0.1:10000";
const ADMIN: &str = "127.0.0.1:9901";

#[tokio::test(flavor = "multi_thread")]
async fn every_command_answers_as_it_says() {
    let provider = provider::start(Options::default()).await.unwrap();
    let envoy = Envoy::start("readme", &shipped(provider.port()), &[(LOCAL, "demo")]);
    let place = |text: &str| {
        let text = text.replace(GATEWAY, &envoy.address);
        text.replace(ADMIN, envoy.admin.trim())
    };
    let mut ran = 0;
    for block in blocks() {
        ran += match block.language.as_str() {
            "console" => console(&block, &place),
            "sh" => shell(&block, &place),
            "python" => python(&block, &place),
            _ => 0,
        };
    }
    assert!(ran >= 7, "only {ran} commands were run");
    let digits = "[0-9A-F]{4}";
    let masked = format!(r"Write to \[EMAIL_{digits}\] or call \[PHONE_{digits}\]\.");
    let masked = regex::Regex::new(&masked).unwrap();
    assert!(masked.is_match(&readme()));
    let heard = provider.requests();
    let bodies = heard
        .iter()
        .map(|request| String::from_utf8_lossy(&request.body));
    assert!(bodies.into_iter().any(|body| masked.is_match(&body)));
}

/// A line with `$` is a command; the lines below it stand in what it says, in their order. `…` is any text, and
/// a `\` at a command's end goes on in the next line.
fn console(block: &Block, place: &dyn Fn(&str) -> String) -> usize {
    let mut ran = 0;
    let mut said: Vec<String> = Vec::new();
    let text = joined(&block.text);
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            said = lines(&run(&place(command), block))
                .into_iter()
                .rev()
                .collect();
            ran += 1;
            continue;
        }
        let all = said.join("\n");
        loop {
            let Some(next) = said.pop() else {
                panic!(
                    "line {}: the reply has no line like\n{line}\nin (last first)\n{all}",
                    block.line
                );
            };
            if fits(&next, &place(line)) {
                break;
            }
        }
    }
    assert!(ran > 0, "line {}: no command", block.line);
    ran
}

/// `text` with its commands on one line each.
fn joined(text: &str) -> String {
    text.replace("\\\n", " ")
}

/// Commands for a shell; those for make are only looked up.
fn shell(block: &Block, place: &dyn Fn(&str) -> String) -> usize {
    let mut ran = 0;
    let text = joined(&block.text);
    for line in text.lines() {
        let command = line.split(" # ").next().unwrap().trim();
        if let Some(rest) = command.strip_prefix("make ") {
            let target = rest.split_whitespace().last().unwrap();
            assert!(
                targets().contains(&target.to_owned()),
                "line {}: make {target}",
                block.line
            );
        } else {
            run(&place(command), block);
            ran += 1;
        }
    }
    ran
}

/// A program for Python, with the OpenAI SDK.
fn python(block: &Block, place: &dyn Fn(&str) -> String) -> usize {
    let script = scratch().join(format!("readme-{}.py", std::process::id()));
    fs::write(&script, place(&block.text)).unwrap();
    let mut python = Venv::with(&top().join("tests/sdk/python/sdks.txt")).python(&script);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("OPENAI_") || name.to_ascii_lowercase().ends_with("_proxy") {
            python.env_remove(name);
        }
    }
    let said = lines(&succeeded(python.output().unwrap(), block));
    fs::remove_file(script).unwrap();
    assert!(
        said.concat()
            .starts_with("Hello from the scripted provider"),
        "line {}: {said:?}",
        block.line
    );
    1
}

fn run(command: &str, block: &Block) -> Output {
    let mut shell = Command::new("sh");
    shell
        .args(["-e", "-c", command])
        .current_dir(top())
        .stdin(Stdio::null());
    succeeded(shell.output().unwrap(), block)
}

fn succeeded(output: Output, block: &Block) -> Output {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "line {}: {error}", block.line);
    output
}

fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(str::to_owned).collect()
}

/// Whether `line` is what `pattern` says, in which `…` is any text.
fn fits(line: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    let mut open = false;
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        open = part.is_empty();
    }
    open || rest.is_empty()
}

/// The targets of the Makefile that are for people.
pub fn targets() -> Vec<String> {
    let makefile = fs::read_to_string(top().join("Makefile")).unwrap();
    let named = |line: &str| {
        let (name, rest) = line.split_once(':')?;
        rest.contains("## ").then(|| name.to_owned())
    };
    makefile.lines().filter_map(named).collect()
}

#[test]
fn patterns() {
    for (line, pattern, wanted) in [
        ("abc", "abc", true),
        ("abc", "ab", false),
        ("abc", "a…", true),
        ("abc", "…c", true),
        ("abc", "…b…", true),
        ("abc", "a…b", false),
        ("abc", "…x…", false),
        ("{\"id\":\"1\",\"x\":2}", "{\"id\":\"…\",…2}", true),
    ] {
        assert_eq!(fits(line, pattern), wanted, "{line} {pattern}");
    }
}
