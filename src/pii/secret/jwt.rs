//! JSON web tokens, RFC 7519 in the compact form of RFC 7515: header, payload and signature in
//! base64url, joined by full stops. Header and payload are JSON objects, so both begin with `eyJ`.

use super::super::text::{Text, is_token};

/// `{"` in base64.
pub(super) const BEGIN: &str = "eyJ";

/// The fewest characters of header and payload: `{"alg":…}` and one claim.
const SHORTEST: usize = 12;

/// The fewest characters of a signature: half of an HMAC.
const SHORTEST_SIGNATURE: usize = 16;

/// Where the token that begins at `start` ends.
pub(super) fn end(text: &Text<'_>, start: usize) -> Option<usize> {
    let header = text.run(start, is_token);
    let payload_start = header.saturating_add(1);
    if header.saturating_sub(start) < SHORTEST
        || text.at(header) != b'.'
        || !text.has(payload_start, BEGIN)
    {
        return None;
    }
    let payload = text.run(payload_start, is_token);
    let signature_start = payload.saturating_add(1);
    if payload.saturating_sub(payload_start) < SHORTEST || text.at(payload) != b'.' {
        return None;
    }
    let signature = text.run(signature_start, is_token);
    (signature.saturating_sub(signature_start) >= SHORTEST_SIGNATURE).then_some(signature)
}
