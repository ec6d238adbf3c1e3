//! Credentials that Envoy itself brings: AWS's signature for Bedrock, Google's tokens for Vertex AI.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::clients::{CLIENTS, Chat};
use crate::providers::providers;
use crate::stand::{Stand, run};
use crate::support::render::Config;
use crate::support::repository;

const MODEL: &str = "anthropic.claude-3-5-sonnet-20241022-v2:0";

fn example(file: &str) -> String {
    std::fs::read_to_string(repository("envoy").join(file)).unwrap()
}

/// What stands in the way of a header's value.
fn part<'a>(value: &'a str, name: &str) -> &'a str {
    let (_, rest) = value
        .split_once(&format!("{name}="))
        .unwrap_or_else(|| panic!("no {name} in {value}"));
    rest.split(',').next().unwrap()
}

async fn signed(file: &str) -> Stand {
    let mut config = Config::shipped(file);
    config.replace_cluster("bedrock", &example("bedrock.yaml"));
    config.swap("api_key: {env: AWS_BEARER_TOKEN_BEDROCK}", "api_key: none");
    providers().await.lead(&mut config);
    Stand::start(&format!("signed-{file}"), config).await
}

#[test]
fn bedrock_is_signed_for() {
    run(async {
        let gate = signed("envoy.yaml").await;
        each_is_signed(&gate).await;
        signed_in_a_chain(&gate).await;
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn bedrock_is_signed_for_in_the_aggregate_layout() {
    run(async {
        let gate = signed("envoy-aggregate.yaml").await;
        each_is_signed(&gate).await;
        gate.envoy.assert_sound().await;
    });
}

async fn each_is_signed(gate: &Stand) {
    for client in CLIENTS {
        for stream in [false, true] {
            let ask = client.say(&format!("{MODEL}+echo/bedrock"), "Grüezi.", stream);
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            assert_eq!(client.said(&reply, stream), "Grüezi.");
            let heard = gate.heard_once(&ask).await.request;
            let value = heard.header("authorization").unwrap();
            assert!(
                value.starts_with("AWS4-HMAC-SHA256 Credential=name-of-aws/"),
                "{value}"
            );
            assert!(
                part(value, "Credential").ends_with("/us-east-1/bedrock/aws4_request"),
                "{value}"
            );
            let headers: Vec<&str> = part(value, "SignedHeaders").split(';').collect();
            for name in ["host", "x-amz-date", "x-amz-security-token"] {
                assert!(headers.contains(&name), "{value}");
            }
            // What is signed comes as it was signed.
            assert!(
                headers.iter().all(|name| heard.header(name).is_some()),
                "{value}: {:?}",
                heard.headers
            );
            assert_eq!(part(value, "Signature").len(), 64);
            assert_eq!(heard.header("x-amz-security-token"), Some("session-of-aws"));
            if let Some(folder) = std::env::var_os("SIGNED") {
                keep(&heard, &folder);
            }
        }
    }
}

/// A signed request as it came, to be verified by other means.
fn keep(heard: &crate::provider::Recorded, folder: &std::ffi::OsStr) {
    let headers: Vec<(&str, String)> = heard
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value).into_owned()))
        .collect();
    let body = String::from_utf8_lossy(&heard.body);
    let kept = serde_json::json!({"path": heard.path, "headers": headers, "body": body});
    std::fs::write(
        std::path::Path::new(folder).join("signed.json"),
        kept.to_string(),
    )
    .unwrap();
}

async fn signed_in_a_chain(gate: &Stand) {
    let ask = Chat.say(
        &format!(
            "gpt-4o+status=500/openai,{MODEL}+status=503/bedrock,claude-sonnet-4-5+status=500/anthropic,gpt-4o/local"
        ),
        "Hi.",
        false,
    );
    let reply = gate.ask(&ask).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let heard = gate.heard(&ask).await;
    let seen: Vec<&str> = heard.iter().map(|heard| heard.by).collect();
    assert_eq!(seen, ["openai", "bedrock", "anthropic", "local"]);
    for heard in heard {
        let request = &heard.request;
        let signed = heard.by == "bedrock";
        for name in ["x-amz-date", "x-amz-security-token"] {
            assert_eq!(
                request.header(name).is_some(),
                signed,
                "{}: {name}",
                heard.by
            );
        }
        let expected = match heard.by {
            "openai" => Some("Bearer key-of-openai"),
            "local" => Some("Bearer key-of-local"),
            _ => None,
        };
        if !signed {
            assert_eq!(request.header("authorization"), expected, "{}", heard.by);
        }
    }
}

/// Google's metadata server, as far as tokens go.
async fn metadata() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut buffer = [0; 8192];
                while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {
                    let body = r#"{"access_token":"token-of-google","expires_in":3599,"token_type":"Bearer"}"#;
                    let head = format!(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                        body.len()
                    );
                    if stream.write_all((head + body).as_bytes()).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    port
}

#[test]
fn vertex_gets_the_token_that_envoy_brings_and_nobody_else_does() {
    run(async {
        let text = example("vertex.yaml");
        let (filter, cluster) = text.split_once("# And among the `clusters`:\n").unwrap();
        let cluster = cluster
            .replace("metadata.google.internal", "127.0.0.1")
            .replace(
                "port_value: 80}",
                &format!("port_value: {}}}", metadata().await),
            );
        let mut config = Config::shipped("envoy.yaml");
        let router = "          - name: envoy.filters.http.router\n";
        config.swap(router, &format!("{filter}{router}"));
        let end = "\n# Envoy refuses connections above this number";
        config.swap(end, &format!("\n{cluster}{end}"));
        config.swap("api_key: {env: VERTEX_ACCESS_TOKEN}", "api_key: none");
        providers().await.lead(&mut config);
        let gate = Stand::start("vertex", config).await;
        let bearer = Some("Bearer token-of-google");
        for client in CLIENTS {
            for stream in [false, true] {
                for chain in [
                    "gemini-2.5-flash/vertex",
                    "claude-sonnet-4-5/vertex",
                    "gpt-4o+status=500/openai,claude-sonnet-4-5+status=500/anthropic,gemini-2.5-flash+status=503/vertex,claude-sonnet-4-5/vertex,gpt-4o/local",
                    "gemini-2.5-flash+status=500/vertex,claude-sonnet-4-5+status=500/anthropic,gpt-4o/local",
                ] {
                    let ask = client.say(chain, "Hi.", stream);
                    let ask = ask.header("x-tollgate-google-token", "Bearer of-the-client");
                    let reply = gate.ask(&ask).await;
                    assert_eq!(reply.status, 200, "{chain}: {}", reply.text());
                    let heard = gate.heard(&ask).await;
                    assert!(!heard.is_empty());
                    for heard in heard {
                        let request = &heard.request;
                        let expected = match heard.by {
                            "vertex" => bearer,
                            "openai" => Some("Bearer key-of-openai"),
                            "local" => Some("Bearer key-of-local"),
                            _ => None,
                        };
                        let what = format!("{chain}: {}", heard.by);
                        assert_eq!(request.header("authorization"), expected, "{what}");
                        assert_eq!(request.header("x-tollgate-google-token"), None, "{what}");
                    }
                }
            }
        }
        gate.envoy.assert_sound().await;
    });
}
