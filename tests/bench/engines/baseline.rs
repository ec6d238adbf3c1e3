//! What criterion measured in this run, beside what was kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

use super::kit::tidy::{figures, markdown};
use super::kit::{folder, repository};

/// Nanoseconds by name.
type Times = BTreeMap<String, f64>;

/// Prints the change against the baseline, or writes the baseline when `BENCH_SAVE` is set.
pub fn compare(began: SystemTime) {
    let now = measured(&folder().join("../criterion"), began);
    if now.is_empty() {
        return;
    }
    let path = repository("tests/bench/baseline.json");
    let kept: Times = fs::read(&path)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    if std::env::var_os("BENCH_SAVE").is_some() {
        let mut kept = kept;
        kept.extend(
            now.into_iter()
                .map(|(name, nanos)| (name, (nanos * 10.0).round() / 10.0)),
        );
        fs::write(&path, serde_json::to_string_pretty(&kept).unwrap() + "\n").unwrap();
        println!("written: {}", path.display());
        return;
    }
    let head = ["bench", "baseline, ns", "now, ns", "change"].map(str::to_owned);
    let row = |(name, nanos): (&String, &f64)| {
        let old = kept.get(name).copied().unwrap_or(f64::NAN);
        let change = (nanos / old - 1.0) * 100.0;
        let change = if change.is_finite() {
            format!("{change:+.1} %")
        } else {
            "new".to_owned()
        };
        vec![name.clone(), figures(old), figures(*nanos), change]
    };
    let rows: Vec<Vec<String>> = now.iter().map(row).collect();
    println!("\n{}", markdown(&head, &rows));
}

/// The medians that criterion wrote since then.
fn measured(folder: &Path, began: SystemTime) -> Times {
    let mut found = Times::new();
    for path in entries(folder) {
        if path.file_name().is_some_and(|name| name == "new") {
            let estimates = path.join("estimates.json");
            let written = fs::metadata(&estimates).and_then(|data| data.modified());
            if written.is_ok_and(|at| at >= began) {
                let text = |path: &Path| -> Value {
                    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
                };
                let name = text(&path.join("benchmark.json"))["full_id"]
                    .as_str()
                    .unwrap()
                    .to_owned();
                let nanos = text(&estimates)
                    .pointer("/median/point_estimate")
                    .unwrap()
                    .as_f64()
                    .unwrap();
                found.insert(name, nanos);
            }
        } else if path.is_dir() {
            found.extend(measured(&path, began));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect()
}
