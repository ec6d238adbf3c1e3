//! Personal data: how well each entity is found.

use std::collections::BTreeMap;

use super::names;
use super::rows::Row;
use super::score::{Bench, Score};

/// The scores of an entity: as the row has it; the same with its country as `default_region` where the row says that
/// the value is written as within a country; and with the entity's name before it.
#[derive(Default)]
struct Scores {
    given: Score,
    within: Score,
    named: Score,
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
        let missed = (own.within.misses(), own.named.misses());
        if shown == name && misses != missed {
            println!(
                "{} {:?}",
                if misses.1 == missed.1 {
                    "named only"
                } else {
                    "wrong"
                },
                case
            );
        }
    }
    if scores.is_empty() {
        return;
    }
    println!(
        "{:16} {:>6}   {:^23}   {:^23}   {:^23}",
        "", "", "as given", "in its region", "named before"
    );
    let columns = "   prec  recall      F1".repeat(3);
    println!(
        "{:16} {:>6} {}",
        "entity",
        "values",
        columns.replace("   prec", "      prec")
    );
    for (name, own) in &scores {
        let Scores {
            given,
            within,
            named,
        } = own;
        println!(
            "{name:16} {:>6}   {given}   {within}   {named}",
            given.wanted()
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
