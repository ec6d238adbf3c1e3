//! The password of a connection string: `postgres://app:…@db/x` (RFC 3986, user information), and of
//! `curl -u app:…`.

use super::super::text::Text;
use super::Found;
use super::placeholder;

/// The longest user information.
const LONGEST: usize = 200;

/// The password in the URL whose scheme ends with the colon at `colon`.
pub(super) fn password(text: &Text<'_>, colon: usize) -> Option<Found> {
    let begin = colon.saturating_add(3);
    if text.at(colon.saturating_add(1)) != b'/'
        || !text.has(colon, "://")
        || !text.before(colon).is_ascii_alphanumeric()
    {
        return None;
    }
    let in_info = |b: u8| {
        b > b' '
            && b < 0x7f
            && !matches!(
                b,
                b'/' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b'?' | b'#' | b','
            )
    };
    let end = text.run_to(begin, LONGEST, in_info);
    let info = text.slice(begin, end);
    let (info, host) = info.rsplit_once('@')?;
    let (_, password) = info.split_once(':')?;
    let lower = password.to_ascii_lowercase();
    let plain = matches!(
        lower.as_str(),
        "pass" | "pwd" | "password" | "secret" | "pw" | "user" | "x" | "token"
    );
    let held =
        plain || lower.starts_with(['$', '{', '[', '%', '*']) || placeholder::is_one(password);
    if host.is_empty() || password.len() < 3 || held {
        return None;
    }
    let last = begin.saturating_add(info.len());
    Some(Found {
        rule: "connection_string",
        range: last.saturating_sub(password.len())..last,
    })
}

/// The password of `-u user:password`.
pub(super) fn option(text: &Text<'_>, colon: usize) -> Option<Found> {
    let in_word = |b: u8| b > b' ' && b < 0x7f && !matches!(b, b'"' | b'\'' | b'`' | b'\\' | b':');
    if text.before(colon) == b'"' || text.at(colon.saturating_add(1)) == b' ' {
        return None;
    }
    if !in_word(text.at(colon.saturating_add(1))) || !in_word(text.before(colon)) {
        return None;
    }
    let user = text.run_back(colon, 48, in_word);
    let open = user.saturating_sub(usize::from(matches!(text.before(user), b'"' | b'\'')));
    let name = text.before(open.saturating_sub(1));
    if !matches!(text.before(open), b' ' | b'=') || !matches!(name, b'u' | b'r') {
        return None;
    }
    let announced = [" -u ", " --user ", " -u=", " --user="]
        .iter()
        .any(|option| {
            open.checked_sub(option.len())
                .is_some_and(|at| text.has(at, option))
        });
    let begin = colon.saturating_add(1);
    let end = text.run_to(begin, LONGEST, in_word);
    let password = text.slice(begin, end);
    let numbers = password.bytes().all(|b| b.is_ascii_digit());
    let held = placeholder::is_one(password) || password.starts_with(['$', '{', '/']) || numbers;
    (announced && user < colon && password.len() >= 4 && !held).then_some(Found {
        rule: "basic_auth",
        range: begin..end,
    })
}
