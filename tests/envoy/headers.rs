//! Headers, in and out: which come through, which do not, and those that are not text.

use serde_json::json;

use crate::checks::{assert_own, with_private_headers};
use crate::providers::KEYS;
use crate::stand::{house, run};
use crate::support::ask::{Ask, mark};
use crate::support::client::Wire;

#[test]
fn replies_say_what_was_done() {
    run(async {
        let gate = house().await;
        for stream in [false, true] {
            let messages = json!([{"role": "user", "content": "hi"}]);
            let ask = Ask::with(
                "gpt-4o+status=500/openai,gpt-4o+header.x-request-id=abc/local",
                json!({"messages": messages, "stream": stream}),
            );
            let reply = gate.ask(&ask).await;
            assert_eq!(
                reply.header("x-tollgate-model"),
                Some("gpt-4o+header.x-request-id=abc")
            );
            assert_eq!(reply.header("x-tollgate-provider"), Some("local"));
            assert_eq!(reply.header("x-tollgate-attempts"), Some("2"));
            assert!(reply.header("x-tollgate-input-tokens").is_some());
            assert!(reply.header("x-tollgate-decision").is_some());
            assert_eq!(reply.header("x-tollgate-output-tokens").is_some(), !stream);
            assert_eq!(reply.header("x-tollgate-refusal"), None);
            assert_eq!(reply.header("x-request-id"), Some("abc"));
            let text = format!("{:?}", reply.headers);
            assert!(KEYS.iter().all(|(_, key)| !text.contains(key)), "{text}");
            assert!(!text.contains("x-envoy-"), "{text}");
        }
    });
}

#[test]
fn what_a_provider_says_about_itself_stays_with_it() {
    run(async {
        let gate = house().await;
        let switches = "header.x-tollgate-model=evil+header.x-tollgate-refusal=evil+header.x-tollgate-cost-usd=0+header.x-tollgate-foo=evil+\
                        header.openai-organization=org-1+header.set-cookie=a=b+header.x-ratelimit-remaining-tokens=5";
        for ask in [
            Ask::chat(&format!("m+{switches}/local")),
            Ask::stream(&format!("m+{switches}/openai")),
        ] {
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            assert!(
                reply.header("x-tollgate-model").unwrap().starts_with("m+"),
                "{:?}",
                reply.headers
            );
            assert_eq!(reply.headers.get_all("x-tollgate-model").iter().count(), 1);
            for name in [
                "x-tollgate-refusal",
                "x-tollgate-foo",
                "openai-organization",
            ] {
                assert_eq!(reply.header(name), None, "{name}");
            }
            assert_ne!(reply.header("x-tollgate-cost-usd"), Some("0"));
            assert_eq!(reply.header("x-ratelimit-remaining-tokens"), Some("5"));
        }
    });
}

#[test]
fn a_clients_internal_headers_change_nothing() {
    run(async {
        let gate = house().await;
        for wire in [
            &mut gate.connect().await,
            &mut Wire::connect_two(gate.envoy.port()).await,
        ] {
            let ask = with_private_headers(Ask::chat("gpt-4o"))
                .header("x-tollgate-tag-app", "search")
                .header("x-tollgate-user", "ada")
                .header("x-tollgate-cache", "off")
                .header("x-envoy-upstream-rq-timeout-ms", "1")
                .header("x-envoy-upstream-rq-per-try-timeout-ms", "1")
                .header("x-envoy-retry-on", "5xx")
                .header("x-custom", "kept");
            let reply = wire.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            let heard = gate.heard_once(&ask).await;
            assert_own(&heard);
            assert_eq!(heard.request.header("x-custom"), Some("kept"));
        }
    });
}

#[test]
fn headers_that_are_not_utf8() {
    run(async {
        let gate = house().await;
        let odd = b"\xff\xfe caf\xe9".as_slice();
        for name in [
            "x-odd",
            "authorization",
            "x-api-key",
            "cookie",
            "x-tollgate-user",
            "x-tollgate-tag-odd",
            "x-tollgate-cluster",
            "user-agent",
            "accept",
            "content-type",
        ] {
            for ask in [
                Ask::chat("gpt-4o+status=500/openai,gpt-4o/local"),
                Ask::stream("gpt-4o/local"),
            ] {
                let ask = ask.header(name, odd);
                let reply = gate.ask(&ask).await;
                assert_eq!(
                    (reply.status, &reply.broken),
                    (200, &None),
                    "{name}: {}",
                    reply.text()
                );
                let heard = gate.heard(&ask).await;
                if name == "x-odd" {
                    let sent = &heard.last().unwrap().request.headers;
                    assert!(sent.contains(&(name.to_owned(), odd.to_vec())), "{sent:?}");
                }
                gate.line(&ask).await;
            }
        }
        let reply = gate
            .ask(&Ask::chat("gpt-4o/local").header("content-encoding", odd))
            .await;
        assert!((200..500).contains(&reply.status), "{}", reply.text());
        let mark = mark();
        let ask = Ask {
            mark: mark.clone(),
            ..Ask::raw("x")
        }
        .at(&format!("/echo?{mark}"))
        .header("x-odd", odd);
        assert_eq!(gate.ask(&ask).await.status, 200);
        gate.assert_well().await;
    });
}

#[test]
fn reply_headers_that_are_not_utf8() {
    run(async {
        let gate = house().await;
        for name in [
            "x-odd",
            "x-tollgate-odd",
            "openai-organization",
            "content-encoding",
            "openai-version",
        ] {
            for ask in [
                Ask::chat(&format!("gpt-4o+header.{name}=%FF%FE/local,gpt-4o/local")),
                Ask::stream(&format!("gpt-4o+header.{name}=%FF%FE/local,gpt-4o/local")),
                Ask::chat(&format!("gpt-4o+status=400+header.{name}=%FF%FE/local")),
            ] {
                let reply = gate.ask(&ask).await;
                assert!(
                    matches!(reply.status, 200 | 400 | 502),
                    "{name}: {} {}",
                    reply.status,
                    reply.text()
                );
                if name == "x-odd" {
                    assert_eq!(
                        reply.headers.get(name).map(|value| value.as_bytes()),
                        Some(b"\xff\xfe".as_slice())
                    );
                }
            }
        }
        gate.assert_well().await;
    });
}
