//! From one provider to the next: every cause, what each attempt sends, and what is left when nobody answers.

use std::time::Instant;

use serde_json::json;

use crate::checks::{PRIVATE, assert_error, assert_own, assert_refused, with_private_headers};
use crate::stand::{house, run};
use crate::support::ask::Ask;
use crate::support::client::Reply;

/// A first target, how often it is heard, and whether it fails for plain replies, for streams, or for both.
const CAUSES: [(&str, usize, &str); 33] = [
    ("gpt-4o+status=429/openai", 1, "both"),
    ("gpt-4o+status=429+retry_after=30/local", 1, "both"),
    ("gpt-4o+status=500/openai", 1, "both"),
    ("gpt-4o+status=503/anthropic", 1, "both"),
    ("gpt-4o+html=502/local", 1, "both"),
    ("gpt-4o+status=504+gzip/local", 1, "both"),
    ("gpt-4o/openrouter", 0, "both"), // refused
    ("gpt-4o/groq", 0, "both"),       // a certificate for another name
    ("gpt-4o/deepseek", 0, "both"),   // an unknown authority
    ("gpt-4o+reset/local", 1, "both"),
    ("gpt-4o+reset/openai", 1, "both"),  // HTTP/2
    ("gpt-4o+reset/mistral", 1, "both"), // HTTP/1.1 with TLS
    ("gpt-4o+error_200/local", 1, "both"),
    ("gpt-4o+error_200/openai", 1, "both"),
    ("gpt-4o+error_200+chunk=1/local", 1, "plain"),
    ("gpt-4o+gzip/local", 1, "both"),
    ("gpt-4o+gzip/anthropic", 1, "both"),
    ("gpt-4o+empty/local", 1, "both"),
    ("gpt-4o+empty/openai", 1, "both"),
    ("gpt-4o+end_after=0/local", 1, "both"),
    ("gpt-4o+reset_after=0/local", 1, "both"),
    ("gpt-4o+error_first/local", 1, "stream"),
    ("gpt-4o+error_first/openai", 1, "stream"),
    ("gpt-4o+error_event/local", 1, "stream"),
    ("gpt-4o+error_event/anthropic", 1, "stream"),
    ("gpt-4o+error_first+chunk=1/local", 1, "stream"),
    ("gpt-4o+error_event+chunk=1+crlf/local", 1, "stream"),
    ("gpt-4o+error_first+cr+comments/local", 1, "stream"),
    ("gpt-4o+error_event+comments+gap=20ms/local", 1, "stream"),
    ("gpt-4o+error_first+bom+no_space/local", 1, "stream"),
    ("gpt-4o+error_first+folded+fields/local", 1, "stream"),
    ("gpt-4o+error_first+bare_end/local", 1, "stream"),
    ("gpt-4o+status=500/azure", 1, "both"),
];

fn request(model: &str, stream: bool) -> Ask {
    let messages = json!([{"role": "user", "content": "Say hello, please."}]);
    with_private_headers(Ask::with(
        model,
        json!({"messages": messages, "stream": stream}),
    ))
}

fn assert_answered(reply: &Reply, stream: bool, what: &str) {
    assert_eq!(
        (reply.status, &reply.broken),
        (200, &None),
        "{what}: {}",
        reply.text()
    );
    let said = if stream {
        reply.said()
    } else {
        reply.content()
    };
    assert!(
        said.starts_with("Hello from the scripted provider"),
        "{what}: {}",
        reply.text()
    );
    if stream {
        assert_eq!(
            reply.events().last().map(String::as_str),
            Some("[DONE]"),
            "{what}"
        );
    }
}

#[test]
fn each_cause_leads_to_the_next_target() {
    run(async {
        let gate = house().await;
        for (first, times, kind) in CAUSES {
            for stream in [false, true] {
                if kind != "both" && (kind == "stream") != stream {
                    continue;
                }
                let chain = format!("{first},claude-other-model/gemini");
                let what = format!("{chain}, stream: {stream}");
                let ask = request(&chain, stream);
                let reply = gate.ask(&ask).await;
                assert_answered(&reply, stream, &what);
                assert_eq!(
                    reply.header("x-tollgate-provider"),
                    Some("gemini"),
                    "{what}"
                );
                assert_eq!(reply.header("x-tollgate-attempts"), Some("2"), "{what}");
                assert_eq!(reply.header("retry-after"), None, "{what}");
                let heard = gate.heard(&ask).await;
                let (model, provider) = first.rsplit_once('/').unwrap();
                let cluster = if provider == "azure" {
                    "local"
                } else {
                    provider
                };
                let mut expected = vec![(cluster, model.to_owned()); times];
                expected.push(("gemini", "claude-other-model".to_owned()));
                let seen: Vec<_> = heard
                    .iter()
                    .map(|heard| (heard.by, heard.model()))
                    .collect();
                assert_eq!(seen, expected, "{what}");
                heard.iter().for_each(assert_own);
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_long_chain_goes_through_every_cause() {
    run(async {
        let gate = house().await;
        let chain = "gpt-4o+status=429/openai, claude+status=500/anthropic, gemini+reset/gemini, llama/groq, \
                     deep/openrouter, mistral+error_200/mistral, seek/deepseek, a-much-longer-name-than-the-others+status=503/azure, end/local";
        for stream in [false, true] {
            let ask = request(chain, stream);
            let reply = gate.ask(&ask).await;
            assert_answered(&reply, stream, chain);
            assert_eq!(reply.header("x-tollgate-attempts"), Some("9"));
            let heard = gate.heard(&ask).await;
            let by: Vec<&str> = heard.iter().map(|heard| heard.by).collect();
            assert_eq!(
                by,
                ["openai", "anthropic", "gemini", "mistral", "local", "local"]
            );
            assert_eq!(heard[5].model(), "end");
            heard.iter().for_each(assert_own);
            let line = gate.line(&ask).await;
            assert_eq!(
                (&line.tollgate["attempts"], &line.tollgate["provider"]),
                (&json!(9), &json!("local"))
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn an_exhausted_chain_gives_the_last_providers_error() {
    run(async {
        let gate = house().await;
        for stream in [false, true] {
            let chain =
                "gpt-4o+status=500+retry_after=99/openai,gpt-4o+status=429+retry_after=7/local";
            let ask = request(chain, stream);
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, reply.header("retry-after")),
                (429, Some("7")),
                "{}",
                reply.text()
            );
            assert_error(&reply);
            assert_eq!(reply.json()["error"]["code"], "rate_limit_exceeded");
            assert_eq!(
                reply.header("x-tollgate-refusal"),
                None,
                "it is the provider's error"
            );
            assert_eq!(reply.header("x-tollgate-attempts"), Some("2"));
            assert_eq!(gate.heard(&ask).await.len(), 2);
        }
        // Switches, status, whether the stream is asked for, and what the error says.
        for (switches, status, stream, says) in [
            ("status=503", 503, false, "overloaded"),
            ("status=503", 503, true, "overloaded"),
            ("html=502", 502, false, "502"),
            ("html=502", 502, true, "502"),
            ("error_first", 503, true, "overloaded"),
            ("error_event", 503, true, "overloaded"),
            ("error_200", 503, false, "overloaded"),
            ("gzip", 502, false, "gzip"),
            ("empty", 502, false, ""),
            ("empty", 502, true, ""),
            ("reset", 503, false, ""),
            ("reset", 503, true, ""),
        ] {
            let ask = request(
                &format!("gpt-4o/openrouter,gpt-4o+{switches}/local"),
                stream,
            );
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, status, "{switches}: {}", reply.text());
            let message = assert_error(&reply);
            assert!(message.contains(says), "{switches}: {message}");
            assert_eq!(reply.header("x-tollgate-refusal"), None, "{switches}");
            assert_eq!(gate.heard(&ask).await.len(), 1, "{switches}");
        }
        for provider in ["openrouter", "groq", "deepseek"] {
            let reply = gate
                .ask(&request(&format!("gpt-4o/{provider}"), false))
                .await;
            assert_eq!(reply.status, 503, "{}", reply.text());
            assert!(assert_error(&reply).contains(provider), "{}", reply.text());
        }
        gate.assert_well().await;
    });
}

#[test]
fn the_clients_own_mistakes_go_back_to_it() {
    run(async {
        let gate = house().await;
        for status in [400, 401, 403, 404, 422] {
            let ask = request(
                &format!("gpt-4o+status={status}/openai,gpt-4o/local"),
                status % 2 == 0,
            );
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, status, "{}", reply.text());
            assert_error(&reply);
            assert_eq!(gate.heard_once(&ask).await.by, "openai");
        }
    });
}

#[test]
fn a_chain_of_one_is_asked_once() {
    run(async {
        let gate = house().await;
        for (switches, status) in [
            ("status=500", 500),
            ("status=429", 429),
            ("reset", 503),
            ("error_200", 503),
        ] {
            let ask = request(&format!("alone-{switches}"), false);
            assert_eq!(gate.ask(&ask).await.status, status, "{switches}");
            assert_eq!(gate.heard(&ask).await.len(), 1, "{switches}");
        }
        let ask = request("alone-error_first", true);
        assert_eq!(gate.ask(&ask).await.status, 503);
        assert_eq!(gate.heard(&ask).await.len(), 1);
    });
}

#[test]
fn retries_repeat_a_target_before_the_next() {
    run(async {
        let gate = house().await;
        for (model, attempts) in [
            (
                "again-status=503",
                &["local", "local", "local", "openai"][..],
            ),
            (
                "again-status=429+retry_after=60",
                &["local", "local", "local", "openai"],
            ),
            ("again-reset", &["local", "local", "local", "openai"]),
            (
                "again-status=500+times=2+tokens=31",
                &["local", "local", "local"],
            ),
            ("again-tokens=32", &["local"]),
        ] {
            let ask = request(model, false);
            let began = Instant::now();
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{model}: {}", reply.text());
            let by: Vec<&str> = gate
                .heard(&ask)
                .await
                .iter()
                .map(|heard| heard.by)
                .collect();
            assert_eq!(by, attempts, "{model}");
            assert!(
                began.elapsed().as_secs() < 10,
                "{model}: another provider need not wait for `retry-after`"
            );
        }
    });
}

#[test]
fn the_clients_own_key_goes_where_it_is_wanted() {
    run(async {
        let gate = house().await;
        let keyed = |ask: Ask| ask.header("authorization", format!("Bearer {PRIVATE}"));
        let ask = keyed(Ask::chat("gpt-4o/mine"));
        assert_eq!(gate.ask(&ask).await.status, 200);
        let bearer = format!("Bearer {PRIVATE}");
        assert_eq!(
            gate.heard_once(&ask).await.request.header("authorization"),
            Some(bearer.as_str())
        );

        let ask = Ask::chat("gpt-4o/mine").header("x-api-key", PRIVATE);
        assert_eq!(gate.ask(&ask).await.status, 200);
        let heard = gate.heard_once(&ask).await.request;
        assert_eq!(
            (heard.header("authorization"), heard.header("x-api-key")),
            (Some(bearer.as_str()), None)
        );

        for (chain, first, second) in [
            (
                "gpt-4o+status=500/mine,gpt-4o/openai",
                bearer.as_str(),
                Some("Bearer key-of-openai"),
            ),
            (
                "gpt-4o+status=500/openai,gpt-4o/mine",
                "Bearer key-of-openai",
                Some(bearer.as_str()),
            ),
            ("gpt-4o+status=500/mine,gpt-4o/local", bearer.as_str(), None),
            (
                "gpt-4o+status=500/openai,gpt-4o/local",
                "Bearer key-of-openai",
                None,
            ),
        ] {
            let ask = keyed(Ask::chat(chain));
            assert_eq!(gate.ask(&ask).await.status, 200, "{chain}");
            let heard = gate.heard(&ask).await;
            assert_eq!(
                heard[0].request.header("authorization"),
                Some(first),
                "{chain}"
            );
            assert_eq!(heard[1].request.header("authorization"), second, "{chain}");
        }
        let ask = Ask::chat("gpt-4o/mine");
        assert_refused(&gate.ask(&ask).await, 401, "missing_api_key");
        assert!(gate.heard(&ask).await.is_empty());
    });
}
