//! The shipped configuration as it is, and what becomes of it without one of its lines.

use std::time::Duration;

use tokio::time::timeout;

use crate::checks::assert_own;
use crate::stand::{Stand, config, run, shipped};
use crate::support::ask::Ask;
use crate::support::envoy::validate;
use crate::support::numbered::numbered;

#[test]
fn its_models_reach_their_providers() {
    run(async {
        let gate = shipped().await;
        for (name, by, model) in [
            ("gpt-4o", "openai", "gpt-4o"),
            ("gpt-4o-mini", "openai", "gpt-4o-mini"),
            ("gpt-5", "openai", "gpt-5"),
            ("claude-haiku-4-5", "anthropic", "claude-haiku-4-5"),
            ("gemini-2.5-flash", "gemini", "gemini-2.5-flash"),
            ("mistral-small", "mistral", "mistral-small"),
            ("command-a", "cohere", "command-a"),
            ("amazon.nova-pro-v1:0", "bedrock", "amazon.nova-pro-v1:0"),
            ("gemini-2.5-pro/vertex", "vertex", "gemini-2.5-pro"),
            ("gpt-4o/azure", "azure", "gpt-4o"),
            ("anything/local", "local", "anything"),
            ("gpt-4o/anthropic", "anthropic", "gpt-4o"),
        ] {
            for ask in [Ask::chat(name), Ask::stream(name)] {
                let reply = gate.ask(&ask).await;
                assert_eq!(
                    (reply.status, &reply.broken),
                    (200, &None),
                    "{name}: {}",
                    reply.text()
                );
                let heard = gate.heard_once(&ask).await;
                assert_eq!((heard.by, heard.model().as_str()), (by, model), "{name}");
                assert_own(&heard);
                let two = ["openai", "anthropic", "vertex", "azure", "cohere"];
                let version = if two.contains(&by) {
                    "HTTP/2.0"
                } else {
                    "HTTP/1.1"
                };
                assert_eq!(heard.request.version, version, "{by} offers what it speaks");
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn both_layouts_are_valid() {
    run(async {
        for file in ["envoy.yaml", "envoy-aggregate.yaml"] {
            let config = config(file).await;
            assert_eq!(validate(file, &config).await, Ok(()), "{file}");
        }
    });
}

#[test]
fn certificates_are_verified() {
    run(async {
        let gate = shipped().await;
        // Groq's is for another name, DeepSeek's from an unknown authority; both fall over to `local`.
        for name in ["llama-3.1-8b", "deepseek-chat"] {
            let ask = Ask::chat(name);
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, reply.header("x-tollgate-provider")),
                (200, Some("local")),
                "{}",
                reply.text()
            );
            assert_eq!(gate.heard_once(&ask).await.by, "local");
        }
        assert!(gate.envoy.stat("cluster.groq.ssl.fail_verify_san").await > 0);
        assert!(
            gate.envoy
                .stat("cluster.deepseek.ssl.fail_verify_error")
                .await
                > 0
        );
    });
}

#[test]
fn personal_data_as_in_the_first_example() {
    run(async {
        let gate = shipped().await;
        let ask = Ask::say(
            "gpt-4o/local",
            "Write to ada@example.com or call +44 20 7946 0958.",
        );
        let reply = gate.ask(&ask).await;
        assert!(
            reply.content().contains("ada@example.com")
                && reply.content().contains("+44 20 7946 0958")
        );
        let heard = gate.heard_once(&ask).await.text();
        assert!(
            numbered(&heard).contains("[EMAIL_1]")
                && numbered(&heard).contains("[PHONE_1]")
                && !heard.contains("7946"),
            "{heard}"
        );
        let line = gate.line(&ask).await;
        assert_eq!(
            (&line.envoy["status"], &line.envoy["upstream_cluster"]),
            (&200.into(), &"local".into())
        );
    });
}

#[test]
fn without_allow_on_headers_stop_iteration_requests_hang() {
    run(async {
        let mut config = config("envoy.yaml").await;
        // The gateway's line is the first of the two.
        config.swap_first(
            2,
            "allow_on_headers_stop_iteration: true",
            "allow_on_headers_stop_iteration: false",
        );
        let gate = Stand::start("hanging", config).await;
        let mut wire = gate.connect().await;
        let reply = timeout(
            Duration::from_secs(2),
            wire.try_ask(&Ask::chat("gpt-4o/local")),
        )
        .await;
        assert!(
            reply.is_err(),
            "the line is said to be needed, and a request was answered without it: {reply:?}"
        );
        // What does not wait for a body is answered.
        assert_eq!(gate.ask(&Ask::get("/v1/models")).await.status, 200);
    });
}
