//! Configurations that are right in other forms, and wrong ones: Envoy does not start, and its log says all of it.

use crate::providers::KEYS;
use crate::stand::{Stand, config, observing, run};
use crate::support::ask::Ask;
use crate::support::envoy::Envoy;
use crate::support::render::Config;

async fn assert_does_not_start(name: &str, config: &Config, faults: &[&str]) {
    let Err(failed) = Envoy::try_start(name, config, 1, &KEYS).await else {
        panic!("{name}: Envoy has started");
    };
    for fault in faults {
        assert!(
            failed.log.contains(fault),
            "{name}: {fault:?} is not in the log:\n{}",
            failed.log
        );
    }
    for bad in [
        "panicked",
        "Uncaught RuntimeError",
        "Segmentation fault",
        "key-of-",
    ] {
        assert!(
            !failed.log.contains(bad),
            "{name}: {bad:?} is in the log:\n{}",
            failed.log
        );
    }
}

const WRONG: &str = r#"
providers:
  openai: {kind: opanai, api_key: {env: OPENAI_API_KEY}}
  local: {kind: openai, host: 127.0.0.1, api_key: {value: key-of-nobody, from: client}, timeouts: {first_token: soon}}
  anthropic: {kind: anthropic}
  "mis tral": {kind: mistral, api_key: none}
modles: {}
models:
  gpt-4o: [gpt-4o/opnai]
  empty: []
  weird: {strategy: cheapest, targets: [x/local], retries: 99}
allow_unlisted: "yes"
redact: {entities: {emial: mask, phone: hide}, custom: [{name: a, pattern: '(', action: mask}]}
guard: {max_body: big, injection: {mode: enforc}}
prices: {gpt-4o/local: {input: cheap}}
limits: []
keys: {required: true}
cache: {exact: {ttl: 1h}}
"#;

const FAULTS: [&str; 20] = [
    "providers.openai.kind: unknown kind \"opanai\"; did you mean \"openai\"?",
    "providers.local.api_key",
    "providers.local.timeouts.first_token",
    "providers.anthropic.api_key",
    "mis tral",
    "modles: unknown key; did you mean \"models\"?",
    "models.gpt-4o[0]: unknown provider \"opnai\"",
    "models.empty",
    "models.weird.strategy: not supported yet",
    "models.weird.retries",
    "allow_unlisted",
    "redact.entities.emial: unknown entity; did you mean \"email\"?",
    "redact.entities.phone: unknown action \"hide\"",
    "redact.custom[0].pattern",
    "guard.max_body",
    "guard.injection.mode: unknown mode \"enforc\"; did you mean \"enforce\"?",
    "prices[\"gpt-4o/local\"].input",
    "prices[\"gpt-4o/local\"].output",
    "keys: nobody could call: expected list, source or identity.key",
    "cache: not supported yet",
];

#[test]
fn every_fault_is_in_the_log() {
    run(async {
        let mut wrong = config("envoy.yaml").await;
        wrong.tollgate(WRONG);
        assert_does_not_start("wrong-struct", &wrong, &FAULTS).await;
    });
}

#[test]
fn the_attempt_role_says_it_too() {
    run(async {
        let mut wrong = config("envoy.yaml").await;
        wrong.swap(
            "configuration: *tollgate",
            "configuration: {\"@type\": type.googleapis.com/google.protobuf.Struct, value: {}}",
        );
        assert_does_not_start("wrong-attempt", &wrong, &["providers is required"]).await;
    });
}

#[test]
fn a_text_that_is_not_json() {
    run(async {
        let mut wrong = config("envoy.yaml").await;
        wrong.tollgate_text(r#"{"providers": {"a": {"kind": "openai", "api_key": "none"}},}"#);
        assert_does_not_start("wrong-text", &wrong, &["at byte 59"]).await;
        let mut wrong = config("envoy.yaml").await;
        wrong.tollgate_text("");
        assert_does_not_start("wrong-empty", &wrong, &["providers is required"]).await;
    });
}

#[test]
fn an_unknown_role() {
    run(async {
        let mut wrong = config("envoy.yaml").await;
        wrong.swap("root_id: attempt ", "root_id: atempt ");
        assert_does_not_start(
            "wrong-role",
            &wrong,
            &["root_id", "\"atempt\"", "gateway, attempt"],
        )
        .await;
    });
}

#[test]
fn the_smallest_configuration() {
    run(async {
        // As native YAML, three lines; every model/provider is allowed.
        let mut small = config("envoy.yaml").await;
        small.tollgate("providers:\n  openai: {kind: openai, api_key: {env: OPENAI_API_KEY}}\n  local: {kind: openai, host: 127.0.0.1, api_key: none}");
        let gate = Stand::start("smallest", small).await;
        for (name, by) in [
            ("gpt-4o/local", "local"),
            ("gpt-4o/openai", "openai"),
            ("gpt-4o/openai,x/local", "openai"),
        ] {
            let ask = Ask::say(name, "ada@example.com, my SSN is 536-22-8145");
            let reply = gate.ask(&ask).await;
            assert_eq!(reply.status, 200, "{}", reply.text());
            assert_eq!(reply.header("x-tollgate-decision"), None);
            let heard = gate.heard_once(&ask).await;
            assert_eq!(heard.by, by);
            assert!(
                heard.text().contains("ada@example.com"),
                "nothing is redacted that was not asked for"
            );
        }
        let log = gate.envoy.log();
        assert_eq!(
            log.matches("every client may call").count(),
            1,
            "said once, not once for each worker"
        );
        gate.assert_well().await;
    });
}

#[test]
fn a_configuration_as_json() {
    run(async {
        let gate = observing().await;
        let reply = gate.ask(&Ask::chat("gpt-4o/local")).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        gate.assert_well().await;
    });
}
