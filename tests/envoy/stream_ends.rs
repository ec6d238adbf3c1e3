//! How streams end that do not end well.

use serde_json::json;

use crate::providers::providers;
use crate::stand::{Stand, house, run};
use crate::support::ask::Ask;
use crate::support::client::{Reply, Wire};
use crate::support::eventually;

async fn both(gate: &Stand, ask: &Ask, two: bool) -> Reply {
    let mut wire = if two {
        Wire::connect_two(gate.envoy.port()).await
    } else {
        gate.connect().await
    };
    wire.ask(ask).await
}

#[test]
fn a_stream_without_its_end_gets_an_error_event() {
    run(async {
        let gate = house().await;
        for switches in [
            "no_done",
            "end_after=1",
            "end_after=4",
            "end_after=4+cr",
            "no_done+chunk=1+crlf",
            "no_done+bare_end",
            "end_after=3+no_usage",
        ] {
            for (provider, two) in [("local", false), ("openai", true)] {
                let ask = Ask::stream(&format!("gpt-4o+{switches}/{provider}"));
                let reply = both(gate, &ask, two).await;
                let what = format!("{switches}: {}", reply.text());
                assert_eq!((reply.status, &reply.broken), (200, &None), "{what}");
                let events = reply.events();
                let last: serde_json::Value = serde_json::from_str(events.last().unwrap()).unwrap();
                assert!(
                    last["error"]["message"].is_string() && last["error"]["type"].is_string(),
                    "{what}"
                );
                assert!(!reply.text().contains("[DONE]"), "{what}");
                let errors = reply
                    .chunks()
                    .iter()
                    .filter(|chunk| !chunk["error"].is_null())
                    .count();
                assert_eq!(errors, 1, "{what}");
                let own = gate.line(&ask).await.tollgate;
                assert_eq!(own["usage_source"], "partial", "{what} {own}");
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_stream_that_is_reset_is_reset() {
    run(async {
        let gate = house().await;
        for provider in ["local", "openai", "mistral"] {
            for (switches, words) in [
                ("reset_after=1", false),
                ("reset_after=4", true),
                ("reset_after=4+burst", false),
                ("reset_after=5+chunk=1+cr", true),
            ] {
                for two in [false, true] {
                    let ask = Ask::stream(&format!("gpt-4o+{switches}/{provider}"));
                    let reply = both(gate, &ask, two).await;
                    let what = format!("{switches} at {provider}, HTTP/2: {two}: {}", reply.text());
                    assert_eq!(reply.status, 200, "{what}");
                    assert!(reply.broken.is_some(), "it must not look complete: {what}");
                    assert!(!reply.text().contains("[DONE]"), "{what}");
                    let own = gate.line(&ask).await.tollgate;
                    assert_eq!(own["usage_source"], "partial", "{what} {own}");
                    assert!(own["input_tokens"].as_u64() > Some(0), "{what} {own}");
                    if words {
                        assert!(reply.said().starts_with("Hello"), "{what}");
                        assert!(own["output_tokens"].as_u64() > Some(0), "{what} {own}");
                    }
                }
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn an_error_in_the_midst_comes_through_once() {
    run(async {
        let gate = house().await;
        for switches in [
            "error_mid=4",
            "error_mid=4+error_event",
            "error_mid=4+error_event+chunk=1+crlf",
        ] {
            let ask = Ask::stream(&format!("gpt-4o+{switches}/local,gpt-4o/openai"));
            let reply = gate.ask(&ask).await;
            assert_eq!((reply.status, &reply.broken), (200, &None), "{switches}");
            let errors: Vec<_> = reply
                .chunks()
                .into_iter()
                .filter(|chunk| !chunk["error"].is_null())
                .collect();
            assert_eq!(errors.len(), 1, "{}", reply.text());
            assert_eq!(errors[0]["error"]["type"], "overloaded_error");
            assert_eq!(
                reply.text().contains("event: error"),
                switches.contains("error_event")
            );
            assert!(reply.said().starts_with("Hello"), "{}", reply.text());
            assert_eq!(
                gate.heard(&ask).await.len(),
                1,
                "words have been said: no other may begin anew"
            );
            assert_eq!(gate.line(&ask).await.tollgate["usage_source"], "partial");
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_plain_reply_that_breaks_off_is_not_a_good_one() {
    run(async {
        let gate = house().await;
        for (switches, two) in [
            ("reset_after=60", false),
            ("reset_after=60", true),
            ("reset_after=300+no_length", false),
        ] {
            let ask = Ask::chat(&format!("gpt-4o+{switches}/local"));
            let mut wire = if two {
                Wire::connect_two(gate.envoy.port()).await
            } else {
                gate.connect().await
            };
            let reply = wire.try_ask(&ask).await.expect("a reply");
            assert!(reply.status >= 500, "{switches}: {}", reply.status);
            let error = reply.json()["error"]["code"].clone();
            assert_eq!(
                error,
                "provider_unreachable",
                "{switches}: {}",
                reply.text()
            );
            let own = gate.line(&ask).await.tollgate;
            assert!(own["usage_source"].is_null(), "{switches}: {own}");

            let chain = format!("gpt-4o+{switches}/local,gpt-4o-mini/local");
            let reply = gate.ask(&Ask::chat(&chain)).await;
            let model = reply.headers.get("x-tollgate-model").unwrap();
            assert_eq!((reply.status, model.as_bytes()), (200, &b"gpt-4o-mini"[..]));
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_client_that_leaves_is_accounted_for_and_ends_the_providers_work() {
    run(async {
        let gate = house().await;
        let lonely = providers().await.server("lonely");
        // In the midst of a stream, before the first event, and while a plain reply is awaited.
        for (switches, stream, words) in [
            ("tokens=2000+tps=50", true, true),
            ("first=1m", true, false),
            ("latency=1m", false, false),
            ("latency=1m", true, false),
        ] {
            for two in [false, true] {
                let messages = json!([{"role": "user", "content": "Say hello, please."}]);
                let ask = Ask::with(
                    &format!("gpt-4o+{switches}/lonely"),
                    json!({"messages": messages, "stream": stream}),
                );
                let mut wire = if two {
                    Wire::connect_two(gate.envoy.port()).await
                } else {
                    gate.connect().await
                };
                let mut live = None;
                if words {
                    live.insert(wire.open(&ask).await).until(" provider").await;
                } else {
                    let asking = wire.try_ask(&ask);
                    let heard = eventually("the request at its provider", async || {
                        (lonely.busy() == 1).then_some(())
                    });
                    tokio::select! {
                        reply = asking => panic!("answered: {reply:?}"),
                        () = heard => {}
                    }
                }
                let what = format!("{switches} stream: {stream} HTTP/2: {two}");
                if words {
                    assert_eq!(lonely.busy(), 1, "{what}");
                }
                drop((live, wire));
                eventually(&format!("the provider is left too: {what}"), async || {
                    (lonely.busy() == 0).then_some(())
                })
                .await;
                let line = gate.line(&ask).await;
                let own = &line.tollgate;
                assert_eq!(own["usage_source"], "partial", "{what}: {line:?}");
                assert!(own["input_tokens"].as_u64() > Some(0), "{what}: {own}");
                if words {
                    assert!(own["output_tokens"].as_u64() > Some(0), "{what}: {own}");
                }
            }
        }
        gate.assert_well().await;
    });
}
