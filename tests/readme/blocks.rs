//! README.md taken apart: its fenced blocks, sections, tables and links.

use std::fs;

use super::envoy::top;

/// A fenced block.
#[derive(Debug)]
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// What stands behind the fence.
    pub language: String,
    /// Its lines, without the indentation of the fence.
    pub text: String,
}

/// The whole text.
pub fn readme() -> String {
    fs::read_to_string(top().join("README.md")).unwrap()
}

/// Every fenced block.
///
/// # Panics
/// When one is not closed.
pub fn blocks() -> Vec<Block> {
    let text = readme();
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    for (line, text) in (1..).zip(text.lines()) {
        let bare = text.trim_start();
        let indent = text.len() - bare.len();
        open = match (open, bare.strip_prefix("```")) {
            (None, None) => None,
            (None, Some(language)) => {
                let (language, text) = (language.trim().to_owned(), String::new());
                let block = Block {
                    line,
                    language,
                    text,
                };
                Some((indent, block))
            }
            (Some((_, block)), Some(_)) => {
                found.push(block);
                None
            }
            (Some((indent, mut block)), None) => {
                block.text.push_str(text.get(indent..).unwrap_or_default());
                block.text.push('\n');
                Some((indent, block))
            }
        };
    }
    assert!(open.is_none(), "a block is not closed: {open:?}");
    found
}

/// The blocks in `language`.
pub fn in_language(language: &str) -> impl Iterator<Item = Block> {
    let language = language.to_owned();
    blocks()
        .into_iter()
        .filter(move |block| block.language == language)
}

/// The text under the heading `title`, up to the next heading.
///
/// # Panics
/// When there is no such heading.
pub fn section(title: &str) -> String {
    let text = readme();
    let heading = format!("\n## {title}\n");
    let (_, after) = text
        .split_once(&heading)
        .unwrap_or_else(|| panic!("no section {title:?}"));
    after.split("\n## ").next().unwrap().to_owned()
}

/// The rows of the table whose head is `head`, such as `["code", "status"]`, cell by cell.
///
/// # Panics
/// When there is no such table.
pub fn table(head: &[&str]) -> Vec<Vec<String>> {
    let text = readme();
    let mut rows = text.lines().map(cells).skip_while(|row| row != head);
    assert!(rows.next().is_some(), "no table {head:?}");
    rows.skip(1).take_while(|row| !row.is_empty()).collect()
}

fn cells(line: &str) -> Vec<String> {
    let inner = line
        .strip_prefix('|')
        .and_then(|line| line.strip_suffix('|'));
    inner.map_or_else(Vec::new, |inner| {
        inner
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
}

/// What stands between backticks in `text`.
pub fn quoted(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The relative targets of its links.
pub fn links() -> Vec<String> {
    let text = readme();
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://"))
        .map(str::to_owned)
        .collect()
}
