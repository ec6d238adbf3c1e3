//! Whether a value that a file wants found carries the check that its issuer publishes: reckoned here once more, apart
//! from the detectors, so that rows which no check lets pass can be told from misses.

/// What says whether a value is one.
type Rule = fn(&str) -> bool;

/// The rules by the ends of entities' names.
const RULES: &[(&str, Rule)] = &[
    ("AADHAAR", aadhaar),
    ("CREDIT_CARD", |value| luhn(&digits(value))),
    ("IBAN", iban),
    ("IBAN_CODE", iban),
    ("NHS", nhs),
    ("NIE", nie),
    ("NPI", |value| luhn(&digits(&format!("80840{value}")))),
    ("NRIC_FIN", nric),
    ("PAN", pan),
    ("PERSONNUMMER", |value| luhn(&last(&digits(value), 10))),
    ("PESEL", |value| {
        weighted(&digits(value), &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
    }),
    ("TNIN", thai),
];

/// Whether `value` has a check that its issuer would pass, in a form that is in use; none where no rule is known here.
pub fn is_valid(entity: &str, value: &str) -> Option<bool> {
    let ends = |name: &str| entity == name || entity.ends_with(&format!("_{name}"));
    let rule = RULES.iter().find(|(name, _)| ends(name));
    rule.map(|(_, rule)| rule(value))
}

fn digits(value: &str) -> Vec<u32> {
    value.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn last(digits: &[u32], count: usize) -> Vec<u32> {
    digits
        .iter()
        .skip(digits.len().saturating_sub(count))
        .copied()
        .collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |(place, digit): (usize, &u32)| match place % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    !digits.is_empty() && digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// Spaces and hyphens are in use, colons are not. Verhoeff's products, by the rules of the dihedral group.
fn aadhaar(value: &str) -> bool {
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let power = |digit: u32, times: usize| {
        let next = |digit: u32| once.get(digit as usize).copied().unwrap_or(0);
        (0..times).fold(digit, |digit, _| next(digit))
    };
    let digits = digits(value);
    let check = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |check, (place, digit)| {
            product(check, power(*digit, place % 8))
        });
    digits.len() == 12
        && check == 0
        && value
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'))
}

fn iban(value: &str) -> bool {
    let signs: Vec<u32> = value.chars().filter_map(|c| c.to_digit(36)).collect();
    let turned = signs.iter().cycle().skip(4).take(signs.len());
    let rest = turned.fold(0, |rest, sign| {
        (rest * if *sign > 9 { 100 } else { 10 } + sign) % 97
    });
    signs.len() > 4 && rest == 1
}

fn nhs(value: &str) -> bool {
    weighted(&digits(value), &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn nie(value: &str) -> bool {
    let upper = value.to_ascii_uppercase();
    let lead = upper.chars().next().and_then(|first| "XYZ".find(first));
    let number = format!("{}{}", lead.unwrap_or(9), upper.get(1..).unwrap_or(""));
    let rest = digits(&number)
        .iter()
        .fold(0, |rest, digit| (rest * 10 + digit) % 23);
    upper.chars().next_back() == "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(rest as usize)
}

fn nric(value: &str) -> bool {
    let signs: Vec<char> = value.to_ascii_uppercase().chars().collect();
    let (letters, more) = match signs.first() {
        Some('S') => ("JZIHGFEDCBA", 0),
        Some('T') => ("JZIHGFEDCBA", 4),
        Some('F') => ("XWUTRQPNMLK", 0),
        Some('G') => ("XWUTRQPNMLK", 4),
        Some('M') => ("XWUTRQPNJLK", 3),
        _ => return false,
    };
    let rest = (weighted(&digits(value), &[2, 7, 6, 5, 4, 3, 2]) + more) % 11;
    signs.len() == 9 && signs.last().copied() == letters.chars().nth(rest as usize)
}

/// The fourth letter says whose it is.
fn pan(value: &str) -> bool {
    let form = |(place, c): (usize, char)| match place {
        3 => "ABCFGHJKLPT".contains(c),
        5..=8 => c.is_ascii_digit(),
        _ => c.is_ascii_uppercase(),
    };
    value.len() == 10 && value.to_ascii_uppercase().chars().enumerate().all(form)
}

fn thai(value: &str) -> bool {
    let digits = digits(value);
    let sum = weighted(&digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 13 && digits.last() == Some(&((11 - sum % 11) % 10))
}
