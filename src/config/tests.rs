use super::*;
use crate::dialect::Tier;
use crate::policy::{Credential, Strategy, Target};
use crate::units::{Moment, PicoUsd};

fn env(name: &str) -> Option<String> {
    (name == "SET").then(|| "k-123".to_owned())
}

fn faults(json: &str) -> Vec<String> {
    let faults = load(json.as_bytes(), &env).expect_err("faults");
    faults.iter().map(ToString::to_string).collect()
}

fn policy(json: &str) -> Policy {
    load(json.as_bytes(), &env)
        .map_err(|faults| format!("{faults:?}"))
        .unwrap()
        .policy
}

#[test]
fn the_smallest_configuration_works() {
    let policy =
        policy(r#"{"providers": {"openai": {"kind": "openai", "api_key": {"env": "SET"}}}}"#);
    let provider = policy.provider("openai").unwrap();
    assert_eq!(provider.cluster, "openai");
    assert_eq!(provider.host, "api.openai.com");
    assert_eq!(provider.prefix, "/v1");
    assert!(policy.models.allow_unlisted);
    assert!(!format!("{policy:?}").contains("k-123"), "keys are hidden");
}

#[test]
fn a_variable_that_is_not_set_switches_the_provider_off() {
    let json = br#"{"providers": {"a": {"kind": "openai", "api_key": {"env": "UNSET"}}}}"#;
    let loaded = load(json, &env).unwrap();
    assert_eq!(
        loaded.policy.providers[0].credential,
        Credential::Unset("UNSET".into())
    );
    assert!(loaded.warnings[0].contains("provider a is off"));
}

#[test]
fn targets_are_read_in_both_orders() {
    let policy = policy(
        r#"{"providers": {"a": {"kind": "openai", "api_key": "none"}, "b": {"kind": "groq", "api_key": "none"}},
            "models": {"m": ["x/y/b", "a/x/y", "a/b"], "w": {"strategy": "weighted", "targets":
              [{"target": "x/a", "weight": "80"}, "x/b"], "sticky": "user", "retries": 2}, "c-*": "*/a"}}"#,
    );
    let model = policy.models.exact("m").unwrap();
    let targets: Vec<&Target> = model.targets.iter().map(|(target, _)| target).collect();
    let read: Vec<(&str, usize)> = targets
        .iter()
        .map(|t| (t.model.as_str(), t.provider))
        .collect();
    assert_eq!(read, [("x/y", 1), ("x/y", 0), ("a", 1)]);
    let weighted = policy.models.exact("w").unwrap();
    assert_eq!(weighted.strategy, Strategy::Weighted);
    assert_eq!(
        (
            weighted.targets[0].1,
            weighted.targets[1].1,
            weighted.retries
        ),
        (80, 1, 2)
    );
    assert_eq!(policy.models.pattern("c-7").unwrap().1, "7");
    assert!(policy.models.pattern("d-7").is_none());
}

#[test]
fn a_struct_reads_like_json() {
    use prost::Message;
    use prost_types::{ListValue, Struct, Value as Proto, value::Kind};
    let text = |text: &str| Proto {
        kind: Some(Kind::StringValue(text.to_owned())),
    };
    let object = |fields: Vec<(&str, Proto)>| Proto {
        kind: Some(Kind::StructValue(Struct {
            fields: fields
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        })),
    };
    let provider = object(vec![("kind", text("openai")), ("api_key", text("none"))]);
    let list = Proto {
        kind: Some(Kind::ListValue(ListValue {
            values: vec![text("m/a")],
        })),
    };
    let prices = object(vec![(
        "m/a",
        object(vec![("input", text("2.5")), ("output", text("10"))]),
    )]);
    let off = Proto {
        kind: Some(Kind::BoolValue(false)),
    };
    let redact = object(vec![(
        "entities",
        object(vec![("ip", off), ("email", text("mask"))]),
    )]);
    let fields = vec![
        ("providers", object(vec![("a", provider)])),
        ("models", object(vec![("m", list)])),
        ("prices", prices),
        ("redact", redact),
    ];
    let root = Struct {
        fields: fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    };
    let policy = load(&root.encode_to_vec(), &env).unwrap().policy;
    let provider = policy.provider("a").unwrap();
    let price = policy.prices.find("m", provider, Moment(0)).unwrap();
    assert_eq!(price.most(Tier::Standard, 1, 1), Some(PicoUsd(12_500_000)));
    assert_eq!(policy.redact.unwrap().rules.len(), 1);
}

/// Every fault and its message, as Envoy's log shows them. `UPDATE_GOLDEN=1` writes the file anew.
#[test]
fn every_fault_has_its_message() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/config");
    for name in ["faults", "keys", "limits"] {
        let cases = std::fs::read_to_string(format!("{root}/{name}.jsonl")).unwrap();
        let mut told = String::new();
        for case in cases.lines() {
            told += &format!("{case}\n");
            for fault in faults(case) {
                told += &format!("    {fault}\n");
            }
        }
        let golden = format!("{root}/{name}.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &told).unwrap();
        }
        assert_eq!(told, std::fs::read_to_string(&golden).unwrap());
    }
}
