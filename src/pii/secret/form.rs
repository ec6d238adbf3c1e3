//! Reading a form of `rules`: literal text, and classes of characters with how many there may be.

use super::super::text::{Text, is_token};
use super::drawn::Measure;

/// Where what has the form `form` and begins at `start` ends; none if it has not, or was not drawn.
pub(super) fn end(text: &Text<'_>, start: usize, form: &str) -> Option<usize> {
    let (mut pieces, mut i) = (form.split('%'), start);
    let head = pieces.next()?;
    if !text.has(i, head) {
        return None;
    }
    i = i.saturating_add(head.len());
    let body = i;
    let mut class = 0;
    for piece in pieces {
        let (least, most, literal);
        (class, least, most, literal) = read(piece)?;
        let mut stop = text.run_to(i, most, |b| has(class, b));
        // What ends a sentence is no part of the last class.
        while literal.is_empty() && stop > i && text.before(stop) == b'.' {
            stop = stop.saturating_sub(1);
        }
        if stop.saturating_sub(i) < least || !text.has(stop, literal) {
            return None;
        }
        i = stop.saturating_add(literal.len());
    }
    let goes_on = text.word_at(i) || class == b's' && matches!(text.at(i), b'+' | b'/');
    let drawn = i == body
        || Measure::of(text.slice(body, i).as_bytes()).is_key(matches!(class, b'x' | b'h'));
    (!goes_on && drawn).then_some(i)
}

/// The class, the fewest and the most of it, and the literal text behind.
fn read(piece: &str) -> Option<(u8, usize, usize, &str)> {
    let class = *piece.as_bytes().first()?;
    let counts = piece.get(1..)?;
    let split = counts
        .bytes()
        .position(|b| !(b.is_ascii_digit() || b == b','))
        .unwrap_or(counts.len());
    let (numbers, literal) = counts.split_at_checked(split)?;
    let (least, most) = numbers.split_once(',').unwrap_or((numbers, numbers));
    Some((class, least.parse().ok()?, most.parse().ok()?, literal))
}

fn has(class: u8, b: u8) -> bool {
    match class {
        b'd' => b.is_ascii_digit(),
        b'x' => b.is_ascii_digit() || matches!(b, b'a'..=b'f'),
        b'h' => b.is_ascii_hexdigit(),
        b'l' => b.is_ascii_lowercase() || b.is_ascii_digit(),
        b'c' => b.is_ascii_uppercase() || b.is_ascii_digit(),
        b'g' => b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-',
        b'p' => b.is_ascii_alphanumeric(),
        b't' => is_token(b),
        b'k' => is_token(b) || matches!(b, b'.' | b'='),
        b's' => b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='),
        b'v' => is_token(b) || matches!(b, b'+' | b'/' | b'='),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::{INNER, RULES, beginning_with};
    use super::*;

    #[test]
    fn forms_are_sorted_and_readable() {
        let head = |rule: &super::super::rules::Rule| rule.form.split('%').next().unwrap();
        assert!(RULES.is_sorted_by_key(head));
        for rule in RULES.iter().chain(INNER.iter().map(|inner| &inner.rule)) {
            for piece in rule.form.split('%').skip(1) {
                let (class, least, most, _) = read(piece).unwrap();
                assert!(
                    b"dxhlcgptksv".contains(&class) && least <= most,
                    "{}",
                    rule.form
                );
            }
        }
        assert!(RULES.iter().all(|rule| {
            let own = beginning_with(rule.form.as_bytes()[0]);
            own.iter().any(|found| found.form == rule.form)
        }));
    }

    #[test]
    fn forms_are_read() {
        let cases = [
            ("pat%p4.%x8", "pat9Zk2.0a1b2c3d rest", Some(16)),
            ("pat%p4.%x8", "pat9Zk2.0a1b2c3d4", None),
            ("pat%p4.%x8", "pat9Zk2.0A1b2c3d", None),
            ("a-%k4,20", "a-x9.q7z2w5. Then", Some(11)),
            ("a-%p8,20", "a-aaaaaaaaaaaa", None),
        ];
        for (form, text, want) in cases {
            assert_eq!(end(&Text::new(text), 0, form), want, "{form} {text}");
        }
    }
}
