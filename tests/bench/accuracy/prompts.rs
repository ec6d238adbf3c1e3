//! Prompts, harmless ones and attacks: personal data that is none.

use std::collections::BTreeMap;

use tollgate::injection::{Detector, Source};

use super::rows::Row;
use super::score::Bench;

/// The threshold where none is configured, in thousandths.
const USUAL: u16 = 850;

pub fn report(bench: &Bench, rows: &[Row], shown: &str) {
    false_findings(bench, rows, shown);
    attacks(rows, shown);
}

/// What the prompt-attack detector finds at each threshold, by whose words the texts are taken for.
fn attacks(rows: &[Row], shown: &str) {
    let detector = Detector::new();
    for (name, source) in [
        ("users'", Source::User),
        ("tools'", Source::Tool),
        ("documents'", Source::Document),
    ] {
        let mut scores: Vec<(u16, bool)> = Vec::new();
        for row in rows {
            let Row::Prompt(text, attack, own) = row else {
                continue;
            };
            // Without a source of its own a text is taken for a user's, and for a tool's.
            let usual = source != Source::Document;
            if own.map_or(!usual, |own| own != source) {
                continue;
            }
            let verdict = detector.score(text, source);
            scores.push((verdict.score, *attack));
            let wrong = *attack != (verdict.score >= USUAL);
            if wrong && shown == "prompt_attack" && (own.is_some() || source == Source::User) {
                let (start, rule) = (text.chars().take(120), verdict.rule.name());
                let start: String = start.collect();
                println!(
                    "{} {:4} {rule:22} {start:?}",
                    if *attack { "missed" } else { "false " },
                    verdict.score
                );
            }
        }
        let count = |from: u16, attack: bool| {
            scores
                .iter()
                .filter(|(score, own)| *own == attack && *score >= from)
                .count()
        };
        let (attacks, harmless) = (count(0, true), count(0, false));
        if attacks == 0 && harmless == 0 {
            continue;
        }
        println!(
            "prompt attacks, {attacks} in {} texts taken for {name} words:",
            attacks + harmless
        );
        println!("  threshold  precision     recall  false positives");
        for threshold in [500, 600, 700, 750, 800, USUAL, 900, 925, 950, 975, 990] {
            let (found, wrong) = (
                count(threshold, true) as f64,
                count(threshold, false) as f64,
            );
            let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { f64::NAN };
            println!(
                "  {:>9.3} {:>10.4} {:>10.4} {:>16.4}",
                f64::from(threshold) / 1000.0,
                share(found, found + wrong),
                share(found, attacks as f64),
                share(wrong, harmless as f64)
            );
        }
        println!();
    }
}

/// False findings in 1,000 sentences of harmless prompts, by kind.
fn false_findings(bench: &Bench, rows: &[Row], shown: &str) {
    let (mut prompts, mut sentences) = (0usize, 0usize);
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for row in rows {
        let Row::Prompt(text, false, _) = row else {
            continue;
        };
        prompts += 1;
        sentences += count_sentences(text);
        for finding in bench.scan(text) {
            *kinds.entry(finding.kind.name()).or_default() += 1;
            if shown == finding.kind.name() {
                println!(
                    "in a harmless prompt: {:?}",
                    text.get(finding.start..finding.end)
                );
            }
        }
    }
    if prompts == 0 {
        return;
    }
    println!(
        "findings in {prompts} harmless prompts of {sentences} sentences, of 1,000 sentences:"
    );
    for (kind, count) in &kinds {
        println!(
            "  {kind:24} {count:>6} {:8.2}",
            1000.0 * *count as f64 / sentences as f64
        );
    }
    println!();
}

/// Ends of sentences and lines that have words before them.
fn count_sentences(text: &str) -> usize {
    text.split(['\n', '.', '!', '?', '。', '！', '？'])
        .filter(|sentence| sentence.split_whitespace().count() > 1)
        .count()
        .max(1)
}
