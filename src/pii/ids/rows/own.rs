//! Checks of one number of persons only. Each takes the values of the letters and digits: 0 to 9, A as 10.

use super::super::check::{is_date, rest};

/// The values in the places `from..to`; none where there are fewer.
pub(super) fn part(values: &[u8], from: usize, to: usize) -> &[u8] {
    values.get(from..to).unwrap_or(&[])
}

pub(super) fn at(values: &[u8], place: usize) -> u32 {
    values.get(place).copied().map_or(0, u32::from)
}

/// The sum of the products of weights and values.
pub(super) fn weigh(values: &[u8], weights: &[u32]) -> u32 {
    let terms = values.iter().zip(weights);
    let products = terms.map(|(value, weight)| u32::from(*value).saturating_mul(*weight));
    products.fold(0, u32::saturating_add)
}

/// The sum of the digits of the products of weights and values.
pub(super) fn weigh_digits(values: &[u8], weights: impl Iterator<Item = u32>) -> u32 {
    let terms = values.iter().zip(weights);
    let products = terms.map(|(value, weight)| u32::from(*value).saturating_mul(weight));
    products.fold(0, |sum, product| {
        sum.saturating_add(product / 10)
            .saturating_add(product % 10)
    })
}

/// One, two, one, two …
pub(super) fn one_two() -> impl Iterator<Item = u32> {
    [1, 2].into_iter().cycle()
}

/// What is missing to the next multiple of ten.
pub(super) fn to_ten(sum: u32) -> u32 {
    10u32.saturating_sub(sum % 10) % 10
}

/// A letter as the two digits of its place in the alphabet.
fn letter_digits(letter: u8) -> [u8; 2] {
    let place = letter.saturating_sub(9);
    [place / 10, place % 10]
}

/// Germany's tax number: does not begin with 0, and of the first ten digits one comes two or three times, the
/// others once at the most.
pub(super) fn german_tax(values: &[u8]) -> bool {
    let mut counts = [0u8; 10];
    for digit in part(values, 0, 10) {
        if let Some(count) = counts.get_mut(usize::from(*digit)) {
            *count = count.saturating_add(1);
        }
    }
    let often = counts.iter().filter(|count| **count > 1).count();
    at(values, 0) != 0 && often == 1 && counts.iter().all(|count| *count <= 3)
}

/// Germany's pension insurance number: the letter counts as two digits.
pub(super) fn german_pension(values: &[u8]) -> bool {
    let mut digits = part(values, 0, 8).to_vec();
    digits.extend(letter_digits(values.get(8).copied().unwrap_or(0)));
    digits.extend(part(values, 9, 11));
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].into_iter();
    weigh_digits(&digits, weights) % 10 == at(values, 11)
}

/// Germany's health insurance number: the letter counts as two digits.
pub(super) fn german_health(values: &[u8]) -> bool {
    let mut digits = letter_digits(values.first().copied().unwrap_or(0)).to_vec();
    digits.extend(part(values, 1, 9));
    weigh_digits(&digits, one_two()) % 10 == at(values, 9)
}

/// The United Kingdom's insurance number: prefixes that were never given out.
pub(super) fn british(values: &[u8]) -> bool {
    let pairs = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
    let is = |pair: &str| {
        pair.chars()
            .zip(values)
            .all(|(letter, value)| letter.to_digit(36) == Some(u32::from(*value)))
    };
    !pairs.into_iter().any(is)
}

/// France's registration number: sex, year, month, department (2A and 2B are Corsica's), and the key by 97.
pub(super) fn french(values: &[u8]) -> bool {
    let month = rest(part(values, 3, 5), 100, 0);
    let (first, sixth) = (at(values, 0), at(values, 5));
    let corsica = match (sixth, at(values, 6)) {
        (2, 10) => 1_000_000,
        (2, 11) => 2_000_000,
        (_, 10..) => return false,
        _ => 0,
    };
    let mut digits = part(values, 0, 13).to_vec();
    if let Some(letter) = digits.get_mut(6)
        && *letter > 9
    {
        *letter = 0;
    }
    // 2A is reckoned as 19 and 2B as 18: one and two millions less than 20.
    let number = rest(&digits, 97, 0);
    let number = number.saturating_add(97).saturating_sub(corsica % 97) % 97;
    let key = rest(part(values, 13, 15), 100, 0);
    let months = matches!(month, 1..=12 | 20..=42 | 50..=99);
    matches!(first, 1..=4 | 7 | 8)
        && months
        && number.saturating_add(key).is_multiple_of(97)
        && (1..=97).contains(&key)
}

/// France's tax number: the last three digits are the remainder of the others by 511.
pub(super) fn french_tax(values: &[u8]) -> bool {
    rest(part(values, 0, 10), 511, 0) == rest(part(values, 10, 13), 1000, 0)
}

/// What signs in odd places count in Italy's code: of digits and of the letters A to J, then K to Z.
const ITALY: &[u32] = &[
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// Italy's code: letters may stand for digits, where two persons would have the same.
pub(super) fn italian(values: &[u8]) -> bool {
    let digits = [6usize, 7, 9, 10, 12, 13, 14];
    let stands = |place: &usize| matches!(at(values, *place), 0..=9 | 21..=23 | 25..=31);
    if !digits.iter().all(stands) {
        return false;
    }
    let sum = part(values, 0, 15)
        .iter()
        .enumerate()
        .fold(0u32, |sum, (place, value)| {
            let place_of = if *value > 9 {
                value.saturating_sub(10)
            } else {
                *value
            };
            let worth = if place % 2 == 0 {
                ITALY.get(usize::from(place_of)).copied().unwrap_or(0)
            } else {
                u32::from(place_of)
            };
            sum.saturating_add(worth)
        });
    (sum % 26).saturating_add(10) == at(values, 15)
}

/// Spain's social security number: the remainder by 97.
pub(super) fn spanish_security(values: &[u8]) -> bool {
    let short = at(values, 2) == 0;
    let number = if short {
        let mut digits = part(values, 0, 2).to_vec();
        digits.extend(part(values, 3, 10));
        rest(&digits, 97, 0)
    } else {
        rest(part(values, 0, 10), 97, 0)
    };
    number == rest(part(values, 10, 12), 100, 0)
}

/// Portugal's citizen card: Luhn over letters and digits.
pub(super) fn portuguese(values: &[u8]) -> bool {
    let sum = part(values, 0, 12)
        .iter()
        .enumerate()
        .fold(0u32, |sum, (place, value)| {
            let value = u32::from(*value);
            let value = if place % 2 == 0 {
                value.saturating_mul(2)
            } else {
                value
            };
            let value = if place % 2 == 0 && value > 9 {
                value.saturating_sub(9)
            } else {
                value
            };
            sum.saturating_add(value)
        });
    values.len() == 12 && sum.is_multiple_of(10)
}

/// Czechia's and Slovakia's number: eleven divides it; until 1985 a remainder of 10 was written 0.
pub(super) fn czech(values: &[u8]) -> bool {
    let front = rest(part(values, 0, 9), 11, 0);
    front % 10 == at(values, 9)
}

/// Belgium's identity card: the first ten digits by 97, 97 for nothing.
pub(super) fn belgian_card(values: &[u8]) -> bool {
    let front = rest(part(values, 0, 10), 97, 0);
    let check = rest(part(values, 10, 12), 1000, 0);
    check == if front == 0 { 97 } else { front }
}

/// Denmark's number: the seventh digit tells the century, and nobody is born in years to come.
pub(super) fn danish(values: &[u8]) -> bool {
    let year = rest(part(values, 4, 6), 100, 0);
    match at(values, 6) {
        4 | 9 => !(30..=36).contains(&year),
        5..=8 => !(30..=57).contains(&year),
        _ => true,
    }
}

/// Estonia's and Lithuania's number: two rows of weights, the second where the first leaves 10.
pub(super) fn baltic(values: &[u8]) -> bool {
    two_rows(
        values,
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1],
        &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3],
        true,
    )
}

/// Kazakhstan's number: likewise, but nobody has one that leaves 10 twice.
pub(super) fn kazakh(values: &[u8]) -> bool {
    two_rows(
        values,
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
        false,
    )
}

/// Two rows of weights: the second where the first leaves 10; `zero` is the sign of both leaving 10.
pub(super) fn two_rows(values: &[u8], first: &[u32], second: &[u32], zero: bool) -> bool {
    let one = weigh(values, first) % 11;
    let two = weigh(values, second) % 11;
    let last = at(values, first.len());
    match (one, two) {
        (10, 10) => zero && last == 0,
        (10, two) => last == two,
        (one, _) => last == one,
    }
}

/// Russia's pension insurance number: falling weights, the remainder by 101, of which 100 is written 00.
pub(super) fn russian_pension(values: &[u8]) -> bool {
    let sum = weigh(values, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    sum == rest(part(values, 9, 11), 100, 0)
}

/// What Taiwan's letters count, from A on.
const TAIWAN: &[u32] = &[
    10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30,
    31, 33,
];

/// Taiwan's number: a place of registration, then the digits by falling weights.
pub(super) fn taiwanese(values: &[u8]) -> bool {
    let letter = values
        .first()
        .map_or(0, |letter| usize::from(letter.saturating_sub(10)));
    let place = TAIWAN.get(letter).copied().unwrap_or(0);
    let sum = (place / 10).saturating_add((place % 10).saturating_mul(9));
    let digits = weigh(part(values, 1, 10), &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    sum.saturating_add(digits) % 10 == 0
}

/// Hong Kong's number of one letter: by weights of 9 to 1, a blank before the letter counting 36.
pub(super) fn hong_kong(values: &[u8]) -> bool {
    let sum = weigh(values, &[8, 7, 6, 5, 4, 3, 2, 1]).saturating_add(36u32.saturating_mul(9));
    sum.is_multiple_of(11)
}

/// Mexico's population code: the letter Ñ stands between N and O.
pub(super) fn mexican(values: &[u8]) -> bool {
    let sum =
        part(values, 0, 17)
            .iter()
            .zip((2u32..=18).rev())
            .fold(0u32, |sum, (value, weight)| {
                let moved = u32::from(*value > 23);
                sum.saturating_add(
                    u32::from(*value)
                        .saturating_add(moved)
                        .saturating_mul(weight),
                )
            });
    to_ten(sum) == at(values, 17)
}

/// Mexico's tax code: `&` stands between N and O; a blank before the codes of businesses.
pub(super) fn mexican_tax(values: &[u8]) -> bool {
    let Some((last, front)) = values.split_last() else {
        return false;
    };
    let blank = if front.len() < 12 {
        37u32.saturating_mul(13)
    } else {
        0
    };
    let top = u32::try_from(front.len()).unwrap_or(0).saturating_add(1);
    let sum = front
        .iter()
        .zip((2..=top).rev())
        .fold(blank, |sum, (value, weight)| {
            let moved = u32::from(*value > 23);
            sum.saturating_add(
                u32::from(*value)
                    .saturating_add(moved)
                    .saturating_mul(weight),
            )
        });
    let check = 11u32.saturating_sub(sum % 11);
    match check {
        11 => *last == 0,
        10 => *last == 10,
        check => u32::from(*last) == check,
    }
}

/// Quebec's health number: year, month (women's with 50 added) and day of birth after four letters.
pub(super) fn quebec(values: &[u8]) -> bool {
    is_date(part(values, 4, 12), "yymmdd", &[0, 50], &[0])
}

/// Britain's driving licence: a surname of five signs, filled up with 9; then month (women's with 50 added) and
/// day of birth between the digits of the year; then initials, of which 9 is none.
pub(super) fn british_licence(values: &[u8]) -> bool {
    let letter = |value: &u8| *value > 9;
    let name = part(values, 0, 5);
    let letters = name.iter().take_while(|value| letter(value)).count();
    let filled = name.iter().skip(letters).all(|value| *value == 9);
    let month = at(values, 6)
        .saturating_mul(10)
        .saturating_add(at(values, 7))
        % 50;
    let day = at(values, 8)
        .saturating_mul(10)
        .saturating_add(at(values, 9));
    let initials = part(values, 11, 13).iter().all(|value| *value >= 9);
    letters > 0 && filled && initials && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Whether eight digits are no date, with the year first or last.
pub(super) fn no_date(values: &[u8]) -> bool {
    let digits = values.len() == 8 && values.iter().all(|value| *value < 10);
    !(digits
        && (is_date(values, "yyyymmdd", &[0], &[0])
            || is_date(values, "ddmmyyyy", &[0], &[0])
            || is_date(values, "mmddyyyy", &[0], &[0])))
}

/// Spain's account number: one check digit for bank and branch, one for the account.
pub(super) fn spanish_account(values: &[u8]) -> bool {
    let check = |digits: &[u8], weights: &[u32]| match weigh(digits, weights) % 11 {
        0 => 0,
        1 => 1,
        left => 11u32.saturating_sub(left),
    };
    check(part(values, 0, 8), &[4, 8, 5, 10, 9, 7, 3, 6]) == at(values, 8)
        && check(part(values, 10, 20), &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) == at(values, 9)
}

/// Czechia's and Slovakia's account number: eleven divides the weighted account, and the prefix before it; the bank's
/// code stands behind.
pub(super) fn czech_account(values: &[u8]) -> bool {
    let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    let bank = values.len().saturating_sub(4);
    let (prefix, account) = values
        .get(..bank)
        .unwrap_or(&[])
        .split_at(bank.saturating_sub(10));
    let own = weights
        .get(weights.len().saturating_sub(prefix.len())..)
        .unwrap_or(&[]);
    weigh(account, &weights).is_multiple_of(11) && weigh(prefix, own).is_multiple_of(11)
}
