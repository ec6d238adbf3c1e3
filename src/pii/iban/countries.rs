//! The account structures of the countries, from the IBAN registry (ISO 13616-2) and, for countries
//! that issue numbers of the form without being registered, from their central banks.
//!
//! A structure is written as the registry does: `n` digits, `a` letters, `c` either, each with a
//! count.

/// Country and the structure of what follows its check digits, sorted by country.
const STRUCTURES: &[(&[u8; 2], &str)] = &[
    (b"AD", "n8c12"),
    (b"AE", "n19"),
    (b"AL", "n8c16"),
    (b"AO", "n21"),
    (b"AT", "n16"),
    (b"AX", "n14"),
    (b"AZ", "a4c20"),
    (b"BA", "n16"),
    (b"BE", "n12"),
    (b"BF", "c2n22"),
    (b"BG", "a4n6c8"),
    (b"BH", "a4c14"),
    (b"BI", "n23"),
    (b"BJ", "c2n22"),
    (b"BL", "n10c11n2"),
    (b"BR", "n23a1c1"),
    (b"BY", "c4n4c16"),
    (b"CF", "n23"),
    (b"CG", "n23"),
    (b"CH", "n5c12"),
    (b"CI", "c2n22"),
    (b"CM", "n23"),
    (b"CR", "n18"),
    (b"CV", "n21"),
    (b"CY", "n8c16"),
    (b"CZ", "n20"),
    (b"DE", "n18"),
    (b"DJ", "n23"),
    (b"DK", "n14"),
    (b"DO", "c4n20"),
    (b"DZ", "n22"),
    (b"EE", "n16"),
    (b"EG", "n25"),
    (b"ES", "n20"),
    (b"FI", "n14"),
    (b"FK", "a2n12"),
    (b"FO", "n14"),
    (b"FR", "n10c11n2"),
    (b"GA", "n23"),
    (b"GB", "a4n14"),
    (b"GE", "a2n16"),
    (b"GF", "n10c11n2"),
    (b"GG", "a4n14"),
    (b"GI", "a4c15"),
    (b"GL", "n14"),
    (b"GP", "n10c11n2"),
    (b"GQ", "n23"),
    (b"GR", "n7c16"),
    (b"GT", "c24"),
    (b"GW", "c2n19"),
    (b"HN", "a4n20"),
    (b"HR", "n17"),
    (b"HU", "n24"),
    (b"IE", "a4n14"),
    (b"IL", "n19"),
    (b"IM", "a4n14"),
    (b"IQ", "a4n15"),
    (b"IR", "n22"),
    (b"IS", "n22"),
    (b"IT", "a1n10c12"),
    (b"JE", "a4n14"),
    (b"JO", "a4n4c18"),
    (b"KM", "n23"),
    (b"KW", "a4c22"),
    (b"KZ", "n3c13"),
    (b"LB", "n4c20"),
    (b"LC", "a4c24"),
    (b"LI", "n5c12"),
    (b"LT", "n16"),
    (b"LU", "n3c13"),
    (b"LV", "a4c13"),
    (b"LY", "n21"),
    (b"MA", "n24"),
    (b"MC", "n10c11n2"),
    (b"MD", "c20"),
    (b"ME", "n18"),
    (b"MF", "n10c11n2"),
    (b"MG", "n23"),
    (b"MK", "n3c10n2"),
    (b"ML", "c2n22"),
    (b"MN", "n16"),
    (b"MQ", "n10c11n2"),
    (b"MR", "n23"),
    (b"MT", "a4n5c18"),
    (b"MU", "a4n19a3"),
    (b"MZ", "n21"),
    (b"NC", "n10c11n2"),
    (b"NE", "c2n22"),
    (b"NI", "a4n20"),
    (b"NL", "a4n10"),
    (b"NO", "n11"),
    (b"OM", "n3c16"),
    (b"PF", "n10c11n2"),
    (b"PK", "a4c16"),
    (b"PL", "n24"),
    (b"PM", "n10c11n2"),
    (b"PS", "a4c21"),
    (b"PT", "n21"),
    (b"QA", "a4c21"),
    (b"RE", "n10c11n2"),
    (b"RO", "a4c16"),
    (b"RS", "n18"),
    (b"RU", "n14c15"),
    (b"SA", "n2c18"),
    (b"SC", "a4n20a3"),
    (b"SD", "n14"),
    (b"SE", "n20"),
    (b"SI", "n15"),
    (b"SK", "n20"),
    (b"SM", "a1n10c12"),
    (b"SN", "c2n22"),
    (b"SO", "n19"),
    (b"ST", "n21"),
    (b"SV", "a4n20"),
    (b"TD", "n23"),
    (b"TF", "n10c11n2"),
    (b"TG", "c2n22"),
    (b"TL", "n19"),
    (b"TN", "n20"),
    (b"TR", "n6c16"),
    (b"UA", "n6c19"),
    (b"VA", "n18"),
    (b"VG", "a4n16"),
    (b"WF", "n10c11n2"),
    (b"XK", "n16"),
    (b"YE", "a4n4c18"),
    (b"YT", "n10c11n2"),
];

/// The structure of the country's account numbers.
pub(super) fn structure(country: [u8; 2]) -> Option<&'static str> {
    let found = STRUCTURES.binary_search_by(|(code, _)| (*code).cmp(&country));
    found
        .ok()
        .and_then(|index| STRUCTURES.get(index))
        .map(|(_, structure)| *structure)
}

/// How many characters the structure asks for.
pub(super) fn length(structure: &str) -> usize {
    parts(structure)
        .map(|(_, count)| count)
        .fold(0, usize::saturating_add)
}

/// Whether upper-case `account` has the structure.
pub(super) fn fits(structure: &str, account: &[u8]) -> bool {
    let mut rest = account;
    for (class, count) in parts(structure) {
        let Some((part, after)) = rest.split_at_checked(count) else {
            return false;
        };
        let fits = part.iter().all(|byte| match class {
            'n' => byte.is_ascii_digit(),
            'a' => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        });
        if !fits {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

fn parts(structure: &str) -> impl Iterator<Item = (char, usize)> {
    structure
        .split_inclusive(|c: char| c.is_ascii_digit())
        .fold(Vec::new(), |mut parts, piece| {
            // Pieces are `n1`, then `0` when the count has two digits.
            match (
                piece.len(),
                parts.last_mut(),
                piece.chars().last().and_then(|c| c.to_digit(10)),
            ) {
                (2, _, Some(digit)) => {
                    parts.push((piece.chars().next().unwrap_or('c'), digit as usize))
                }
                (1, Some((_, count)), Some(digit)) => {
                    *count =
                        usize::saturating_add(usize::saturating_mul(*count, 10), digit as usize);
                }
                _ => {}
            }
            parts
        })
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_within_the_standard() {
        assert!(STRUCTURES.is_sorted_by(|a, b| a.0 < b.0));
        for (country, structure) in STRUCTURES {
            let total = length(structure) + 4;
            assert!((15..=34).contains(&total), "{country:?}: {total}");
        }
    }

    #[test]
    fn structures_are_read() {
        assert_eq!(
            parts("n10c11n2").collect::<Vec<_>>(),
            [('n', 10), ('c', 11), ('n', 2)]
        );
        assert!(fits("a4n3", b"ABCD123") && !fits("a4n3", b"ABC1234") && !fits("a4n3", b"ABCD12"));
    }
}
