//! What is told: headers, ends of windows, what was used.

use super::*;

#[test]
fn headers_say_what_is_left_of_the_narrowest() {
    let bench = Bench::new(json!([
        {"requests": 100, "every": "1h"},
        {"per": ["key"], "requests": 7, "every": "1m"},
        {"per": ["team"], "tokens": 1000, "every": "1d"},
        {"per": ["team"], "tokens": 1, "every": "1d", "mode": "observe", "name": "seen"},
    ]));
    let holding = bench.hold("cheap/a", 100, 60).unwrap();
    let told: Vec<String> = holding
        .limited
        .told
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    assert_eq!(
        told,
        [
            "x-ratelimit-limit-requests: 7",
            "x-ratelimit-remaining-requests: 6",
            "x-ratelimit-reset-requests: 30s",
            "x-ratelimit-limit-tokens: 1000",
            "x-ratelimit-remaining-tokens: 840",
            "x-ratelimit-reset-tokens: 13h39m30s",
        ]
    );
    let (limited, _) = bench.refused("cheap/a", 900, 60);
    assert!(
        limited
            .told
            .contains(&("x-ratelimit-remaining-tokens".into(), "840".into()))
    );
    bench.end(holding, "cheap/a", answered);
}

#[test]
fn windows_end_by_the_calendar() {
    for (every, late) in [
        ("1s", 1),
        ("1m", 30),
        ("1h", 39 * 60 + 30),
        ("1d", 49_170),
        ("1w", 394_770),
        ("1mo", 2_381_970),
    ] {
        let mut bench = Bench::new(json!([{"requests": 1, "every": every}]));
        let first = bench.hold("cheap/a", 1, 1).unwrap();
        bench.end(first, "cheap/a", answered);
        bench.now = Moment(NOW.0 + (late - 1) * 1_000_000_000);
        let (_, refusal) = bench.refused("cheap/a", 1, 1);
        let Refusal::Limited(reached) = refusal else {
            panic!()
        };
        assert_eq!(reached.wait, 1, "{every}");
        bench.now = Moment(NOW.0 + late * 1_000_000_000);
        let next = bench.hold("cheap/a", 1, 1).unwrap();
        bench.end(next, "cheap/a", answered);
    }
}

#[test]
fn callers_see_what_is_theirs() {
    let mut bench = Bench::new(json!([
        {"per": ["key"], "requests": 10, "every": "1m"},
        {"per": ["team", "user"], "usd": 50, "every": "1mo"},
        {"requests": 1000, "every": "1m"},
        {"per": ["key"], "concurrent": 4},
    ]));
    let shown = bench.shown();
    assert_eq!(shown["data"].as_array().unwrap().len(), 3, "{shown}");
    assert_eq!(shown["data"][1]["remaining"]["usd"], 50);
    let holding = bench.hold("cheap/a", 100, 40).unwrap();
    let shown = bench.shown();
    assert_eq!(shown["data"][2]["held"]["concurrent"], 1, "{shown}");
    assert_eq!(shown["data"][2]["remaining"]["concurrent"], 3);
    bench.end(holding, "cheap/a", answered);
    let shown = bench.shown();
    assert_eq!(
        shown["data"][1]["per"],
        json!({"team": "red", "user": "ann"})
    );
    assert_eq!(shown["data"][1]["used"]["cost_usd"].to_string(), "0.00015");
    assert_eq!(shown["data"][1]["remaining"]["usd"].to_string(), "49.99985");
    assert_eq!(shown["data"][1]["end"], "2026-04-01T00:00:00Z");
    bench.caller.key = Some("k2".into());
    let shown = bench.shown();
    assert_eq!(shown["data"][0]["used"]["requests"], 0, "{shown}");
    bench.caller.team = Some("blue".into());
    assert!(!bench.shown().to_string().contains("\"red\""));
    let anyone = Caller::default();
    let counters = usage::counters(&bench.runtime, &bench.shared, &anyone, NOW);
    assert!(counters.is_empty());
    bench.caller = admin();
    let shown = bench.shown();
    assert_eq!(shown["data"].as_array().unwrap().len(), 3, "{shown}");
    let counters = usage::counters(&bench.runtime, &bench.shared, &bench.caller, NOW);
    let csv = String::from_utf8(usage::as_csv(&counters)).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4);
    let columns = lines[0].split(',').count();
    assert!(
        lines.iter().all(|line| line.split(',').count() == columns),
        "{csv}"
    );
    assert!(
        lines[2].starts_with("team.user.usd.1mo,enforce,,red,ann,"),
        "{csv}"
    );
}

fn admin() -> Caller {
    let key = crate::policy::keys::Key {
        admin: true,
        ..Default::default()
    };
    let mut caller = Caller::default();
    caller.take(&std::sync::Arc::new(key));
    caller
}
