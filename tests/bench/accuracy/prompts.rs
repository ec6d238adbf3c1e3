//! Prompts, harmless ones and attacks: personal data that is none.

use std::collections::BTreeMap;

use super::rows::Row;
use super::score::Bench;

pub fn report(bench: &Bench, rows: &[Row], shown: &str) {
    false_findings(bench, rows, shown);
}

/// False findings in 1,000 sentences of harmless prompts, by kind.
fn false_findings(bench: &Bench, rows: &[Row], shown: &str) {
    let (mut prompts, mut sentences) = (0usize, 0usize);
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for row in rows {
        let Row::Prompt(text, false) = row else {
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
