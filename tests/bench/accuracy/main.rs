//! How well the detectors find, measured over files that the caller names: `make accuracy FILES="a.jsonl b.jsonl"`.
//!
//! Nothing to measure with is shipped. A file has one JSON object a line, in any of the forms that `rows` reads.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    reason = "a measurement that fails by a panic says so"
)]

mod names;
mod prompts;
mod rows;
mod score;
mod secrets;

use std::collections::BTreeMap;
use std::process::ExitCode;

use rows::Row;
use score::{Bench, Score};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::var("FILES")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if files.is_empty() {
        println!(
            "Nothing to measure with is shipped. FILES=\"a.jsonl b.jsonl\" names files, one JSON object a line:"
        );
        println!("{}", rows::FORMS);
        return ExitCode::SUCCESS;
    }
    let mut all = Vec::new();
    for file in &files {
        match rows::read(file) {
            Ok(mut found) => all.append(&mut found),
            Err(fault) => {
                eprintln!("{fault}");
                return ExitCode::FAILURE;
            }
        }
    }
    let shown = std::env::var("SHOW").unwrap_or_default();
    let bench = Bench::new();
    entities(&bench, &all, &shown);
    secrets::report(&bench, &all, &shown);
    prompts::report(&bench, &all, &shown);
    ExitCode::SUCCESS
}

/// Precision, recall and F1 per entity: as the row has it, and with the entity's name before it.
fn entities(bench: &Bench, rows: &[Row], shown: &str) {
    let mut scores: BTreeMap<&'static str, (Score, Score)> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let Row::Entity(case) = row else { continue };
        let Some(kinds) = names::kinds(&case.entity) else {
            *unknown.entry(case.entity.as_str()).or_default() += 1;
            continue;
        };
        let Some(kind) = kinds.first() else { continue };
        let (given, named) = scores.entry(kind.name()).or_default();
        let misses = (given.misses(), named.misses());
        bench.judge(&kinds, &case.text, &case.wanted, given);
        let words = names::words(&case.entity, case.described.as_deref());
        let shift = words.len() + 2;
        let wanted: Vec<_> = case
            .wanted
            .iter()
            .map(|w| w.start + shift..w.end + shift)
            .collect();
        bench.judge(&kinds, &format!("{words}: {}", case.text), &wanted, named);
        if shown == kind.name() && misses != (given.misses(), named.misses()) {
            println!(
                "{} {:?}",
                if misses.1 == named.misses() {
                    "named only"
                } else {
                    "wrong"
                },
                case
            );
        }
    }
    if scores.is_empty() {
        return;
    }
    println!(
        "{:24} {:>6}   {:^23}   {:^23}",
        "", "", "as given", "named before"
    );
    let head = [
        "entity", "values", "prec", "recall", "F1", "prec", "recall", "F1",
    ];
    println!(
        "{:24} {:>6}   {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7}",
        head[0], head[1], head[2], head[3], head[4], head[5], head[6], head[7]
    );
    for (name, (given, named)) in &scores {
        println!("{name:24} {:>6}   {given}   {named}", given.wanted());
    }
    if !unknown.is_empty() {
        let list: Vec<String> = unknown
            .iter()
            .map(|(name, n)| format!("{name} {n}"))
            .collect();
        println!("\nnot looked for, rows: {}", list.join(", "));
    }
    println!();
}
