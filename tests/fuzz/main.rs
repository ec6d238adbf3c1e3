//! The fuzzing targets over their seeds, and over inputs made of them: as many for each as `FUZZ_INPUTS` says.
//! `make fuzz` runs the same targets under cargo-fuzz, which looks for new paths.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    reason = "a test fails by a panic"
)]

#[allow(dead_code, reason = "their own tests are not here")]
#[path = "../support/checkers/mod.rs"]
mod checkers;
mod mutate;
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use mutate::{Random, mutated};
use targets::TARGETS;

const INPUTS: u64 = 2_000;

fn run(name: &str) {
    let (_, target) = TARGETS.iter().find(|(own, _)| *own == name).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/seeds")
        .join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        target(seed);
    }
    let inputs = std::env::var("FUZZ_INPUTS").map_or(INPUTS, |count| count.parse().unwrap());
    for number in 0..inputs {
        let input = mutated(&seeds, &mut Random::new(number));
        if catch_unwind(|| target(&input)).is_err() {
            let text = String::from_utf8_lossy(&input);
            panic!("{name}, input {number}:\n{text}");
        }
    }
}

#[test]
fn json() {
    run("json");
}

#[test]
fn frames() {
    run("frames");
}

#[test]
fn bodies() {
    run("bodies");
}

#[test]
fn streams() {
    run("streams");
}

#[test]
fn deltas() {
    run("deltas");
}
