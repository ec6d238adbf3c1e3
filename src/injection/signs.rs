//! Signs that are meant as letters, escapes that stand for characters, and where marks are looked for.

use super::concept::Concepts;
use super::markers::mark;

/// The mark that `char` and what comes after it begin with.
pub(super) fn mark_at(first: usize, char: char, rest: &str) -> Concepts {
    const LONGEST_MARK: usize = 24;
    let mut text = String::with_capacity(LONGEST_MARK);
    text.push(char);
    let most = LONGEST_MARK.saturating_sub(first);
    let end = (0..=most.min(rest.len()))
        .rev()
        .find(|end| rest.is_char_boundary(*end));
    text.push_str(rest.get(..end.unwrap_or_default()).unwrap_or_default());
    mark(&text)
}

/// The letter that a sign within a word is meant as.
pub(super) fn stands_for(char: char, within: bool, rest: &str) -> Option<char> {
    let letter = match char {
        '@' => 'a',
        '$' => 's',
        '!' | '|' if within => 'i',
        _ => return None,
    };
    rest.starts_with(|next: char| next.is_ascii_alphabetic())
        .then_some(letter)
}

/// The letter that a digit is meant as.
pub(super) fn leet(byte: u8) -> u8 {
    match byte {
        b'0' => b'o',
        b'1' => b'i',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        other => other,
    }
}

/// What an escape of JSON or a numeric reference of HTML stands for, and how many bytes it has after its first.
pub(super) fn unescape(char: char, rest: &str) -> (char, usize) {
    let bytes = rest.as_bytes();
    let none = (char, 0);
    match (char, bytes.first()) {
        ('\\', Some(b'n' | b'r' | b't' | b'"' | b'/' | b'\\')) => (' ', 1),
        ('\\', Some(b'u')) => {
            let code = rest
                .get(1..5)
                .and_then(|hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32).map_or(none, |char| (char, 5))
        }
        ('&', Some(b'#')) => {
            let digits = rest.get(1..).unwrap_or_default();
            let Some(end) = digits.bytes().take(8).position(|byte| byte == b';') else {
                return none;
            };
            let digits = digits.get(..end).unwrap_or_default();
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            let char = code.ok().and_then(char::from_u32);
            char.map_or(none, |char| (char, end.saturating_add(2)))
        }
        _ => none,
    }
}
