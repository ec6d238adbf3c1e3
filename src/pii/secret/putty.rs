//! PuTTY's private keys (PPK, appendix C of its manual): `Private-Lines: N`, then N lines of base64.

use super::super::text::Text;
use super::Found;

/// What stands before the number of lines.
const LINES: &str = "Private-Lines";

/// The most lines of a key: 16,384 bits are 200.
const MOST: usize = 400;

/// The private part that the colon at `colon` announces.
pub(super) fn key(text: &Text<'_>, colon: usize) -> Option<Found> {
    colon
        .checked_sub(LINES.len())
        .filter(|name| text.before(colon) == b's' && text.has(*name, LINES))?;
    let number = text.run_to(colon.saturating_add(1), 2, |b| b == b' ');
    let number_end = text.run_to(number, 4, |b| b.is_ascii_digit());
    let count: usize = text.slice(number, number_end).parse().ok()?;
    let begin = next_line(text, number_end);
    let mut end = begin;
    for _ in 0..count.min(MOST) {
        let line = if end == begin {
            begin
        } else {
            next_line(text, end)
        };
        let stop = text.run_to(line, 80, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')
        });
        if stop == line {
            break;
        }
        end = stop;
    }
    (end.saturating_sub(begin) >= 24).then_some(Found {
        rule: "private_key",
        range: begin..end,
    })
}

/// Behind the line end at `i`, which may be escaped.
fn next_line(text: &Text<'_>, i: usize) -> usize {
    let mut i = i;
    for end in ["\r", "\n", "\\r", "\\n"] {
        if text.has(i, end) {
            i = i.saturating_add(end.len());
        }
    }
    i
}
