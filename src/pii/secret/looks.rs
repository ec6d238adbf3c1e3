//! What the value of an assignment looks like, and whether that is what its name promises.

use super::super::text::is_token;
use super::drawn::Measure;
use super::names::Sense;
use super::placeholder;

/// The characters of 8-4-4-4-12 hexadecimal.
pub(super) const GUID: usize = 36;

/// The most characters of a constant in hexadecimal, of 64 bits.
const CONSTANT: usize = 18;

/// What a value could be.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    pub(super) measure: Measure,
    /// Nothing that a token has not.
    token: bool,
    quoted: bool,
    /// Whether it could be more than a password.
    pub(super) drawn: bool,
}

impl Looks {
    /// None for what no credential looks like: words, numbers, calls, paths, placeholders.
    pub(super) fn of(value: &str, quoted: bool, scheme: bool) -> Option<Looks> {
        let plain = value.bytes().all(|b| b.is_ascii_lowercase());
        let path = value.starts_with(['.', '#', '<', '(', '[', '{', '&', '*'])
            || value.starts_with('/') && !is_base64_of_a_slash(value)
            || value.contains("://");
        if plain || path {
            return None;
        }
        let measure = Measure::of(value.as_bytes());
        let others = measure.digits.saturating_add(measure.marks);
        let drawn = scheme || measure.is_drawn(10) || is_guid(value);
        let word = measure.digits > 0 || measure.marks > 0 && measure.len >= 8;
        let fits = drawn || measure.letters() > 0 && others > 0 && word || measure.is_jumbled();
        let token = value
            .bytes()
            .all(|b| is_token(b) || matches!(b, b'.' | b'+' | b'/' | b'=' | b'~' | b':' | b'%'));
        fits.then_some(Looks {
            measure,
            token,
            quoted,
            drawn,
        })
    }
}

/// Whether the value is one that the name promises.
pub(super) fn judge(value: &str, sense: Sense, looks: Looks, scheme: bool) -> bool {
    let Looks {
        measure,
        token,
        quoted,
        drawn: _,
    } = looks;
    let guid = is_guid(value);
    let fits = match sense {
        Sense::Password => {
            let code = value.contains(['(', '{', '[']) || !quoted && value.contains("->");
            let dotted = !quoted && value.contains('.') && token && !measure.is_drawn(12);
            let mixed = measure.digits > 0 || measure.marks > 0 && measure.len >= 8 && !token;
            let written = measure.marks > 0 && measure.digits < 3 && measure.is_written();
            let one = measure.distinct >= 4 && mixed && !written || measure.is_jumbled();
            !code
                && !dotted
                && (one || guid || quoted && measure.digits > 0 && measure.distinct >= 4)
        }
        Sense::Token => {
            let basic = scheme && token && measure.len >= 12 && !measure.is_written();
            let constant = value.starts_with("0x") && measure.len <= CONSTANT;
            token && (measure.is_drawn(10) || guid || basic) && !constant && !is_date(value)
        }
        Sense::Key => {
            token
                && (measure.is_drawn(14) && measure.digits >= 2 && !value.starts_with("sha"))
                && !is_date(value)
        }
    };
    fits && !placeholder::is_one(value)
}

/// Whether what begins with a slash is base64 rather than a path: its first part is long, and drawn.
fn is_base64_of_a_slash(value: &str) -> bool {
    let first = value
        .get(1..)
        .unwrap_or("")
        .split(['/', '.'])
        .next()
        .unwrap_or("");
    value.len() >= 20 && Measure::of(first.as_bytes()).is_drawn(12)
}

/// 8-4-4-4-12 hexadecimal.
fn is_guid(value: &str) -> bool {
    value.len() == GUID
        && value.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// `2026-11-20T12:30:45Z` and what begins so.
fn is_date(value: &str) -> bool {
    let mut parts = value.splitn(3, '-');
    let number = |part: Option<&str>, len: usize| {
        part.is_some_and(|part| part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
    };
    number(parts.next(), 4) && number(parts.next(), 2)
}
