//! Personal data: how well each entity is found.

use std::collections::BTreeMap;

use super::names;
use super::rows::{Case, Row, Wanted};
use super::score::{Bench, Score};
use super::valid;

/// The scores of an entity: as the row has it; the same with its country as `default_region` where the row says that
/// the value is written as within a country; and with the entity's name before it.
#[derive(Default)]
struct Scores {
    given: Score,
    within: Score,
    named: Score,
    /// As `named`, without the values that have no valid check.
    valid: Score,
    /// How many those are.
    unchecked: usize,
}

/// Whether the row wants something found that no issuer's check lets pass.
fn lacks_check(case: &Case) -> bool {
    let Wanted::At(places) = &case.wanted else {
        return false;
    };
    let values = places
        .iter()
        .filter_map(|place| case.text.get(place.clone()));
    values
        .map(|value| valid::is_valid(&case.entity, value))
        .any(|valid| valid == Some(false))
}

/// Precision, recall and F1 per entity.
pub fn report(bench: &Bench, rows: &[Row], shown: &str) {
    let mut scores: BTreeMap<&'static str, Scores> = BTreeMap::new();
    let mut regions: BTreeMap<&str, Bench> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let Row::Entity(case) = row else { continue };
        let Some((name, kinds)) = names::kinds(&case.entity) else {
            *unknown.entry(case.entity.as_str()).or_default() += 1;
            continue;
        };
        let own = scores.entry(name).or_default();
        let misses = (own.within.misses(), own.named.misses());
        bench.judge(&kinds, "", case, &mut own.given);
        let within = case.region.as_deref().map(|region| {
            let made = regions.entry(region);
            &*made.or_insert_with(|| Bench::within(region))
        });
        within
            .unwrap_or(bench)
            .judge(&kinds, "", case, &mut own.within);
        let words = names::words(&case.entity, case.described.as_deref());
        bench.judge(&kinds, &format!("{words}: "), case, &mut own.named);
        let lacks = lacks_check(case);
        match lacks {
            true => own.unchecked += 1,
            false => bench.judge(&kinds, &format!("{words}: "), case, &mut own.valid),
        }
        let missed = (own.within.misses(), own.named.misses());
        if shown == name && (misses != missed || lacks) {
            println!(
                "{} {:?}",
                match (missed.1 == misses.1, lacks) {
                    (true, _) => "named only",
                    (_, true) => "no valid check",
                    _ => "wrong",
                },
                case
            );
        }
    }
    if scores.is_empty() {
        return;
    }
    println!(
        "{:16} {:>6}   {:^23}   {:^23}   {:^23}   {:>9} {:>7}",
        "", "", "as given", "in its region", "named before", "no valid", "without"
    );
    let columns = "   prec  recall      F1".repeat(3);
    println!(
        "{:16} {:>6} {}   {:>9} {:>7}",
        "entity",
        "values",
        columns.replace("   prec", "      prec"),
        "check",
        "F1"
    );
    for (name, own) in &scores {
        let Scores {
            given,
            within,
            named,
            valid,
            unchecked,
        } = own;
        println!(
            "{name:16} {:>6}   {given}   {within}   {named}   {unchecked:>9} {:7.3}",
            given.wanted(),
            valid.f1()
        );
    }
    if !unknown.is_empty() {
        let list: Vec<String> = unknown
            .iter()
            .map(|(name, n)| format!("{name} {n}"))
            .collect();
        println!("\nnot looked for, rows: {}", list.join(", "));
    }
    println!();
}
