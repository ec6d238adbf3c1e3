//! Credentials in a URL: `scheme://user:password@host`, RFC 3986 3.2.1. The finding is what stands between
//! `://` and `@`. Marks of a template (`${PASSWORD}`, `<user>`, `***`) are no credentials.

use std::ops::Range;

use super::text::Text;

/// The longest user and password together.
const LONGEST: usize = 256;

/// The credentials that end at the `@` at `at`, or at a later one of the same URL.
pub(super) fn before(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let start = text.run_back(at, LONGEST, is_part);
    if !text.has(start.saturating_sub(3), "://")
        || !text.before(start.saturating_sub(3)).is_ascii_alphanumeric()
    {
        return None;
    }
    // A password may hold a bare `@`: the host begins after the last.
    let whole = text.run_to(at, LONGEST, |byte| is_part(byte) || byte == b'@');
    let last = text.slice(at, whole).rfind('@').unwrap_or(0);
    let end = at.saturating_add(last);
    let (user, password) = text.slice(start, end).split_once(':')?;
    let template = |part: &str| {
        part.contains(['$', '{', '<', '%']) && part.contains(['{', '<', '}', '>'])
            || part.starts_with('$')
    };
    let stars = !password.is_empty()
        && password
            .bytes()
            .all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.'));
    let host = text.at(end.saturating_add(1));
    let hosted = host.is_ascii_alphanumeric() || matches!(host, b'[' | 0x80..);
    let real = !password.is_empty() && !stars && !template(user) && !template(password);
    (real && hosted).then_some(start..end)
}

/// A byte that may stand in the user or the password.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(
            byte,
            b'@' | b'/' | b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\' | b' '
        )
        || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn urls() {
        expect(
            &[Kind::UrlCredentials, Kind::Email],
            &[
                "https://«alice:s3cret»@example.com/x",
                "postgres://«app:p@ss»@db.internal:5432/x",
                "redis://«:hunter2»@10.0.0.1",
                "(ftp://«bob:b%40b»@host)",
            ],
            &[
                "https://alice@host/x",
                "https://${USER}:${PASS}@host/x",
                "https://user:***@host/x",
                "https://host:8080/@x",
                "a://b:c@",
                "x:y@z",
            ],
        );
    }
}
