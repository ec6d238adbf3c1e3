//! JSON web tokens: header, payload and signature (JWS, RFC 7515, compact form) or header, key, vector, text and tag
//! (JWE, RFC 7516), in base64url, joined by full stops. The header is a JSON object, so it begins with `ey`.

use super::super::text::{Text, is_token};

/// `{` in base64, and `"` or white space behind it.
pub(super) const BEGIN: &str = "ey";

/// The fewest characters of header and payload: `{"alg":"…"}` and one claim.
const SHORTEST: usize = 14;

/// The fewest characters of a signature.
const SHORTEST_SIGNATURE: usize = 10;

/// The parts of a JWE.
const MOST_PARTS: usize = 5;

/// Where the token that begins at `start` ends.
pub(super) fn end(text: &Text<'_>, start: usize) -> Option<usize> {
    let (mut ends, mut from) = ([0usize; MOST_PARTS], start);
    let mut count = 0usize;
    for end in &mut ends {
        *end = text.run(from, is_token);
        count = count.saturating_add(1);
        if text.at(*end) != b'.' {
            break;
        }
        from = end.saturating_add(1);
    }
    let [header, payload, signature, _, tag] = ends;
    let long = |from: usize, to: usize, least: usize| to.saturating_sub(from) > least;
    let object = text.has(header.saturating_add(1), BEGIN) && long(header, payload, SHORTEST);
    if !long(start, header, SHORTEST) || count < 3 {
        return None;
    }
    if count == MOST_PARTS && long(signature, tag, SHORTEST_SIGNATURE) && !object {
        return Some(tag);
    }
    if !object {
        return None;
    }
    // An unsigned token ends with a full stop.
    let signed = long(payload, signature, SHORTEST_SIGNATURE);
    let bare =
        signature == payload.saturating_add(1) && long(header, payload, SHORTEST.saturating_mul(2));
    (signed || bare).then_some(signature)
}
