//! People who do not exist, their mail, where they live and their machines.

use super::Seed;

const FIRST: [&str; 40] = [
    "Alex", "Bea", "Carl", "Dana", "Elin", "Finn", "Greta", "Hugo", "Ida", "Jonas", "Kira", "Leon",
    "Mara", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tara", "Ugo", "Vera", "Wim", "Yara", "Zeno",
    "Anton", "Britta", "Cleo", "Dario", "Edda", "Felix", "Gina", "Henrik", "Ines", "Jarek",
    "Katja", "Lars", "Mila", "Noel", "Petra", "Rufus",
];

const LAST: [&str; 40] = [
    "Abel", "Berg", "Cole", "Dorn", "Eder", "Falk", "Grant", "Hale", "Iversen", "Jansen", "Kern",
    "Lund", "Marsh", "Novak", "Olsen", "Pohl", "Quinn", "Reed", "Stone", "Thorne", "Unger", "Voss",
    "Wood", "Young", "Zeller", "Ashby", "Brandt", "Costa", "Drake", "Ekman", "Forster", "Gould",
    "Hart", "Holm", "Keller", "Lowe", "Meyer", "Nash", "Parker", "Rossi",
];

/// Kept for examples (RFC 2606, section 3).
const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

/// An address that belongs to nobody.
pub fn email(seed: &mut Seed) -> String {
    let (first, last) = (seed.one(&FIRST), seed.one(&LAST));
    let number = seed.below(1000);
    let domain = seed.one(&DOMAINS);
    format!("{first}.{last}{number}@{domain}").to_ascii_lowercase()
}

/// An address of a network that is routed nowhere: of 198.18.0.0/15 (RFC 2544) or 2001:db8::/32 (RFC 3849).
pub fn host(value: &str, seed: &mut Seed) -> String {
    let [a, b, c] = [0; 3].map(|_: u8| seed.below(254).saturating_add(1));
    match value.contains(':') {
        true => format!("2001:db8:{a:x}::{b:x}:{c:x}"),
        false => format!("198.{}.{b}.{c}", 18_usize.saturating_add(a % 2)),
    }
}

/// A name of as many words as the value.
pub fn person(value: &str, seed: &mut Seed) -> String {
    let words = value.split_whitespace().count();
    let mut names: Vec<&str> = (1..words).map(|_| seed.one(&FIRST)).collect();
    match words {
        0 | 1 => names.push(seed.one(&FIRST)),
        _ => names.push(seed.one(&LAST)),
    }
    names.join(" ")
}

/// An address in the form of English-speaking countries.
pub fn street(seed: &mut Seed) -> String {
    let number = seed.below(900).saturating_add(1);
    let last = seed.one(&LAST);
    let town = seed.one(&LAST);
    let code = seed.below(90_000).saturating_add(10_000);
    format!("{number} {last} Street, {town} {code}")
}
