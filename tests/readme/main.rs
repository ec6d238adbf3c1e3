//! README.md holds: every block in it is run or parsed, every table is what the code says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by a panic"
)]

mod blocks;
#[path = "../sdk/envoy.rs"]
mod envoy;
mod facts;
mod live;
mod own;
#[path = "../../examples/provider/server.rs"]
mod provider;
#[path = "../sdk/venv.rs"]
mod venv;

use blocks::{blocks, links, readme};

/// The languages of blocks, each of which is looked at by a test here; `text` is for people only.
const LANGUAGES: [&str; 6] = ["yaml", "json", "console", "sh", "python", "text"];

#[test]
fn every_block_has_a_language_that_is_looked_at() {
    for block in blocks() {
        let known = LANGUAGES.contains(&block.language.as_str());
        assert!(known, "line {}: {:?}", block.line, block.language);
    }
}

#[test]
fn links_lead_somewhere() {
    for link in links() {
        let found = match link.strip_prefix('#') {
            Some(anchor) => headings().iter().any(|heading| heading == anchor),
            None => envoy::top().join(&link).exists(),
        };
        assert!(found, "{link}");
    }
}

/// The anchors of the README's headings.
fn headings() -> Vec<String> {
    let text = readme();
    let headings = text.lines().filter_map(|line| line.strip_prefix("##"));
    let anchor = |heading: &str| heading.trim_start_matches('#').trim().to_lowercase();
    headings
        .map(|heading| anchor(heading).replace(' ', "-"))
        .collect()
}

#[test]
fn make_knows_what_is_said_of_it() {
    let text = readme();
    let targets = live::targets();
    for command in blocks::quoted(&text)
        .iter()
        .filter_map(|quoted| quoted.strip_prefix("make "))
    {
        let words = command.split_whitespace();
        let target = words.take_while(|word| !word.contains('=')).last();
        let target = target.unwrap_or_default().to_owned();
        assert!(targets.contains(&target), "make {command}");
    }
}
