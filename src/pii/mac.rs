//! Hardware addresses: IEEE 802 (EUI-48 and EUI-64), with colons, hyphens or, as Cisco writes them, full stops.
//! The addresses of nobody and of everybody (all zeros, all ones) are not found.

use std::ops::Range;

use super::context;
use super::text::Text;

/// How far before an address of digits only a word must stand, in characters.
const REACH: usize = 24;

/// Words that announce an address, sorted.
const WORDS: &[&str] = &[
    "bssid", "ethernet", "hardware", "hwaddr", "lladdr", "mac", "station",
];

/// The address whose first separator stands at `mark`.
pub(super) fn around(text: &Text<'_>, mark: usize) -> Option<Range<usize>> {
    let sign = text.at(mark);
    let width = if sign == b'.' { 4 } else { 2 };
    let start = mark.checked_sub(width)?;
    let earlier = start.saturating_sub(1);
    let back = text.run_back(earlier, 3, |b| b.is_ascii_alphanumeric());
    let joined = text.before(start) == sign && earlier.saturating_sub(back) == 2;
    if text.word_before(start) || joined {
        return None;
    }
    let (mut i, mut groups) = (start, 0usize);
    loop {
        let end = text.run_to(i, width, |b| b.is_ascii_hexdigit());
        if end.saturating_sub(i) != width {
            return None;
        }
        groups = groups.saturating_add(1);
        i = end;
        let more = text.at(i) == sign && text.at(i.saturating_add(1)).is_ascii_hexdigit();
        if !more || groups > 8 {
            break;
        }
        i = i.saturating_add(1);
    }
    let signs = groups.saturating_mul(width);
    let written = text.slice(start, i);
    let one = |only: &[u8]| {
        written
            .bytes()
            .all(|byte| byte == sign || only.contains(&byte))
    };
    let named = !(one(b"0") || one(b"Ff"));
    // Numbers have full stops between groups of four digits too.
    let told = sign != b'.'
        || written.contains(|c: char| c.is_ascii_alphabetic())
        || context::announces(text, start, REACH, WORDS);
    (matches!(signs, 12 | 16) && named && told && !text.word_at(i)).then_some(start..i)
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn addresses() {
        expect(
            &[Kind::Mac],
            &[
                "«00:1A:2B:3C:4D:5E», «00-1a-2b-3c-4d-5e», «001a.2b3c.4d5e»",
                "«AA-BB-CC-DD-EE-FF» and «aabb.ccdd.eeff».",
                "MAC «0000.0032.0002», «00:00:00:32:00:02»",
                "eui «02:00:5e:10:00:00:00:01»; mac:«00:1A:2B:3C:4D:5E»",
            ],
            &[
                "00:1A:2B:3C:4D",
                "00:1A:2B:3C:4D:5E:6F",
                "ZZ:ZZ:ZZ:ZZ:ZZ:ZZ",
                "ff:ff:ff:ff:ff:ff 00:00:00:00:00:00",
                "10:2F:33-AC-29-C3",
                "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01",
                "12:30:45",
                "550e8400-e29b-41d4-a716-446655440000",
                "12.34.56.78.90.12",
                "0000.0032.0002 and 1234.5678.9012",
            ],
        );
    }
}
