//! Paths that are not chat completions.

use crate::checks::assert_refused;
use crate::stand::{house, run, shipped, strict};
use crate::support::ask::{Ask, mark};

#[test]
fn models_are_listed() {
    run(async {
        let gate = house().await;
        let reply = gate
            .ask(&Ask::get("/v1/models").header("authorization", "Bearer anything"))
            .await;
        assert_eq!(reply.status, 200);
        assert!(
            reply
                .header("content-type")
                .unwrap()
                .starts_with("application/json")
        );
        let body = reply.json();
        assert_eq!(body["object"], "list");
        let list = body["data"].as_array().unwrap();
        let ids: Vec<&str> = list
            .iter()
            .map(|model| model["id"].as_str().unwrap())
            .collect();
        for name in ["gpt-4o", "alias", "weighted", "sticky"] {
            assert!(ids.contains(&name), "{ids:?}");
        }
        for model in list {
            assert_eq!(model["object"], "model");
            assert!(
                model["created"].is_u64() && model["owned_by"].is_string(),
                "{model}"
            );
        }
        gate.assert_well().await;
    });
}

#[test]
fn other_paths_go_to_the_default_cluster_untouched() {
    run(async {
        let gate = house().await;
        let mut wire = gate.connect().await;
        let bodies = [
            b"".to_vec(),
            b"{\"model\":7,,,\xff\x00".to_vec(),
            (0..=255).cycle().take(3 << 20).collect(),
        ];
        for (nth, body) in bodies.into_iter().enumerate() {
            for (method, path) in [
                ("POST", "/echo"),
                ("PUT", "/a/b%20c/echo"),
                ("POST", "/v1/files/echo"),
            ] {
                let mark = mark();
                let path = format!("{path}?x={mark}&key=k&y=%2F");
                let headers = [
                    ("authorization", "Bearer the-clients"),
                    ("cookie", "a=b"),
                    ("content-encoding", "gzip"),
                    ("accept-encoding", "br"),
                    ("x-own", "ada@example.com"),
                ];
                let mut ask = Ask {
                    mark,
                    ..Ask::raw(body.clone())
                }
                .method(method)
                .at(&path);
                for (name, value) in headers {
                    ask = ask.header(name, value);
                }
                ask = ask
                    .header("x-tollgate-cluster", "openai")
                    .header("x-tollgate-foo", "x");
                let ask = if nth == 1 { ask.chunked(3) } else { ask };
                let reply = wire.ask(&ask).await;
                assert_eq!(reply.status, 200, "{}", reply.text());
                assert!(
                    reply.body == body,
                    "{method} {path}: {} bytes of {}",
                    reply.body.len(),
                    body.len()
                );
                let heard = gate.heard_by(&["web"], &ask).await.remove(0).request;
                assert_eq!(
                    (heard.method.as_str(), heard.path.as_str()),
                    (method, path.as_str())
                );
                assert!(heard.body == body);
                for (name, value) in headers {
                    assert_eq!(heard.header(name), Some(value), "{name}");
                }
                assert_eq!(heard.header("host"), Some("gateway.test"));
                assert!(
                    heard
                        .headers
                        .iter()
                        .all(|(name, _)| !name.starts_with("x-tollgate-")),
                    "{:?}",
                    heard.headers
                );
            }
        }
        let reply = wire.ask(&Ask::get("/some/models")).await;
        assert_eq!(
            (reply.status, &reply.json()["data"][0]["owned_by"]),
            (200, &"scripted".into())
        );
        assert!(gate.envoy.stat("wasmcustom.tollgate.passed").await >= 10);
        gate.assert_well().await;
    });
}

#[test]
fn without_a_default_cluster_other_paths_are_not_found() {
    run(async {
        for gate in [shipped().await, strict().await] {
            for path in [
                "/",
                "/v1",
                "/v1/chat/completion",
                "/v1/chat/completions/",
                "/echo?a=b",
                "/v1/files",
            ] {
                for ask in [Ask::get(path), Ask::raw("{}").at(path)] {
                    let reply = gate.ask(&ask).await;
                    let message = assert_refused(&reply, 404, "unknown_path");
                    assert!(
                        message.contains(path.split('?').next().unwrap()),
                        "{message}"
                    );
                }
            }
        }
    });
}

#[test]
fn wrong_methods() {
    run(async {
        let gate = house().await;
        for (method, path, allow) in [
            ("GET", "/v1/chat/completions", "POST"),
            ("PUT", "/v1/chat/completions", "POST"),
            ("DELETE", "/v1/chat/completions?x=y", "POST"),
            ("POST", "/v1/models", "GET"),
        ] {
            let reply = gate.ask(&Ask::get(path).method(method)).await;
            assert_refused(&reply, 405, "method_not_allowed");
            assert_eq!(reply.header("allow"), Some(allow), "{method} {path}");
        }
        gate.assert_well().await;
    });
}

#[test]
fn a_query_goes_along_but_no_key_in_it() {
    run(async {
        let gate = house().await;
        for (query, sent) in [
            ("?a=b&c=%2F", "?a=b&c=%2F"),
            ("?key=secret", ""),
            ("?a=b&key=secret&c=d", "?a=b&c=d"),
            ("?", ""),
        ] {
            let ask = Ask::chat("gpt-4o/openai").at(&format!("/v1/chat/completions{query}"));
            assert_eq!(gate.ask(&ask).await.status, 200, "{query}");
            let path = gate.heard_once(&ask).await.request.path;
            assert_eq!(path, format!("/v1/chat/completions{sent}"));
        }
    });
}
