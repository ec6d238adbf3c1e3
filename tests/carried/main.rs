//! What is carried from each client's dialect to each kind of provider, written down and held to the code.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

mod carry;
mod probes;
mod table;

use std::fs;
use std::path::Path;

#[test]
fn the_table_is_what_the_code_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialect/CARRIED.md");
    let text = table::whole();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, written, "UPDATE_GOLDEN=1 writes {}", path.display());
}

#[test]
fn short_table() {
    println!("{}", table::short());
}
