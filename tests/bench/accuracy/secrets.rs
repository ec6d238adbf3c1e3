//! Credentials: how many were found, and how many texts without one gave an alarm.

use std::collections::BTreeMap;

use tollgate::pii::Kind;

use super::rows::Row;
use super::score::Bench;

pub fn report(bench: &Bench, rows: &[Row], shown: &str) {
    let (mut wanted, mut hits, mut harmless, mut alarms) = (0usize, 0usize, 0usize, 0usize);
    let mut missed: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let (text, secret, rule) = match row {
            Row::Secret(text, secret, rule) => (text, secret.as_deref(), rule.as_str()),
            Row::Prompt(text, ..) => (text, None, ""),
            Row::Entity(_) => continue,
        };
        let mut found = bench.scan(text);
        found.retain(|finding| matches!(finding.kind, Kind::Secret | Kind::UrlCredentials));
        let Some(secret) = secret else {
            harmless += 1;
            alarms += usize::from(!found.is_empty());
            if shown == "secret" && !found.is_empty() {
                let values: Vec<_> = found
                    .iter()
                    .filter_map(|f| text.get(f.start..f.end))
                    .collect();
                println!("alarm: {values:?}");
            }
            continue;
        };
        wanted += 1;
        let hit = text.match_indices(secret).any(|(at, _)| {
            found
                .iter()
                .any(|f| f.start <= at && f.end >= at + secret.len())
        });
        hits += usize::from(hit);
        if !hit {
            *missed.entry(rule).or_default() += 1;
            if shown == "secret" {
                println!("missed {rule}: {text}");
            }
        }
    }
    if wanted + harmless == 0 {
        return;
    }
    if wanted > 0 {
        println!(
            "credentials: {hits} of {wanted} found, {:.3}",
            hits as f64 / wanted as f64
        );
        let list: Vec<String> = missed
            .iter()
            .map(|(rule, n)| format!("{rule} {n}"))
            .collect();
        println!("  missed: {}", list.join(", "));
    }
    println!(
        "credentials: {alarms} alarms in {harmless} texts without one, {:.2} of 1,000\n",
        1000.0 * alarms as f64 / harmless.max(1) as f64
    );
}
