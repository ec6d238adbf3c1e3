//! Keys that a service knows: made, narrowed and taken back while requests flow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tollgate::digest::Digest;

use crate::service::Service;
use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;
use crate::support::client::Reply;
use crate::support::eventually;

const CONFIG: &str = "
providers:
  local: {kind: vllm, host: vllm.internal, path_prefix: /own/v1, api_key: none}
models: {gpt-4o: gpt-4o/local, other: gpt-4o/local}
keys:
  source:
    kind: http
    cluster: webdis
    path: /GET/tollgate:{sha256}
    pointer: /GET
    ttl: 200ms
    unknown_ttl: 100ms
    timeout: 2s
";

/// What a Redis behind webdis would hold.
type Rows = Arc<Mutex<HashMap<String, String>>>;

/// The name of a key's row.
pub fn name(key: &str) -> String {
    format!("tollgate:{}", Digest::of(&[key.as_bytes()]).hex())
}

/// Asks with the key until the answer is this.
pub async fn until(gate: &Stand, key: &'static str, status: u16, code: Option<&str>) -> Reply {
    eventually(&format!("{status} {code:?}"), async || {
        let reply = gate
            .ask(&Ask::chat("gpt-4o").header("x-api-key", key))
            .await;
        let known = [200, 401, 403, 429, 503].contains(&reply.status);
        assert!(known, "{} {}", reply.status, reply.text());
        let right = (reply.status, reply.header("x-tollgate-refusal")) == (status, code);
        right.then_some(reply)
    })
    .await
}

#[test]
fn a_key_is_made_narrowed_and_taken_back_while_requests_flow() {
    run(async {
        let rows = Rows::default();
        let held = Arc::clone(&rows);
        let webdis = Service::start(move |path| {
            let name = path.strip_prefix("/GET/").unwrap_or_default();
            let row = held.lock().unwrap().get(name).cloned();
            (
                200,
                "content-type: application/json\r\n".into(),
                json!({"GET": row}).to_string(),
            )
        })
        .await;
        let mut config = config("envoy.yaml").await;
        config.tollgate(CONFIG);
        config.add_cluster("webdis", webdis.port);
        let gate = Stand::start("source", config).await;
        let set = |row: serde_json::Value| {
            let row = row.to_string();
            rows.lock().unwrap().insert(name("tg-made"), row);
        };
        until(&gate, "tg-made", 401, Some("invalid_api_key")).await;
        set(json!({"id": "made", "team": "search"}));
        until(&gate, "tg-made", 200, None).await;
        // Another worker may still think that nobody has the key.
        let ask = eventually("a reply to the key", async || {
            let ask = Ask::chat("gpt-4o").header("x-api-key", "tg-made");
            (gate.ask(&ask).await.status == 200).then_some(ask)
        })
        .await;
        assert_eq!(gate.line(&ask).await.tollgate["team"], "search");
        let list = eventually("a list for the key", async || {
            let ask = Ask::get("/v1/models").header("x-api-key", "tg-made");
            let reply = gate.ask(&ask).await;
            (reply.status == 200).then_some(reply)
        })
        .await;
        assert_eq!(list.json()["data"].as_array().unwrap().len(), 2);
        set(json!({"id": "made", "models": ["other"]}));
        until(&gate, "tg-made", 403, Some("model_not_allowed")).await;
        // A list has no body to wait for: the head itself waits for the source.
        let fresh = Ask::get("/v1/models").header("x-api-key", "tg-fresh");
        assert_eq!(gate.ask(&fresh).await.status, 401);
        let again = json!({"id": "fresh", "models": ["other"]}).to_string();
        rows.lock().unwrap().insert(name("tg-fresh"), again);
        let list = eventually("the key's models", async || {
            let reply = gate.ask(&fresh).await;
            (reply.status == 200).then_some(reply)
        })
        .await;
        assert_eq!(
            list.json()["data"].as_array().unwrap().len(),
            1,
            "{}",
            list.text()
        );
        set(json!({"id": "made", "disabled": true}));
        until(&gate, "tg-made", 401, Some("api_key_disabled")).await;
        set(json!({"id": "made", "expires": "soon"}));
        until(&gate, "tg-made", 503, Some("key_source_unavailable")).await;
        set(json!({"id": "made"}));
        until(&gate, "tg-made", 200, None).await;
        rows.lock().unwrap().clear();
        until(&gate, "tg-made", 401, Some("invalid_api_key")).await;
        let asked = webdis.asked().join("\n");
        assert!(
            asked.contains(&name("tg-made")) && !asked.contains("tg-"),
            "{asked}"
        );
        assert!(!gate.envoy.log().contains("tg-"));
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_source_that_is_not_there_lets_nobody_in() {
    run(async {
        let mut config = config("envoy.yaml").await;
        config.tollgate(CONFIG);
        // Nobody listens there.
        config.add_cluster("webdis", 1);
        let gate = Stand::start("source-away", config).await;
        until(&gate, "tg-made", 503, Some("key_source_unavailable")).await;
        let list = gate
            .ask(&Ask::get("/v1/models").header("x-api-key", "tg-made"))
            .await;
        assert_eq!(
            list.header("x-tollgate-refusal"),
            Some("key_source_unavailable")
        );
        assert_eq!(gate.ask(&Ask::chat("gpt-4o")).await.status, 401);
    });
}
