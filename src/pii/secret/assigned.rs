//! What is assigned to a name that says it is a credential: `password=…`, `"api_key": "…"`, `SECRET_KEY = '…'`,
//! `<token>…</token>`, `--token …`, `Authorization: Basic …`, in environment files, JSON, YAML, XML and code.
//!
//! The value is read first, because few values can be credentials at all; then the name before it.

use super::super::text::{Text, is_token};
use super::Found;
use super::looks::{GUID, Looks, judge};
use super::names::{self, Sense};

/// The longest value.
const LONGEST: usize = 256;

/// How far before a value its name may begin, in bytes.
const REACH: usize = 64;

/// The fewest bytes of a password.
const PASSWORD: usize = 6;

/// The fewest letters of a password that is nothing but letters.
const JUMBLED: usize = 12;

/// The schemes of an authorization: RFC 7617, RFC 6750, and what issuers put there.
const SCHEMES: [&str; 8] = [
    "Bearer ", "Basic ", "bearer ", "basic ", "token ", "Token ", "Api-Key ", "SSWS ",
];

/// Words between a name and its value: types, and what prose puts there.
const BETWEEN: &[&str] = &[
    "String", "char", "const", "final", "ist", "is", "it", "str", "string", "text", "to", "val",
    "value", "var", "varchar", "was", "your",
];

/// The credential that is assigned by the `=`, `:`, `>` or `--` at `sign`.
pub(super) fn at(text: &Text<'_>, sign: usize) -> Option<Found> {
    let (name_end, value) = match text.at(sign) {
        b'=' => (sign, equals(text, sign)?),
        b':' => (sign, colon(text, sign)?),
        // A value that stands in for one that is missing, in code.
        b'|' => (sign, default(text, sign)?),
        b'>' => return element(text, sign),
        b'-' => return flag(text, sign),
        _ => return None,
    };
    let query = (text.at(sign) == b'=').then_some(name_end);
    let (start, end, scheme) = read(text, value, query)?;
    let (_, nearest) = name_before(text, name_end);
    if !(names::may_say(nearest) || BETWEEN.contains(&nearest)) {
        return None;
    }
    let value = text.slice(start, end);
    let quoted = matches!(text.before(start), b'"' | b'\'' | b'`');
    if nearest.ends_with(value) {
        return None;
    }
    let looks = Looks::of(value, quoted, scheme)?;
    let sense = named(text, name_end, looks)?;
    judge(value, sense, looks, scheme).then_some(Found {
        rule: match sense {
            Sense::Password => "password",
            Sense::Token => "assigned_token",
            Sense::Key => "assigned_key",
        },
        range: start..end,
    })
}

/// Where the value may begin after `=`, `:=`, `=>` and the like; none after a comparison.
fn equals(text: &Text<'_>, sign: usize) -> Option<usize> {
    let next = sign.saturating_add(1);
    match (text.before(sign), text.at(next)) {
        (b'=' | b'!' | b'<' | b'>', _) | (_, b'=' | b'~') => None,
        (_, b'>') => Some(next.saturating_add(1)),
        _ => Some(next),
    }
}

fn colon(text: &Text<'_>, sign: usize) -> Option<usize> {
    let next = sign.saturating_add(1);
    (!matches!(text.at(next), b'=' | b':' | b'/') && text.before(sign) != b':').then_some(next)
}

/// Where the string behind `||` begins.
fn default(text: &Text<'_>, sign: usize) -> Option<usize> {
    let next = text.run_to(sign.saturating_add(1), 2, |b| b == b' ');
    let string = matches!(text.at(next), b'"' | b'\'');
    (string && text.before(sign) == b'|').then_some(next)
}

/// `<token>…</token>`: the name is that of the element.
fn element(text: &Text<'_>, sign: usize) -> Option<Found> {
    let name_start = text.run_back(sign, REACH, |b| is_token(b) || matches!(b, b'.' | b':'));
    if name_start == sign || text.before(name_start) != b'<' {
        return None;
    }
    let start = text.run_to(sign.saturating_add(1), 32, |b| b.is_ascii_whitespace());
    let end = text.run_to(start, LONGEST, |b| b > b' ' && b != b'<');
    let close = text.run_to(end, 32, |b| b.is_ascii_whitespace());
    if end.saturating_sub(start) < PASSWORD || !text.has(close, "</") {
        return None;
    }
    let value = text.slice(start, end);
    let looks = Looks::of(value, true, false)?;
    let sense = names::sense(text.slice(name_start, sign), looks.drawn)?;
    judge(value, sense, looks, false).then_some(Found {
        rule: "element",
        range: start..end,
    })
}

/// `--password …`, where a space stands for the sign.
fn flag(text: &Text<'_>, sign: usize) -> Option<Found> {
    let name = sign.saturating_add(1);
    if text.before(sign) != b'-' || !text.at(name).is_ascii_alphabetic() {
        return None;
    }
    let name_end = text.run_to(name, REACH, is_token);
    if text.at(name_end) != b' ' {
        return None;
    }
    let (start, end, _) = read(text, name_end, None)?;
    let value = text.slice(start, end);
    let looks = Looks::of(value, false, false).filter(|_| !value.starts_with('-'))?;
    let sense = names::sense(text.slice(name, name_end), looks.drawn)?;
    judge(value, sense, looks, false).then_some(Found {
        rule: "flag",
        range: start..end,
    })
}

/// The value that stands at `i` or after spaces and an opening quote: from where to where, and whether the
/// scheme of an authorization stands before it. Behind `=` the name ends at `query`, and `&` may part the values of a
/// query.
fn read(text: &Text<'_>, i: usize, query: Option<usize>) -> Option<(usize, usize, bool)> {
    let mut start = text.run_to(i, 4, |b| matches!(b, b' ' | b'\t'));
    // `"` may be escaped, once or twice, where JSON stands in JSON; `b"` and the like are Python's.
    start = text.run_to(start, 3, |b| b == b'\\');
    if matches!(text.at(start), b'b' | b'r' | b'f' | b'@')
        && matches!(text.at(start.saturating_add(1)), b'"' | b'\'')
    {
        start = start.saturating_add(1);
    }
    let quote = Some(text.at(start)).filter(|b| matches!(b, b'"' | b'\'' | b'`'));
    start = start.saturating_add(usize::from(quote.is_some()));
    let scheme = match (text.at(start), text.at(start.saturating_add(1))) {
        (b'B' | b'b', b'e' | b'a') | (b'T' | b't', b'o') | (b'A', b'p') | (b'S', b'S') => {
            SCHEMES.iter().find(|scheme| text.has(start, scheme))
        }
        _ => None,
    };
    start = start.saturating_add(scheme.map_or(0, |scheme| scheme.len()));
    let mut signs = 0;
    let mut run = |from: usize| {
        let room = LONGEST.saturating_sub(from.saturating_sub(start));
        text.run_to(from, room, |b| {
            let sign = SIGNS.get(usize::from(b)).copied().unwrap_or(STOP);
            let stops = match quote {
                Some(quote) => b == quote,
                None => sign & END != 0 || query.is_some() && b == b'&',
            };
            let goes_on = sign & STOP == 0 && !stops;
            if goes_on {
                signs |= sign;
            }
            goes_on && sign & CALL == 0
        })
    };
    let mut end = run(start);
    if quote.is_none()
        && let Some(name) = query
    {
        while text.at(end) == b'&' && !parts(text, name, end) {
            end = run(end.saturating_add(1));
        }
    }
    // Calls and lists are code.
    if signs & CALL != 0 {
        return None;
    }
    let end = match (quote, text.before(end)) {
        (None, b'.' | b':' | b'!' | b'?') => end.saturating_sub(1),
        _ => end,
    };
    // What goes on behind a space is a sentence.
    let sentence = quote.is_some() && text.at(end) == b' ';
    let long = end.saturating_sub(start);
    // Words, and numbers: no sense that a name can have makes a credential of them.
    let word = signs & (NUMBER | MARK) == 0 && long < JUMBLED;
    let number = signs & LETTER == 0 && long != GUID;
    let plain = scheme.is_none() && (word || number);
    (!sentence && !plain && (PASSWORD..LONGEST).contains(&long)).then_some((
        start,
        end,
        scheme.is_some(),
    ))
}

/// Whether the `&` at `i` parts what is assigned to the name that ends at `name` from the next: in a query, before
/// another name, at the end, and doubled in a shell.
fn parts(text: &Text<'_>, name: usize, i: usize) -> bool {
    let next = i.saturating_add(1);
    let other = text.run_to(next, REACH, |b| {
        is_token(b) || matches!(b, b'.' | b'[' | b']')
    });
    let sign = SIGNS
        .get(usize::from(text.at(next)))
        .copied()
        .unwrap_or(STOP);
    let (start, _) = name_before(text, name);
    sign & (STOP | END) != 0
        || matches!(text.at(next), b'&' | b'#')
        || matches!(text.at(other), b'=' | b'&') && other > next
        || matches!(text.before(start), b'?' | b'&')
}

/// What ends every value: spaces, what is not ASCII, the backslash of an escape.
const STOP: u8 = 1;
/// What ends a value without quotes.
const END: u8 = 2;
/// The opening signs of calls, lists and templates.
const CALL: u8 = 4;
/// A digit.
const NUMBER: u8 = 8;
/// A letter.
const LETTER: u8 = 16;
/// A sign that no token has.
const MARK: u8 = 32;

/// What each byte is in a value.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant, and a fault would end the build"
)]
const SIGNS: [u8; 256] = {
    let mut table = [STOP; 256];
    let mut byte = b'!';
    while byte < 0x7f {
        table[byte as usize] = match byte {
            b'\\' => STOP,
            b'"' | b'\'' | b'`' | b',' | b';' | b')' | b'<' | b'>' | b'|' => END | MARK,
            b'(' | b'[' | b'{' => CALL,
            b'0'..=b'9' => NUMBER,
            b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b'-' | b'_' | b'.' | b'+' | b'/' | b'=' | b'~' | b':' | b'%' => 0,
            _ => MARK,
        };
        byte = byte.wrapping_add(1);
    }
    table
};

/// What the names before `end` say, the nearest first.
fn named(text: &Text<'_>, end: usize, looks: Looks) -> Option<Sense> {
    let mut end = end;
    for _ in 0..4 {
        let (name, word) = name_before(text, end);
        if word.is_empty() {
            return None;
        }
        if let Some(sense) = names::sense(word.trim_matches(['-', '.', '_']), looks.drawn) {
            return (sense != Sense::Key || looks.measure.is_drawn(14)).then_some(sense);
        }
        // `value="…"` of an element that has its name before it.
        if !BETWEEN.contains(&word) {
            return None;
        }
        end = name;
    }
    None
}

/// The name before `end`, quotes and the like between, and where it begins.
fn name_before<'t>(text: &Text<'t>, end: usize) -> (usize, &'t str) {
    let gap = text.run_back(end, 8, |b| {
        matches!(
            b,
            b' ' | b'\t'
                | b'"'
                | b'\''
                | b'`'
                | b'\\'
                | b'?'
                | b':'
                | b'+'
                | b'.'
                | b']'
                | b')'
                | b'*'
                | b'&'
                | b'|'
        )
    });
    let name = text.run_back(gap, REACH, |b| is_token(b) || b == b'.' || b >= 0x80);
    (name, text.slice(name, gap))
}
