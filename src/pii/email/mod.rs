//! Email addresses: RFC 5321 and RFC 5322 dot-atoms, RFC 6531 for letters beyond ASCII.
//!
//! Narrower than the grammar where the grammar would take in the surroundings: `& = / ? * | { }`
//! and the back-quote, legal in a local part, end it here, because in text they separate (`to=a@…`,
//! `{a@…}`); quoted local parts and address literals are not looked for. A service account before
//! `:` or after `://` (`git@host:path`, `ssh://git@host`) names a repository and is left alone;
//! any other user at a host (`alice@host:file`) is found.

mod domain;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::{Text, is_spaced_letter};

/// The longest local part, in octets: RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;

/// Accounts of version control hosts, shared by everybody.
const SERVICES: &[&str] = &["git", "gitea", "gitlab", "hg", "svn"];

/// The address whose `@` stands at `at`.
pub(super) fn around(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let start = local_part(text, at)?;
    let end = domain::end(text, at.saturating_add(1))?;
    if is_service(text, start, at, end) {
        return None;
    }
    Some(start..end)
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
    let start = start.saturating_add(begin);
    let names = text.slice(start, at).chars().any(char::is_alphanumeric);
    let ends_well = last.is_alphanumeric() || matches!(last, '_' | '-' | '+') || is_letter(last);
    (names && ends_well).then_some(start)
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
    let remote = text.at(end) == b':' || text.has(start.saturating_sub(3), "://");
    shared && remote
}
