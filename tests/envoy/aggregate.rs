//! The other shipped layout, with aggregate clusters instead of the cluster matcher.

use tokio::sync::OnceCell;

use crate::checks::{assert_error, assert_own, assert_refused, with_private_headers};
use crate::clients::CLIENTS;
use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;

/// Its models, with scripted failures in the chains that its clusters follow.
const MODELS: &str = r#"
providers:
  openai:     {kind: openai,     api_key: {env: OPENAI_API_KEY}}
  anthropic:  {kind: anthropic,  api_key: {env: ANTHROPIC_API_KEY}}
  gemini:     {kind: gemini,     api_key: {env: GEMINI_API_KEY}}
  local:      {kind: openai, host: 127.0.0.1, api_key: {env: LOCAL_API_KEY}}
models:
  gpt-4o:      {cluster: chain-gpt-4o,      targets: [gpt-4o+status=429/openai, "claude-sonnet-4-5+error_200/anthropic", gpt-4o+echo/local]}
  gpt-4o-mini: {cluster: chain-gpt-4o-mini, targets: [gpt-4o-mini+reset/openai, gemini-2.5-flash+status=503/gemini, gpt-4o-mini+echo/local]}
  "gpt-*":     {cluster: chain-gpt,         targets: ["*/openai", "*/local"]}
  "claude-*":  {cluster: chain-claude,      targets: ["*+error_first/anthropic", "*/local"]}
  "slow":      {cluster: chain-claude,      targets: ["x+latency=30s/anthropic", "x/local"], timeouts: {first_token: 500ms}}
  "*":         ["*/local"]
allow_unlisted: true
redact: {entities: {email: mask}}
observe: {decision_header: true}
"#;

async fn aggregate() -> &'static Stand {
    static STAND: OnceCell<Stand> = OnceCell::const_new();
    let start = async || {
        let mut config = config("envoy-aggregate.yaml").await;
        config.tollgate(MODELS);
        Stand::start("aggregate", config).await
    };
    STAND.get_or_init(start).await
}

#[test]
fn chains_are_followed() {
    run(async {
        let gate = aggregate().await;
        for (name, models) in [
            (
                "gpt-4o",
                &[
                    ("openai", "gpt-4o+status=429"),
                    ("anthropic", "claude-sonnet-4-5+error_200"),
                    ("local", "gpt-4o+echo"),
                ][..],
            ),
            (
                "gpt-4o-mini",
                &[
                    ("openai", "gpt-4o-mini+reset"),
                    ("gemini", "gemini-2.5-flash+status=503"),
                    ("local", "gpt-4o-mini+echo"),
                ],
            ),
            ("gpt-5+tokens=3", &[("openai", "gpt-5+tokens=3")]),
            ("slow", &[("anthropic", "x+latency=30s"), ("local", "x")]),
            ("anything", &[("local", "anything")]),
            ("a-long-name/gemini", &[("gemini", "a-long-name")]),
        ] {
            let ask = with_private_headers(Ask::say(name, "Dear ada@example.com."));
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{name}: {}", reply.text());
            let heard = gate.heard(&ask).await;
            let seen: Vec<(&str, String)> = heard
                .iter()
                .map(|heard| (heard.by, heard.model()))
                .collect();
            let expected: Vec<(&str, String)> = models
                .iter()
                .map(|(by, model)| (*by, (*model).to_owned()))
                .collect();
            assert_eq!(seen, expected, "{name}");
            heard.iter().for_each(assert_own);
            assert!(heard.iter().all(|heard| !heard.text().contains("ada@")));
            assert_eq!(
                reply.header("x-tollgate-provider"),
                Some(models.last().unwrap().0),
                "{name}"
            );
            assert_eq!(
                reply.header("x-tollgate-attempts"),
                Some(models.len().to_string().as_str()),
                "{name}"
            );
            if models.last().unwrap().1.ends_with("echo") {
                assert_eq!(reply.content(), "Dear ada@example.com.");
            }
            assert_eq!(
                gate.line(&ask).await.envoy["provider"],
                models.last().unwrap().0,
                "{name}"
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn streams_fall_over() {
    run(async {
        let gate = aggregate().await;
        for name in ["gpt-4o", "claude-x"] {
            let ask = Ask::stream(name);
            let reply = gate.ask(&ask).await;
            assert_eq!(
                (reply.status, &reply.broken),
                (200, &None),
                "{}",
                reply.text()
            );
            assert_eq!(reply.events().last().map(String::as_str), Some("[DONE]"));
            assert_eq!(reply.header("x-tollgate-provider"), Some("local"));
            assert_eq!(gate.line(&ask).await.tollgate["usage_source"], "provider");
        }
        gate.assert_well().await;
    });
}

#[test]
fn clients_of_every_dialect_fall_over() {
    run(async {
        let gate = aggregate().await;
        for client in CLIENTS {
            for stream in [false, true] {
                for (name, by) in [
                    ("gpt-4o-mini", &["openai", "gemini", "local"][..]),
                    ("claude-sonnet-4-5+echo/anthropic", &["anthropic"]),
                    ("gemini-2.5-flash+echo+chunk=5/gemini", &["gemini"]),
                    ("gpt-4o+echo/openai", &["openai"]),
                ] {
                    let what = format!("{client:?}, {name}, stream: {stream}");
                    let text = "Dear ada@example.com.";
                    let ask = client.say(name, text, stream);
                    let reply = gate.ask(&ask).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (200, &None),
                        "{what}: {}",
                        reply.text()
                    );
                    assert_eq!(client.said(&reply, stream), text, "{what}");
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                    let heard = gate.heard(&ask).await;
                    let seen: Vec<&str> = heard.iter().map(|heard| heard.by).collect();
                    assert_eq!(seen, by, "{what}");
                    heard.iter().for_each(assert_own);
                }
                let name = "claude-sonnet-4-5+status=429+retry_after=7/anthropic";
                let reply = gate.ask(&client.say(name, "Hi.", stream)).await;
                assert_eq!(
                    (reply.status, reply.header("retry-after")),
                    (429, Some("7")),
                    "{}",
                    reply.text()
                );
                client.assert_error(&reply, name);
            }
        }
        gate.assert_well().await;
    });
}

#[test]
fn an_exhausted_chain_and_a_refusal() {
    run(async {
        let gate = aggregate().await;
        let ask = Ask::chat("gpt-5+status=429+retry_after=7");
        let reply = gate.ask(&ask).await;
        assert_eq!(
            (reply.status, reply.header("retry-after")),
            (429, Some("7")),
            "{}",
            reply.text()
        );
        assert_error(&reply);
        assert_eq!(gate.heard(&ask).await.len(), 2);
        let reply = gate.ask(&Ask::chat("gpt-4o/nobody")).await;
        // `*` takes any name, slashes too.
        assert_eq!(
            reply.header("x-tollgate-model"),
            Some("gpt-4o/nobody"),
            "{}",
            reply.text()
        );
        assert_refused(&gate.ask(&Ask::raw("{")).await, 400, "invalid_json");
        gate.assert_well().await;
    });
}

#[test]
fn it_works_as_it_ships() {
    run(async {
        let gate = Stand::start("aggregate-shipped", config("envoy-aggregate.yaml").await).await;
        for (name, by) in [
            ("gpt-4o", "openai"),
            ("claude-haiku-4-5", "anthropic"),
            ("llama-3", "local"),
            ("whatever/local", "local"),
        ] {
            let ask = Ask::stream(name);
            let reply = gate.ask(&ask).await;
            if name == "llama-3" {
                // Groq's certificate is wrong, and this name has no chain of its own in this layout.
                assert!(matches!(reply.status, 200 | 503), "{}", reply.text());
                continue;
            }
            assert_eq!(
                (reply.status, reply.header("x-tollgate-provider")),
                (200, Some(by)),
                "{name}: {}",
                reply.text()
            );
        }
        gate.assert_well().await;
    });
}
