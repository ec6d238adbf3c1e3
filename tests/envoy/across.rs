//! From a provider of one dialect to the next of another, for clients of each dialect.

use serde_json::json;

use crate::clients::{Anthropic, CLIENTS, Chat, Gemini, Responses};
use crate::stand::{across, run};

/// The last target of each chain.
const LAST: &str = "anthropic.claude-3-5-sonnet-20241022-v2:0";

#[test]
fn each_fails_in_its_own_way_and_the_last_answers() {
    run(async {
        let gate = across().await;
        for client in CLIENTS {
            for stream in [false, true] {
                let late = if stream { "error_first" } else { "error_200" };
                for (third, by) in [
                    ("gemini-2.5-flash/down", None),
                    (&*format!("gemini-2.5-flash+{late}/gemini"), Some("gemini")),
                ] {
                    let chain = format!(
                        "gpt-4o+status=429+retry_after=30/openai,claude-sonnet-4-5+status=500/anthropic,{third},{LAST}+echo+chunk=9/bedrock"
                    );
                    let what = format!("{client:?}, {chain}, stream: {stream}");
                    let text = "Say grüezi.";
                    let ask = client.say(&chain, text, stream);
                    let reply = gate.ask(&ask).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (200, &None),
                        "{what}: {}",
                        reply.text()
                    );
                    assert_eq!(client.said(&reply, stream), text, "{what}");
                    assert_eq!(reply.header("retry-after"), None, "{what}");
                    assert_eq!(
                        reply.header("x-tollgate-provider"),
                        Some("bedrock"),
                        "{what}"
                    );
                    assert_eq!(reply.header("x-tollgate-attempts"), Some("4"), "{what}");
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                    let heard = gate.heard(&ask).await;
                    let seen: Vec<&str> = heard.iter().map(|heard| heard.by).collect();
                    let mut expected = vec!["openai", "anthropic"];
                    expected.extend(by);
                    expected.push("bedrock");
                    assert_eq!(seen, expected, "{what}");
                    for heard in &heard {
                        let body = heard.json();
                        let own = match heard.by {
                            "openai" if client == Responses => body["input"].is_string(),
                            "openai" => body["messages"][0]["content"].is_string(),
                            "anthropic" => {
                                body["max_tokens"].is_u64() && body["messages"].is_array()
                            }
                            "gemini" => body["contents"][0]["parts"][0]["text"] == text,
                            _ => body["messages"][0]["content"][0]["text"] == text,
                        };
                        assert!(own, "{what}: {} got {body}", heard.by);
                    }
                    let line = gate.line(&ask).await;
                    assert_eq!(
                        (&line.tollgate["attempts"], &line.tollgate["provider"]),
                        (&json!(4), &json!("bedrock")),
                        "{what}"
                    );
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn errors_that_come_late_still_lead_on() {
    run(async {
        let gate = across().await;
        for (first, streams) in [
            ("claude-sonnet-4-5+error_event/anthropic", &[true][..]),
            ("claude-sonnet-4-5+empty/anthropic", &[false, true]),
            ("claude-sonnet-4-5+end_after=0/anthropic", &[false, true]),
            ("claude-sonnet-4-5+end_after=1/anthropic", &[true]),
            ("claude-sonnet-4-5+reset_after=0/anthropic", &[false, true]),
            ("claude-sonnet-4-5+gzip/anthropic", &[false, true]),
            ("claude-sonnet-4-5+html=200/anthropic", &[false, true]),
            ("claude-sonnet-4-5+reset/anthropic", &[false, true]),
            (&*format!("{LAST}+error_first/bedrock"), &[true]),
            (&*format!("{LAST}+bad_crc=0/bedrock"), &[true]),
            (&*format!("{LAST}+status=429/bedrock"), &[false, true]),
            ("gemini-2.5-flash+error_first/gemini", &[true]),
            ("gemini-2.5-flash+status=429/gemini", &[false, true]),
            ("gemini-2.5-flash+status=503/gemini", &[false, true]),
            ("command-a-03-2025+error_first/cohere", &[true]),
            ("command-a-03-2025+status=500/cohere", &[false, true]),
        ] {
            for stream in streams {
                let chain = format!("{first},gpt-4o/openai");
                let what = format!("{chain}, stream: {stream}");
                let ask = Chat.say(&chain, "Hi.", *stream);
                let reply = gate.ask(&ask).await;
                assert_eq!(
                    (reply.status, &reply.broken),
                    (200, &None),
                    "{what}: {}",
                    reply.text()
                );
                assert_eq!(
                    reply.header("x-tollgate-provider"),
                    Some("openai"),
                    "{what}"
                );
                assert!(
                    Chat.said(&reply, *stream).starts_with("Hello"),
                    "{what}: {}",
                    reply.text()
                );
            }
        }
        let reply = gate.ask(&Chat.say("hurry", "Hi.", true)).await;
        assert_eq!(
            reply.header("x-tollgate-provider"),
            Some("openai"),
            "{}",
            reply.text()
        );
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn the_last_error_of_a_chain_is_told() {
    run(async {
        let gate = across().await;
        for client in CLIENTS {
            for stream in [false, true] {
                for (last, status) in [
                    ("gemini-2.5-flash+status=429/gemini", 429),
                    ("claude-sonnet-4-5+status=529+retry_after=7/anthropic", 529),
                    (&*format!("{LAST}+status=503/bedrock"), 503),
                    ("command-a-03-2025+error_200/cohere", 0),
                    ("gemini-2.5-flash/down", 503),
                ] {
                    let chain = format!("gpt-4o+status=500/openai,{last}");
                    let what = format!("{client:?}, {chain}, stream: {stream}");
                    let reply = gate.ask(&client.say(&chain, "Hi.", stream)).await;
                    assert!(
                        reply.status == status || status == 0 && reply.status >= 500,
                        "{what}: {} {}",
                        reply.status,
                        reply.text()
                    );
                    client.assert_error(&reply, &what);
                    if last.contains("flash+status=429") && client != Gemini {
                        // Google says it in the body.
                        assert_eq!(reply.header("retry-after"), Some("17"), "{what}");
                    }
                    if status == 529 {
                        assert_eq!(reply.header("retry-after"), Some("7"), "{what}");
                    }
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_target_that_cannot_carry_the_request_is_left_out() {
    run(async {
        let gate = across().await;
        let mut body = Chat.body("", "Hi.", false);
        body["n"] = 2.into();
        body["model"] = "claude-sonnet-4-5/anthropic,gpt-4o/openai".into();
        let ask = Chat.ask("", &body, false);
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json()["choices"].as_array().map(Vec::len), Some(2));
        assert_eq!(reply.header("x-tollgate-attempts"), Some("1"));
        let decision = reply.header("x-tollgate-decision").unwrap();
        assert!(
            decision.contains("skipped=claude-sonnet-4-5/anthropic(n)"),
            "{decision}"
        );
        assert_eq!(gate.heard_once(&ask).await.by, "openai");
        let line = gate.line(&ask).await;
        assert!(
            line.tollgate
                .to_string()
                .contains("claude-sonnet-4-5/anthropic"),
            "{}",
            line.tollgate
        );

        body["model"] = "claude-sonnet-4-5/anthropic,command-a-03-2025/cohere".into();
        let ask = Chat.ask("", &body, false);
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        assert_eq!(
            reply.header("x-tollgate-refusal"),
            Some("unsupported_by_provider")
        );
        let error = &reply.json()["error"];
        assert_eq!(
            (&error["param"], &error["code"]),
            (&json!("n"), &json!("unsupported_by_provider"))
        );
        assert!(gate.heard(&ask).await.is_empty());

        // The other clients are told in their own form.
        let mut body = Gemini.body("", "Hi.", false);
        body["generationConfig"] = json!({"candidateCount": 2});
        let ask = Gemini.ask("claude-sonnet-4-5/anthropic", &body, false);
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        let message = Gemini.assert_error(&reply, "candidateCount");
        assert!(
            message.contains("generationConfig.candidateCount"),
            "{message}"
        );
        assert!(gate.heard(&ask).await.is_empty());
        let mut body = Anthropic.body("gpt-4o/openai", "Hi.", false);
        body["container"] = "c".into();
        let ask = Anthropic.ask("", &body, false);
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        let message = Anthropic.assert_error(&reply, "container");
        assert!(message.contains("container"), "{message}");
        assert!(gate.heard(&ask).await.is_empty());
    });
}
