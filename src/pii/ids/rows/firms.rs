//! Checks of one number of businesses only. Each takes the values of the letters and digits: 0 to 9, A as 10.

use super::super::check::rest;
use super::own::{at, one_two, part, to_ten, two_rows, weigh, weigh_digits};

/// Spain's tax number of businesses: a digit or the letter of its place, by the first letter.
pub(super) fn spanish_tax(values: &[u8]) -> bool {
    let sum = weigh_digits(part(values, 1, 8), [2, 1].into_iter().cycle());
    let control = to_ten(sum);
    let last = at(values, 8);
    // A to I, and J for 0.
    let letter = if control == 0 {
        19
    } else {
        control.saturating_add(9)
    };
    last == control || last == letter
}

/// Korea's business number: the last weighted digit counts its tens too.
pub(super) fn korean_business(values: &[u8]) -> bool {
    let sum = weigh(values, &[1, 3, 7, 1, 3, 7, 1, 3, 5]);
    let tens = at(values, 8).saturating_mul(5) / 10;
    to_ten(sum.saturating_add(tens)) == at(values, 9)
}

/// New Zealand's tax number: two rows of weights over eight digits with zeros before.
pub(super) fn new_zealand(values: &[u8]) -> bool {
    let Some((last, front)) = values.split_last() else {
        return false;
    };
    let mut digits = vec![0u8; 8usize.saturating_sub(front.len())];
    digits.extend(front);
    let by = |weights: &[u32]| 11u32.saturating_sub(weigh(&digits, weights) % 11) % 11;
    let number = rest(values, u32::MAX, 0);
    let check = match by(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => by(&[7, 4, 3, 2, 5, 2, 7, 6]),
        check => check,
    };
    (10_000_000..150_000_000).contains(&number) && check == u32::from(*last)
}

/// The signs of India's number of businesses and of China's count by their place in these alphabets.
const CHINA: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// India's number of businesses: Luhn by 36.
pub(super) fn indian_business(values: &[u8]) -> bool {
    let sum = part(values, 0, 14)
        .iter()
        .zip(one_two())
        .fold(0u32, |sum, (value, weight)| {
            let product = u32::from(*value).saturating_mul(weight);
            sum.saturating_add(product / 36)
                .saturating_add(product % 36)
        });
    36u32.saturating_sub(sum % 36) % 36 == at(values, 14)
}

/// China's number of businesses, GB 32100-2015: powers of 3 by 31.
pub(super) fn chinese_business(values: &[u8]) -> bool {
    let place = |value: &u8| {
        CHINA
            .chars()
            .position(|sign| sign.to_digit(36) == Some(u32::from(*value)))
    };
    let mut weight = 1u32;
    let mut sum = 0u32;
    for value in part(values, 0, 17) {
        let Some(place) = place(value).and_then(|place| u32::try_from(place).ok()) else {
            return false;
        };
        sum = sum.saturating_add(place.saturating_mul(weight)) % 31;
        weight = weight.saturating_mul(3) % 31;
    }
    let check = 31u32.saturating_sub(sum) % 31;
    let last = values
        .get(17)
        .and_then(place)
        .and_then(|place| u32::try_from(place).ok());
    last == Some(check)
}

/// Turkey's tax number.
pub(super) fn turkish_tax(values: &[u8]) -> bool {
    let sum = part(values, 0, 9)
        .iter()
        .zip((1u32..=9).rev())
        .fold(0u32, |sum, (value, place)| {
            let one = u32::from(*value).saturating_add(place) % 10;
            let power = 2u32.saturating_pow(place);
            let two = one.saturating_mul(power) % 9;
            let two = if one != 0 && two == 0 { 9 } else { two };
            sum.saturating_add(two)
        });
    to_ten(sum) == at(values, 9)
}

/// Japan's number of businesses: the first digit is the check.
pub(super) fn japanese_business(values: &[u8]) -> bool {
    let sum = weigh(part(values, 1, 13), &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9;
    9u32.saturating_sub(sum) == at(values, 0)
}

/// Austria's value added tax number, after its `ATU`.
pub(super) fn austrian(values: &[u8]) -> bool {
    let sum = weigh_digits(part(values, 3, 10), one_two());
    to_ten(sum.saturating_add(4)) == at(values, 10)
}

/// Great Britain's value added tax number, after its `GB`: by 97, or by 97 with 55 added.
pub(super) fn british_tax(values: &[u8]) -> bool {
    british_number(part(values, 2, 11))
}

/// The same without the letters.
pub(super) fn british_number(values: &[u8]) -> bool {
    let sum = weigh(values, &[8, 7, 6, 5, 4, 3, 2]);
    let sum = sum.saturating_add(rest(part(values, 7, 9), 100, 0));
    matches!(sum % 97, 0 | 42)
}

/// France's value added tax number, after its `FR`.
pub(super) fn french_business(values: &[u8]) -> bool {
    french_key(part(values, 2, 13))
}

/// The key of France's value added tax number: two digits by 97; or signs of an alphabet without I and O, by 11.
pub(super) fn french_key(values: &[u8]) -> bool {
    let number = part(values, 2, 11);
    if part(values, 0, 2).iter().all(|sign| *sign < 10) {
        let number = rest(number, 97, 0);
        return number.saturating_mul(3).saturating_add(12) % 97
            == rest(part(values, 0, 2), 100, 0);
    }
    // The letters behind I and O move up.
    let place = |at_: usize| {
        let sign = at(values, at_);
        sign.saturating_sub(u32::from(sign > 18))
            .saturating_sub(u32::from(sign > 24))
    };
    let (first, second) = (place(0), place(1));
    let key = match first {
        0..=9 => first
            .saturating_mul(24)
            .saturating_add(second)
            .saturating_sub(10),
        _ => first
            .saturating_mul(34)
            .saturating_add(second)
            .saturating_sub(100),
    };
    rest(number, 11, 0)
        .saturating_add(1)
        .saturating_add(key / 11)
        % 11
        == key % 11
}

/// Ireland's value added tax number, after its `IE`, of seven digits and one letter or two.
pub(super) fn irish(values: &[u8]) -> bool {
    let second = values
        .get(10)
        .map_or(0, |letter| u32::from(letter.saturating_sub(9)));
    let second = if second == 23 { 0 } else { second };
    let sum = weigh(part(values, 2, 9), &[8, 7, 6, 5, 4, 3, 2])
        .saturating_add(second.saturating_mul(9))
        % 23;
    let letter = at(values, 9);
    letter == if sum == 0 { 32 } else { sum.saturating_add(9) }
}

/// Luxembourg's: the remainder of six digits by 89.
pub(super) fn luxembourg(values: &[u8]) -> bool {
    rest(part(values, 2, 8), 89, 0) == rest(part(values, 8, 10), 100, 0)
}

/// Malta's: what is missing to a multiple of 37.
pub(super) fn maltese(values: &[u8]) -> bool {
    let sum = weigh(part(values, 2, 8), &[3, 4, 6, 7, 8, 9]) % 37;
    37u32.saturating_sub(sum) == rest(part(values, 8, 10), 100, 0)
}

/// Spain's: the number of a person, a resident or a business after `ES`.
pub(super) fn spanish_vat(values: &[u8]) -> bool {
    let number = part(values, 2, 11);
    let lead = match number.first() {
        Some(33) => 0,
        Some(34) => 1,
        Some(35) => 2,
        Some(10..) => return spanish_tax(number),
        digit => digit.copied().map_or(0, u32::from),
    };
    let letters = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let place = usize::try_from(rest(part(number, 1, 8), 23, lead)).unwrap_or(usize::MAX);
    let letter = letters
        .get(place)
        .and_then(|letter| char::from(*letter).to_digit(36));
    letter == Some(at(number, 8))
}

/// Ireland's of before 2013: a digit, a letter, five digits and the check letter.
pub(super) fn irish_before_2013(values: &[u8]) -> bool {
    let sum = weigh(part(values, 4, 9), &[7, 6, 5, 4, 3])
        .saturating_add(at(values, 2).saturating_mul(2))
        % 23;
    at(values, 9) == if sum == 0 { 32 } else { sum.saturating_add(9) }
}

/// Slovakia's, after its `SK`: eleven divides it.
pub(super) fn slovak_vat(values: &[u8]) -> bool {
    slovak(part(values, 2, 12))
}

/// The same without the letters.
pub(super) fn slovak(values: &[u8]) -> bool {
    rest(values, 11, 0) == 0
}

/// Czechia's of a person, after its `CZ`: the person's number.
pub(super) fn czech_person(values: &[u8]) -> bool {
    super::own::czech(part(values, 2, 12))
}

/// What digits in the first, third … place of Cyprus' number count.
const CYPRUS: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

/// Cyprus': a letter by the sum of eight digits, with or without its `CY`.
pub(super) fn cypriot(values: &[u8]) -> bool {
    let number = values.get(values.len().saturating_sub(9)..).unwrap_or(&[]);
    let worth = |(place, digit): (usize, &u8)| match place % 2 {
        0 => CYPRUS.get(usize::from(*digit)).copied().unwrap_or(0),
        _ => u32::from(*digit),
    };
    let sum: u32 = part(number, 0, 8).iter().enumerate().map(worth).sum();
    (sum % 26).saturating_add(10) == at(number, 8)
}

/// Romania's, after its `RO`.
pub(super) fn romanian_vat(values: &[u8]) -> bool {
    romanian(values.get(2..).unwrap_or(&[]))
}

/// Romania's, of up to ten digits: by weights that are aligned to its end.
pub(super) fn romanian(digits: &[u8]) -> bool {
    let weights = [2, 3, 5, 7, 1, 2, 3, 5, 7].into_iter();
    let sum = digits
        .iter()
        .rev()
        .skip(1)
        .zip(weights)
        .fold(0u32, |sum, (digit, weight)| {
            sum.saturating_add(u32::from(*digit).saturating_mul(weight))
        });
    let check = sum.saturating_mul(10) % 11 % 10;
    digits.last().is_some_and(|last| u32::from(*last) == check)
}

/// Estonia's register of businesses: two rows of weights.
pub(super) fn estonian(values: &[u8]) -> bool {
    two_rows(values, &[1, 2, 3, 4, 5, 6, 7], &[3, 4, 5, 6, 7, 8, 9], true)
}

/// Lithuania's of twelve digits, after its `LT`: likewise.
pub(super) fn lithuanian(values: &[u8]) -> bool {
    let first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2];
    two_rows(
        part(values, 2, 14),
        &first,
        &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4],
        true,
    )
}

/// Russia's register of businesses and traders: the remainder of the number by 11, of the longer one by 13.
pub(super) fn russian_registration(values: &[u8]) -> bool {
    let Some((last, front)) = values.split_last() else {
        return false;
    };
    let modulus = if front.len() == 12 { 11 } else { 13 };
    rest(front, modulus, 0) % 10 == u32::from(*last)
}

/// El Salvador's, with or without its `SV`: older numbers by falling weights.
pub(super) fn salvadoran(values: &[u8]) -> bool {
    let number = values.get(values.len().saturating_sub(14)..).unwrap_or(&[]);
    let check = if rest(part(number, 10, 13), 1000, 0) <= 100 {
        weigh(number, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    } else {
        11u32.saturating_sub(weigh(number, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    };
    check % 10 == at(number, 13)
}

/// Venezuela's: what the letter stands for, and weights.
pub(super) fn venezuelan(values: &[u8]) -> bool {
    let letter = ["V", "E", "J", "P", "G"]
        .iter()
        .zip(1u32..)
        .find(|(letter, _)| {
            letter
                .chars()
                .any(|letter| letter.to_digit(36) == Some(at(values, 0)))
        });
    let lead = letter.map_or(0, |(_, place)| place.saturating_mul(4));
    let sum = weigh(part(values, 1, 9), &[3, 2, 7, 6, 5, 4, 3, 2]).saturating_add(lead) % 11;
    at(values, 9)
        == if sum < 2 {
            0
        } else {
            11u32.saturating_sub(sum)
        }
}

/// Ukraine's register of businesses: weights by the number's range, others where they leave 10.
pub(super) fn ukrainian(values: &[u8]) -> bool {
    let middle = (30_000_000..=60_000_000).contains(&rest(values, u32::MAX, 0));
    let weights = if middle {
        [7, 1, 2, 3, 4, 5, 6]
    } else {
        [1, 2, 3, 4, 5, 6, 7]
    };
    two_rows(
        values,
        &weights,
        &weights.map(|weight: u32| weight.saturating_add(2)),
        true,
    )
}

/// Taiwan's: the digits of the products by five; a seventh digit of 7 counts 10 or 1.
pub(super) fn taiwanese(values: &[u8]) -> bool {
    let sum = weigh_digits(values, [1, 2, 1, 2, 1, 2, 4, 1].into_iter());
    let other = at(values, 6) == 7 && sum.saturating_add(1).is_multiple_of(5);
    sum.is_multiple_of(5) || other
}

/// Singapore's kinds of entities, as the numbers of all but companies name them.
const SINGAPORE: &str = "CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HS LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM SS TC TU VH XL";

/// Singapore's of other entities: the letters name the kind.
pub(super) fn singaporean(values: &[u8]) -> bool {
    let is = |sign: char, place: usize| sign.to_digit(36) == Some(at(values, place));
    SINGAPORE.split(' ').any(|kind| {
        kind.chars()
            .zip(3usize..)
            .all(|(sign, place)| is(sign, place))
    })
}

/// Morocco's: 97 divides it.
pub(super) fn moroccan(values: &[u8]) -> bool {
    rest(values, 97, 0) == 0
}
