//! Who calls, where Envoy has found it out: `jwt_authn`, `ext_authz`, a client's certificate.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::service::Service;
use crate::stand::{Stand, config, run};
use crate::support::ask::Ask;
use crate::support::authority::Authority;
use crate::support::render::Config;

const PROVIDERS: &str = "
providers:
  local: {kind: vllm, host: vllm.internal, path_prefix: /own/v1, api_key: none}
models: {gpt-4o: gpt-4o/local, other: gpt-4o/local}
";

/// Puts a filter before Tollgate's.
fn before(config: &mut Config, filter: &str) {
    let place = "          http_filters:\n";
    let lines: String = filter
        .lines()
        .map(|line| format!("          {line}\n"))
        .collect();
    config.swap(place, &format!("{place}{lines}"));
}

/// A token by the tests' own secret.
fn token(secret: &[u8], claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = json!({"alg": "HS256", "kid": "tests", "typ": "JWT"});
    let signed = format!("{}.{}", part(&head), part(claims));
    let hex = tollgate::digest::Digest::keyed(secret, &[signed.as_bytes()]).hex();
    let seal: Vec<u8> = (0..32)
        .map(|nth| u8::from_str_radix(&hex[2 * nth..2 * nth + 2], 16).unwrap())
        .collect();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(seal))
}

#[test]
fn a_claim_that_jwt_authn_has_checked_says_who_calls() {
    run(async {
        let secret = b"the tests' own secret, long enough for HS256";
        let mut config = config("envoy.yaml").await;
        config.tollgate(&format!(
            "{PROVIDERS}identity:
  key: metadata.filter_metadata[\"envoy.filters.http.jwt_authn\"].payload.sub
  team: [metadata, filter_metadata, envoy.filters.http.jwt_authn, payload, groups, main]
  user: metadata.filter_metadata[\"envoy.filters.http.jwt_authn\"].payload.email
keys: {{list: [{{id: narrow, models: [other]}}]}}
"
        ));
        let keys = json!({"keys": [{"kty": "oct", "alg": "HS256", "kid": "tests", "k": URL_SAFE_NO_PAD.encode(secret)}]});
        before(
            &mut config,
            &format!(
                r#"- name: envoy.filters.http.jwt_authn
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
    providers:
      own: {{issuer: tests, payload_in_metadata: payload, local_jwks: {{inline_string: '{keys}'}}}}
    rules: [{{match: {{prefix: /}}, requires: {{requires_any: {{requirements: [{{provider_name: own}}, {{allow_missing: {{}}}}]}}}}}}]"#
            ),
        );
        let gate = Stand::start("jwt", config).await;
        let ask = |claims: Value| {
            let mut all = json!({"iss": "tests", "exp": 4_102_444_800_u64});
            all.as_object_mut()
                .unwrap()
                .extend(claims.as_object().unwrap().clone());
            let token = token(secret, &all);
            Ask::chat("gpt-4o").header("authorization", format!("Bearer {token}"))
        };
        let full =
            ask(json!({"sub": "app-7", "email": "ada@example.org", "groups": {"main": "search"}}));
        let reply = gate.ask(&full).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let own = gate.line(&full).await.tollgate;
        for (name, value) in [
            ("key", "app-7"),
            ("team", "search"),
            ("user", "ada@example.org"),
        ] {
            assert_eq!(own[name], value, "{own}");
        }
        let heard = gate.heard_once(&full).await;
        assert_eq!(
            heard.request.header("authorization"),
            None,
            "the token goes to no provider"
        );
        let code = async |ask: &Ask| {
            let reply = gate.ask(ask).await;
            (
                reply.status,
                reply.header("x-tollgate-refusal").map(str::to_owned),
            )
        };
        let narrow = ask(json!({"sub": "narrow"}));
        assert_eq!(code(&narrow).await, (403, Some("model_not_allowed".into())));
        // A number is no name, and without a token nobody is known.
        let number = ask(json!({"sub": "app-7", "email": 7}));
        assert_eq!(code(&number).await, (401, Some("invalid_identity".into())));
        assert_eq!(
            code(&Ask::chat("gpt-4o")).await,
            (401, Some("missing_api_key".into()))
        );
        let nobody = ask(json!({"email": "ada@example.org"}));
        assert_eq!(code(&nobody).await.0, 401);
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_header_that_ext_authz_sets_says_who_calls() {
    run(async {
        let service = Service::start(|_| {
            (
                200,
                "x-team: search\r\nx-user: ada\r\n".into(),
                String::new(),
            )
        });
        let service = service.await;
        let mut config = config("envoy.yaml").await;
        config.tollgate(&format!(
            "{PROVIDERS}identity: {{team: request.headers.x-team, key: request.headers.x-user}}\n"
        ));
        config.add_cluster("authz", service.port);
        before(
            &mut config,
            r#"- name: envoy.filters.http.ext_authz
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
    transport_api_version: V3
    http_service:
      server_uri: {uri: http://authz, cluster: authz, timeout: 5s}
      authorization_response: {allowed_upstream_headers: {patterns: [{exact: x-team}, {exact: x-user}]}}"#,
        );
        let gate = Stand::start("authz", config).await;
        let ask = Ask::chat("gpt-4o")
            .header("x-team", "admins")
            .header("x-user", "root");
        let reply = gate.ask(&ask).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let own = gate.line(&ask).await.tollgate;
        assert_eq!(
            (&own["team"], &own["key"]),
            (&json!("search"), &json!("ada")),
            "{own}"
        );
        let heard = gate.heard_once(&ask).await;
        assert_eq!(
            (
                heard.request.header("x-team"),
                heard.request.header("x-user")
            ),
            (None, None)
        );
        assert!(!service.asked().is_empty());
        gate.envoy.assert_sound().await;
    });
}

#[test]
fn a_client_s_certificate_says_who_calls() {
    run(async {
        let authority = Authority::new();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("envoy-mtls");
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, (certificate, key): (String, String)| {
            fs::write(folder.join(format!("{name}.pem")), certificate).unwrap();
            fs::write(folder.join(format!("{name}.key")), key).unwrap();
        };
        write("server", authority.certificate("localhost"));
        write("client", authority.certificate_of("spiffe://tests/app-7"));
        let trusted = authority.write("envoy-mtls-authority.pem");
        let mut config = config("envoy.yaml").await;
        config.tollgate(&format!(
            "{PROVIDERS}identity: {{key: connection.uri_san_peer_certificate}}\nkeys: {{list: [{{id: \"spiffe://tests/app-7\", team: search}}]}}\n"
        ));
        let shown = folder.display();
        config.swap(
            "    filter_chains:\n    - filters:\n",
            &format!(
                "    filter_chains:
    - transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          \"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          require_client_certificate: true
          common_tls_context:
            tls_certificates: [{{certificate_chain: {{filename: {shown}/server.pem}}, private_key: {{filename: {shown}/server.key}}}}]
            validation_context: {{trusted_ca: {{filename: {}}}}}
      filters:
",
                trusted.display()
            ),
        );
        let gate = Stand::start("mtls", config).await;
        let ask = Ask::chat("gpt-4o");
        let url = format!(
            "https://localhost:{}/v1/chat/completions",
            gate.envoy.port()
        );
        let resolve = format!("localhost:{}:127.0.0.1", gate.envoy.port());
        let mark = format!("x-tollgate-tag-test: {}", ask.mark);
        let (body, folder) = (String::from_utf8(ask.body()).unwrap(), folder.clone());
        let curl = tokio::task::spawn_blocking(move || {
            Command::new("curl")
                .args([
                    "-sS",
                    "-m",
                    "30",
                    "--resolve",
                    &resolve,
                    "-H",
                    &mark,
                    "-d",
                    &body,
                ])
                .arg("--cacert")
                .arg(&trusted)
                .arg("--cert")
                .arg(folder.join("client.pem"))
                .arg("--key")
                .arg(folder.join("client.key"))
                .arg(&url)
                .output()
                .unwrap()
        });
        let said = curl.await.unwrap();
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(
            text.contains("Hello"),
            "{text} {}",
            String::from_utf8_lossy(&said.stderr)
        );
        let own = gate.line(&ask).await.tollgate;
        assert_eq!(
            (&own["key"], &own["team"]),
            (&json!("spiffe://tests/app-7"), &json!("search"))
        );
        gate.envoy.assert_sound().await;
    });
}
