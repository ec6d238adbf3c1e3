//! Checks of one number of businesses only. Each takes the values of the letters and digits: 0 to 9, A as 10.

use super::super::check::rest;
use super::own::{at, one_two, part, to_ten, weigh, weigh_digits};

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
    let sum = weigh(part(values, 2, 9), &[8, 7, 6, 5, 4, 3, 2]).saturating_add(rest(
        part(values, 9, 11),
        100,
        0,
    ));
    matches!(sum % 97, 0 | 42)
}

/// France's value added tax number, after its `FR`: the key of the business number by 97.
pub(super) fn french_business(values: &[u8]) -> bool {
    let key = part(values, 2, 4);
    let number = rest(part(values, 4, 13), 97, 0);
    let letters = key.iter().any(|sign| *sign > 9);
    letters || number.saturating_mul(3).saturating_add(12) % 97 == rest(key, 100, 0)
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

/// Slovakia's: eleven divides it.
pub(super) fn slovak(values: &[u8]) -> bool {
    rest(part(values, 2, 12), 11, 0) == 0
}

/// Romania's, of up to ten digits: by weights that are aligned to its end.
pub(super) fn romanian(values: &[u8]) -> bool {
    let digits = values.get(2..).unwrap_or(&[]);
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
