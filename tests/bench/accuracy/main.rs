//! How well the detectors find, measured over files that the caller names: `make accuracy FILES="a.jsonl b.jsonl"`.
//!
//! Nothing to measure with is shipped. A file has one JSON object a line, in any of the forms that `rows` reads.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    reason = "a measurement that fails by a panic says so"
)]

mod entities;
mod made;
mod names;
mod prompts;
mod rows;
mod score;
mod secrets;
mod valid;

use std::process::ExitCode;

use score::Bench;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::var("FILES")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let shown = std::env::var("SHOW").unwrap_or_default();
    let bench = Bench::new();
    made::report(&bench, &shown);
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
    entities::report(&bench, &all, &shown);
    secrets::report(&bench, &all, &shown);
    prompts::report(&bench, &all, &shown);
    ExitCode::SUCCESS
}
