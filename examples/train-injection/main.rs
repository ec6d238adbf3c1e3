//! Prints what the prompt-attack detector sees of texts, for `train.py`: one JSON object with a `text` a line comes
//! in; for each goes out how many parts it has, and of each part its rules, how many hashes it has, and those, as
//! 32-bit numbers, the lowest byte first.
#![allow(
    clippy::unwrap_used,
    reason = "a training that fails by a panic says so"
)]

use std::io::{BufWriter, Read, Write, stdin, stdout};

use serde_json::Value;
use tollgate::injection::{Detector, features};

fn main() {
    let mut lines = String::new();
    stdin().read_to_string(&mut lines).unwrap();
    let detector = Detector::new();
    let mut out = BufWriter::new(stdout().lock());
    let mut put = |number: u32| out.write_all(&number.to_le_bytes()).unwrap();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let parts = features(&detector, row.get("text").and_then(Value::as_str).unwrap());
        put(u32::try_from(parts.len()).unwrap());
        for part in parts {
            put(part.rules);
            put(part.quoted);
            put(u32::try_from(part.hashes.len()).unwrap());
            part.hashes.into_iter().for_each(&mut put);
        }
    }
}
