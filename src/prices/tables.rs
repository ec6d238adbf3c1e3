//! The tables, one for each kind of provider, and how a line is found in one.

use std::cmp::Ordering;

use super::line::{self, GEOGRAPHIC};
use super::name::Candidates;
use super::price::{Price, Rates};
use crate::units::{Moment, rfc3339};

/// The day that the tables were made.
pub const DATE: &str = include_str!("tables/DATE");

macro_rules! tables {
    ($($kind:literal),* $(,)?) => {
        [$(($kind, include_str!(concat!("tables/", $kind, ".txt")))),*]
    };
}

/// Sorted by the bytes of the names.
const TABLES: [(&str, &str); 21] = tables![
    "openai",
    "anthropic",
    "gemini",
    "vertex",
    "bedrock",
    "azure",
    "mistral",
    "cohere",
    "groq",
    "deepseek",
    "xai",
    "openrouter",
    "together",
    "fireworks",
    "cerebras",
    "deepinfra",
    "perplexity",
    "sambanova",
    "moonshot",
    "zai",
    "huggingface",
];

/// The price of a model at a provider of this kind in this region, at a moment; `None` when it is not known.
pub fn builtin(kind: &str, model: &str, region: Option<&str>, at: Moment) -> Option<Price> {
    let (_, table) = TABLES.iter().find(|(own, _)| *own == kind)?;
    let candidates = Candidates::of(kind, model);
    let now = rfc3339(at.0 / 1_000_000_000);
    let day = now.get(..10)?;
    let read = |line: &str| line::read(line, day, region.is_none_or(|region| region == "global"));
    if let Some(region) = region.filter(|_| kind == "bedrock")
        && let Some(line) = find(table, &[region, "/", &candidates.name].concat())
    {
        return read(line);
    }
    let names = [Some(candidates.name.as_str()), candidates.short.as_deref()];
    if let Some(line) = names
        .into_iter()
        .flatten()
        .find_map(|name| find(table, name))
    {
        return read(line);
    }
    if let Some((plain, short)) = &candidates.plain {
        let names = [Some(plain.as_str()), short.as_deref()];
        let line = names
            .into_iter()
            .flatten()
            .find_map(|name| find(table, name))?;
        return read(line).filter(|_| !line.ends_with(GEOGRAPHIC));
    }
    candidates.free.then(|| Price {
        rates: vec![(
            super::Above::default(),
            Rates {
                output: Some(crate::units::PicoUsd(0)),
                ..Rates::default()
            },
        )],
        ..Price::default()
    })
}

/// Every kind and how many names its table has.
pub fn names() -> impl Iterator<Item = (&'static str, usize)> {
    let count = |(kind, table): &(&'static str, &str)| (*kind, table.lines().count());
    TABLES.iter().map(count).collect::<Vec<_>>().into_iter()
}

/// What stands behind a name.
fn find<'t>(table: &'t str, name: &str) -> Option<&'t str> {
    let (mut from, mut to) = (0, table.len());
    while from < to {
        let middle = from.saturating_add(to.saturating_sub(from) / 2);
        let before = table.get(from..middle)?;
        // The line that the middle stands in.
        let start = match before.rfind('\n') {
            Some(at) => from.saturating_add(at).saturating_add(1),
            None => from,
        };
        let rest = table.get(start..to)?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let (own, line) = rest.get(..length)?.split_once(' ')?;
        match own.cmp(name) {
            Ordering::Equal => return Some(line),
            Ordering::Greater => to = start,
            Ordering::Less => from = start.saturating_add(length).saturating_add(1),
        }
    }
    None
}
