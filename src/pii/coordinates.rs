//! Places on earth: pairs of decimal degrees, bare where both have four decimals or more, with two or more where
//! a word or a mark says what they are; and pairs in degrees, minutes and seconds with their quarter, ISO 6709.
//! Two numbers out of a longer list of numbers are no place.

use std::ops::Range;

use super::context;
use super::digits::Groups;
use super::text::Text;

/// How far before a pair a word may stand, in characters.
const REACH: usize = 40;

/// How much may stand between the two of a pair, in bytes.
const BETWEEN: usize = 20;

/// Words that announce a place, lower case.
const WORDS: &[&str] = &[
    "breite",
    "breitengrad",
    "coordenadas",
    "coordinate",
    "coordinates",
    "coordonnées",
    "coords",
    "geo",
    "geolocation",
    "gps",
    "koordinaten",
    "lat",
    "latitud",
    "latitude",
    "latitudine",
    "latlng",
    "location",
    "ort",
    "position",
    "standort",
    "ubicación",
];

/// Words that may stand between latitude and longitude.
const SECOND: &[&str] = &[
    "and",
    "lat",
    "latitude",
    "lng",
    "lon",
    "long",
    "longitud",
    "longitude",
    "longitudine",
    "länge",
    "längengrad",
    "und",
];

/// One half of a pair.
struct Half {
    degrees: f64,
    decimals: usize,
    /// N, S, E or W, where it is written.
    quarter: u8,
    start: usize,
    end: usize,
}

/// The pair that begins with the first group.
pub(super) fn at(text: &Text<'_>, groups: &Groups) -> Option<Range<usize>> {
    let digit = groups.as_slice().first()?.start;
    let first = half(text, digit)?;
    let follows = follower(text, &first)?;
    let second = half(text, follows)?;
    if is_listed(text, &first, &second) || !is_pair(&first, &second) {
        return None;
    }
    let marked = first.quarter != 0 && second.quarter != 0;
    let precise = first.decimals.min(second.decimals);
    let sure = marked || precise >= 4 || precise >= 2 && is_announced(text, first.start);
    sure.then_some(first.start..second.end)
}

/// Degrees with decimals, or with minutes and seconds and a quarter, whose first digit stands at `digit`.
fn half(text: &Text<'_>, digit: usize) -> Option<Half> {
    let signed =
        matches!(text.before(digit), b'-' | b'+') && !text.word_before(digit.saturating_sub(1));
    let start = if signed {
        digit.saturating_sub(1)
    } else {
        digit
    };
    let whole = text.run_to(digit, 4, |b| b.is_ascii_digit());
    let (end, decimals) = fraction(text, whole);
    if whole.saturating_sub(digit) > 3 {
        return None;
    }
    let mut degrees: f64 = text.slice(digit, end).parse().ok()?;
    let mut half_end = end;
    let mut parts = 0usize;
    for (unit, marks) in [
        (1.0, &['°', 'º'][..]),
        (60.0, &['\'', '′', '’']),
        (3600.0, &['"', '″', '”']),
    ] {
        let at = if unit > 1.0 {
            spaces(text, half_end)
        } else {
            half_end
        };
        let value_end = if unit > 1.0 {
            fraction(text, text.run_to(at, 3, |b| b.is_ascii_digit())).0
        } else {
            at
        };
        let Some(mark) = text.char_at(value_end).filter(|mark| marks.contains(mark)) else {
            break;
        };
        if unit > 1.0 {
            let value: f64 = text.slice(at, value_end).parse().ok()?;
            if value >= 60.0 {
                return None;
            }
            degrees += value / unit;
        }
        parts = parts.saturating_add(1);
        half_end = value_end.saturating_add(mark.len_utf8());
    }
    let quarter_at = spaces(text, half_end);
    let letter = text.at(quarter_at).to_ascii_uppercase();
    let quarter = if matches!(letter, b'N' | b'S' | b'E' | b'W' | b'O')
        && !text.word_at(quarter_at.saturating_add(1))
    {
        letter
    } else {
        0
    };
    let written = quarter != 0 && (parts > 0 || decimals > 0);
    if decimals == 0 && !(parts > 0 && written) {
        return None;
    }
    Some(Half {
        degrees: if text.at(start) == b'-' {
            -degrees
        } else {
            degrees
        },
        decimals,
        quarter: if written { quarter } else { 0 },
        start,
        end: if written {
            quarter_at.saturating_add(1)
        } else {
            half_end
        },
    })
}

/// Where the decimals after `whole` end, and how many there are.
fn fraction(text: &Text<'_>, whole: usize) -> (usize, usize) {
    let digits = whole.saturating_add(1);
    let end = text.run_to(digits, 16, |b| b.is_ascii_digit());
    if text.at(whole) == b'.' && end > digits {
        (end, end.saturating_sub(digits))
    } else {
        (whole, 0)
    }
}

fn spaces(text: &Text<'_>, i: usize) -> usize {
    text.run_to(i, 1, |b| b == b' ')
}

/// The first digit of the second half: a separator stands between, and perhaps a word for longitude.
fn follower(text: &Text<'_>, first: &Half) -> Option<usize> {
    let digit = text.run_to(first.end, BETWEEN, |b| !b.is_ascii_digit() && b != b'\n');
    let between = text.slice(first.end, digit);
    let sign = between.trim_end_matches(['-', '+']);
    let word = sign
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    let plain = sign
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | ';' | ':' | '=' | '"' | '\'' | '/'));
    let named = word.is_empty() || SECOND.contains(&word.as_str());
    (plain && named && !sign.is_empty() && text.at(digit).is_ascii_digit()).then_some(digit)
}

/// Whether more numbers stand beside the pair.
fn is_listed(text: &Text<'_>, first: &Half, second: &Half) -> bool {
    let back = text.run_back(first.start, 3, |b| matches!(b, b' ' | b',' | b';'));
    let before = text.before(back).is_ascii_digit() && back < first.start;
    let joined = matches!(text.before(first.start), b'.' | b'/') || text.word_before(first.start);
    let ahead = text.run_to(second.end, 3, |b| matches!(b, b' ' | b',' | b';' | b'-'));
    let after = text.at(ahead).is_ascii_digit() && text.at(second.end) == b',';
    before || joined || after || text.word_at(second.end) || text.at(second.end) == b'%'
}

/// Whether the two are a latitude and a longitude, in the order they are written in, or by their quarters.
fn is_pair(first: &Half, second: &Half) -> bool {
    let north = |half: &Half| matches!(half.quarter, b'N' | b'S');
    let ordered = match (first.quarter, second.quarter) {
        (0, 0) => true,
        (0, _) | (_, 0) => false,
        _ => north(first) != north(second),
    };
    let (latitude, longitude) = if ordered && first.quarter != 0 && !north(first) {
        (second, first)
    } else {
        (first, second)
    };
    ordered
        && latitude.degrees.abs() <= 90.0
        && longitude.degrees.abs() <= 180.0
        && (first.quarter != 0 || latitude.degrees.abs() >= 1.0 || longitude.degrees.abs() >= 1.0)
}

fn is_announced(text: &Text<'_>, start: usize) -> bool {
    context::announces(text, start, REACH, WORDS)
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::tests::expect;

    #[test]
    fn pairs() {
        assert!(super::WORDS.is_sorted());
        expect(
            &[Kind::Coordinates],
            &[
                "meet at «48.858370, 2.294481» tonight",
                "(«-33.8568,151.2153»)",
                "lat: «52.52, lon: 13.405»",
                "{\"lat\":«48.8584,\"lng\":2.2945»}",
                "GPS «40.71 -74.00»",
                "«40°26′46″N 79°58′56″W»",
                "«48°51'24\"N, 2°21'03\"E»",
                "«40.446° N, 79.982° W»",
            ],
            &[
                "pi is 3.14159, e is 2.71828",
                "[0.12345, 0.54321, 0.99999]",
                "[0.1234, 0.5678]",
                "12.50, 13.40",
                "95.12345, 10.12345",
                "48.85837, 190.29448",
                "version 1.2.3, 4.5.6",
                "it is 20°C and 30°F",
            ],
        );
    }
}
