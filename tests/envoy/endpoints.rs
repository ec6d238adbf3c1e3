//! What is answered beside the models' own answers, in the dialect that asks.

use serde_json::json;

use crate::clients::{ALL, Anthropic, CLIENTS, Chat, Client, Gemini, Responses};
use crate::stand::{across, run};
use crate::support::ask::{Ask, mark};

fn marked(ask: Ask) -> Ask {
    Ask {
        mark: mark(),
        ..ask
    }
}

#[test]
fn tokens_are_counted_in_every_dialect_that_asks() {
    run(async {
        let gate = across().await;
        let text = "One two three four five six seven eight nine ten.";
        let gemini = Gemini.body("", text, false);
        let whole = json!({"generateContentRequest": {"model": "models/gemini-2.5-flash", "contents": gemini["contents"]}});
        let mut anthropic = Anthropic.body("claude-4", text, false);
        anthropic.as_object_mut().unwrap().remove("max_tokens");
        let responses = Responses.body("gpt-4o", text, false);
        for (path, body, name) in [
            ("/v1/messages/count_tokens", &anthropic, "input_tokens"),
            (
                "/v1/messages/count_tokens?beta=true",
                &anthropic,
                "input_tokens",
            ),
            ("/v1beta/models/gpt-4o:countTokens", &gemini, "totalTokens"),
            ("/v1beta/models/gpt-4o:countTokens", &whole, "totalTokens"),
            ("/v1/responses/input_tokens", &responses, "input_tokens"),
        ] {
            let ask = marked(Ask::raw(body.to_string()).at(path));
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text());
            let count = reply.json()[name].as_u64().unwrap_or_default();
            assert!((10..30).contains(&count), "{path}: {}", reply.text());
            assert!(gate.heard(&ask).await.is_empty(), "{path}");
        }
    });
}

#[test]
fn models_are_listed_in_the_dialect_that_asks() {
    run(async {
        let gate = across().await;
        let anthropic = |ask: Ask| ask.header("anthropic-version", "2023-06-01");
        let list = gate.ask(&Ask::get("/v1/models")).await.json();
        assert_eq!(list["object"], "list", "{list}");
        let list = gate.ask(&anthropic(Ask::get("/v1/models"))).await.json();
        assert_eq!(
            (&list["data"][0]["type"], &list["has_more"]),
            (&json!("model"), &json!(false)),
            "{list}"
        );
        let list = gate.ask(&Ask::get("/v1beta/models")).await.json();
        assert!(
            list["models"][0]["name"]
                .as_str()
                .unwrap()
                .starts_with("models/"),
            "{list}"
        );
        let one = gate.ask(&Ask::get("/v1/models/gpt-4o")).await.json();
        assert_eq!(
            (&one["object"], &one["id"]),
            (&json!("model"), &json!("gpt-4o")),
            "{one}"
        );
        let one = gate
            .ask(&anthropic(Ask::get("/v1/models/claude-4")))
            .await
            .json();
        assert_eq!(
            (&one["type"], &one["id"]),
            (&json!("model"), &json!("claude-4")),
            "{one}"
        );
        let one = gate.ask(&Ask::get("/v1beta/models/gpt-4o")).await.json();
        assert_eq!(one["name"], "models/gpt-4o", "{one}");
        for (ask, client) in [
            (Ask::get("/v1/models/nothing"), Chat),
            (anthropic(Ask::get("/v1/models/nothing")), Anthropic),
            (Ask::get("/v1beta/models/nothing"), Gemini),
        ] {
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 404, "{client:?}: {}", reply.text());
            client.assert_error(&reply, "nothing");
        }
    });
}

#[test]
fn azures_paths_are_served() {
    run(async {
        let gate = across().await;
        let query = "?api-version=2024-10-21";
        for provider in ["openai", "azure", "azure-old", "anthropic", "gemini"] {
            let model = match provider {
                "anthropic" => "claude-sonnet-4-5",
                "gemini" => "gemini-2.5-flash",
                _ => "gpt-4o",
            };
            for named in [false, true] {
                for stream in [false, true] {
                    let name = format!("{model}/{provider}");
                    let path = format!(
                        "/openai/deployments/{}/chat/completions{query}",
                        crate::clients::encoded(&name)
                    );
                    let mut body = Chat.body("something-else", "Hi.", stream);
                    if !named {
                        body.as_object_mut().unwrap().remove("model");
                    }
                    let ask = marked(
                        Ask::raw(body.to_string())
                            .at(&path)
                            .header("api-key", "mine"),
                    );
                    let what = format!("{path}, {body}");
                    let reply = gate.ask(&ask).await;
                    assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                    assert!(
                        Chat.said(&reply, stream).starts_with("Hello"),
                        "{what}: {}",
                        reply.text()
                    );
                    let heard = gate.heard_once(&ask).await;
                    assert_eq!(heard.by, provider.trim_end_matches("-old"), "{what}");
                    let path = &heard.request.path;
                    match provider {
                        "azure-old" => assert_eq!(
                            path,
                            &format!("/openai/deployments/gpt-4o/chat/completions{query}"),
                            "{what}"
                        ),
                        _ => {
                            assert!(!path.contains("api-version"), "{what}: {path}");
                            assert_eq!(heard.model(), model, "{what}");
                        }
                    }
                }
            }
        }
    });
}

#[test]
fn somebody_is_there() {
    run(async {
        let gate = across().await;
        let mut wire = gate.connect().await;
        let reply = wire.ask(&Ask::get("/").method("HEAD")).await;
        assert_eq!((reply.status, reply.body.len()), (200, 0));
        assert_eq!(
            wire.ask(&Chat.say("gpt-4o", "Hi.", false)).await.status,
            200
        );
    });
}

#[test]
fn what_is_not_served_is_refused_in_the_dialect_that_asks() {
    run(async {
        let gate = across().await;
        let version = |ask: Ask| ask.header("anthropic-version", "2023-06-01");
        for (ask, client, status, code) in [
            (
                Ask::get("/v1/messages"),
                Anthropic,
                405,
                "method_not_allowed",
            ),
            (
                Ask::get("/v1/responses"),
                Responses,
                405,
                "method_not_allowed",
            ),
            (
                Ask::get("/v1beta/models/gpt-4o:generateContent"),
                Gemini,
                405,
                "method_not_allowed",
            ),
            (
                Ask::raw("{}").at("/v1beta/models"),
                Gemini,
                405,
                "method_not_allowed",
            ),
            (
                version(Ask::raw("{}").at("/v1/complete")),
                Anthropic,
                404,
                "unknown_path",
            ),
            (
                Ask::raw("{}").at("/v1beta/models/x:embedAll"),
                Gemini,
                404,
                "unknown_path",
            ),
            (Ask::raw("{}").at("/v1/nothing"), Chat, 404, "unknown_path"),
            (
                Ask::raw(Gemini.body("", "Hi.", true).to_string())
                    .at("/v1beta/models/gpt-4o:streamGenerateContent"),
                Gemini,
                400,
                "invalid_field",
            ),
        ] {
            let what = format!("{} {}", ask.method, ask.path);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, status, "{what}: {}", reply.text());
            assert_eq!(reply.header("x-tollgate-refusal"), Some(code), "{what}");
            client.assert_error(&reply, &what);
        }
    });
}

#[test]
fn requests_are_refused_in_the_dialect_that_asks() {
    run(async {
        let gate = across().await;
        for client in ALL {
            let path = client.path("gpt-4o", false);
            let raw = |body: &str| marked(Ask::raw(body.to_owned()).at(&path));
            let unknown = Ask {
                path: client.path("no-such-model", false),
                ..client.say("no-such-model", "Hi.", false)
            };
            for (ask, status, code) in [
                (raw("{"), 400, "invalid_json"),
                (raw(""), 400, "invalid_json"),
                (raw("[1]"), 400, "invalid_json"),
                (raw("{}}"), 400, "invalid_json"),
                (
                    raw("{\"model\":\"gpt-4o\",\"a\":\"\u{1}\"}"),
                    400,
                    "invalid_json",
                ),
                (raw("\u{feff}{}"), 400, "invalid_json"),
                (unknown, 404, "model_not_found"),
                (
                    client.say("gpt-4o", "SSN 536-22-8726.", false),
                    400,
                    "personal_data_blocked",
                ),
                (
                    raw("{}").header("content-encoding", "gzip"),
                    415,
                    "unsupported_content_encoding",
                ),
            ] {
                let what = format!("{client:?}: {}", String::from_utf8_lossy(&ask.body()));
                let reply = gate.ask(&ask).await;
                assert_eq!(reply.status, status, "{what}: {}", reply.text());
                let told = reply.header("x-tollgate-refusal");
                assert!(
                    told == Some(code) || ask.body() == b"[1]" && told == Some("invalid_field"),
                    "{what}: {told:?}, {}",
                    reply.text()
                );
                client.assert_error(&reply, &what);
                assert!(gate.heard(&ask).await.is_empty(), "{what}");
            }
        }
    });
}

#[test]
fn a_connection_is_kept_through_good_and_bad() {
    run(async {
        let gate = across().await;
        let mut wire = gate.connect().await;
        for client in CLIENTS {
            for (name, status) in [
                ("claude-sonnet-4-5+error_mid=5/anthropic", 200),
                ("gpt-4o+status=400/openai", 400),
                ("gemini-2.5-flash/gemini", 200),
                ("nobody", 404),
                ("anthropic.claude-3-5-sonnet-20241022-v2:0/bedrock", 200),
            ] {
                for stream in [true, false] {
                    let ask: Ask = Client::say(client, name, "Hi.", stream);
                    let reply = wire.ask(&ask).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (status, &None),
                        "{client:?}, {name}: {}",
                        reply.text()
                    );
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}
