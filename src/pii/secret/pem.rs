//! Armoured blocks: RFC 7468, and the OpenSSH and OpenPGP forms that look the same. A private key is
//! a credential as a whole; certificates and public keys are only passed over.

use super::super::text::Text;
use super::{Found, Hit};

/// How a block begins.
pub(super) const BEGIN: &str = "-----BEGIN ";

/// The five dashes that end every marker line.
const DASHES: &str = "-----";

/// The longest label looked for.
const LONGEST_LABEL: usize = 64;

/// The fewest bytes between the markers.
const SHORTEST_KEY: usize = 40;

/// The block whose first marker begins at `start`.
pub(super) fn block(text: &Text<'_>, start: usize) -> Option<Hit> {
    let label_start = start.saturating_add(BEGIN.len());
    let in_label = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ';
    let label_end = text.run_to(label_start, LONGEST_LABEL, in_label);
    let label = text.slice(label_start, label_end);
    if !text.has(label_end, DASHES) {
        return None;
    }
    let body = label_end.saturating_add(DASHES.len());
    // Up to the next marker, whichever it is: a block does not contain another.
    let body_end = body_end(text, body);
    let closing = text.has(body_end, "-----END ") && {
        let again = body_end.saturating_add(9);
        text.has(again, label) && text.has(again.saturating_add(label.len()), DASHES)
    };
    let end = if closing {
        body_end
            .saturating_add(9)
            .saturating_add(label.len())
            .saturating_add(DASHES.len())
    } else {
        key_end(text, body)?
    };
    // A program that writes such blocks has the markers side by side.
    if body_end.saturating_sub(body) < SHORTEST_KEY {
        return None;
    }
    let private = label.ends_with("PRIVATE KEY") || label == "PGP PRIVATE KEY BLOCK";
    Some(if private {
        Hit::Credential(Found {
            rule: "private_key",
            range: start..end,
        })
    } else {
        Hit::Public(start..end)
    })
}

/// Where the five dashes of the next marker stand, or the text ends.
fn body_end(text: &Text<'_>, body: usize) -> usize {
    let mut i = body;
    loop {
        i = text.run(i, |b| b != b'-');
        if i >= text.len() || text.has(i, DASHES) {
            return i;
        }
        i = text.run(i, |b| b == b'-');
    }
}

/// Where the key of a block without an end ends: lines of base64, the line ends escaped or not.
fn key_end(text: &Text<'_>, body: usize) -> Option<usize> {
    let in_key = |b: u8| {
        b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\n' | b'\r' | b'\\')
    };
    let end = text.run(body, in_key);
    let trimmed = text.slice(body, end).trim_end().len();
    (trimmed >= SHORTEST_KEY).then(|| body.saturating_add(trimmed))
}
