//! The build script: lays the token counter's tables out, one set of files for each vocabulary and one of
//! Unicode classes, so that nothing is constructed when the filter starts.
//!
//! Sources: the vocabularies and patterns of `tiktoken-rs` (public API only) and the Unicode classes of
//! `regex-syntax`, the crate its regex engine takes them from. An upgrade of either that changes what the
//! splitters were written for fails the build here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a build script stops the build by panicking"
)]

#[path = "../bpe/class.rs"]
#[allow(dead_code, reason = "the counter uses the rest")]
mod class;
mod classes;
#[path = "../bpe/hash.rs"]
#[allow(dead_code, reason = "the counter uses the rest")]
mod hash;
mod merges;
mod pairs;
mod patterns;
mod seams;
mod trie;
mod vocabulary;

use std::{fmt::Write as _, fs, path::Path, thread};

use merges::Merges;
use vocabulary::Vocabulary;

fn main() {
    println!("cargo::rerun-if-changed=src/tokens/build");
    println!("cargo::rerun-if-changed=src/tokens/bpe/class.rs");
    println!("cargo::rerun-if-changed=src/tokens/bpe/hash.rs");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    write_tables(Path::new(&out));
}

/// Writes every table into `out`, and `tokens.rs` with the numbers that go with them.
fn write_tables(out: &Path) {
    let made: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = vocabulary::ALL
            .iter()
            .filter(|source| {
                source.name != "p50k" || std::env::var_os("CARGO_FEATURE_P50K").is_some()
            })
            .map(|source| scope.spawn(move || write_vocabulary(out, &source.read())))
            .collect();
        fs::write(out.join("classes.bin"), classes::table()).expect("OUT_DIR is writable");
        running
            .into_iter()
            .map(|thread| thread.join().expect("the tables of one vocabulary"))
            .collect()
    });
    fs::write(out.join("tokens.rs"), made.concat()).expect("OUT_DIR is writable");
}

fn write_vocabulary(out: &Path, vocabulary: &Vocabulary) -> String {
    let name = vocabulary.name;
    let merges = Merges::find(vocabulary);
    let pairs = pairs::Pairs::place(&merges, vocabulary);
    let trie = trie::Trie::pack(vocabulary, &pairs.slot_of_rank);
    let seams = seams::Seams::find(vocabulary, &merges);
    let save = |part: &str, bytes: Vec<u8>| {
        fs::write(out.join(format!("{name}.{part}.bin")), bytes).expect("OUT_DIR is writable");
    };
    save(
        "entries",
        pairs
            .entries
            .iter()
            .flat_map(|entry| entry.to_le_bytes())
            .collect(),
    );
    save(
        "pilots",
        pairs
            .pilots
            .iter()
            .flat_map(|pilot| pilot.to_le_bytes())
            .collect(),
    );
    save(
        "units",
        trie.units
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect(),
    );
    save(
        "roots",
        trie.roots
            .iter()
            .flat_map(|root| root.to_le_bytes())
            .collect(),
    );
    save(
        "blocks",
        trie.blocks
            .iter()
            .flat_map(|block| block.to_le_bytes())
            .collect(),
    );
    save(
        "characters",
        trie.characters
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect(),
    );
    save("filter", pairs.filter);
    save("seams", seams.first_merge);
    save("narrow", seams.narrow);
    save("wide", seams.wide);

    let mut code = String::new();
    let upper = name.to_uppercase();
    let longest = vocabulary
        .tokens
        .iter()
        .flatten()
        .map(Vec::len)
        .max()
        .expect("a vocabulary is not empty");
    writeln!(code, "/// Seed of the pair table of {name}.").unwrap();
    writeln!(code, "pub const {upper}_SEED: u64 = {:#x};", pairs.seed).unwrap();
    writeln!(code, "/// Bytes of the longest token of {name}.").unwrap();
    writeln!(code, "pub const {upper}_LONGEST: usize = {longest};").unwrap();
    code
}
