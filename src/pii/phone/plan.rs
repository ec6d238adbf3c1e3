//! The numbering plans of the world (ITU-T E.164, and the national plans that administrations notify to the ITU):
//! calling codes, and how many digits a national number has by the digits that it begins with.

use super::table::{PLAN, REGIONS};

/// A set of lengths, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lengths(u32);

impl Lengths {
    pub(super) fn has(self, length: usize) -> bool {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.0.checked_shr(length).unwrap_or(0) & 1 == 1
    }
}

/// The plan behind one calling code.
#[derive(Debug, Clone, Copy)]
pub(in crate::pii) struct Plan {
    /// What is dialled before a national number within the country.
    pub(super) trunk: &'static str,
    numbers: &'static str,
}

impl Plan {
    /// The plan of the calling code that `digits` begin with, and how many digits the code has.
    pub(super) fn called(digits: &[u8]) -> Option<(usize, Plan)> {
        let mut code = 0u16;
        for (index, digit) in digits.iter().take(3).enumerate() {
            code = code.saturating_mul(10).saturating_add(u16::from(*digit));
            if let Some(plan) = Plan::of(code) {
                return Some((index.saturating_add(1), plan));
            }
        }
        None
    }

    /// The plan of the country with that code of two capitals, ISO 3166-1.
    pub(in crate::pii) fn of_region(region: &str) -> Option<Plan> {
        let mut rows = REGIONS.iter().map(|row| row.split(' '));
        rows.find_map(|mut row| {
            let code = row.next()?;
            row.any(|own| own == region)
                .then(|| Plan::of(code.parse().ok()?))?
        })
    }

    fn of(code: u16) -> Option<Plan> {
        let row = PLAN.binary_search_by_key(&code, |(code, ..)| *code).ok()?;
        let (_, trunk, numbers) = PLAN.get(row)?;
        Some(Plan { trunk, numbers })
    }

    /// How many digits a number has that begins with the digits of `national`.
    pub(super) fn lengths(self, national: &[u8]) -> Lengths {
        let (Some(&first), second) = (national.first(), national.get(1).copied()) else {
            return Lengths(0);
        };
        let items = self
            .numbers
            .split(' ')
            .filter(|item| begins(item, first, second));
        let letters = items.flat_map(|item| item.bytes().filter(u8::is_ascii_lowercase));
        Lengths(letters.fold(0, |set, letter| {
            let length = u32::from(letter.wrapping_sub(b'a')).saturating_add(1);
            set | 1u32.checked_shl(length).unwrap_or(0)
        }))
    }

    /// Whether `national` is as long as a number has to be that begins so.
    pub(super) fn fits(self, national: &[u8]) -> bool {
        self.lengths(national).has(national.len())
    }
}

/// Whether one of the beginnings of `item` is that of `first` and `second`.
fn begins(item: &str, first: u8, second: Option<u8>) -> bool {
    let sets = item
        .trim_end_matches(|c: char| c.is_ascii_lowercase())
        .split(',');
    sets.map(|set| {
        set.split_once('.')
            .map_or((set, None), |(a, b)| (a, Some(b)))
    })
    .any(|(firsts, seconds)| {
        let follows = |seconds| second.is_some_and(|digit| holds(seconds, digit));
        holds(firsts, first) && seconds.is_none_or(follows)
    })
}

/// Whether `digit` is among `set`, such as `1357-9`.
fn holds(set: &str, digit: u8) -> bool {
    let digit = digit.saturating_add(b'0');
    let (mut from, mut range) = (0u8, false);
    for byte in set.bytes() {
        if byte == b'-' {
            range = true;
            continue;
        }
        if byte == digit || range && (from..=byte).contains(&digit) {
            return true;
        }
        (from, range) = (byte, false);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        assert!(PLAN.is_sorted_by(|a, b| a.0 < b.0));
        for (code, trunk, numbers) in PLAN {
            let digits: Vec<u8> = code.to_string().bytes().map(|b| b - b'0').collect();
            assert_eq!(Plan::called(&digits).unwrap().0, digits.len(), "{code}");
            assert!(trunk.bytes().all(|b| b.is_ascii_digit()));
            for item in numbers.split(' ') {
                let letters = item.bytes().filter(u8::is_ascii_lowercase).count();
                let digits = item.bytes().filter(u8::is_ascii_digit).count();
                let marks = item.bytes().filter(|b| b".,-".contains(b)).count();
                assert!(
                    letters > 0 && digits > 0 && letters + digits + marks == item.len(),
                    "{code} {item}"
                );
            }
        }
        for row in REGIONS {
            let (code, _) = row.split_once(' ').unwrap();
            assert!(Plan::of(code.parse().unwrap()).is_some(), "{row}");
        }
    }

    #[test]
    fn numbers_are_as_long_as_their_beginnings_say() {
        let digits = |text: &str| -> Vec<u8> { text.bytes().map(|b| b - b'0').collect() };
        let cases = [
            ("GB", "2079460958", true),
            ("GB", "207946095", false),
            ("AD", "312345", true),
            ("AD", "691234567", true),
            ("AD", "61234567", false),
            ("US", "4155552671", true),
            ("US", "1155552671", false),
            ("FR", "612345678", true),
            ("FR", "61234567", false),
        ];
        for (region, national, want) in cases {
            let plan = Plan::of_region(region).unwrap();
            assert_eq!(plan.fits(&digits(national)), want, "{region} {national}");
        }
        assert!(Plan::of_region("XX").is_none() && Plan::of_region("44").is_none());
    }
}
