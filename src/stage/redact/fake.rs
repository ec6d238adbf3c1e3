//! A fake for a value: drawn by its kind's form until the detector finds in it what it found in the value.

use super::search::Spot;
use crate::mask::Key;
use crate::mask::fake::{self, Seed};
use crate::pii::{Detector, Finding, Kind};

/// How often is drawn for one value. Two check digits are right once in a hundred times.
const DRAWS: usize = 1000;

/// How often is drawn for one request; then values are masked.
const ALL_DRAWS: usize = 20_000;

/// So many digits are enough for a fake of their own.
const MOSTLY: usize = 4;

/// Draws fakes for one request.
pub(super) struct Forge<'d> {
    detector: &'d Detector,
    key: Key,
    left: usize,
    found: Vec<Finding>,
}

impl<'d> Forge<'d> {
    pub(super) fn new(detector: &'d Detector, key: Key) -> Self {
        Self {
            detector,
            key,
            left: ALL_DRAWS,
            found: Vec::new(),
        }
    }

    /// A fake for the value that `take` takes; `None` when there is none.
    pub(super) fn fake(
        &mut self,
        name: &str,
        spot: &Spot,
        mut take: impl FnMut(&str) -> bool,
    ) -> Option<String> {
        let value = spot.value.as_str();
        let bad = |char: char| char.is_control() || matches!(char, '"' | '\\');
        if value.chars().any(bad) {
            return None;
        }
        let kind = spot.finding.kind;
        let mut seed = Seed::new(self.key, name, value);
        let alone = self.finds(kind, "", value, "");
        for draw in 0..DRAWS {
            self.left = self.left.checked_sub(1)?;
            let (made, sure) = drawn(name, value, draw, &mut seed);
            let is_one = sure
                || match alone {
                    true => self.finds(kind, "", &made, ""),
                    false => self.finds(kind, &spot.before, &made, &spot.after),
                };
            if is_one && take(&made) {
                return Some(made);
            }
        }
        None
    }

    /// Whether the whole value is found between these texts.
    fn finds(&mut self, kind: Kind, before: &str, value: &str, after: &str) -> bool {
        let text = [before, value, after].concat();
        let end = before.len().saturating_add(value.len());
        self.found.clear();
        self.detector.scan(&text, &mut self.found);
        let whole = |own: &Finding| (own.kind, own.start, own.end) == (kind, before.len(), end);
        self.found.iter().any(whole)
    }
}

/// A value of the form of this kind, and whether it is right as it is made.
fn drawn(name: &str, value: &str, draw: usize, seed: &mut Seed) -> (String, bool) {
    let said = value.chars().filter(|char| char.is_alphanumeric()).count();
    let numeric = value.chars().filter(char::is_ascii_digit).count();
    let end_only = said.saturating_sub(6).max(1);
    match name {
        "email" => (fake::email(seed), true),
        "person" => (fake::person(value, seed), true),
        "address" => (fake::street(seed), true),
        "ip" => (fake::host(value, seed), true),
        "credit_card" => (fake::luhn(value, 6.min(end_only), seed), false),
        "iban" => (fake::mod97(value, seed), false),
        // There are a hundred of them to an area code.
        "phone" => match fake::north_american(value, seed) {
            Some(made) if draw < 50 => (made, true),
            _ => (fake::alike(value, end_only, seed), false),
        },
        "secret" => (fake::alike(value, prefix(value), seed), false),
        // The letters of a number mostly say whose it is.
        _ if numeric >= MOSTLY && draw % 4 != 3 => (fake::digits(value, seed), false),
        _ => (fake::alike(value, 0, seed), false),
    }
}

/// How many letters and digits stand in what tells whose credential it is, such as `sk-proj-`.
fn prefix(value: &str) -> usize {
    let start: String = value.chars().take(12).collect();
    let end = start.rfind(['-', '_', '.']).unwrap_or_default();
    let prefix = start.get(..end).unwrap_or_default();
    prefix.chars().filter(|char| char.is_alphanumeric()).count()
}
