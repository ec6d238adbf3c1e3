//! The audit of two workers, and what is found when somebody was at the log.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tollgate::policy::Secret;
use tollgate::stage::audit::verify::{Log, Wrong};

use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;
use crate::support::eventually;

const KEY: &str = "the tests' own key for the audit";

fn faults(lines: &[String]) -> (Vec<Wrong>, usize, usize) {
    let mut log = Log::default();
    let wrong = lines
        .iter()
        .filter_map(|line| log.read(&Secret::new(KEY), line));
    let wrong: Vec<Wrong> = wrong.flat_map(|(_, wrong)| wrong).collect();
    (wrong, log.sealed, log.workers().count())
}

#[test]
fn what_was_done_to_the_access_log_is_found() {
    run(async {
        let mut config = config("envoy.yaml").await;
        config.tollgate(&format!(
            "providers:
  local: {{kind: vllm, host: vllm.internal, path_prefix: /own/v1, api_key: none}}
default_cluster: local
observe: {{audit: {{key: {{value: \"{KEY}\"}}}}}}
"
        ));
        let gate = Stand::start("audit", config).await;
        let ask = |nth: usize| match nth % 4 {
            0 => Ask::chat("gpt-4o/local"),
            1 => Ask::stream("gpt-4o/local"),
            2 => Ask::raw("no JSON"),
            _ => Ask::get("/v1/models"),
        };
        let asks: Vec<Ask> = (0..80).map(ask).collect();
        let all = asks.iter().map(|ask| gate.ask(ask));
        let mut same = all.collect::<Vec<_>>();
        for ask in same.drain(..) {
            ask.await;
        }
        let path: PathBuf = [env!("CARGO_TARGET_TMPDIR"), "envoy", "audit", "access.log"]
            .iter()
            .collect();
        let lines = eventually("80 lines", async || {
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            (lines.len() >= 80 && text.ends_with('\n')).then_some(lines)
        })
        .await;
        let (wrong, sealed, workers) = faults(&lines);
        assert_eq!((wrong, sealed), (vec![], 80));
        assert!((1..=2).contains(&workers), "{workers}");
        let text = lines.join("\n");
        assert!(!text.contains("Say hello") && !text.contains(KEY));
        // A worker's line that is neither its first nor its last.
        let worker = |line: &String| -> (String, u64) {
            let line: Value = serde_json::from_str(line).unwrap();
            let own: Value = serde_json::from_str(line["tollgate"].as_str().unwrap()).unwrap();
            let audit = &own["audit"];
            (
                audit["worker"].as_str().unwrap().to_owned(),
                audit["sequence"].as_u64().unwrap(),
            )
        };
        let all: Vec<(String, u64)> = lines.iter().map(worker).collect();
        let nth = all.iter().position(|(_, sequence)| *sequence == 3).unwrap();
        let (name, _) = &all[nth];
        let next = all
            .iter()
            .position(|own| *own == (name.clone(), 4))
            .unwrap();
        let mut cut = lines.clone();
        cut.remove(nth);
        assert_eq!(faults(&cut).0, [Wrong::Missing(3, 3)]);
        let mut moved = lines.clone();
        moved.swap(nth, next);
        assert_eq!(faults(&moved).0, [Wrong::Missing(3, 3), Wrong::Moved(3)]);
        let mut changed = lines.clone();
        changed[nth] = changed[nth].replace("\\\"dialect\\\":\\\"", "\\\"dialect\\\":\\\"x");
        assert_ne!(changed, lines);
        assert_eq!(faults(&changed).0, [Wrong::Changed]);
        gate.envoy.assert_sound().await;
    });
}
