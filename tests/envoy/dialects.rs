//! Each client's dialect before each provider's: the head, the body and the reply, whole and streamed.

use serde_json::{Value, json};

use crate::clients::{ALL, Anthropic, CLIENTS, Chat, Client, Gemini, Responses, TOOL};
use crate::providers::{Heard, KEYS, decoded};
use crate::stand::{Stand, across, run};
use crate::support::client::{Reply, Wire};

/// A target, and the dialect of its provider, if a client may speak that too.
struct Target {
    model: &'static str,
    provider: &'static str,
    speaks: &'static [Client],
    /// Method and path, where `*` is the model; plain and streamed.
    paths: [&'static str; 2],
    key: (&'static str, &'static str),
}

const OPENAI: &[Client] = &[Chat, Responses, Client::Completions];

#[rustfmt::skip]
const TARGETS: [Target; 9] = [
    Target { model: "gpt-4o", provider: "openai", speaks: OPENAI, paths: ["/v1/chat/completions"; 2], key: ("authorization", "Bearer key-of-openai") },
    Target { model: "claude-sonnet-4-5", provider: "anthropic", speaks: &[Anthropic], paths: ["/v1/messages"; 2], key: ("x-api-key", "key-of-anthropic") },
    Target { model: "gemini-2.5-flash", provider: "gemini", speaks: &[Gemini], paths: ["/v1beta/models/*:generateContent", "/v1beta/models/*:streamGenerateContent?alt=sse"], key: ("x-goog-api-key", "key-of-gemini") },
    Target { model: "gemini-2.5-flash", provider: "vertex", speaks: &[Gemini], paths: ["/v1/projects/my-project/locations/us-central1/publishers/google/models/*:generateContent", "/v1/projects/my-project/locations/us-central1/publishers/google/models/*:streamGenerateContent?alt=sse"], key: ("authorization", "Bearer key-of-vertex") },
    Target { model: "claude-sonnet-4-5@20250929", provider: "vertex", speaks: &[Anthropic], paths: ["/v1/projects/my-project/locations/us-central1/publishers/anthropic/models/*:rawPredict", "/v1/projects/my-project/locations/us-central1/publishers/anthropic/models/*:streamRawPredict"], key: ("authorization", "Bearer key-of-vertex") },
    Target { model: "anthropic.claude-3-5-sonnet-20241022-v2:0", provider: "bedrock", speaks: &[], paths: ["/model/*/converse", "/model/*/converse-stream"], key: ("authorization", "Bearer key-of-bedrock") },
    Target { model: "gpt-4o", provider: "azure", speaks: OPENAI, paths: ["/openai/v1/chat/completions"; 2], key: ("api-key", "key-of-azure") },
    Target { model: "command-a-03-2025", provider: "cohere", speaks: &[], paths: ["/v2/chat"; 2], key: ("authorization", "Bearer key-of-cohere") },
    Target { model: "mistral-small+mistral", provider: "mistral", speaks: &[Chat], paths: ["/v1/chat/completions"; 2], key: ("authorization", "Bearer key-of-mistral") },
];

const HOSTS: [(&str, &str); 8] = [
    ("openai", "api.openai.com"),
    ("anthropic", "api.anthropic.com"),
    ("gemini", "generativelanguage.googleapis.com"),
    ("vertex", "us-central1-aiplatform.googleapis.com"),
    ("bedrock", "bedrock-runtime.us-east-1.amazonaws.com"),
    ("azure", "my-resource.openai.azure.com"),
    ("cohere", "api.cohere.com"),
    ("mistral", "api.mistral.ai"),
];

/// Text that is hard to cut.
const TEXT: &str = "Grüße 👋🏽 \"and\" \\ — 東京\n\tdone.";

/// Asserts that an attempt went out as its provider's own, with nothing of the client's dialect in its head.
fn assert_own(heard: &Heard, target: &Target, client: Client, stream: bool, what: &str) {
    let request = &heard.request;
    assert_eq!(heard.by, target.provider, "{what}");
    let (_, host) = HOSTS
        .iter()
        .find(|(name, _)| *name == target.provider)
        .unwrap();
    assert_eq!(request.header("host"), Some(*host), "{what}");
    assert_eq!(request.sni.as_deref(), Some(*host), "{what}");
    let foreign = !target.speaks.contains(&client);
    let path = match (client, foreign) {
        (Responses, false) => target.paths[0].replace("/chat/completions", "/responses"),
        (Client::Completions, false) => {
            target.paths[0].replace("/chat/completions", "/completions")
        }
        _ => target.paths[usize::from(stream)].to_owned(),
    };
    let (before, after) = path.split_once('*').unwrap_or((&path, ""));
    let model = request.path.strip_prefix(before);
    let model = model.and_then(|rest| rest.strip_suffix(after));
    let model = model.unwrap_or_else(|| panic!("{what}: {} is not {path}", request.path));
    assert!(
        after.is_empty() || decoded(model).starts_with(target.model),
        "{what}: {model}"
    );
    let names = ["authorization", "api-key", "x-api-key", "x-goog-api-key"];
    let keys: Vec<(&str, &str)> = names
        .into_iter()
        .filter_map(|name| Some((name, request.header(name)?)))
        .collect();
    assert_eq!(keys, [target.key], "{what}");
    let version = match (target.provider, client) {
        ("anthropic", _) | ("vertex", Anthropic) if foreign || client == Anthropic => {
            (target.provider == "anthropic" || !foreign).then_some("2023-06-01")
        }
        _ => None,
    };
    assert_eq!(request.header("anthropic-version"), version, "{what}");
    let of_the_client = [
        "anthropic-beta",
        "openai-beta",
        "x-goog-api-client",
        "x-stainless-lang",
    ];
    for name in of_the_client.into_iter().filter(|_| foreign) {
        assert_eq!(request.header(name), None, "{what}: {name}");
    }
    assert!(
        request
            .header("content-type")
            .is_some_and(|value| value.starts_with("application/json")),
        "{what}"
    );
    assert_eq!(
        request.header("accept-encoding"),
        Some("identity"),
        "{what}"
    );
    if target.provider == "bedrock" {
        let accept = ["application/json", "application/vnd.amazon.eventstream"];
        assert_eq!(
            request.header("accept"),
            Some(accept[usize::from(stream)]),
            "{what}"
        );
    }
    if let Some(length) = request.header("content-length") {
        assert_eq!(length, request.body.len().to_string(), "{what}");
    }
    for (name, value) in &request.headers {
        assert!(
            !name.starts_with("x-tollgate-") && !name.starts_with("x-envoy-"),
            "{what}: {name}"
        );
        let value = String::from_utf8_lossy(value);
        let others = KEYS.iter().filter(|(_, key)| !target.key.1.ends_with(key));
        for (_, key) in others {
            assert!(!value.contains(key), "{what}: {name}: {value}");
        }
        assert!(!value.contains("private-to-the-client"), "{what}: {name}");
    }
}

/// Asserts what every good reply has.
fn assert_good(reply: &Reply, target: &Target, model: &str, stream: bool, what: &str) {
    assert_eq!(
        (reply.status, &reply.broken),
        (200, &None),
        "{what}: {}",
        reply.text()
    );
    assert_eq!(reply.header("x-tollgate-model"), Some(model), "{what}");
    assert_eq!(
        reply.header("x-tollgate-provider"),
        Some(target.provider),
        "{what}"
    );
    let content = reply.header("content-type").unwrap_or_default();
    let length = reply.header("content-length");
    if stream {
        assert!(
            content.starts_with("text/event-stream"),
            "{what}: {content}"
        );
        assert_eq!(length, None, "{what}");
    } else {
        assert!(content.starts_with("application/json"), "{what}: {content}");
        let own = reply.body.len().to_string();
        assert!(
            length.is_none_or(|length| length == own),
            "{what}: {length:?}, not {own}"
        );
    }
}

/// What the reply calls the model.
fn model_of(client: Client, reply: &Reply, stream: bool) -> String {
    let json = match stream {
        true => reply.chunks().into_iter().next().unwrap(),
        false => reply.json(),
    };
    let name = match (client, stream) {
        (Anthropic, true) => &json["message"]["model"],
        (Responses, true) => &json["response"]["model"],
        (Gemini, _) => &json["modelVersion"],
        _ => &json["model"],
    };
    name.as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_client_before_every_provider() {
    run(async {
        let gate = across().await;
        for target in &TARGETS {
            for client in ALL {
                for stream in [false, true] {
                    let own = format!("{}+echo+split=3+chunk=7", target.model);
                    let name = format!("{own}/{}", target.provider);
                    let what = format!("{client:?}, {name}, stream: {stream}");
                    let ask = client.say(&name, TEXT, stream);
                    let reply = gate.ask(&ask).await;
                    assert_good(&reply, target, &own, stream, &what);
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                    assert_eq!(
                        client.said(&reply, stream),
                        TEXT,
                        "{what}: {}",
                        reply.text()
                    );
                    if !target.speaks.contains(&client) {
                        assert_eq!(model_of(client, &reply, stream), name, "{what}");
                    }
                    let heard = gate.heard_once(&ask).await;
                    assert_own(&heard, target, client, stream, &what);
                    let line = gate.line(&ask).await;
                    assert_eq!(
                        line.tollgate["usage_source"], "provider",
                        "{what}: {line:?}"
                    );
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn tools_are_called_by_every_client_at_every_provider() {
    run(async {
        let gate = across().await;
        for target in &TARGETS {
            for client in CLIENTS {
                for stream in [false, true] {
                    for (switches, calls) in
                        [("tools+split=4+chunk=11", 1), ("parallel+split=2", 2)]
                    {
                        let own = format!("{}+{switches}", target.model);
                        let name = format!("{own}/{}", target.provider);
                        let what = format!("{client:?}, {name}, stream: {stream}");
                        let reply = gate.ask(&client.with_tool(&name, TEXT, stream)).await;
                        assert_good(&reply, target, &own, stream, &what);
                        if stream {
                            client.assert_stream(&reply, &what);
                        }
                        let called = client.calls(&reply, stream);
                        assert_eq!(called.len(), calls, "{what}: {}", reply.text());
                        for (name, arguments) in called {
                            assert_eq!(name, TOOL, "{what}");
                            assert!(arguments.is_object(), "{what}: {arguments}");
                        }
                    }
                    let name = format!("{}/{}", target.model, target.provider);
                    let what = format!("{client:?}, {name}, stream: {stream}, a result");
                    let ask = client.with_result(&name, TEXT, "rain", stream);
                    let reply = gate.ask(&ask).await;
                    assert_good(&reply, target, target.model, stream, &what);
                    let heard = gate.heard_once(&ask).await.text();
                    assert!(heard.contains("rain"), "{what}: {heard}");
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn one_http_2_connection_carries_them_all() {
    run(async {
        let gate = across().await;
        let mut wire = Wire::connect_two(gate.envoy.port()).await;
        for target in &TARGETS {
            for client in ALL {
                for stream in [false, true] {
                    let name = format!("{}/{}", target.model, target.provider);
                    let what = format!("{client:?}, {name}, stream: {stream}");
                    let reply = wire.ask(&client.say(&name, TEXT, stream)).await;
                    assert_good(&reply, target, target.model, stream, &what);
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                    assert!(
                        client.said(&reply, stream).starts_with("Hello"),
                        "{what}: {}",
                        reply.text()
                    );
                }
            }
        }
    });
}

#[test]
fn large_bodies_both_ways() {
    run(async {
        let gate = across().await;
        let text =
            "All the world's a stage, and all the men and women merely players. ".repeat(30_000);
        for (client, name) in [
            (
                Chat,
                "anthropic.claude-3-5-sonnet-20241022-v2:0+echo+split=4000/bedrock",
            ),
            (Anthropic, "gpt-4o+echo+split=4000/openai"),
            (Gemini, "claude-sonnet-4-5+echo+split=4000/anthropic"),
        ] {
            for stream in [false, true] {
                let reply = gate.ask(&client.say(name, &text, stream)).await;
                let what = format!("{client:?}, {name}, stream: {stream}");
                assert_eq!((reply.status, &reply.broken), (200, &None), "{what}");
                assert!(client.said(&reply, stream) == text, "{what}");
                if stream {
                    client.assert_stream(&reply, &what);
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_clients_own_version_passes_and_an_absent_one_is_set() {
    run(async {
        let gate = across().await;
        let body = Anthropic.body("claude-4", "Hi.", false);
        let plain = crate::support::ask::Ask::raw(body.to_string()).at("/v1/messages?beta=true");
        let marked = crate::support::ask::Ask {
            mark: crate::support::ask::mark(),
            ..plain
        };
        assert_eq!(gate.ask(&marked).await.status, 200);
        let heard = gate.heard_once(&marked).await.request;
        assert_eq!(heard.header("anthropic-version"), Some("2023-06-01"));
        assert_eq!(heard.path, "/v1/messages?beta=true");
        // After a provider of another dialect the client's own headers are there again.
        let chain = "gpt-4o+status=500/openai,claude-sonnet-4-5/anthropic,gpt-4o/openai";
        let ask = Anthropic.say(chain, "Hi.", false);
        assert_eq!(gate.ask(&ask).await.status, 200);
        let heard = gate.heard(&ask).await;
        assert_eq!(heard[0].request.header("anthropic-beta"), None);
        assert_eq!(heard[0].request.header("anthropic-version"), None);
        let second = &heard[1].request;
        assert_eq!(second.header("anthropic-version"), Some("2023-06-01"));
        assert!(second.header("anthropic-beta").is_some());
        assert!(second.header("x-stainless-lang").is_some());
        // And what was set for one is not left for the next.
        let chain = "claude-sonnet-4-5+status=500/anthropic,gpt-4o/openai";
        let ask = Chat.say(chain, "Hi.", false);
        assert_eq!(gate.ask(&ask).await.status, 200);
        let heard = gate.heard(&ask).await;
        assert_eq!(heard[1].request.header("anthropic-version"), None);
        assert!(heard[1].request.header("openai-beta").is_some());
    });
}

#[test]
fn a_models_name_leads_to_no_other_path() {
    run(async {
        let gate = across().await;
        for (name, path) in [
            (
                "../../upload?x=/gemini",
                "/v1beta/models/..%2F..%2Fupload%3Fx=:generateContent",
            ),
            (
                "claude/../x#/vertex",
                "/v1/projects/my-project/locations/us-central1/publishers/anthropic/models/claude%2F..%2Fx%23:rawPredict",
            ),
            (
                "a/../b?c/azure-old",
                "/openai/deployments/a%2F..%2Fb%3Fc/chat/completions?api-version=2024-10-21",
            ),
        ] {
            let ask = Chat.say(name, "Hi.", false);
            gate.ask(&ask).await;
            assert_eq!(gate.heard_once(&ask).await.request.path, path);
        }
    });
}

/// Header names and values of a provider's reply, as switches.
fn with_headers(model: &str, headers: &[(&str, &str)]) -> String {
    headers
        .iter()
        .fold(model.to_owned(), |model, (name, value)| {
            format!("{model}+header.{name}={}", value.replace(':', "%3A"))
        })
}

#[test]
fn rate_limits_are_told_in_the_clients_words() {
    run(async {
        let gate = across().await;
        let anthropic = with_headers(
            "claude-sonnet-4-5",
            &[
                ("anthropic-ratelimit-requests-limit", "50"),
                ("anthropic-ratelimit-tokens-remaining", "7"),
                ("anthropic-ratelimit-tokens-reset", "2020-01-01T00:00:00Z"),
                ("request-id", "req_1"),
            ],
        );
        let openai = with_headers(
            "gpt-4o",
            &[
                ("x-ratelimit-limit-requests", "60"),
                ("x-ratelimit-reset-tokens", "6m0s"),
                ("x-request-id", "req_2"),
            ],
        );
        for (switches, status) in [("", 200), ("+status=429+retry_after=9", 429)] {
            for stream in [false, true] {
                let name = format!("{anthropic}{switches}/anthropic");
                let reply = gate.ask(&Chat.say(&name, "Hi.", stream)).await;
                assert_eq!(reply.status, status, "{}", reply.text());
                for (header, value) in [
                    ("x-ratelimit-limit-requests", Some("50")),
                    ("x-ratelimit-remaining-tokens", Some("7")),
                    ("x-ratelimit-reset-tokens", Some("0s")),
                    ("x-request-id", Some("req_1")),
                    ("anthropic-ratelimit-requests-limit", None),
                    ("request-id", None),
                    ("retry-after", (status == 429).then_some("9")),
                ] {
                    assert_eq!(reply.header(header), value, "{header}");
                }
                let name = format!("{openai}{switches}/openai");
                let reply = gate.ask(&Anthropic.say(&name, "Hi.", stream)).await;
                assert_eq!(reply.status, status, "{}", reply.text());
                for (header, value) in [
                    ("anthropic-ratelimit-requests-limit", Some("60")),
                    ("x-ratelimit-limit-requests", None),
                    ("request-id", Some("req_2")),
                    ("retry-after", (status == 429).then_some("9")),
                ] {
                    assert_eq!(reply.header(header), value, "{header}");
                }
                let reset = reply.header("anthropic-ratelimit-tokens-reset").unwrap();
                assert!(reset.starts_with("20") && reset.ends_with('Z'), "{reset}");
            }
        }
    });
}

#[test]
fn errors_are_told_in_the_clients_words() {
    run(async {
        let gate = across().await;
        for target in &TARGETS {
            for client in ALL {
                for (status, kinds) in [
                    (
                        400,
                        [
                            "invalid_request_error",
                            "invalid_request_error",
                            "INVALID_ARGUMENT",
                        ],
                    ),
                    (
                        429,
                        ["rate_limit_error", "rate_limit_error", "RESOURCE_EXHAUSTED"],
                    ),
                ] {
                    if target.speaks.contains(&client) {
                        continue;
                    }
                    let name = format!("{}+status={status}/{}", target.model, target.provider);
                    let what = format!("{client:?}, {name}");
                    let reply = gate.ask(&client.say(&name, "Hi.", false)).await;
                    assert_eq!(reply.status, status, "{what}: {}", reply.text());
                    client.assert_error(&reply, &what);
                    let error = &reply.json()["error"];
                    match client {
                        Anthropic => assert_eq!(error["type"], kinds[1], "{what}"),
                        Gemini => assert_eq!(error["status"], kinds[2], "{what}"),
                        _ => assert!(error["type"].is_string(), "{what}: {error}"),
                    }
                }
            }
        }
        let reply = gate
            .ask(&Chat.say(
                "anthropic.claude-3-5-sonnet-20241022-v2:0+status=400/bedrock",
                "Hi.",
                false,
            ))
            .await;
        assert_eq!(reply.json()["error"]["code"], "ValidationException");
    });
}

/// A reply that is not finished in time, or breaks off, in the middle of a stream.
#[test]
fn streams_that_break_end_in_the_clients_own_error() {
    run(async {
        let gate = across().await;
        for (switches, targets) in [("end_after=4", &TARGETS[..]), ("error_mid=4", &TARGETS[..])] {
            for target in targets {
                for client in CLIENTS {
                    let name = format!(
                        "{}+tokens=40+split=2+{switches}/{}",
                        target.model, target.provider
                    );
                    let what = format!("{client:?}, {name}");
                    let reply = cut(gate, client, &name).await;
                    assert_eq!(
                        (reply.status, &reply.broken),
                        (200, &None),
                        "{what}: {}",
                        reply.text()
                    );
                    client.assert_stream(&reply, &what);
                    let last: Value = reply.chunks().pop().unwrap();
                    let failed = match client {
                        Responses => last["type"] == "error" || last["type"] == "response.failed",
                        _ => last["error"].is_object(),
                    };
                    assert!(failed, "{what}: {}", reply.text());
                }
            }
        }
        // The connection is as good as before.
        gate.envoy.assert_sound().await;
    });
}

async fn cut(gate: &Stand, client: Client, name: &str) -> Reply {
    let mut wire = gate.connect().await;
    let reply = wire.ask(&client.say(name, "Hi.", true)).await;
    let after = wire.ask(&client.say("gpt-4o/openai", "Hi.", false)).await;
    assert_eq!(after.status, 200, "{name}: {}", after.text());
    reply
}

#[test]
fn compressed_replies_are_refused_clearly() {
    run(async {
        let gate = across().await;
        for target in &TARGETS {
            for client in ALL {
                for stream in [false, true] {
                    let name = format!("{}+gzip/{}", target.model, target.provider);
                    let what = format!("{client:?}, {name}, stream: {stream}");
                    let reply = gate.ask(&client.say(&name, "Hi.", stream)).await;
                    assert_eq!(reply.status, 502, "{what}: {}", reply.text());
                    let message = client.assert_error(&reply, &what);
                    assert!(message.contains("gzip"), "{what}: {message}");
                    assert_eq!(reply.header("content-encoding"), None, "{what}");
                }
            }
        }
    });
}

#[test]
fn personal_data_is_masked_on_the_way_out_and_restored_in_the_reply() {
    run(async {
        let gate = across().await;
        let (own, other) = ("ada@example.com", "grace@example.org");
        for target in &TARGETS {
            for client in CLIENTS {
                for stream in [false, true] {
                    let name = format!("{}+echo+split=3+chunk=5/{}", target.model, target.provider);
                    let what = format!("{client:?}, {name}, stream: {stream}");
                    let text = format!("Write to {own}, please.");
                    let ask = client.instructed(client.say(&name, &text, stream), other);
                    let reply = gate.ask(&ask).await;
                    assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                    assert_eq!(
                        client.said(&reply, stream),
                        text,
                        "{what}: {}",
                        reply.text()
                    );
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                    let heard = gate.heard_once(&ask).await.text();
                    assert!(
                        !heard.contains(own) && !heard.contains(other) && heard.contains("EMAIL_"),
                        "{what}: {heard}"
                    );
                    // In arguments and results of tools as well.
                    let ask = client.with_result(&name, own, other, stream);
                    let reply = gate.ask(&ask).await;
                    assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                    let heard = gate.heard_once(&ask).await.text();
                    assert!(
                        !heard.contains(own) && !heard.contains(other),
                        "{what}: {heard}"
                    );
                    // And in the arguments of a call that comes back.
                    let name = format!("{}+echo+tools+split=3/{}", target.model, target.provider);
                    let ask = client.with_tool(&name, &text, stream);
                    let reply = gate.ask(&ask).await;
                    let calls = json!(client.calls(&reply, stream)).to_string();
                    assert!(calls.contains(own), "{what}: {calls}: {}", reply.text());
                    if stream {
                        client.assert_stream(&reply, &what);
                    }
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}
