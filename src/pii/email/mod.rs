//! Email addresses: RFC 5321 and RFC 5322 dot-atoms, RFC 6531 for letters beyond ASCII.
//!
//! Narrower than the grammar where the grammar would take in the surroundings: `& = / ? * | { }`
//! and the back-quote, legal in a local part, end it here, because in text they separate (`to=a@…`,
//! `{a@…}`), and so do escapes of others (`\\n`, `\\u003c`, `%3C`); address literals are not looked for. A service
//! account before `:` or `/` or after `://` (`git@host:path`, `ssh://git@host`) names a repository and is left
//! alone; any other user at a host (`alice@host:file`) is found. In addresses of the web `@` may be `%40`.

mod domain;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::{Text, is_spaced_letter};

/// The longest local part, in octets: RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;

/// Accounts of version control hosts, shared by everybody.
const SERVICES: &[&str] = &["git", "gitea", "gitlab", "hg", "svn"];

/// What stands before `@` in code: labels of Kotlin.
const KEYWORDS: &[&str] = &["break", "continue", "return", "super", "this"];

/// The address whose `@`, or whose `%40`, stands at `at`.
pub(super) fn around(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let width = match text.at(at) {
        b'@' => 1,
        _ if text.has(at, "%40") => 3,
        _ => return None,
    };
    let start = match text.before(at) {
        b'"' => quoted(text, at)?,
        _ => local_part(text, at)?,
    };
    let end = domain::end(text, at.saturating_add(width))?;
    if is_service(text, start, at, end) || KEYWORDS.contains(&text.slice(start, at)) {
        return None;
    }
    Some(start..end)
}

/// Where the quoted local part begins whose last quote stands before `at`: RFC 5322, 3.2.4.
fn quoted(text: &Text<'_>, at: usize) -> Option<usize> {
    let last = at.checked_sub(1)?;
    let inner = text.run_back(last, LONGEST_LOCAL, |b| {
        !matches!(b, b'"' | b'\\' | b'<' | b'>' | 0..=31)
    });
    let start = inner.checked_sub(1)?;
    let opened = inner < last && text.at(start) == b'"' && !text.word_before(start);
    (opened && text.slice(inner, last).contains(char::is_alphanumeric)).then_some(start)
}

/// Where the local part that ends at `at` begins.
fn local_part(text: &Text<'_>, at: usize) -> Option<usize> {
    let last = text.char_before(at)?;
    // Before an ASCII address, letters of a script without spaces are prose, not the address.
    let prose_is_apart = last.is_ascii();
    let mut start = at;
    let mut previous = '@';
    while let Some(c) = text.char_before(start) {
        let takes = match c {
            '.' => previous != '.' && previous != '@',
            '!' | '#' | '$' | '%' | '\'' | '^' | '~' | '+' | '-' | '_' => true,
            _ if c.is_ascii() => c.is_ascii_alphanumeric(),
            _ => is_letter(c) && (!prose_is_apart || is_spaced_letter(c)),
        };
        if !takes {
            break;
        }
        start = start.saturating_sub(c.len_utf8());
        previous = c;
        if at.saturating_sub(start) > LONGEST_LOCAL {
            return None;
        }
    }
    // What stands before the first letter is punctuation around the address.
    let local = text.slice(start, at);
    let begin = local.find(|c: char| c.is_alphanumeric() || c == '_')?;
    let start = unescaped(text, start.saturating_add(begin), at);
    let names = text.slice(start, at).chars().any(char::is_alphanumeric);
    let ends_well = last.is_alphanumeric() || matches!(last, '_' | '-' | '+') || is_letter(last);
    (names && ends_well).then_some(start)
}

/// Where the local part begins behind what is left of an escape: of `\\n` the letter, of `\\u003c` and `%3C` the digits.
fn unescaped(text: &Text<'_>, start: usize, at: usize) -> usize {
    let hex = |from: usize, to: usize| {
        let digits = text.slice(start.saturating_add(from), start.saturating_add(to));
        digits.len() == to.saturating_sub(from) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let width = match (text.before(start), text.at(start)) {
        (b'\\', b'n' | b'r' | b't') => 1,
        (b'\\', b'u') if hex(1, 5) => 5,
        (b'%', b'2' | b'3' | b'5' | b'7') if hex(0, 2) => 2,
        _ => 0,
    };
    match start.saturating_add(width) {
        next if next < at => next,
        _ => start,
    }
}

/// A letter, digit or the mark of a letter beyond ASCII: anything that is neither space,
/// punctuation nor symbol in the blocks where those live.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{0300}'..='\u{036f}' | '\u{0900}'..='\u{0dff}' | '\u{200c}' | '\u{200d}')
}

/// Whether this is a shared account of a code host rather than a mailbox.
fn is_service(text: &Text<'_>, start: usize, at: usize, end: usize) -> bool {
    let shared = SERVICES.contains(&text.slice(start, at));
    let remote = matches!(text.at(end), b':' | b'/') || text.has(start.saturating_sub(3), "://");
    shared && remote
}
