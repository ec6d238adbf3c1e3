//! Times: first token, idle, total.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::checks::assert_error;
use crate::stand::{house, run};
use crate::support::ask::Ask;

/// Far above what is configured, far below how long the scripted provider would take.
const BOUND: Duration = Duration::from_secs(15);

fn request(model: &str, stream: bool) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    Ask::with(model, json!({"messages": messages, "stream": stream}))
}

#[test]
fn no_first_token_in_time_leads_to_the_next_target() {
    run(async {
        let gate = house().await;
        for (switches, stream) in [
            ("latency=30s", false),
            ("latency=30s", true),
            ("first=30s", false),
            ("first=30s", true),
            ("first=30s+comments", true),
            ("stall_after=0", true),
            ("stall_after=0", false),
        ] {
            let ask = request(&format!("hurry-{switches}"), stream);
            let began = Instant::now();
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, &reply.broken),
                (200, &None),
                "{switches}: {}",
                reply.text()
            );
            assert!(began.elapsed() < BOUND, "{switches}");
            let by: Vec<&str> = gate
                .heard(&ask)
                .await
                .iter()
                .map(|heard| heard.by)
                .collect();
            assert_eq!(by, ["local", "openai"], "{switches} stream: {stream}");
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_provider_has_times_of_its_own() {
    run(async {
        let gate = house().await;
        let ask = request("gpt-4o+latency=30s/hasty,gpt-4o/openai", false);
        let began = Instant::now();
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(began.elapsed() < BOUND);
        let by: Vec<&str> = gate
            .heard(&ask)
            .await
            .iter()
            .map(|heard| heard.by)
            .collect();
        assert_eq!(by, ["local", "openai"]);
    });
}

#[test]
fn a_long_stream_is_not_cut_by_the_time_to_its_first_token() {
    run(async {
        let gate = house().await;
        let ask = request("hurry-tokens=12+tps=10", true);
        let reply = gate.ask(&ask).await;
        assert_eq!((reply.status, &reply.broken), (200, &None));
        assert_eq!(reply.events().last().map(String::as_str), Some("[DONE]"));
        assert_eq!(gate.heard_once(&ask).await.by, "local");
    });
}

#[test]
fn total_bounds_all_attempts() {
    run(async {
        let gate = house().await;
        let ask = request("whole-latency=30s", false);
        let began = Instant::now();
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 504, "{}", reply.text());
        assert_error(&reply);
        assert!(began.elapsed() < BOUND);
        assert!((1..=3).contains(&gate.heard(&ask).await.len()));

        let ask = request("whole-tokens=300+tps=10", true);
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200);
        assert!(
            reply.broken.is_some(),
            "a stream that is cut does not end as if it were complete"
        );
        assert!(!reply.text().contains("[DONE]") && began.elapsed() < BOUND * 2);
        assert_eq!(gate.line(&ask).await.tollgate["usage_source"], "partial");
        gate.assert_well().await;
    });
}

#[test]
fn silence_in_the_midst_ends_a_reply() {
    run(async {
        let gate = house().await;
        let ask = request("quiet-stall_after=4", true);
        let began = Instant::now();
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200);
        assert!(
            reply.broken.is_some(),
            "a stalled stream is reset: {}",
            reply.text()
        );
        assert!(began.elapsed() < BOUND);
        assert!(reply.said().starts_with("Hello"), "{}", reply.text());
        let line = gate.line(&ask).await;
        assert_eq!(line.tollgate["usage_source"], "partial");
        assert!(
            line.tollgate["output_tokens"].as_u64() > Some(0),
            "{line:?}"
        );

        let ask = request("quiet-stall_after=60", false);
        let reply = gate.ask(&ask).await;
        assert!(
            reply.broken.is_some() || reply.status == 504,
            "{} {}",
            reply.status,
            reply.text()
        );
        assert!(began.elapsed() < BOUND * 2);

        let ask = request("quiet-tokens=24+tps=8", true);
        let reply = gate.ask(&ask).await;
        assert_eq!(
            (reply.status, &reply.broken),
            (200, &None),
            "a slow stream is not a silent one"
        );
        assert_eq!(reply.events().last().map(String::as_str), Some("[DONE]"));
        gate.assert_well().await;
    });
}
