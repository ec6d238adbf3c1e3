//! Names and ids that Bedrock takes only in some characters. What fits stays as it is; what does not
//! becomes the same in every turn.

use std::borrow::Cow;

use crate::fnv::fnv;

const LONGEST_ID: usize = 64;
const LONGEST_NAME: usize = 200;

/// A call's id: up to 64 letters, digits and `_.:-`.
pub(super) fn id(id: &str) -> Cow<'_, str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
    if !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(fits) {
        return Cow::Borrowed(id);
    }
    let start: String = id
        .bytes()
        .take(LONGEST_ID.saturating_sub(17))
        .map(|byte| if fits(byte) { char::from(byte) } else { '_' })
        .collect();
    // Two ids that become alike in the characters that fit still differ.
    Cow::Owned(format!("{start}_{:016x}", fnv(id.bytes())))
}

/// A tool's name fits: up to 64 letters, digits, `_` and `-`.
pub(super) fn is_tool_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    !name.is_empty() && name.len() <= LONGEST_ID && name.bytes().all(fits)
}

/// A document's name: letters, digits, hyphens, round and square brackets, single spaces; no two of a
/// request are alike. A file's ending goes, for the format says it.
pub(super) fn document(name: Option<&str>, format: &str, used: &mut Vec<String>) -> String {
    let name = name.unwrap_or_default();
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(format) => stem,
        _ => name,
    };
    let mut clean = String::new();
    for char in stem.chars().take(LONGEST_NAME.saturating_sub(8)) {
        let char = match char {
            char if char.is_ascii_alphanumeric() || "-()[]".contains(char) => char,
            char if char.is_whitespace() => ' ',
            _ => '-',
        };
        if char != ' ' || !clean.ends_with(' ') {
            clean.push(char);
        }
    }
    let clean = match clean.trim() {
        words if words.bytes().any(|byte| byte.is_ascii_alphanumeric()) => words,
        _ => "document",
    };
    let mut unique = clean.to_owned();
    let mut count: u32 = 1;
    while used.contains(&unique) {
        count = count.saturating_add(1);
        unique = format!("{clean} {count}");
    }
    used.push(unique.clone());
    unique
}
