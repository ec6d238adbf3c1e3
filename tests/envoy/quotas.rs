//! Limits on four workers: exactly as much as is allowed, and everything settled, however a request ends.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

use crate::checks::assert_error;
use crate::providers::KEYS;
use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;
use crate::support::client::{Reply, Wire};
use crate::support::envoy::Envoy;
use crate::support::eventually;

/// Twelve tokens go out, eight may come back: 20 are held, and cost 20 millionths of a dollar.
const PRICED: &str = "gpt-4o+prompt=12+completion=8/local";
const SLOW: &str = "gpt-4o+prompt=12+completion=8+latency=300ms/local";

/// The shipped file with `limited.yaml`, on four workers.
async fn limited() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy.yaml").await;
        config.tollgate(include_str!("limited.yaml"));
        Stand {
            envoy: Envoy::start("limited", &config, 4, &KEYS).await,
        }
    };
    STAND.get_or_init(start).await
}

fn ask(model: &str, limit: &str, case: &str, stream: bool) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    let members = json!({"messages": messages, "stream": stream, "max_tokens": 8});
    Ask::with(model, members)
        .header("x-tollgate-tag-limit", limit)
        .header("x-tollgate-tag-case", case)
}

async fn usage(gate: &Stand) -> Vec<Value> {
    let ask = Ask::get("/tollgate/usage").header("authorization", "Bearer key-of-boss");
    let reply = gate.ask(&ask).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let told: Value = serde_json::from_slice(&reply.body).unwrap();
    told["data"].as_array().unwrap().clone()
}

/// The counters of a case, by their limits.
async fn counters(gate: &Stand, case: &str) -> BTreeMap<String, Value> {
    let all = usage(gate).await.into_iter();
    let own = all.filter(|row| row["per"]["tag:case"] == case);
    own.map(|row| (row["limit"].as_str().unwrap().to_owned(), row))
        .collect()
}

/// Waits until nothing is held of a limit any more, and gives what was used.
async fn settled(gate: &Stand, limit: &str, case: &str) -> Value {
    eventually(&format!("{limit} of {case} is settled"), async || {
        let row = counters(gate, case).await.remove(limit)?;
        let held = row["held"].as_object().unwrap();
        let none = held.values().all(|amount| amount.as_f64() == Some(0.0));
        none.then(|| row["used"].clone())
    })
    .await
}

/// Sends so many at once, each on a connection of its own; the replies.
async fn at_once(gate: &'static Stand, count: usize, ask: impl Fn() -> Ask) -> Vec<Reply> {
    let port = gate.envoy.port();
    let mut wires = Vec::new();
    for _ in 0..count {
        wires.push(Wire::connect(port).await);
    }
    let mut all = JoinSet::new();
    for mut wire in wires {
        let ask = ask();
        all.spawn(async move { wire.ask(&ask).await });
    }
    all.join_all().await
}

fn with(replies: &[Reply], status: u16) -> usize {
    replies
        .iter()
        .filter(|reply| reply.status == status)
        .count()
}

#[test]
fn four_hundred_at_once_against_a_hundred() {
    run(async {
        let gate = limited().await;
        for (limit, model) in [
            ("requests", PRICED),
            ("tokens", PRICED),
            ("money", PRICED),
            ("money", SLOW),
            ("tokens", SLOW),
            ("at-once", "gpt-4o+latency=4s/local"),
        ] {
            let case = format!("exact-{}", model.len());
            let replies = at_once(gate, 400, || ask(model, limit, &case, false)).await;
            let (good, refused) = (with(&replies, 200), with(&replies, 429));
            assert_eq!((good, refused), (100, 300), "{limit} {model}");
            let reply = replies.iter().find(|reply| reply.status == 429).unwrap();
            let code = match limit {
                "money" => "budget_exceeded",
                "at-once" => "concurrency_limit_exceeded",
                _ => "rate_limit_exceeded",
            };
            assert_error(reply);
            assert_eq!(reply.header("x-tollgate-refusal"), Some(code));
            assert_eq!(reply.header("x-tollgate-limit"), Some(limit));
            assert!(reply.header("retry-after").is_some());
            assert!(reply.text().contains(&format!("'{limit}'")));
            if limit == "at-once" {
                // All have ended: there is room again, and no counter is left.
                eventually("room again", async || {
                    let none = counters(gate, &case).await.is_empty();
                    none.then_some(())
                })
                .await;
                continue;
            }
            let used = settled(gate, limit, &case).await;
            assert_eq!(used["requests"], 100, "{used}");
            assert_eq!(
                (&used["input_tokens"], &used["output_tokens"]),
                (&json!(1200), &json!(800))
            );
            if limit == "money" {
                assert_eq!(used["cost_usd"], 0.002);
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn whatever_happens_is_settled_once() {
    run(async {
        let gate = limited().await;
        // (what happens, the model, streamed, the requests, input and output that count)
        let rows = [
            (
                "whole",
                "gpt-4o+prompt=12+completion=8/local",
                false,
                Some([1, 12, 8]),
            ),
            (
                "stream",
                "gpt-4o+prompt=12+completion=8/local",
                true,
                Some([1, 12, 8]),
            ),
            ("error", "gpt-4o+status=500/local", false, Some([1, 0, 0])),
            ("again", "over-status=503", false, None),
            ("limit", "over-status=429+retry_after=60", true, None),
            ("reset", "over-reset", false, None),
        ];
        for (case, model, stream, used) in rows {
            let reply = gate.ask(&ask(model, "all", case, stream)).await;
            assert_eq!(
                reply.status,
                if case == "error" { 500 } else { 200 },
                "{case}: {}",
                reply.text()
            );
            let told = settled(gate, "all", case).await;
            let is = ["requests", "input_tokens", "output_tokens"]
                .map(|kind| told[kind].as_u64().unwrap());
            match used {
                Some(used) => assert_eq!(is, used, "{case}"),
                // As the scripted provider counts.
                None => assert!(is[0] == 1 && is[1] > 0 && is[2] > 0, "{case}: {told}"),
            }
            eventually("nothing is under way", async || {
                let own = counters(gate, case).await;
                (!own.contains_key("all-at-once")).then_some(())
            })
            .await;
            // Only the target that served is charged.
            let served: Vec<Value> = usage(gate).await;
            let served: Vec<&Value> = served
                .iter()
                .filter(|row| row["limit"] == "served" && row["per"]["tag:case"] == case)
                .collect();
            assert_eq!(served.len(), 1, "{case}: {served:?}");
            let by = if model.starts_with("over-") {
                "openai"
            } else {
                "local"
            };
            assert_eq!(served[0]["per"]["provider"], by);
            assert_eq!(served[0]["used"]["requests"], 1);
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn who_leaves_at_any_moment_is_settled() {
    run(async {
        let gate = limited().await;
        let port = gate.envoy.port();

        // In the midst of the request: nothing was held yet.
        let mut raw = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let head = "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n\
                    x-tollgate-tag-limit: all\r\nx-tollgate-tag-case: left-early\r\n\r\n{\"model\":";
        raw.write_all(head.as_bytes()).await.unwrap();
        drop(raw);

        // Before the reply: the output is not known, and counts as it was held.
        let waiting = ask("gpt-4o+latency=20s/local", "all", "left-waiting", false);
        let mut wire = Wire::connect(port).await;
        let task = tokio::spawn(async move { wire.try_ask(&waiting).await.is_ok() });
        eventually("it is held", async || {
            let row = counters(gate, "left-waiting").await.remove("all")?;
            (row["held"]["output_tokens"] == 8).then_some(())
        })
        .await;
        assert_eq!(
            counters(gate, "left-waiting").await["all-at-once"]["held"]["concurrent"],
            1
        );
        task.abort();
        let used = settled(gate, "all", "left-waiting").await;
        assert_eq!(
            (&used["requests"], &used["output_tokens"]),
            (&json!(1), &json!(8)),
            "{used}"
        );

        // In the midst of a stream: what has come.
        let model = "gpt-4o+tokens=400+tps=20+no_usage/local";
        let (wire, mut live) = gate.open(&ask(model, "all", "left-stream", true)).await;
        live.until("data:").await;
        live.next().await;
        drop((live, wire));
        let used = settled(gate, "all", "left-stream").await;
        let output = used["output_tokens"].as_u64().unwrap();
        assert!(
            used["requests"] == 1 && (1..100).contains(&output),
            "{used}"
        );

        // The provider dies in the midst of its stream.
        let reply = gate
            .ask(&ask(
                "gpt-4o+tokens=40+reset_after=4/local",
                "all",
                "died",
                true,
            ))
            .await;
        assert!(
            reply.broken.is_some() || reply.text().contains("error"),
            "{}",
            reply.text()
        );
        let used = settled(gate, "all", "died").await;
        assert!(
            used["requests"] == 1 && used["output_tokens"].as_u64() > Some(0),
            "{used}"
        );

        for case in ["left-early", "left-waiting", "left-stream", "died"] {
            assert!(
                !counters(gate, case).await.contains_key("all-at-once"),
                "{case}"
            );
        }
        assert!(counters(gate, "left-early").await.is_empty());
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn replies_tell_how_a_limit_stands() {
    run(async {
        let gate = limited().await;
        let openai = gate.ask(&ask(PRICED, "all", "told", false)).await;
        assert_eq!(openai.header("x-ratelimit-limit-requests"), Some("1000"));
        assert_eq!(openai.header("x-ratelimit-remaining-requests"), Some("999"));
        assert_eq!(
            openai.header("x-ratelimit-remaining-tokens"),
            Some("999980")
        );
        assert!(
            openai
                .header("x-ratelimit-reset-tokens")
                .unwrap()
                .ends_with('s')
        );
        let messages = json!([{"role": "user", "content": "Say hello, please."}]);
        let body = json!({"model": PRICED, "max_tokens": 8, "messages": messages});
        let anthropic = Ask::raw(body.to_string())
            .at("/v1/messages")
            .header("anthropic-version", "2023-06-01")
            .header("x-tollgate-tag-limit", "all")
            .header("x-tollgate-tag-case", "told-anthropic");
        let reply = gate.ask(&anthropic).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(
            reply.header("anthropic-ratelimit-requests-remaining"),
            Some("999")
        );
        assert!(
            reply
                .header("anthropic-ratelimit-tokens-reset")
                .unwrap()
                .ends_with('Z')
        );
        // The provider's own are about the whole account.
        let limits = "gpt-4o+header.x-ratelimit-limit-images=7/local";
        let reply = gate.ask(&ask(limits, "all", "told", false)).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.header("x-ratelimit-limit-images"), None);

        for nth in 0..2 {
            let seen = gate.ask(&ask(PRICED, "watched", "told", false)).await;
            assert_eq!(seen.status, 200);
            let decision = seen.header("x-tollgate-decision").unwrap();
            assert_eq!(
                decision.contains("would_refuse=watched"),
                nth == 1,
                "{decision}"
            );
            assert_eq!(seen.header("x-ratelimit-limit-requests"), None);
        }
        assert_eq!(
            gate.envoy
                .stat("wasmcustom.tollgate.limits;limit=watched;type=would_refuse")
                .await,
            1
        );
    });
}

#[test]
fn a_warning_is_given_once() {
    run(async {
        let gate = limited().await;
        for nth in 1..=4 {
            let ask = ask(PRICED, "warned", "warned", false);
            assert_eq!(gate.ask(&ask).await.status, 200);
            let line = gate.line(&ask).await;
            let decision = line.tollgate["decision"].as_str().unwrap().to_owned();
            assert_eq!(decision.contains("warned=warned"), nth == 2, "{decision}");
        }
        let log = gate.envoy.log();
        assert_eq!(log.matches("limit warned: warn_at is reached").count(), 1);
    });
}

#[test]
fn a_key_has_limits_of_its_own_and_sees_what_it_used() {
    run(async {
        let gate = limited().await;
        let own = |ask: Ask| ask.header("authorization", "Bearer key-of-team");
        for status in [200, 200, 429] {
            let reply = gate.ask(&own(ask(PRICED, "", "", false))).await;
            assert_eq!(reply.status, status, "{}", reply.text());
        }
        let reply = gate.ask(&own(Ask::get("/tollgate/usage"))).await;
        let told: Value = serde_json::from_slice(&reply.body).unwrap();
        let limits: Vec<&str> = told["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["limit"].as_str().unwrap())
            .collect();
        assert_eq!(limits, ["own", "team-key.all.requests.1mo"], "{told}");
        assert_eq!(told["data"][0]["remaining"]["tokens"], 460);
        let csv = gate.ask(&own(Ask::get("/tollgate/usage?format=csv"))).await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(
            csv.text().contains("\r\nown,enforce,team-key,"),
            "{}",
            csv.text()
        );
        for (method, path, status) in [
            ("HEAD", "/tollgate/usage", 200),
            ("POST", "/tollgate/usage", 405),
            ("GET", "/tollgate/usage?format=xml", 400),
        ] {
            let reply = gate.ask(&own(Ask::get(path).method(method))).await;
            assert_eq!(reply.status, status, "{method} {path}: {}", reply.text());
            assert_eq!(
                reply.header("allow"),
                (status == 405).then_some("GET, HEAD")
            );
        }
        let stats = gate.envoy.ask_admin("/stats/prometheus").await;
        let mut costs = stats
            .lines()
            .filter(|line| line.starts_with("tollgate_cost_nano_usd{"));
        let named = |line: &str| line.contains("team=\"search\"") && line.ends_with(" 40000");
        assert!(costs.any(named), "{stats}");
        let nobody = gate.ask(&Ask::get("/tollgate/usage")).await;
        assert!(nobody.text().contains("\"data\":[]"), "{}", nobody.text());
        for status in [200, 200, 200, 429] {
            let reply = gate.ask(&ask(PRICED, "address", "", false)).await;
            assert_eq!(reply.status, status, "{}", reply.text());
        }
    });
}
