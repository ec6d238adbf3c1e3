//! The tables, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::carry::{Fate, TARGETS, Target};
use super::probes::{Client, clients};

/// The file of the whole table.
pub fn whole() -> String {
    let mut text = HEAD.to_owned();
    for client in clients() {
        section(&client, &mut text);
    }
    text
}

const HEAD: &str = "\
# What is carried from one dialect to another

Written by `UPDATE_GOLDEN=1 cargo test --test carried`, which asks the code, one request for each line.

| word | what becomes of it |
| --- | --- |
| yes | sent in the client's own words |
| mapped | sent in the provider's words |
| usual | not sent: the provider does so without being asked |
| in part | sent, but for what is named below |
| dropped | not sent: the answer is the same without it; `x-tollgate-decision` names it |
| refused | the target is left out, and where none is left the request is refused, for the reason below |

A target that speaks the client's own dialect gets every field as the client wrote it, and has no column.
";

fn section(client: &Client, text: &mut String) {
    let foreign: Vec<Target> = TARGETS
        .iter()
        .copied()
        .filter(|target| !target.takes_as_is(client))
        .collect();
    write!(text, "\n## From `{}`\n\n", client.dialect.name()).unwrap();
    let as_is: Vec<String> = TARGETS
        .iter()
        .filter(|target| target.takes_as_is(client))
        .map(|target| format!("`{}`", target.kind))
        .collect();
    if !as_is.is_empty() {
        write!(text, "As it is to {}.\n\n", as_is.join(", ")).unwrap();
    }
    let kinds: Vec<&str> = foreign.iter().map(|target| target.kind).collect();
    writeln!(text, "| asked | {} |", kinds.join(" | ")).unwrap();
    writeln!(text, "| --- |{}", " --- |".repeat(kinds.len())).unwrap();
    let mut reasons = Vec::new();
    for probe in &client.probes {
        let fates: Vec<Fate> = foreign
            .iter()
            .map(|target| target.fate(client, probe))
            .collect();
        let words: Vec<&str> = fates.iter().map(Fate::word).collect();
        writeln!(text, "| {} | {} |", probe.feature, words.join(" | ")).unwrap();
        let mut said: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (fate, kind) in fates.iter().zip(&kinds) {
            let why = match fate {
                Fate::Refused(path, reason) => format!("`{path}`: {reason}"),
                Fate::Part(dropped) => format!("without `{}`", dropped.join("`, `")),
                _ => continue,
            };
            said.entry(why).or_default().push(kind);
        }
        for (why, kinds) in said {
            reasons.push(format!("- {} ({}): {why}", probe.feature, kinds.join(", ")));
        }
    }
    if !reasons.is_empty() {
        write!(text, "\n{}\n", reasons.join("\n")).unwrap();
    }
}

/// The short table: for each thing, what becomes of it at each kind of provider, from all clients together.
pub fn short() -> String {
    let mut rows: Vec<(&str, Vec<Vec<&str>>)> = Vec::new();
    for client in clients() {
        for probe in &client.probes {
            let at = rows
                .iter()
                .position(|(feature, _)| *feature == probe.feature);
            let at = at.unwrap_or_else(|| {
                rows.push((probe.feature, vec![Vec::new(); TARGETS.len()]));
                rows.len() - 1
            });
            for (cell, target) in rows[at].1.iter_mut().zip(TARGETS) {
                let word = match target.takes_as_is(&client) {
                    true => continue,
                    false => target.fate(&client, probe).word(),
                };
                if !cell.contains(&word) {
                    cell.push(word);
                }
            }
        }
    }
    let mut text = String::new();
    let kinds: Vec<&str> = TARGETS.iter().map(|target| target.kind).collect();
    writeln!(text, "| asked | {} |", kinds.join(" | ")).unwrap();
    writeln!(text, "| --- |{}", " --- |".repeat(kinds.len())).unwrap();
    for (feature, cells) in rows {
        let cells: Vec<String> = cells.iter().map(|words| words.join(", ")).collect();
        writeln!(text, "| {feature} | {} |", cells.join(" | ")).unwrap();
    }
    text
}
